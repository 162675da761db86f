"""Columns of text to columns that mean something: who, toward whom, when; what means nothing is set aside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from valla.actors.catalogue import Catalogue
from valla.dates import Span, Window, parse
from valla.errors import DateError
from valla.record.codes import kind_finder
from valla.record.mapping import BOUNDS, ActRule, Mapping
from valla.record.mapping_parts import Ends
from valla.record.parties import Finder
from valla.record.rows import Rows
from valla.record.sides import check_lives, find_sides
from valla.record.sieve import Sieve, coded, each, joined, nulls

__all__ = ["clean", "days_of", "sift", "span_of_cell"]

_WHOLE_NUMBER = re.compile(r"(-?\d+)\.0+")
_PACKED_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00:00(?:\.0+)?Z?")
_YEAR = re.compile(r"-?\d{1,4}")
_UNKNOWN_EVENT = "the event is unknown"
_NEUTRAL_EVENT = "the event is neither cooperative nor adverse"


def clean(rows: Rows, missing: Iterable[str], ends: Ends | None = None) -> pa.Table:
    """Return the columns without blanks around them, with null for what is missing and `1` for `1.0`.

    Columns that the layout allows and the file lacks are added, empty.

    Args:
        rows: what a file holds.
        missing: the texts that stand for nothing.
        ends: which ends had not come when the data end; these become `..`, and `censored` is 1 for them.
    """
    absent = frozenset(missing)

    def cleaned(text: str) -> str | None:
        stripped = text.strip()
        whole = _WHOLE_NUMBER.fullmatch(stripped)
        stripped = whole[1] if whole else stripped
        return None if stripped in absent else stripped

    columns = {name: each(rows.table[name], cleaned) for name in rows.table.column_names if name != "row"}
    lacking = {name: nulls(rows.table) for name in rows.layout.optional if name not in columns}
    if ends and "end" in columns:
        still = frozenset(str(value) for value in ends.open)
        censored = each(rows.table["end"], lambda text: "1" if text.strip() in still else "0")
        columns |= {"end": pc.if_else(pc.equal(censored, "1"), "..", columns["end"]), "censored": censored}
    return pa.table({"row": rows.table["row"].cast(pa.int64()), **columns, **lacking})


def days_of(column: Any, formats: Iterable[str]) -> Window:
    """Return the first and last day that a column of dates names; those that are no dates are left out."""
    spans = [span_of_cell(text, formats) for text in pc.unique(column).to_pylist() if text]
    windows = [span.extent for span in spans if span]
    begins = [window.begin for window in windows if window.begin is not None]
    ends = [window.end for window in windows if window.end is not None]
    return Window(min(begins, default=None), max(ends, default=None))


def sift(table: pa.Table, mapping: Mapping, rules: list[ActRule], known: Catalogue, find: Finder) -> Sieve:
    """Find actors, dates and looked-up kinds, and set aside the rows that lack them.

    Args:
        table: what `clean` returned.
        mapping: the dataset.
        rules: its acts, as this file is laid out.
        known: the actors.
        find: finds them.

    Returns:
        The rows with `actor`, `target`, their codes, and either `year` or `date` with its bounds and `unit`.
    """
    sieve = Sieve(table, [])
    _check_values(sieve, mapping)
    if mapping.actors.by == "gw":
        # which state such a code stands for depends on the time
        _find_times(sieve, mapping)
        find_sides(sieve, find)
    else:
        find_sides(sieve, find)
        _find_times(sieve, mapping)
    check_lives(sieve, mapping.actors, known)
    for name in sorted({rule.codes for rule in rules if rule.codes}):
        _find_kinds(sieve, name)
    sieve.table = sieve.table.drop_columns(["actor_state", "target_state"])
    return sieve


def _find_times(sieve: Sieve, mapping: Mapping) -> None:
    given = sieve.table.column_names
    if "year" in given:
        _find_years(sieve)
        return
    _find_dates(sieve, tuple(mapping.dates))
    if mapping.ends and "censored" in given:
        _keep_going(sieve, mapping.ends.last_day)
    if "date" in given or "id" in given:
        _name_events(sieve)


def _check_values(sieve: Sieve, mapping: Mapping) -> None:
    for name, allowed in mapping.values.items():
        if name in sieve.table.column_names:
            column = sieve.table[name]
            wrong = pc.invert(pc.is_in(column, value_set=pa.array([*map(str, allowed), None], pa.string())))
            sieve.drop(wrong, f"{name!r} is none of {', '.join(map(str, allowed))}", column)


def _find_years(sieve: Sieve) -> None:
    def number(text: str) -> int | None:
        return int(text) if _YEAR.fullmatch(text) else None

    texts = sieve.table["year"]
    years = each(texts, number, pa.int32())
    sieve.table = sieve.table.set_column(sieve.table.column_names.index("year"), "year", years)
    sieve.drop(pc.is_null(years), "the year is unknown or no number", pc.coalesce(texts, pa.scalar("")))


def span_of_cell(text: str, formats: Iterable[str]) -> Span | None:
    """Return the span of a date as a dataset writes it; None where it is no date, or lies too far off for a table of acts.

    Args:
        text: the cell.
        formats: the dataset's own ways of writing dates, as for `strptime`.
    """
    try:
        span = parse(_iso(text, formats))
    except DateError:
        return None
    return span if span.near else None


def _iso(text: str, formats: Iterable[str]) -> str:
    """A date in the dataset's own way of writing it, as EDTF."""
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    midnight = _MIDNIGHT.fullmatch(text)
    packed = _PACKED_DAY.fullmatch(text)
    if midnight:
        return midnight[1]
    return "-".join(packed.groups()) if packed else text


def _find_dates(sieve: Sieve, formats: tuple[str, ...]) -> None:
    table = sieve.table
    texts = table["date"] if "date" in table.column_names else _intervals(table, formats)
    distinct = coded(texts)
    spans = [span_of_cell(text, formats) for text in distinct.dictionary.to_pylist()]
    columns = {"date": pa.array([span and span.text for span in spans], pa.string())}
    columns |= {name: pa.array([span and getattr(span, name) for span in spans], pa.int32()) for name in BOUNDS}
    for name, values in columns.items():
        column = values.take(distinct.indices)
        place = table.column_names.index(name) if name in table.column_names else None
        table = table.append_column(name, column) if place is None else table.set_column(place, name, column)
    sieve.table = table
    sieve.drop(pc.is_null(table["date"]), "the date is unknown or no date", pc.coalesce(texts, pa.scalar("")))


def _keep_going(sieve: Sieve, last_day: int) -> None:
    """What had not ended when the data end did not end before their last day; whether it ended since nobody says."""
    table = sieve.table
    at_least = pc.max_element_wise(table["begin_min"], pa.scalar(last_day, pa.int32()))
    ends = pc.if_else(pc.equal(table["censored"], "1"), at_least, table["end_min"])
    sieve.table = table.set_column(table.column_names.index("end_min"), "end_min", ends).drop_columns(["censored"])


def _intervals(table: pa.Table, formats: tuple[str, ...]) -> Any:
    """Begin and end as one date; a begin or end that is missing is unknown."""

    def iso(text: str) -> str:
        found = _iso(text, formats)
        return found.zfill(4) if found.isdigit() else found

    begin, end = (pc.coalesce(each(table[side], iso), pa.scalar("")) for side in ("begin", "end"))
    return pc.binary_join_element_wise(begin, end, "/")


def _name_events(sieve: Sieve) -> None:
    """Give each row a name of its own: the dataset's id of the event, or else a hash of all that it says."""
    table = sieve.table
    if "id" in table.column_names:
        unit = table["id"]
    else:
        said = [table[name] for name in table.column_names if name not in {"row", "actor", "target", *BOUNDS}]
        unit = each(joined(said), lambda text: hashlib.sha256(text.encode()).hexdigest()[:12])
    sieve.table = table.append_column("unit_id", unit)
    sieve.drop(pc.is_null(unit), "the event has no id")


def _find_kinds(sieve: Sieve, name: str) -> None:
    texts = sieve.table["event"]
    kinds = each(texts, kind_finder(name))
    sieve.table = sieve.table.append_column(f"kind_{name}", kinds)
    said = pc.coalesce(texts, pa.scalar(""))
    reasons = pc.if_else(pc.is_null(kinds), _UNKNOWN_EVENT, _NEUTRAL_EVENT)
    sieve.drop_each(pc.equal(pc.coalesce(kinds, pa.scalar("")), ""), reasons, said)
