"""A record: acts, the windows in which it is complete, and where both came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from valla.actors.leaders import NOBODY, People
from valla.dates import OPEN_BEGIN, OPEN_END, window_text
from valla.record.engines import Engine, MemoryEngine, duckdb_engine
from valla.record.schema import Act, Coverage
from valla.record.sources import Source
from valla.record.table import table_of

__all__ = ["Record", "fingerprint", "record_of", "span_of"]


FEW = 20_000
"""Up to so many acts a record of acts in hand is kept in memory."""


@dataclass(frozen=True, slots=True)
class Record:
    """Acts with the windows in which they are complete.

    Args:
        engine: hands out the acts.
        coverage: where the record claims to be complete.
        fingerprint: the same for the same acts and coverage, in whatever order.
        sources: the sources by their keys.
        span: first and last day of its acts; None where it has none.
        people: the leaders that it adds to the actors whom Valla knows.
    """

    engine: Engine
    coverage: tuple[Coverage, ...]
    fingerprint: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    people: People = NOBODY


def fingerprint(table: pa.Table, coverage: Iterable[Coverage]) -> str:
    """Return a hash of acts and coverage that does not depend on their order."""
    rows = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in table.to_pylist())
    windows = sorted(
        json.dumps(
            [
                entry.dataset,
                sorted(entry.kinds),
                window_text(entry.window),
                sorted(entry.actors or []),
                entry.among_states,
                entry.threshold,
            ]
        )
        for entry in coverage
    )
    return hashlib.sha256("\n".join([*rows, *windows]).encode()).hexdigest()[:16]


def span_of(table: pa.Table) -> tuple[int, int] | None:
    """Return the first and last known day of a table of acts."""
    first = pc.min(_days(table, "begin_min")).as_py()
    lasts = [pc.max(_days(table, column)).as_py() for column in ("begin_max", "end_max")]
    last = max((day for day in lasts if day is not None), default=None)
    return None if first is None or last is None else (first, last)


def _days(table: pa.Table, column: str) -> pa.ChunkedArray:
    """The bounds of a column that are days: neither unknown nor open."""
    bounds = table[column]
    return bounds.filter(pc.and_(pc.not_equal(bounds, OPEN_BEGIN), pc.not_equal(bounds, OPEN_END)))


def record_of(
    acts: Iterable[Act],
    coverage: Iterable[Coverage] = (),
    sources: Mapping[str, Source] | None = None,
    *,
    in_memory: bool | None = None,
) -> Record:
    """Make a record of acts.

    Args:
        acts: the acts.
        coverage: where they are complete.
        sources: the sources they name.
        in_memory: look acts up through an index instead of asking DuckDB; by default where they are few, since to start DuckDB takes
            longer than to look through them.
    """
    table, windows = table_of(acts), tuple(coverage)
    few = table.num_rows <= FEW if in_memory is None else in_memory
    engine: Engine = MemoryEngine(table) if few else duckdb_engine([table])
    return Record(engine, windows, fingerprint(table, windows), dict(sources or {}), span_of(table))
