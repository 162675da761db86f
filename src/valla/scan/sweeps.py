"""The sweeping claims of a whole text: where each stands, how it is read, or why it cannot be.

A sentence that is not readable as it stands is tried again in its parts: without the number of a heading, and what it quotes by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from valla.actors.resolve import mentions
from valla.claims.model import Quantifier, Reading
from valla.claims.parsing import Find
from valla.claims.reading import read
from valla.dossier.manuscript.headings import numbered_title
from valla.errors import VallaError
from valla.scan.text import Sentence, sentences

__all__ = ["Sweep", "sweeps"]

_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{15,})[”“»\"]")
_SWEEPING = frozenset({Quantifier.ALWAYS, Quantifier.NEVER, Quantifier.FIRST, Quantifier.ONLY})


@dataclass(frozen=True, slots=True)
class Sweep:
    """A passage that sweeps.

    Args:
        start: offset of its first character in the text.
        end: offset after its last.
        text: its characters.
        readings: how it is read, likeliest first; empty where it cannot be.
        reason: why it cannot be read; empty where it can.
    """

    start: int
    end: int
    text: str
    readings: tuple[Reading, ...]
    reason: str = ""


@cache
def _sign() -> re.Pattern[str]:
    """The words that make a sentence worth reading."""
    text = files("valla.scan").joinpath("data", "sweeps.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)["signs"]
    return re.compile(rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True))})\b", re.IGNORECASE)


def _parts(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, then what in it may be a claim by itself."""
    yield sentence
    heading = numbered_title(sentence.text)
    if heading and heading.title and heading.title != sentence.text:
        start = sentence.start + sentence.text.rfind(heading.title)
        yield Sentence(start, start + len(heading.title), heading.title)
    for quoted in _QUOTED.finditer(sentence.text):
        yield Sentence(sentence.start + quoted.start(1), sentence.start + quoted.end(1), quoted[1])


def _sweep(sentence: Sentence, find: Find) -> Sweep | None:
    """The first part of a sentence that is a sweeping claim; else why there is none; None where it only tells what happened."""
    reason = ""
    for part in _parts(sentence):
        try:
            readings = read(" ".join(part.text.split()), find=find)
        except VallaError as error:
            reason = reason or error.problem
            continue
        if readings[0].quantifier in _SWEEPING:
            return Sweep(part.start, part.end, part.text, readings)
    return Sweep(sentence.start, sentence.end, sentence.text, (), reason) if reason else None


def sweeps(text: str, *, find: Find = mentions) -> tuple[Sweep, ...]:
    """Find the sweeping claims of a text.

    Args:
        text: any text; offsets count its characters.
        find: what finds the actors that a text names.

    Returns:
        The passages that always, never, first or only sweep over a named actor, in order, with their readings or the reason why there is none.
    """
    found = (
        _sweep(sentence, find) for sentence in sentences(text) if _sign().search(sentence.text) and find(sentence.text)
    )
    return tuple(sweep for sweep in found if sweep)
