"""What a scan in batches is made of: the matcher, the texts, the tasks, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Form
from valla.scan.model import Sighting, Stance

__all__ = ["Factory", "Job", "Matcher", "Reader", "Summary", "Task", "Unit"]


class Matcher(Protocol):
    """What finds claims in text."""

    def scan_blocks(self, blocks: Sequence[Block]) -> list[Sighting]:
        """Return the sightings in the order of blocks and offsets; what a block gives depends on no other."""


class Factory(Protocol):
    """Makes the matcher, in each process anew; it travels there by pickle, so it holds paths rather than indexes."""

    def __call__(self) -> Matcher:
        """Return a matcher."""


class Unit(Protocol):
    """A text to read, or a stretch of one."""

    @property
    def path(self) -> str:
        """The file that it is in."""

    @property
    def document(self) -> str:
        """The id of its document, or what the ids of its documents begin with."""

    @property
    def form(self) -> Form:
        """How it is written."""

    @property
    def bytes(self) -> int:
        """Roughly how many there are to read."""


class Reader(Protocol):
    """Reads a unit; it travels to other processes by pickle."""

    def __call__(self, unit: Unit, /, *, problems: list[Problem]) -> Iterator[Block]:
        """Yield the blocks of a unit; what cannot be read is added to the problems."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker must know.

    Args:
        reader: reads a unit.
        factory: makes the matcher.
        folder: where the parts are written.
        stances: sightings of another stance are left out.
    """

    reader: Reader
    factory: Factory
    folder: Path
    stances: frozenset[Stance] = frozenset(Stance)


@dataclass(frozen=True, slots=True)
class Task:
    """Units that stand side by side and are scanned together.

    Args:
        first: the place of its first unit among all.
        units: the units.
        again: whether it was tried before and failed: then it is one unit, scanned block by block to find what is to blame.
        skipped: the numbers of the blocks that killed a worker, each with what is to be told of it.
    """

    first: int
    units: tuple[Unit, ...]
    again: bool = False
    skipped: tuple[tuple[int, str], ...] = ()

    @property
    def last(self) -> int:
        """The place of its last unit."""
        return self.first + len(self.units) - 1

    @property
    def key(self) -> str:
        """The name of its part; names sort as the units do."""
        return f"{self.first:09d}-{self.last:09d}"

    @property
    def lines(self) -> str:
        """The name of the file with its sightings."""
        return f"{self.key}.jsonl"

    @property
    def note(self) -> str:
        """The name of the file that says that it is finished."""
        return f"{self.key}.json"

    @property
    def bytes(self) -> int:
        """Roughly how many there are to read."""
        return sum(unit.bytes for unit in self.units)

    @property
    def document(self) -> str:
        """What its first unit is called in messages."""
        return self.units[0].document

    def alone(self) -> Iterator[Task]:
        """Yield a task for each of its units, to be tried once more."""
        for place, unit in enumerate(self.units, start=self.first):
            yield Task(place, (unit,), again=True)


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a task, or of all.

    Args:
        documents: how many were read.
        characters: how many they have.
        confirmed: how many sightings are confirmed.
        suggested: how many are suggested.
        troubled: how many documents could not be read, or in part only.
    """

    documents: int = 0
    characters: int = 0
    confirmed: int = 0
    suggested: int = 0
    troubled: int = 0

    @property
    def sightings(self) -> int:
        """How many sightings there are."""
        return self.confirmed + self.suggested

    def __add__(self, other: Summary) -> Summary:
        return Summary(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))
