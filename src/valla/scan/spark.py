"""A scan of Arrow batches, as Spark's `mapInArrow` hands them out: texts in, sightings out.

    from functools import partial
    from valla.scan.spark import SCHEMA_DDL, Columns, scan_batches

    texts.mapInArrow(partial(scan_batches, factory=factory, columns=Columns(id="doc_id")), SCHEMA_DDL)

It needs no Spark itself: any iterator of Arrow batches will do. `factory` travels to the executors by pickle, so Valla must be
installed there, and the index lie where each of them finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from valla.errors import InputError, nearest
from valla.scan.batch.arrow import COLUMNS, ROW_GROUP, arrow_schema, batched, record_batch
from valla.scan.batch.model import Factory
from valla.scan.batch.parts import as_row
from valla.scan.batch.work import batches
from valla.scan.documents.model import Block
from valla.scan.documents.options import Options
from valla.scan.documents.rows import text_blocks
from valla.scan.model import Sighting, Stance

__all__ = ["SCHEMA", "SCHEMA_DDL", "Columns", "scan_batches"]

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


def scan_batches(
    texts: Iterable[pa.RecordBatch],
    factory: Factory,
    columns: Columns = Columns(),
    stances: frozenset[Stance] = frozenset(Stance),
) -> Iterator[pa.RecordBatch]:
    """Scan texts that come as Arrow batches.

    Args:
        texts: batches of any size; a row without a text is passed over.
        factory: makes the matcher, once for each call.
        columns: which columns hold what.
        stances: sightings of another stance are left out.

    Yields:
        Batches of sightings with the schema `SCHEMA`, in the order of the texts.

    Raises:
        InputError: if a column is not there, or is not of texts.
    """
    matcher = factory()
    for group in batches(_blocks(texts, columns)):
        kept = (one for one in matcher.scan_blocks(group) if one.stance in stances)
        yield from _as_batches(kept)


def _as_batches(sightings: Iterable[Sighting]) -> Iterator[pa.RecordBatch]:
    return map(record_batch, batched(map(as_row, sightings), ROW_GROUP))


def _blocks(texts: Iterable[pa.RecordBatch], columns: Columns) -> Iterator[Block]:
    for batch in texts:
        ids, bodies = _column(batch, columns.id), _column(batch, columns.text)
        if not _is_text(bodies.type):
            raise InputError(f"the column {columns.text!r} is not of texts", found=str(bodies.type), allowed="string")
        for name, body in zip(ids, bodies, strict=True):
            row, text = name.as_py(), body.as_py()
            yield from text_blocks(f"{columns.prefix}{'' if row is None else row}", text or "", _OPTIONS)


def _column(batch: pa.RecordBatch, name: str) -> Any:
    names = batch.schema.names
    if names.count(name) != 1:
        near = nearest(name, names)
        raise InputError(
            f"there is no column {name!r}" if name not in names else f"several columns are called {name!r}",
            allowed=", ".join(names),
            repair=f"did you mean {near!r}?" if near and near != name else None,
        )
    return batch.column(name)


def _is_text(kind: pa.DataType) -> bool:
    dictionary = pa.types.is_dictionary(kind)
    inner = kind.value_type if dictionary else kind
    return bool(pa.types.is_string(inner) or pa.types.is_large_string(inner) or pa.types.is_string_view(inner))
