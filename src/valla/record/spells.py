"""Yearly rows to spells: a run of consecutive years is one state (gaps and islands)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["occasions", "spells", "years_apart"]


def spells(rows: Any, keys: Sequence[str], carried: Sequence[str] = ()) -> Any:
    """Join rows of consecutive years.

    Rows of one year are taken together first. Then, within a group, the year minus its rank among the group's years is constant
    over a run without a gap: the ranking solution of the gaps and islands problem.

    Args:
        rows: an Ibis table with a column `year`.
        keys: the columns that rows must share to be joined.
        carried: other columns, of which the least value is kept.

    Returns:
        An Ibis table that has at least the keys, `first` and `last` year, and the carried columns.
    """
    import ibis

    years = _summed(rows, [*keys, "year"], carried)
    within = ibis.window(group_by=list(keys), order_by="year")
    ranked = years.mutate(rank=ibis.row_number().over(within))
    runs = ranked.mutate(island=ranked["year"] - ranked["rank"])
    return runs.group_by([*keys, "island"]).aggregate(
        first=runs["year"].min(), last=runs["year"].max(), **{name: runs[name].min() for name in carried}
    )


def years_apart(rows: Any, keys: Sequence[str], carried: Sequence[str] = ()) -> Any:
    """Keep each year by itself; rows that say the same of one year are one.

    Args:
        rows: as in `spells`.
        keys: as in `spells`.
        carried: as in `spells`.
    """
    years = _summed(rows, [*keys, "year"], carried)
    return years.mutate(first=years["year"], last=years["year"])


def occasions(rows: Any, keys: Sequence[str], carried: Sequence[str] = ()) -> Any:
    """Take all rows of a group together, whatever years lie between them: they speak of one event.

    Args:
        rows: as in `spells`, with `earliest` and `latest`: between which days the event lies by this row.
        keys: as in `spells`.
        carried: as in `spells`.

    Returns:
        As `spells`, with the outermost of the days.
    """
    return rows.group_by(list(keys)).aggregate(
        first=rows["year"].min(),
        last=rows["year"].max(),
        earliest=rows["earliest"].min(),
        latest=rows["latest"].max(),
        **{name: rows[name].min() for name in carried},
    )


def _summed(rows: Any, groups: list[str], carried: Sequence[str]) -> Any:
    return rows.group_by(groups).aggregate(**{name: rows[name].min() for name in carried})
