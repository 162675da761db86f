"""Which of those on different sides of a war fought each other, and when: from a table of pairs that a mapping names."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from valla.dates import parse
from valla.days import year_of
from valla.errors import DateError, RecordError
from valla.record.numbers import whole_number

__all__ = ["PAIR_COLUMNS", "PAIR_DAYS", "Pair", "read_pairs", "with_pairs"]

_NEEDED = ("unit", "one", "other", "first", "last")
_BOUNDS = ("pair_begin_min", "pair_begin_max", "pair_end_min", "pair_end_max")
PAIR_DAYS = ("pair_begin", "pair_end", *_BOUNDS)
PAIR_COLUMNS = ("confirmed", "opening", *PAIR_DAYS)
"""The columns that come out: whether the two certainly fought, whether the whole began with them, and their days, where these are known."""

_FROM_START = "from_start"
"""A column by which a table of participants says that both sides of a row took part from the first day of the whole."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A stretch in which two states fought each other.

    Args:
        unit: the war.
        sides: the codes of the two.
        first: when they began, as EDTF; empty where even the year is that of the rows.
        last: when they ended, likewise.
        opening: whether the war began with them.
        begin: the first and last day on which they may have begun.
        end: the first and last day on which they may have ended.
    """

    unit: str
    sides: frozenset[str]
    first: str
    last: str
    opening: bool
    begin: tuple[int | None, int | None]
    end: tuple[int | None, int | None]

    def in_year(self, year: int) -> bool:
        """Whether they fought in a year, as far as their days say."""
        first, last = self.begin[0], self.end[1]
        return (first is None or year_of(first) <= year) and (last is None or year <= year_of(last))


def read_pairs(text: str, where: str) -> tuple[Pair, ...]:
    """Read a table of pairs: CSV with `unit`, `one`, `other`, `first`, `last`, and perhaps `opening`; lines that begin with # are comments.

    Args:
        text: the table.
        where: what to call it in an error.

    Raises:
        RecordError: if a column is missing, or a date is none.
    """
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    skipped = len(text.splitlines()) - len(lines)
    rows = csv.DictReader(lines)
    for name in _NEEDED:
        if name not in (rows.fieldnames or ()):
            raise RecordError(f"the column {name!r} is missing", where=where, allowed=", ".join(_NEEDED))
    return tuple(_pair(row, f"{where}, line {number}") for number, row in enumerate(rows, skipped + 2))


def _pair(row: dict[str, str | None], where: str) -> Pair:
    cells = {name: (text or "").strip() for name, text in row.items() if isinstance(name, str)}
    try:
        begin, end = (parse(cells[edge]) if cells[edge] else None for edge in ("first", "last"))
    except DateError as error:
        raise RecordError(str(error), where=where) from error
    return Pair(
        cells["unit"],
        frozenset((cells["one"], cells["other"])),
        begin.text if begin else "",
        end.text if end else "",
        cells.get("opening") == "1",
        (begin.begin_min, begin.begin_max) if begin else (None, None),
        (end.end_min, end.end_max) if end else (None, None),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """What matters of a row: in which war who was against whom, in which year."""

    unit: str | None
    actor: str | None
    target: str | None
    year: int | None
    from_start: bool


def with_pairs(table: pa.Table, unit: str, pairs: Iterable[Pair]) -> pa.Table:
    """Add `PAIR_COLUMNS`; a row in whose year two stretches of a pair lie becomes two.

    Two states certainly fought if the table of pairs says so, or, in a war of which it has no pair, if neither had another opponent. The
    war began with them if the table says so, if there was nobody else, or if a table of participants has both from the first day.

    Args:
        table: clean text with `actor`, `target`, `year` and the unit; both directions of each pair.
        unit: the column that says in which war.
        pairs: what the table of pairs holds.
    """
    rows = list(_rows(table, unit))
    listed: defaultdict[str | None, list[Pair]] = defaultdict(list)
    for pair in pairs:
        listed[pair.unit].append(pair)
    opponents: defaultdict[tuple[str | None, str | None], set[str | None]] = defaultdict(set)
    for row in rows:
        opponents[row.unit, row.actor].add(row.target)
    found = [
        (place, cells)
        for place, row in enumerate(rows)
        for cells in (
            _by_table(row, listed[row.unit])
            if row.unit in listed
            else [_by_opponents(row, max(len(opponents[row.unit, side]) for side in (row.actor, row.target)))]
        )
    ]
    whole = table.take(pa.array([place for place, _ in found], pa.int64()))
    for number, name in enumerate(PAIR_COLUMNS):
        kind = pa.int64() if name in _BOUNDS else pa.string()
        whole = whole.append_column(name, pa.array([cells[number] for _, cells in found], kind))
    return whole


def _rows(table: pa.Table, unit: str) -> Iterator[_Row]:
    starts = table[_FROM_START].to_pylist() if _FROM_START in table.column_names else [None] * table.num_rows
    columns = [table[name].to_pylist() for name in (unit, "actor", "target", "year")]
    for war, actor, target, year, start in zip(*columns, starts, strict=True):
        yield _Row(war, actor, target, whole_number(year), start == "1")


_Cells = tuple[str | int | None, ...]


def _by_table(row: _Row, listed: list[Pair]) -> list[_Cells]:
    """The stretches in which the pair of a row fought in its year; in other years it stood on different sides."""
    sides, year = {row.actor, row.target}, row.year
    found = [pair for pair in listed if pair.sides == sides and year is not None and pair.in_year(year)]
    return [
        ("1", str(int(pair.opening)), pair.first or None, pair.last or None, *pair.begin, *pair.end) for pair in found
    ] or [("0", "0", *[None] * 6)]


def _by_opponents(row: _Row, most: int) -> _Cells:
    """In a war without a table of its pairs those fought for certain who had no other opponent."""
    alone = most == 1
    return (str(int(alone)), str(int(alone or row.from_start)), *[None] * 6)
