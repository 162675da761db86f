"""Who the two sides of each row are, and whether there were such states then."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from valla.actors.catalogue import Catalogue
from valla.actors.model import LIST_BEGINS
from valla.days import Window, day_number
from valla.record.mapping import Actors
from valla.record.parties import Finder, Found, Party
from valla.record.sieve import NULL, UNIT, Sieve, coded, each, joined, nulls

__all__ = ["check_lives", "find_sides"]

_SIDES = ("actor", "target")
_CODED = frozenset({"cow", "gw", "iso3"})
"""Ways of naming that stand for one state of a list each, not for a land or people at all times."""

_MARGIN_DAYS = 366
"""A source that codes years may date an act a little before a state entered the list, or after it left."""


def find_sides(sieve: Sieve, find: Finder) -> None:
    """Put ids in place of the codes or names of both sides, and set aside the rows of which a side is nobody, or both are one.

    Args:
        sieve: rows with `actor` and `target`, perhaps with their time.
        find: finds actors.
    """
    for side in _SIDES:
        _find_side(sieve, side, find)
    same = pc.equal(sieve.table["actor_state"], sieve.table["target_state"])
    sieve.drop(same, "both sides belong to one state", sieve.table["actor_code"])


def _find_side(sieve: Sieve, side: str, find: Finder) -> None:
    table = sieve.table
    names = (side, f"{side}_country", f"{side}_sectors")
    cells = [table[name] if name in table.column_names else nulls(table) for name in names]
    distinct = coded(joined([*cells, *_days(table)]))
    found = [_found(text, find) for text in distinct.dictionary.to_pylist()]
    actors, states = (
        pa.array([getattr(one, name) for one in found], pa.string()).take(distinct.indices)
        for name in ("actor", "state")
    )
    reasons = pa.array([f"the {side}: {one.reason}" for one in found], pa.string()).take(distinct.indices)
    replaced = table.append_column(f"{side}_code", table[side].cast(pa.string())).append_column(f"{side}_state", states)
    sieve.table = replaced.set_column(table.column_names.index(side), side, actors)
    sieve.drop_each(pc.equal(actors, ""), reasons, pc.coalesce(table[side], pa.scalar("")))


def _found(text: str, find: Finder) -> Found:
    name, country, sectors, *days = ("" if part == NULL else part for part in text.split(UNIT))
    return find(Party(name, country, sectors, _window(days))) if name else Found(reason="not named")


def _window(days: list[str]) -> Window:
    begin, end = (int(day) if day else None for day in days)
    return Window(begin, end)


def _days(table: pa.Table) -> list[Any]:
    """The first and last day of each row as text; nothing where the time is not found yet."""
    if "begin_min" in table.column_names:
        return [table[name].cast(pa.string()) for name in ("begin_min", "end_max")]
    if "year" in table.column_names and pa.types.is_integer(table["year"].type):
        edges = (day_number, lambda year: day_number(year + 1) - 1)
        return [each(table["year"], edge, pa.int64()).cast(pa.string()) for edge in edges]
    return [nulls(table), nulls(table)]


def check_lives(sieve: Sieve, rule: Actors, known: Catalogue) -> None:
    """Set aside rows with the code of a state that was no more or not yet, by more than a year.

    A state that was occupied or in exile lies between its spells, and was a state still. The list of Gleditsch and Ward begins with
    many states earlier, so that there a code may stand for a state before its first spell, as in a dataset that says so.

    Args:
        sieve: rows with ids in place of codes, and with their time.
        rule: how the dataset names sides; names and ids stand for whoever bore them.
        known: the actors.
    """
    if rule.by not in _CODED:
        return
    early = rule.early or rule.by == "gw"

    def exists(text: str) -> bool:
        actor, *days = ("" if part == NULL else part for part in text.split(UNIT))
        return not _around(known.life(actor), early=early).meet(_window(days)).empty

    for side in _SIDES:
        table = sieve.table
        there = each(joined([table[side], *_days(table)]), exists, pa.bool_())
        sieve.drop(pc.invert(there), f"the {side}: there was no state of that code then", table[f"{side}_code"])


def _around(life: tuple[Window, ...], *, early: bool) -> Window:
    """From a year before the first spell to a year after the last; unbounded where nobody says when it was."""
    begin, end = (life[0].begin, life[-1].end) if life else (None, None)
    if begin is not None:
        begin = None if early or begin <= LIST_BEGINS else begin - _MARGIN_DAYS
    return Window(begin, None if end is None else end + _MARGIN_DAYS)
