"""Yearly rows to spells."""

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from valla.record.spells import spells, years_apart

_ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(-5, 12)), min_size=1, max_size=30)


def _table(rows):
    return ibis.memtable(
        pa.table(
            {
                "key": pa.array([key for key, _ in rows], pa.string()),
                "year": pa.array([year for _, year in rows], pa.int32()),
                "row": pa.array(range(1, len(rows) + 1), pa.int64()),
            }
        )
    )


def _found(expression):
    return {(one["key"], one["first"], one["last"], one["row"]) for one in expression.to_pyarrow().to_pylist()}


def _by_hand(rows):
    """Walk the years of each key one by one."""
    for key in "ab":
        years = sorted({year for name, year in rows if name == key})
        starts = [year for year in years if year - 1 not in years]
        for first in starts:
            last = first
            while last + 1 in years:
                last += 1
            yield key, first, last, min(n for n, (k, y) in enumerate(rows, 1) if k == key and first <= y <= last)


@settings(deadline=None, max_examples=40)
@given(_ROWS)
def test_joins_consecutive_years_as_a_walk_over_them_does(rows):
    """A run of consecutive years, repeated or not and in any order, is one spell with its earliest row."""
    assert set(_by_hand(rows)) == _found(spells(_table(rows), ["key"], ["row"]))


@settings(deadline=None, max_examples=20)
@given(_ROWS)
def test_years_apart_keeps_each_year_once(rows):
    """Without joining, each year of each key is one act, however often it is said."""
    found = _found(years_apart(_table(rows), ["key"], ["row"]))

    assert {(key, year, year) for key, year in rows} == {(key, first, last) for key, first, last, _ in found}
    assert len(found) == len(set(rows))
