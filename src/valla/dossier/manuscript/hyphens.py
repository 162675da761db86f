"""Words cut in two at the end of a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from valla.dossier.manuscript.lexicon import words
from valla.dossier.manuscript.lines import Row
from valla.dossier.manuscript.rows import SOFT_HYPHEN

__all__ = ["Known", "breaks_off", "joined", "vocabulary"]

_HYPHEN = re.compile(r"([^\W\d_]+)[-‐¬]$")
_TAIL = 60
_SHORTEST = 3
_KNOWN_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEAD_OF_WORD = re.compile(r"^[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """The words of a manuscript, by which doubtful places in it are settled.

    Args:
        counts: how often each stands there, hyphenated ones whole.
        small: those that are written without a capital.
    """

    counts: Counter[str] = field(default_factory=Counter)
    small: frozenset[str] = frozenset()


def _known_words(text: str) -> list[str]:
    """The words of a row, but those of a last one that is cut off."""
    whole = text[: -len(text.rsplit(maxsplit=1)[-1])] if text.endswith("-") else text
    return _KNOWN_WORD.findall(whole)


def vocabulary(all_rows: Sequence[Row]) -> Known:
    """Return the words of a manuscript.

    Args:
        all_rows: its rows.
    """
    found = [word for row in all_rows for word in _known_words(row.text)]
    return Known(Counter(word.casefold() for word in found), frozenset(word for word in found if word.islower()))


def _hyphenated(text: str, after: str, known: Known) -> str | None:
    """Two lines joined where the first ends in a hyphen, or None where it does not."""
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + after
    if re.search(r"\d[-–]$", text[-2:]) and after[:1].isdigit():
        return text + after
    left, right = _HYPHEN.search(text[-_TAIL:]), _HEAD_OF_WORD.match(after)
    if not left or not right:
        return None
    one, two = left.group(1).casefold(), right.group().casefold()
    kept = right.group()[0].isupper() or _compound(one, two, known.counts)
    return (text if kept else text[:-1]) + after


def _compound(one: str, two: str, counts: Counter[str]) -> bool:
    """Whether a hyphen at a line end joins two words: going by how the manuscript writes both together and apart."""
    whole, parted = counts[f"{one}{two}"], counts[f"{one}-{two}"]
    if whole or parted:
        return parted > whole
    apart = min(len(one), len(two)) >= _SHORTEST and bool(counts[one] and counts[two])
    return apart or one in words("sentences", "words", "prefixes")


def joined(text: str, after: str, known: Known) -> str:
    """Return two stretches of one sentence as one.

    Args:
        text: the first.
        after: the second.
        known: the words of the manuscript.
    """
    return _hyphenated(text, after, known) or f"{text} {after}"


def breaks_off(text: str) -> bool:
    """Whether a line ends within a word."""
    return bool(_HYPHEN.search(text[-_TAIL:])) or text.endswith(SOFT_HYPHEN)
