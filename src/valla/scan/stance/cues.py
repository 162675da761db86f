"""The cues of a stance: words and phrases in groups, and where they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from valla.scan.stance.passage import words

__all__ = ["Cues", "Hits", "Span", "cues", "light", "opposites", "prefixes"]

Span = tuple[int, int]
"""The number of the first word of a cue and of the word after its last."""

Hits = Mapping[str, Sequence[Span]]
"""Where the cues of each group stand, in order."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Groups of phrases, to be found by their first words.

    Args:
        groups: the names of the groups.
        table: by first word, the other words of a phrase and its group; the longer phrase first.
    """

    groups: tuple[str, ...]
    table: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def find(self, told: Sequence[str]) -> Hits:
        """Return where the cues of each group stand, the longest of those that overlap; a negation or denial inside an affirmation ("no one can deny") is none.

        Args:
            told: the words of a text.
        """
        hits: dict[str, list[Span]] = {group: [] for group in self.groups}
        for start, word in enumerate(told):
            for rest, group in self.table.get(word, ()):
                end = start + 1 + len(rest)
                fits = not rest or tuple(told[start + 1 : end]) == rest
                if fits and (not hits[group] or hits[group][-1][1] <= start):
                    hits[group].append((start, end))
        idle = hits.pop("idle")
        if idle:
            hits = {group: _outside(spans, idle) for group, spans in hits.items()}
        if hits["affirms"]:
            hits |= {group: _outside(hits[group], hits["affirms"]) for group in ("negates", "nots", "denies")}
        return hits


def _outside(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """The spans that do not overlap one of the others."""
    covered = {number for start, end in others for number in range(start, end)}
    return [span for span in spans if covered.isdisjoint(range(*span))]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("valla.scan.stance").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def cues() -> Cues:
    """Return the cues of the package."""
    groups = {group: phrases for group, phrases in _toml("cues.toml").items() if group != "light"}
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for group, phrases in groups.items():
        for told in map(words, phrases):
            table.setdefault(told[0], []).append((tuple(told[1:]), group))
    longest_first = {first: tuple(sorted(ends, key=lambda end: -len(end[0]))) for first, ends in table.items()}
    return Cues(tuple(groups), longest_first)


@cache
def light() -> frozenset[str]:
    """Return the words of no weight, left out where a claim and a passage are compared."""
    return frozenset(_toml("cues.toml")["light"])


@cache
def opposites() -> Mapping[str, frozenset[str]]:
    """Return for a word the words that say the opposite."""
    found: dict[str, set[str]] = {}
    for one, other in _toml("opposites.toml")["pairs"]:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def prefixes() -> tuple[str, ...]:
    """Return the syllables that turn a word round when set before it."""
    return tuple(_toml("opposites.toml")["prefixes"])
