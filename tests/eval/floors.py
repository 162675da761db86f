"""The floors of quality: a log that only grows, in which no bound is ever weaker than the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

__all__ = ["Entry", "fingerprint", "in_force", "read_log", "told_of", "weakened"]

CEILINGS = frozenset({"ece1", "ece5"})
"""Measures of which less is better."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A bound that holds from a day on.

    Args:
        date: the day it was set.
        task: what is measured on.
        encoder: what is measured.
        measure: a field of the evaluation, or `ece1`, `ece5`.
        bound: the floor; for a measure of which less is better, the ceiling.
        data: the fingerprint of the data that it was measured on.
    """

    date: str
    task: str
    encoder: str
    measure: str
    bound: float
    data: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What the bound is for."""
        return self.task, self.encoder, self.measure

    def allows(self, figure: float) -> bool:
        """Whether a figure keeps the bound."""
        return figure <= self.bound if self.measure in CEILINGS else figure >= self.bound


def read_log(text: str) -> tuple[Entry, ...]:
    """Return the entries of a file of floors, the oldest first."""
    return tuple(Entry(**entry) for entry in json.loads(text)["log"])


def in_force(log: Iterable[Entry]) -> dict[tuple[str, str, str], Entry]:
    """Return the last entry for each thing that is measured."""
    return {entry.key: entry for entry in log}


def weakened(log: Sequence[Entry]) -> Iterator[str]:
    """Yield what is wrong with a log: a bound that is weaker than one before it, a day that comes before the last."""
    held: dict[tuple[str, str, str], Entry] = {}
    last = date.min
    for number, entry in enumerate(log, start=1):
        before = held.get(entry.key)
        if before is not None and not before.allows(entry.bound):
            yield f"entry {number}: {' '.join(entry.key)} was {before.bound} and may not become {entry.bound}"
        day = date.fromisoformat(entry.date)
        if day < last:
            yield f"entry {number}: {entry.date} comes after {last}"
        last = max(last, day)
        held[entry.key] = entry


def told_of(log: Sequence[Entry], earlier: Sequence[Entry]) -> str | None:
    """Return what was done to the entries of an earlier version, None where all of them still stand as they did."""
    for number, entry in enumerate(earlier):
        if number >= len(log):
            return f"entry {number + 1} was taken out: {' '.join(entry.key)} {entry.bound}"
        if log[number] != entry:
            return f"entry {number + 1} was changed: {' '.join(entry.key)} {entry.bound}; add one at the end instead"
    return None


def fingerprint(files: Mapping[str, Path]) -> str:
    """Return the SHA-256 of some files, by their names and what they hold."""
    found = hashlib.sha256()
    for name, path in sorted(files.items()):
        with path.open("rb") as file:
            found.update(f"{name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return found.hexdigest()
