"""Columns that are worked out from several cells or several rows, before anything is set aside.

A row that is set aside later still counts here: an opponent without a known code is an opponent all the same.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from valla.record.durations import with_days
from valla.record.mapping import Mapping
from valla.record.mapping_parts import Condition, Count, ReadPairs
from valla.record.pairs import with_pairs
from valla.record.sieve import row_keys

__all__ = ["OTHER", "derived", "turned"]

OTHER = "other_"
"""What the columns of the target begin with that the actor has too: `level` and `other_level`."""

_SIDES = ("actor", "target")


def derived(table: pa.Table, mapping: Mapping) -> pa.Table:
    """Return a table with the rows that are to be read from the other side, and the columns that a mapping derives.

    Args:
        table: clean text.
        mapping: the dataset.
    """
    if mapping.turn:
        table = turned(table, mapping.turn)
    for name, count in mapping.count.items():
        table = table.append_column(name, _counted(table, count))
    for name, condition in mapping.together.items():
        table = table.append_column(name, _together(table, condition))
    if mapping.duration and all(name in table.column_names for name in mapping.duration.columns()):
        table = with_days(table, mapping.duration)
    if mapping.pairs:
        listed = mapping.pairs.listed if isinstance(mapping.pairs, ReadPairs) else ()
        table = with_pairs(table, mapping.pairs.unit, listed)
    return table


def turned(table: pa.Table, shared: Sequence[str]) -> pa.Table:
    """Add the other direction of each row that has no counterpart, as in a file with one row for each pair.

    Args:
        table: rows with `actor` and `target`, and perhaps columns `x` and `other_x`.
        shared: the columns that a row and its counterpart share.
    """
    directed = set(row_keys(table, [*_SIDES, *shared]))
    opposite = row_keys(table, [*reversed(_SIDES), *shared])
    lonely = table.filter(pa.array([key not in directed for key in opposite], pa.bool_()))
    return pa.concat_tables(
        [table, lonely.rename_columns(_turned_names(table.column_names)).select(table.column_names)]
    )


def _turned_names(names: Sequence[str]) -> list[str]:
    """The names of columns as seen from the other side."""
    pairs = [_SIDES, *((name, OTHER + name) for name in names if OTHER + name in names)]
    renamed = {**dict(pairs), **{other: one for one, other in pairs}}
    return [renamed.get(name, name) for name in names]


def _counted(table: pa.Table, count: Count) -> pa.Array:
    """Whether the rows of each group have one value or several; what is unknown is taken for another value."""
    keys = row_keys(table, count.per)
    values: defaultdict[tuple[str | None, ...], set[str | None]] = defaultdict(set)
    for key, value in zip(keys, table[count.of].to_pylist(), strict=True):
        values[key].add(value)
    return pa.array(["several" if len(values[key]) > 1 else "one" for key in keys], pa.string())


def _together(table: pa.Table, condition: Condition) -> pa.Array:
    """Say 1 where every column is known to have one of its values; what is unknown is no yes."""
    met = [pc.is_in(table[name], pa.array([*map(str, values)], pa.string())) for name, values in condition.items()]
    whole = list(itertools.accumulate(met, pc.and_))[-1]
    return pc.if_else(whole, "1", "0").combine_chunks()
