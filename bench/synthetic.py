"""Made-up acts in any number: the same columns and the same order as a record on disk."""

from __future__ import annotations

from pathlib import Path

import duckdb

from valla.claims.kinds import kinds
from valla.dates import Window, day_number
from valla.record.engines import IbisEngine, duckdb_engine
from valla.record.schema import COLUMNS, Coverage
from valla.record.store import Record

__all__ = ["STATES", "make", "record_in"]

STATES = [
    "germany",
    "russia",
    "poland",
    "france",
    "united-kingdom",
    "italy",
    "japan",
    "china",
    "united-states",
    "turkey",
    "finland",
    "sweden",
    "norway",
    "spain",
    "portugal",
    "greece",
    "romania",
    "bulgaria",
    "hungary",
    "belgium",
    "netherlands",
    "denmark",
    "switzerland",
    "austria",
    "iran",
    "iraq",
    "egypt",
    "israel",
    "india",
    "pakistan",
    "brazil",
    "argentina",
    "chile",
    "peru",
    "mexico",
    "canada",
    "australia",
    "estonia",
    "latvia",
    "lithuania",
]
_FIRST, _LAST = day_number(1816), day_number(2018, 12, 31)


def make(rows: int, folder: Path) -> None:
    """Write Parquet files of acts, one an actor, if they are not there yet; the same number always gives the same acts.

    Args:
        rows: how many acts.
        folder: where to.
    """
    if folder.exists():
        return
    beside = folder.with_suffix(".part")
    beside.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    share = rows // len(STATES)
    for number, actor in enumerate(sorted(STATES)):
        connection.execute(
            f"COPY ({_acts_of(actor, number * share, share)} ORDER BY target, kind, begin_min) "
            f"TO '{beside}/{actor}.parquet' (FORMAT parquet)"
        )
    beside.rename(folder)


def _acts_of(actor: str, first: int, share: int) -> str:
    """The query that makes the acts of one actor."""
    others, names = [state for state in STATES if state != actor], sorted(kinds())
    columns = {
        "id": "'synthetic:' || i",
        "actor": f"'{actor}'",
        "target": f"others[1 + (hash(i, 1) % {len(others)})::INT]",
        "kind": f"kinds[1 + (hash(i, 3) % {len(names)})::INT]",
        "mutual": "hash(i, 4) % 3 = 0",
        "date": "''",
        "begin_min": "b",
        "begin_max": "b + (hash(i, 6) % 366)::INT",
        "end_min": "b + (hash(i, 6) % 366)::INT",
        "end_max": "b + (hash(i, 6) % 366)::INT + (hash(i, 7) % 700)::INT",
        "channel": "CASE WHEN hash(i, 8) % 10 = 0 THEN 'secret' ELSE 'open' END",
        "source": "'source-' || (hash(i, 9) % 50)",
        "dataset": "'synthetic'",
        "dataset_row": "i",
    }
    chosen = ", ".join(f"CAST({columns.get(name, 'NULL')} AS {_sql(kind)}) AS {name}" for name, kind in COLUMNS.items())
    return (
        f"WITH lists AS (SELECT {others!r} AS others, {names!r} AS kinds), "
        f"made AS (SELECT i, ({_FIRST} + hash(i, 5) % {_LAST - _FIRST - 1100})::INT AS b FROM range({first}, {first + share}) t(i)) "
        f"SELECT {chosen} FROM made, lists"
    )


def _sql(kind: str) -> str:
    return {"string": "VARCHAR", "boolean": "BOOLEAN", "int32": "INTEGER", "int64": "BIGINT"}[kind]


def record_in(folder: Path, rows: int) -> Record:
    """Open made-up acts as a record that is complete for every kind."""
    engine: IbisEngine = duckdb_engine(files=[str(file) for file in sorted(folder.glob("*.parquet"))], rows=rows)
    window = Window(_FIRST, _LAST)
    return Record(engine, (Coverage("synthetic", frozenset(kinds()), window),), "synthetic", {}, (_FIRST, _LAST))
