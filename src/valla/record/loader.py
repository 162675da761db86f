"""A dataset's file to acts, by its mapping: one way for all datasets, in Ibis over DuckDB."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from valla.actors.catalogue import Catalogue, catalogue
from valla.dates import Window
from valla.record.cells import clean, days_of, sift
from valla.record.dating import DATED, dated_by_pairs, dated_in_years, dated_once, one_of_days
from valla.record.derived import derived
from valla.record.limits import LIMITS, Limits
from valla.record.lines import Aside
from valla.record.mapping import BOUNDS, ActRule, Mapping
from valla.record.marks import as_said, carried, marked
from valla.record.pairs import PAIR_DAYS
from valla.record.participants import paired
from valla.record.parties import finder
from valla.record.rows import read_rows
from valla.record.rules import KEYS, matched, undecided
from valla.record.schema import Coverage
from valla.record.sieve import ASIDE_SCHEMA
from valla.record.spells import occasions, spells, years_apart
from valla.record.table import ARROW_SCHEMA

__all__ = ["Loaded", "load"]

_ORDER = ("actor", "target", "kind", "begin_min", "id")
"""The order of acts on disk, by which a query skips what it does not ask for."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file says.

    Args:
        acts: the acts, with the columns of `schema.COLUMNS`, in order of actor, target, kind and begin.
        rows: how many rows the file holds.
        aside: what was set aside: row, reason, found; in order of rows.
        coverage: where the dataset claims to be complete.
    """

    acts: pa.Table
    rows: int
    aside: pa.Table
    coverage: tuple[Coverage, ...]

    def reasons(self) -> dict[str, int]:
        """Count what was set aside by reason, most frequent first."""
        return dict(Counter(self.aside["reason"].to_pylist()).most_common())


def load(mapping: Mapping, path: Path, known: Catalogue | None = None, limits: Limits = LIMITS) -> Loaded:
    """Turn a file into acts.

    Args:
        mapping: what its columns mean.
        path: CSV, TSV or Parquet; text also in gzip or zip.
        known: the actors; Valla's own by default.
        limits: how much is read.

    Raises:
        InputError: if the file cannot be read, is cut off, or is too large.
        RecordError: if it has other columns.
    """
    rows = read_rows(path, mapping.layouts(), limits)
    table = clean(rows, mapping.missing, mapping.ends)
    early, count = list(rows.aside), table.num_rows
    if rows.layout.participants:
        table, unpaired = paired(table)
        early += unpaired
    table = derived(table, mapping)
    days = _days(table, mapping)
    everywhere = functools.reduce(_hull, days.values()) if days else Window()
    actors = known or catalogue()
    sieve = sift(table, mapping, rows.layout.act, actors, finder(mapping.actors, actors, everywhere))
    acts, aside = _acts(sieve.table, mapping, rows.layout.act)
    set_aside = _set_aside(early, [*sieve.aside, *aside])
    return Loaded(acts, count + len(rows.aside), set_aside, mapping.windows(days))


def _days(table: pa.Table, mapping: Mapping) -> dict[str, Window]:
    names = {rule.days for rule in mapping.coverage if rule.days} | ({"date"} & set(table.column_names))
    found = {name: days_of(table[name], mapping.dates) for name in names}
    return {name: window for name, window in found.items() if window.begin is not None and window.end is not None}


def _hull(one: Window, other: Window) -> Window:
    begins, ends = (one.begin, other.begin), (one.end, other.end)
    return Window(min(day for day in begins if day is not None), max(day for day in ends if day is not None))


def _set_aside(early: list[Aside], late: list[pa.Table]) -> pa.Table:
    """All that was set aside, in order of rows."""
    first = pa.Table.from_pylist([asdict(one) for one in early], ASIDE_SCHEMA)
    return pa.concat_tables([first, *late]).sort_by([("row", "ascending"), ("reason", "ascending")])


def _acts(cells: pa.Table, mapping: Mapping, rules: list[ActRule]) -> tuple[pa.Table, list[pa.Table]]:
    """Run the rules over the rows that are left; the second result is what they set aside."""
    import ibis

    connection = ibis.duckdb.connect()
    table = ibis.memtable(cells)
    unknown = [name for name in cells.column_names if cells[name].null_count]
    aside = list(undecided(table, rules, unknown))
    if "year" in cells.column_names:
        found = _yearly(table, rules, mapping)
    else:
        rows = ibis.memtable(connection.to_pyarrow(matched(table, rules, carried(mapping, table.columns))))
        aside.append(_repeated(rows))
        found = _dated(rows)
    acts = marked(found, mapping).select(*ARROW_SCHEMA.names).order_by(list(_ORDER))
    return (
        one_of_days(connection.to_pyarrow(acts).cast(ARROW_SCHEMA)),
        [connection.to_pyarrow(rows).cast(ASIDE_SCHEMA) for rows in aside],
    )


def _yearly(rows: Any, rules: list[ActRule], mapping: Mapping) -> Any:
    """Acts of one year a row; those of consecutive years, or all that speak of one event, are joined where the rule says so."""
    import ibis

    texts = carried(mapping, rows.columns)
    kept = ["row", "actor_code", "target_code", *map(as_said, texts)]
    keys, dated = ((*KEYS, *PAIR_DAYS), dated_by_pairs) if mapping.pairs else (KEYS, dated_in_years)
    ways = (
        (spells, dated, [rule for rule in rules if rule.join and not rule.once]),
        (years_apart, dated, [rule for rule in rules if not rule.join and not rule.once]),
        (occasions, dated_once, [rule for rule in rules if rule.once]),
    )
    parts = [
        date(joined(matched(rows, chosen, texts), keys, kept)).select(*KEYS, *DATED, *kept)
        for joined, date, chosen in ways
        if chosen
    ]
    return ibis.union(*parts, distinct=False) if len(parts) > 1 else parts[0]


def _dated(rows: Any) -> Any:
    """Acts that have dates of their own; both directions of a mutual act, and rows that repeat another, become one."""
    kept = ["row", "actor_code", "target_code", *(name for name in rows.columns if name.startswith(as_said("")))]
    grouped = rows.group_by([*KEYS, "date", *BOUNDS]).aggregate(**{name: rows[name].min() for name in kept})
    sides = grouped["date"].split("/")
    return grouped.mutate(first_text=sides[0], last_text=sides[-1])


def _repeated(rows: Any) -> Any:
    """Rows that say again what an earlier row said of the same event in the same direction."""
    import ibis

    same = ibis.window(group_by=[*KEYS, "date", "turned"], order_by="row")
    ranked = rows.mutate(rank=ibis.row_number().over(same))
    again = ranked.filter(ranked["rank"] > 0)
    return again.select("row", reason=ibis.literal("says again what an earlier row says"), found=again["unit"])
