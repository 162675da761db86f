"""Parquet: a few rows at a time, of the columns asked for alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from valla.errors import InputError
from valla.scan.tables.limits import Limits
from valla.scan.tables.model import RowProblem

__all__ = ["parquet_columns", "parquet_rows"]

_MAX_BATCH_ROWS = 256
_BATCH_BYTES = 256_000_000
_TYPICAL_BYTES = 16_000_000
_SMALL_CHUNK_BYTES = 128_000_000
_DICTIONARY_BYTES = 8_000_000
_BUFFER_BYTES = 1 << 20

Numbered = tuple[int, None, list[Any]]


def parquet_columns(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a Parquet file.

    Args:
        path: the file.

    Raises:
        InputError: if it is none, or is damaged.
    """
    with _opened(path) as file:
        return tuple(file.schema_arrow.names)


def parquet_rows(path: Path, names: Sequence[str], limits: Limits) -> Iterator[Numbered | RowProblem]:
    """Yield the number and values of each row, and what is wrong with one that is broken.

    Args:
        path: the file.
        names: of the columns.
        limits: how long a row may be.

    Raises:
        InputError: if the file is damaged.
    """
    number = total = 0
    wanted = list(dict.fromkeys(names))
    with _opened(path) as file:
        for group in range(file.num_row_groups):
            for batch in _batches(file, group, wanted, str(path)):
                columns = [_told(batch.column(name)) for name in names]
                for values in zip(*columns, strict=True):
                    number += 1
                    row, length = _row(number, list(values), limits)
                    total += length
                    if total > limits.max_text_bytes:
                        allowed = f"at most {limits.max_text_bytes:,} bytes"
                        raise InputError("the table is too long", where=f"{path}, row {number}", allowed=allowed)
                    yield row


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, buffer_size=_BUFFER_BYTES, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"no Parquet that can be read: {_first_line(error)}", where=str(path)) from error


def _batches(file: pq.ParquetFile, group: int, names: Sequence[str], where: str) -> Iterator[pa.RecordBatch]:
    size = _batch_rows(file.metadata.row_group(group), names)
    try:
        yield from file.iter_batches(size, row_groups=[group], columns=list(names), use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"the Parquet is damaged: {_first_line(error)}", where=where) from error


def _batch_rows(group: Any, names: Sequence[str]) -> int:
    """Return how many rows to hold at once.

    One value may be as long as its whole chunk, and a dictionary lets each row repeat it: a batch of a small chunk is held small for
    that. Of a large chunk the average row tells, unless its dictionary is large.
    """
    chunks = [group.column(place) for place in range(group.num_columns)]
    asked = [chunk for chunk in chunks if chunk.path_in_schema.split(".")[0] in {name.split(".")[0] for name in names}]
    size = sum(chunk.total_uncompressed_size for chunk in asked)
    if size <= _SMALL_CHUNK_BYTES:
        rows = _BATCH_BYTES // max(size, 1)
    elif any(_dictionary_bytes(chunk) > _DICTIONARY_BYTES for chunk in asked):
        rows = 1
    else:
        rows = _TYPICAL_BYTES * group.num_rows // size
    return int(max(1, min(_MAX_BATCH_ROWS, rows)))


def _dictionary_bytes(chunk: Any) -> int:
    return int(chunk.data_page_offset - chunk.dictionary_page_offset) if chunk.has_dictionary_page else 0


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _told(column: pa.Array) -> list[Any]:
    """Return the values of a column; bytes where they are no text in UTF-8."""
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return column.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]


def _row(number: int, values: list[Any], limits: Limits) -> tuple[Numbered | RowProblem, int]:
    """Return a row, or what is wrong with it, and how long it is."""
    try:
        texts = [value.decode("utf-8") if isinstance(value, bytes) else value for value in values]
    except UnicodeDecodeError as error:
        return RowProblem(number, None, f"not text in UTF-8: it has the byte {error.object[error.start]:#04x}"), 0
    length = sum(_length(text) for text in texts if isinstance(text, str))
    if length > limits.max_row_bytes:
        told = f"the row has {length:,} bytes; allowed: at most {limits.max_row_bytes:,}"
        return RowProblem(number, None, told), length
    return (number, None, texts), length


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
