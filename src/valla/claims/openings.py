"""What stands before a claim and around its names: openings that report or deny it, and words that stand for actors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from valla.claims.vocabulary import table

__all__ = ["Opened", "opened", "renamed"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A claim without its opening.

    Args:
        text: the claim itself.
        denied: whether the opening denied it.
    """

    text: str
    denied: bool = False


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = table("words.toml")["openings"]
    reports, denials = ("|".join(known[name]) for name in ("reports", "denials"))
    return re.compile(rf"(?:{reports}) ", re.IGNORECASE), re.compile(rf"(?:{denials}) ", re.IGNORECASE)


_TAG = re.compile(
    r",\s*(?:(?:was|were|is|are|did|does|do|has|have|had)(?: not)? (?:it|they|he|she|there)(?: not)?|right|correct|true|yes|no|eh|"
    r"is (?:it|that) not (?:so|right|true)|is that (?:so|right|true)|true or false)\s*\?+\s*$",
    re.IGNORECASE,
)
"""A question tag: it asks for assent and changes nothing."""

_NOT_ASKED = re.compile(r"^(was|were|is|are|did|do|does|has|have|had) not (?=.*\?[^\w]*$)", re.IGNORECASE)
"""Wasn't X an ally of Y? It asks for the assent that he was."""


def opened(text: str) -> Opened:
    """Take off openings such as "It is a myth that"."""
    reports, denials = _openings()
    denied = False
    text = _NOT_ASKED.sub(r"\1 ", _TAG.sub("?", text))
    while True:
        if found := denials.match(text):
            denied = not denied
        elif not (found := reports.match(text)):
            return Opened(text, denied)
        text = text[found.end() :]


_HALVES = re.compile(r"\b(North|South|East|West)(?:ern)? and (North|South|East|West)(?:ern)? ([A-Z]\w+)")


@cache
def _names() -> re.Pattern[str]:
    names = sorted(table("words.toml")["stands_for"], key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)


def renamed(text: str) -> tuple[str, tuple[str, ...]]:
    """Put actors in the place of what stands for them: Nazism for Nazi Germany; North and South Korea are two.

    Returns:
        The text, and a note for each name that was put in.
    """
    known = table("words.toml")["stands_for"]
    notes: list[str] = []

    def full(found: re.Match[str]) -> str:
        other: str = known[found[1].casefold()]
        notes.append(f"{found[1]!r} is taken as {other}")
        return other

    return _names().sub(full, _HALVES.sub(r"\1 \3 and \2 \3", text)), tuple(notes)
