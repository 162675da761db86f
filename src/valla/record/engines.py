"""Where the acts lie and who runs the query: any Ibis backend, or memory.

Both answer the same question alike; one conformance suite runs over them (tests/record/test_engines.py; tests/extras adds Spark).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from glob import escape
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from valla.record.query import Selection, filled, matching, shape_of
from valla.record.schema import COLUMNS
from valla.record.table import indices

__all__ = ["DuckEngine", "Engine", "IbisEngine", "MemoryEngine", "duckdb_engine"]

_ORDER = ("actor", "target", "kind", "begin_min")
_IN_MEMORY_ROWS = 5_000_000
"""Up to so many acts DuckDB copies files into a table of its own, sorted, where a query skips most of it."""


class Engine(Protocol):
    """Anything that can hand out the acts of a selection."""

    def fetch(self, selection: Selection) -> pa.Table:
        """Return the acts of a selection, in any order, with the columns of `schema.COLUMNS`."""
        ...

    def fetch_sql(self, selection: Selection) -> str:
        """Return the query that `fetch` runs, or that asks the same."""
        ...

    def names(self) -> frozenset[str]:
        """Return the ids of all actors and targets."""
        ...


class IbisEngine:
    """Acts in a table of an Ibis backend.

    Args:
        acts: an Ibis table with the columns of `schema.COLUMNS`.
    """

    def __init__(self, acts: Any) -> None:
        self.acts = acts
        self._names: frozenset[str] | None = None

    def fetch(self, selection: Selection) -> pa.Table:
        """Run the query."""
        found: pa.Table = self._asked(selection).to_pyarrow()
        return found

    def _asked(self, selection: Selection) -> Any:
        return matching(self.acts, selection).select(*COLUMNS)

    def fetch_sql(self, selection: Selection) -> str:
        """Return the query as the backend's own SQL."""
        import ibis

        return str(ibis.to_sql(self._asked(selection)))

    def names(self) -> frozenset[str]:
        """Return the ids of all actors and targets; asked once."""
        if self._names is None:
            sides = [self.acts.select(name=self.acts[side]).distinct() for side in ("actor", "target")]
            found = sides[0].union(sides[1], distinct=True).to_pyarrow()
            self._names = frozenset(found["name"].to_pylist())
        return self._names


class DuckEngine(IbisEngine):
    """Acts in DuckDB: an expression is compiled once for each shape of question, which costs more than many of the answers.

    Args:
        acts: an Ibis table of a DuckDB connection.
        connection: that connection.
    """

    def __init__(self, acts: Any, connection: Any) -> None:
        super().__init__(acts)
        self._connection = connection
        self._templates: dict[Selection, str] = {}

    def fetch(self, selection: Selection) -> pa.Table:
        """Run the query."""
        shape = shape_of(selection)
        if shape not in self._templates:
            self._templates[shape] = self.fetch_sql(shape)
        found: pa.Table = self._connection.con.sql(filled(self._templates[shape], selection)).to_arrow_table()
        return found


class MemoryEngine:
    """Acts in memory, found through an index on who did them and toward whom: for tests and for batches of claims.

    Args:
        table: the acts, with the columns of `schema.COLUMNS`.
    """

    def __init__(self, table: pa.Table) -> None:
        self.table = table.combine_chunks()
        self._actor = _index(table["actor"].to_pylist())
        self._target = _index(table["target"].to_pylist())
        self._kind = np.asarray(table["kind"].to_pylist(), dtype=object)
        self._channel = np.asarray(table["channel"].to_pylist(), dtype=object)
        self._mutual = table["mutual"].to_numpy(zero_copy_only=False).astype(bool)
        self._begin = _numbers(table["begin_min"], -np.inf)
        self._end = _numbers(table["end_max"], np.inf)

    def fetch(self, selection: Selection) -> pa.Table:
        """Look the acts up."""
        forward = self._pairs(self._actor, selection.subjects, self._target, selection.objects)
        backward = self._pairs(self._target, selection.subjects, self._actor, selection.objects)
        if not selection.symmetric:
            backward = backward[self._mutual[backward]]
        rows = np.union1d(forward, backward)
        return self.table.take(indices(rows[self._bearing(rows, selection)]))

    def fetch_sql(self, selection: Selection) -> str:
        """Return the query that asks the same of a table `acts` in DuckDB; the index answers without it."""
        import ibis

        acts = ibis.table(dict(COLUMNS), name="acts")
        return str(ibis.to_sql(matching(acts, selection).select(*COLUMNS), dialect="duckdb"))

    def names(self) -> frozenset[str]:
        """Return the ids of all actors and targets."""
        return frozenset(self._actor) | frozenset(self._target)

    def _pairs(
        self,
        subject_index: dict[str, np.ndarray],
        subjects: frozenset[str] | None,
        object_index: dict[str, np.ndarray],
        objects: frozenset[str] | None,
    ) -> np.ndarray:
        found = self._named(subject_index, subjects)
        return (
            found if objects is None else np.intersect1d(found, self._named(object_index, objects), assume_unique=True)
        )

    def _named(self, index: dict[str, np.ndarray], ids: frozenset[str] | None) -> np.ndarray:
        if ids is None:
            return np.arange(self.table.num_rows)
        known = [index[name] for name in ids if name in index]
        return np.sort(np.concatenate(known)) if known else np.empty(0, dtype=np.int64)

    def _bearing(self, rows: np.ndarray, selection: Selection) -> np.ndarray:
        """Which of the rows have the kinds, the time and the channel."""
        kept = np.ones(len(rows), dtype=bool)
        if selection.kinds is not None:
            kept &= np.isin(self._kind[rows].astype(str), sorted(selection.kinds))
        if selection.window.end is not None:
            kept &= self._begin[rows] <= selection.window.end
        if selection.window.begin is not None:
            kept &= self._end[rows] >= selection.window.begin
        for channel, counts in (("open", selection.open), ("secret", selection.secret)):
            if not counts:
                kept &= self._channel[rows] != channel
        return kept


def _index(values: list[str]) -> dict[str, np.ndarray]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, value in enumerate(values):
        rows[value].append(row)
    return {value: np.asarray(numbers, dtype=np.int64) for value, numbers in rows.items()}


def _numbers(column: pa.ChunkedArray, missing: float) -> np.ndarray:
    numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.where(np.isnan(numbers), missing, numbers)


def duckdb_engine(tables: Iterable[pa.Table] = (), files: Iterable[str] = (), rows: int = 0) -> DuckEngine:
    """Put acts into DuckDB.

    Args:
        tables: acts in memory.
        files: Parquet files of acts.
        rows: how many acts the files hold; more than `_IN_MEMORY_ROWS` stay on disk.
    """
    import ibis

    connection = ibis.duckdb.connect()
    parts = [ibis.memtable(table) for table in tables]
    paths = [escape(path) for path in files]  # DuckDB takes a path for a pattern: `[a]` would be another folder
    if paths:
        parts.append(connection.read_parquet(paths, table_name="files"))
    acts = parts[0] if len(parts) == 1 else ibis.union(*parts, distinct=False)
    if rows > _IN_MEMORY_ROWS:
        return DuckEngine(acts, connection)
    connection.create_table("acts", acts.order_by(list(_ORDER)))
    return DuckEngine(connection.table("acts"), connection)
