"""Rows of one participant each to rows of two sides and a year: who fought whom in a war, and when.

Two participants fought each other if they were on different sides of one war and a day of one's stretch is a day of the other's. The
first and the resumed stretch of a war are compared each with its like.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from valla.days import day_number, month_length, year_of
from valla.record.lines import Aside
from valla.record.numbers import whole_number

__all__ = ["NEEDED", "PAIRED", "paired"]

_STRETCHES = (1, 2)
_PARTS = ("year", "month", "day")
NEEDED = (
    "unit",
    "side",
    "actor",
    "began",
    *(f"{edge}{stretch}_{part}" for stretch in _STRETCHES for edge in ("begin", "end") for part in _PARTS),
)
"""The columns that a table of participants must have."""

PAIRED = ("unit", "actor", "target", "year", "ongoing", "onset", "began", "other_began", "from_start")
"""The columns that come out; `from_start` is 1 where both were at it from the day on which the whole began, as far as days are known."""

_BEGAN = {"1": "1", "2": "0"}
"""The code of an initiator and of everybody else, as truth values; any other is unknown."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A participant's days in a war."""

    row: int
    actor: str
    side: str
    began: str | None
    first: int
    last: int
    to_the_day: bool


def paired(table: pa.Table) -> tuple[pa.Table, list[Aside]]:
    """Pair the participants of each unit.

    Args:
        table: `row` and the columns of `NEEDED`, as clean text.

    Returns:
        A table of `row` and the columns of `PAIRED`, both directions of each pair; and the rows whose time is unknown.
    """
    rows = table.to_pylist()
    aside = [Aside(row["row"], "the year is unknown or no number") for row in rows if not _stretch(row, 1)]
    found = [pair for stretch in _STRETCHES for pair in _pairs(rows, stretch)]
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in PAIRED)])
    return pa.Table.from_pylist(found, schema), aside


def _pairs(rows: list[dict[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    units: defaultdict[str, list[_Stretch]] = defaultdict(list)
    for row in rows:
        stretch = _stretch(row, number)
        if stretch:
            units[row["unit"]].append(stretch)
    for unit, stretches in units.items():
        start = min(stretch.first for stretch in stretches) if number == _STRETCHES[0] else None
        for one, other in itertools.permutations(stretches, 2):
            if one.side != other.side:
                yield from _years(unit, one, other, start)


def _years(unit: str, one: _Stretch, other: _Stretch, start: int | None) -> Iterator[dict[str, Any]]:
    """A row for each year in which both were at it; none where they never were at the same time."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    if first > last:
        return
    onset = year_of(first)
    from_start = one.first == other.first == start and one.to_the_day and other.to_the_day
    for year in range(onset, year_of(last) + 1):
        yield {
            "row": one.row,
            "unit": unit,
            "actor": one.actor,
            "target": other.actor,
            "year": str(year),
            "ongoing": "1",
            "onset": "1" if year == onset else "0",
            "began": one.began,
            "other_began": other.began,
            "from_start": str(int(from_start)),
        }


def _stretch(row: dict[str, Any], number: int) -> _Stretch | None:
    first, last = _edge(row, f"begin{number}", end=False), _edge(row, f"end{number}", end=True)
    if first is None or last is None:
        return None
    to_the_day = whole_number(row[f"begin{number}_day"]) is not None
    return _Stretch(row["row"], row["actor"], row["side"], _BEGAN.get(row["began"] or ""), first, last, to_the_day)


def _edge(row: dict[str, Any], edge: str, *, end: bool) -> int | None:
    """The first or last day; an unknown month or day is the outermost that it may be."""
    year, month, day = (whole_number(row[f"{edge}_{part}"]) for part in _PARTS)
    if year is None:
        return None
    month = month if month and 1 <= month <= 12 else (12 if end else 1)
    length = month_length(year, month)
    return day_number(year, month, day if day and 1 <= day <= length else (length if end else 1))
