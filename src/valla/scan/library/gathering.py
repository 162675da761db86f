"""Claims as they are read, made a library: ids that differ, none without text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from valla.errors import InputError
from valla.scan.library.columns import ColumnError
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.tables.model import RowProblem

_Item = TypeVar("_Item")

__all__ = ["MAX_ROWS", "Broken", "Entry", "Opened", "gathered", "places_told", "within"]

MAX_ROWS = 5_000_000
"""A table of more rows is refused as a library, which is held whole; broken ones count."""

_SHOWN_PLACES = 10
_SHOWN_PROBLEMS = 20
_UNITS_OF_TABLES = frozenset({"row", "line"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with its place in the file.

    Args:
        claim: as it was read, perhaps without text.
        place: its line, its row or its number.
    """

    claim: LibraryClaim
    place: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A library that was read, and what an editor should know of it.

    Args:
        library: the claims.
        problems: what was left out or made up, a line each.
    """

    library: Library
    problems: tuple[str, ...]


class Broken:
    """What is wrong with the rows that were set aside: the first of them, and how many more there are."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._more = 0

    def add(self, row: RowProblem) -> None:
        """Note a row.

        Args:
            row: what is wrong with it.
        """
        if len(self._told) < _SHOWN_PROBLEMS:
            self._told.append(str(row))
        else:
            self._more += 1

    def told(self, where: str) -> list[str]:
        """Return a line for each that was noted first, and one for the others.

        Args:
            where: the file.
        """
        more = [f"and {self._more:,} more rows that are broken"] if self._more else []
        return [f"{where}: {line}" for line in (*self._told, *more)]


def within(rows: Iterable[_Item], where: str, most: int = MAX_ROWS) -> Iterator[_Item]:
    """Yield rows, as many as a library may have.

    Args:
        rows: of a table.
        where: the file, for messages.
        most: how many are allowed.

    Raises:
        InputError: if there are more.
    """
    for number, row in enumerate(rows):
        if number == most:
            raise InputError("the library has too many rows", where=where, allowed=f"at most {most:,}")
        yield row


def gathered(entries: Iterable[Entry], problems: list[str], where: str, unit: str) -> Opened:
    """Make a library of claims; those without text are left out and told.

    Args:
        entries: in the order of the file; read to their end before `problems` is.
        problems: what was told while reading them.
        where: the file, for messages.
        unit: what a place is: line, row, review.

    Raises:
        InputError: if two have one id, or none has text.
    """
    kept: dict[str, Entry] = {}
    empty: list[int] = []
    for entry in entries:
        if not entry.claim.text.strip():
            empty.append(entry.place)
            continue
        other = kept.setdefault(entry.claim.id, entry)
        if other is not entry:
            raise _twice(other, entry, where, unit)
    told = [*problems, *([_left_out(empty, where, unit)] if empty else [])]
    if not kept:
        # what was told on the way is the reason, and nobody else would show it
        raise InputError("the library has no claims", where=where, found="; ".join(told[:3]) or None)
    return Opened(Library(tuple(entry.claim for entry in kept.values())), tuple(told))


def _twice(one: Entry, other: Entry, where: str, unit: str) -> InputError:
    problem, places = f"two claims have the id {one.claim.id!r}", f"{unit}s {one.place} and {other.place}"
    if one.claim == other.claim:
        return InputError(problem, where=where, found=f"{places}, alike", repair="take one out")
    found, repair = f"{places}, with different claims", "give each its own"
    if unit not in _UNITS_OF_TABLES:
        return InputError(problem, where=where, found=found, repair=repair)
    repair += ", or name another column: --id COLUMN"
    return ColumnError(problem, option="--id", where=where, found=found, repair=repair)


def _left_out(places: Sequence[int], where: str, unit: str) -> str:
    claims = "1 claim without text was" if len(places) == 1 else f"{len(places):,} claims without text were"
    return f"{where}: {claims} left out: {places_told(places, unit)}"


def places_told(places: Sequence[int], unit: str) -> str:
    """Return places as words, shortened where there are very many: `rows 4, 9, 12`.

    Args:
        places: at least one.
        unit: what a place is.
    """
    shown = ", ".join(str(place) for place in places[:_SHOWN_PLACES])
    more = f" and {len(places) - _SHOWN_PLACES:,} more" if len(places) > _SHOWN_PLACES else ""
    return f"{unit}{'' if len(places) == 1 else 's'} {shown}{more}"
