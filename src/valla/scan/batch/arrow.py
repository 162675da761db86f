"""Sightings as Arrow holds them: the columns of a Parquet file, and of what Spark is given."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["COLUMNS", "ROW_GROUP", "arrow_schema", "batched", "record_batch"]

ROW_GROUP = 20_000
"""A row group of a Parquet file has so many sightings: a few megabytes, which is what is held in memory."""

COLUMNS: Mapping[str, str] = {
    "document": "string",
    "claim": "string",
    "dossier": "int32",
    "start": "int64",
    "end": "int64",
    "quotation": "string",
    "prefix": "string",
    "suffix": "string",
    "probability": "float64",
    "decision": "string",
    "stance": "string",
    "wording": "string",
}
"""The columns of a table of sightings with their Arrow types; only `dossier` may be null."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def batched(rows: Iterable[dict[str, Any]], length: int) -> Iterator[list[dict[str, Any]]]:
    """Yield lists of so many rows; the last may have fewer."""
    left = iter(rows)
    while group := list(itertools.islice(left, length)):
        yield group


def arrow_schema() -> pa.Schema:
    """Return the schema of a table of sightings."""
    import pyarrow as pa

    return pa.schema(
        [pa.field(name, pa.type_for_alias(kind), nullable=name == "dossier") for name, kind in COLUMNS.items()]
    )


def record_batch(rows: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """Return sightings as an Arrow batch.

    Arrow holds UTF-8, which has no lone surrogates: each becomes U+FFFD. A character stays a character, so offsets stay right.

    Args:
        rows: the sightings as data.
    """
    import pyarrow as pa

    columns = [_array([row[name] for row in rows], kind) for name, kind in COLUMNS.items()]
    return pa.record_batch(columns, schema=arrow_schema())


def _array(values: Sequence[Any], kind: str) -> pa.Array:
    """Return a column made of its buffers; `pa.array` would do the same, but loads pandas for it."""
    import pyarrow as pa

    there = np.fromiter((value is not None for value in values), np.bool_, len(values))
    held = [None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))]
    if kind != "string":
        numbers = np.array([value or 0 for value in values], kind)
        return pa.Array.from_buffers(pa.type_for_alias(kind), len(values), [*held, pa.py_buffer(numbers)])
    texts = [_storable(value).encode("utf-8") for value in values]
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(values), [*held, pa.py_buffer(ends), pa.py_buffer(b"".join(texts))])


def _storable(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
