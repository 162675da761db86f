"""Between which days something lies that happened once in the course of several years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from valla.days import Window, day_number, month_length
from valla.record.mapping_parts import Duration
from valla.record.numbers import whole_number
from valla.record.sieve import row_keys

__all__ = ["with_days"]

_Key = tuple[str | None, ...]
_Years = dict[int, set[_Key]]
_SIDES = ("actor", "target")


@dataclass(frozen=True, slots=True)
class _Whole:
    """That of which some rows speak: a dispute.

    Args:
        window: the days between which it lies, as far as month and duration say; unbounded where they say nothing.
        first_year: the first of the years in which it has a row.
        last_year: the last of them.
    """

    window: Window
    first_year: int
    last_year: int


def with_days(table: pa.Table, duration: Duration) -> pa.Table:
    """Add `earliest` and `latest`: between which days that lies of which a row speaks.

    These are the days of the row's year, but none before the month in which the whole began, and none after the day on which it was over at
    the latest. In the first and the last year that has a row, and beside a year in which the pair has a row of something else, the year is no
    bound: a table with one dispute for each pair and year has no row for the years in which another of the pair was taken instead
    (Miller 2022, peacesciencer, Conflict Management and Peace Science 39: exclusion rules).

    Args:
        table: clean text, with `actor`, `target` and `year`.
        duration: which columns say when the whole began and how long it lasted.
    """
    units, pairs = row_keys(table, duration.per), row_keys(table, _SIDES)
    years = [whole_number(text) for text in table["year"].to_pylist()]
    rows: defaultdict[_Key, list[dict[str, str | None]]] = defaultdict(list)
    for unit, row in zip(units, table.select(sorted({"year", *duration.columns()})).to_pylist(), strict=True):
        rows[unit].append(row)
    wholes = {unit: _whole(found, duration) for unit, found in rows.items()}
    held = _held(units, pairs, years)
    windows = [
        _of_row(year, wholes[unit], held[pair], unit) for unit, pair, year in zip(units, pairs, years, strict=True)
    ]
    edges = {"earliest": [one.begin for one in windows], "latest": [one.end for one in windows]}
    for name, days in edges.items():
        table = table.append_column(name, pa.array(days, pa.int64()))
    return table


def _held(units: list[_Key], pairs: list[_Key], years: list[int | None]) -> dict[_Key, _Years]:
    """For each pair and year that of which its rows speak."""
    held: defaultdict[_Key, _Years] = defaultdict(lambda: defaultdict(set))
    for unit, pair, year in zip(units, pairs, years, strict=True):
        if year is not None:
            held[pair][year].add(unit)
    return held


def _known(numbers: Iterable[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]


def _whole(rows: list[dict[str, str | None]], duration: Duration) -> _Whole | None:
    """What the rows of one whole say of it together; None where they have no year."""
    years = _known(whole_number(row["year"]) for row in rows)
    if not years:
        return None
    first, last = min(years), max(years)
    days = max(_known(whole_number(row[duration.days]) for row in rows), default=0)
    begins = _began(rows, duration, first, days)
    # the first day counts: what lasts a day ends on the day on which it begins
    end = begins.end + days - 1 if days > 0 and begins.end is not None else None
    if end is not None and end < day_number(last):
        # month and duration do not reach the years of the rows: they say nothing that can be relied upon
        return _Whole(Window(), first, last)
    return _Whole(Window(begins.begin, end), first, last)


def _began(rows: list[dict[str, str | None]], duration: Duration, first: int, days: int) -> Window:
    """The first and last day on which the whole may have begun."""
    if duration.onset and not _began_in(rows, duration.onset, first):
        return Window(day_number(first) - days, None) if days > 0 else Window()
    months = _known(whole_number(row[duration.month]) for row in rows)
    if not months or not 1 <= min(months) <= 12:
        return Window(day_number(first), None)
    month = min(months)
    return Window(day_number(first, month), day_number(first, month, month_length(first, month)))


def _began_in(rows: list[dict[str, str | None]], onset: str, year: int) -> bool:
    """Whether the rows say that it began in their first year, or do not say when it began."""
    said = [row for row in rows if row[onset] is not None]
    return not said or any(row[onset] == "1" and whole_number(row["year"]) == year for row in said)


def _of_row(year: int | None, whole: _Whole | None, held: _Years, unit: _Key) -> Window:
    """The days of a row: those of its year that the whole had, and those beyond where the year is no bound."""
    if year is None or whole is None:
        return Window()
    first, last = day_number(year), day_number(year + 1) - 1
    begin, end = whole.window.begin, whole.window.end
    open_before = year == whole.first_year or _something_else(held, year - 1, unit)
    open_after = year == whole.last_year or _something_else(held, year + 1, unit)
    earliest = first if begin is None else begin if open_before else max(begin, first)
    latest = last if end is None else end if open_after else min(end, last)
    return Window(earliest, latest)


def _something_else(held: _Years, year: int, unit: _Key) -> bool:
    """Whether the rows of a pair in a year speak of other things alone."""
    return year in held and unit not in held[year]
