"""Records by their paths: a casebook's own, or one that datasets were added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from valla.actors.leaders import People
from valla.casebook.folder import open_casebook
from valla.errors import InputError
from valla.record.engines import Engine, MemoryEngine, duckdb_engine
from valla.record.folder import is_record, open_folder
from valla.record.query import EVERYTHING
from valla.record.spark import engine_by_url
from valla.record.store import Record

__all__ = ["on_engine", "open_records"]


def open_records(paths: Iterable[Path], *, in_memory: bool = False) -> Record:
    """Open casebooks and records as one record.

    Args:
        paths: folders of casebooks or of records.
        in_memory: look acts up through an index instead of asking DuckDB: faster for many claims.

    Raises:
        InputError: if a path is neither.
        RecordError: if a record is broken, or written by a newer version.
    """
    opened = [_opened(path, in_memory=in_memory) for path in paths]
    return opened[0] if len(opened) == 1 else _together(opened, in_memory=in_memory)


def on_engine(record: Record, url: str) -> Record:
    """Return the same record with its acts moved to another engine.

    Args:
        record: any record; its acts go through memory.
        url: `duckdb`, `spark`, `spark://local[2]`, or any address that `ibis.connect` takes.

    Raises:
        MissingExtra: if the engine is not installed.
        InputError: if the address is none.
    """
    return replace(record, engine=engine_by_url(url, tables=[record.engine.fetch(EVERYTHING)]))


def _opened(path: Path, *, in_memory: bool) -> Record:
    if is_record(path):
        return open_folder(path, in_memory=in_memory)
    if not path.exists():
        raise InputError(
            "there is no such folder", where=str(path), repair="name the folder of a casebook or of a record"
        )
    if path.is_file():
        raise InputError(
            "a record is a folder", where=str(path), found="a file", repair="`valla record add` makes one of it"
        )
    return open_casebook(path).record(in_memory=in_memory or None)


def _together(records: list[Record], *, in_memory: bool) -> Record:
    tables = [record.engine.fetch(EVERYTHING) for record in records]
    engine: Engine = MemoryEngine(pa.concat_tables(tables)) if in_memory else duckdb_engine(tables)
    spans = [record.span for record in records if record.span]
    return Record(
        engine=engine,
        coverage=tuple(entry for record in records for entry in record.coverage),
        fingerprint=sha256(" ".join(sorted(record.fingerprint for record in records)).encode()).hexdigest()[:16],
        sources={key: source for record in records for key, source in record.sources.items()},
        people=reduce(People.joined, (record.people for record in records)),
        span=(min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None,
    )
