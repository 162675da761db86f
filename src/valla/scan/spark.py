"""A scan of Arrow batches, as Spark's `mapInArrow` hands them out: texts in, sightings out.

    from functools import partial
    from valla.scan.spark import SCHEMA_DDL, Columns, scan_batches

    texts.mapInArrow(partial(scan_batches, factory=factory, columns=Columns(id="doc_id")), SCHEMA_DDL)

It needs no Spark itself: any iterator of Arrow batches will do. `factory` travels to the executors by pickle, so Valla must be
installed there, and the index lie where each of them finds it.

A row is read as a row of a Parquet file is, with one difference: a text without an id (null, or empty) is refused. In a file it is
called by the number of its row; Spark's batches have no such number, and one counted by partition would give one name to several texts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from valla.errors import InputError, nearest
from valla.scan.batch.arrow import COLUMNS, ROW_GROUP, arrow_schema, batched, record_batch
from valla.scan.batch.model import Factory
from valla.scan.batch.parts import as_row
from valla.scan.batch.work import batches
from valla.scan.documents import columns as documents
from valla.scan.documents.batches import Naming, batch_blocks, check_text
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Options
from valla.scan.model import Sighting, Stance

__all__ = ["SCHEMA", "SCHEMA_DDL", "Columns", "log_problem", "scan_batches"]

_LOG = logging.getLogger(__name__)

_OPTIONS = Options()
"""Long texts are cut as in a scan of files, so that the same is found in them."""

_SPARK = {"string": "STRING", "int32": "INT", "int64": "BIGINT", "float64": "DOUBLE"}

SCHEMA: pa.Schema = arrow_schema()
"""What comes out, for Arrow: the columns of a Parquet file of sightings."""

SCHEMA_DDL = ", ".join(
    f"`{field.name}` {_SPARK[COLUMNS[field.name]]}{'' if field.nullable else ' NOT NULL'}" for field in SCHEMA
)
"""The same for Spark, as `mapInArrow` takes it; quoted, since `end` may be a reserved word (`spark.sql.ansi.enforceReservedKeywords`)."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what.

    Args:
        id: the ids of the documents.
        text: their texts.
        prefix: what stands before each id; with `FILE.parquet#`, documents are called as in a scan of that file.
    """

    id: str = "id"
    text: str = "text"
    prefix: str = ""


def log_problem(problem: Problem) -> None:
    """Write what is wrong with a text to the log: on Spark, that of the executor.

    Args:
        problem: what is wrong.
    """
    _LOG.warning("%s: %s", problem.document, problem.told)


def scan_batches(
    texts: Iterable[pa.RecordBatch],
    factory: Factory,
    columns: Columns = Columns(),
    stances: frozenset[Stance] = frozenset(Stance),
    tell: Callable[[Problem], None] = log_problem,
) -> Iterator[pa.RecordBatch]:
    """Scan texts that come as Arrow batches.

    Args:
        texts: batches of any size; a row without a text is passed over.
        factory: makes the matcher, once for each call.
        columns: which columns hold what.
        stances: sightings of another stance are left out.
        tell: takes the rows that are broken, or too long: they are passed over.

    Yields:
        Batches of sightings with the schema `SCHEMA`, in the order of the texts.

    Raises:
        InputError: if a column is not there, or cannot hold texts, or a text has no id.
    """
    matcher = factory()
    for group in batches(_blocks(texts, columns, tell)):
        kept = (one for one in matcher.scan_blocks(group) if one.stance in stances)
        yield from _as_batches(kept)


def _as_batches(sightings: Iterable[Sighting]) -> Iterator[pa.RecordBatch]:
    return map(record_batch, batched(map(as_row, sightings), ROW_GROUP))


def _blocks(texts: Iterable[pa.RecordBatch], columns: Columns, tell: Callable[[Problem], None]) -> Iterator[Block]:
    named = documents.Columns(columns.id, columns.text)
    for batch in texts:
        for name in named:
            _check(batch.schema.names, name)
        check_text(batch.schema, columns.text)
        yield from batch_blocks(batch, named, Naming(columns.prefix), _OPTIONS, tell)


def _check(names: Sequence[str], name: str) -> None:
    if names.count(name) != 1:
        near = nearest(name, names)
        raise InputError(
            f"there is no column {name!r}" if name not in names else f"several columns are called {name!r}",
            allowed=", ".join(names),
            repair=f"did you mean {near!r}?" if near and near != name else None,
        )
