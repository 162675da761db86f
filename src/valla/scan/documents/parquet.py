"""Rows of Parquet as documents: planned by row group, read a few rows at a time, of two columns alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from valla.errors import InputError
from valla.scan.documents.columns import Columns, columns_of
from valla.scan.documents.faults import told
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Form, Options
from valla.scan.documents.rows import text_blocks
from valla.scan.documents.units import Unit

__all__ = ["parquet_blocks", "parquet_units"]

Tell = Callable[[Problem], None]

_BUFFER_BYTES = 1 << 20
_MOST_PARTS = 8
"""Each part of a row group decodes what comes before it, so that more parts would cost more than they give."""

_MAX_BATCH_ROWS = 1024
_BATCH_BYTES = 8_000_000
_SMALL_CHUNK_BYTES = 128_000_000
_REPEATED_BYTES = 256_000_000
_DICTIONARY_BYTES = 8_000_000


def parquet_units(path: str, document: str, options: Options) -> Iterator[Unit]:
    """Yield the units of a Parquet file: each row group, or equal parts of one that is large.

    Args:
        path: the file.
        document: what the ids of its documents begin with.
        options: which columns, and how large a unit should be.

    Raises:
        InputError: if it is damaged, or has no such columns.
    """
    with _opened(path) as file:
        columns = _columns(file, options, path)
        before = 0
        for number in range(file.num_row_groups):
            group = file.metadata.row_group(number)
            size = _bytes_of(group, columns.text)
            parts = max(1, min(_MOST_PARTS, -(-size // options.unit_bytes), group.num_rows))
            bounds = [group.num_rows * part // parts for part in range(parts + 1)]
            for start, end in pairwise(bounds):
                yield Unit(
                    path, document, Form.PARQUET, size // parts, start, end, number, before + start,
                    id=columns.id, text=columns.text,
                )  # fmt: skip
            before += group.num_rows


def parquet_blocks(unit: Unit, options: Options, problems: Tell) -> Iterator[Block]:
    """Yield the blocks of some rows of a Parquet file.

    Args:
        unit: the rows.
        options: how long a row and a block may be.
        problems: is told of rows that are broken.

    Raises:
        InputError: if the file is damaged.
    """
    columns = Columns(unit.id or "", unit.text or "")
    end = unit.end or 0
    with _opened(unit.path) as file:
        place = 0
        for batch in _batches(file, unit.group, columns, end):
            first, place = place, place + batch.num_rows
            if place <= unit.start:
                continue
            rows = batch.slice(max(0, unit.start - first), min(place, end) - max(first, unit.start))
            number = unit.offset + max(first, unit.start) - unit.start
            yield from _blocks(rows, number, unit, options, problems)
            if place >= end:
                return


def _blocks(rows: pa.RecordBatch, number: int, unit: Unit, options: Options, problems: Tell) -> Iterator[Block]:
    texts = _values(rows.column(unit.text))
    ids = _values(rows.column(unit.id)) if unit.id else [None] * len(texts)
    for row, (name, value) in enumerate(zip(ids, texts, strict=True), start=number + 1):
        document = f"{unit.document}#{_as_text(name) or row}"
        try:
            text = _decoded(value, options)
        except InputError as error:
            problems(Problem(document, told(error)))
        else:
            yield from text_blocks(document, text, options)


def _decoded(value: str | bytes | None, options: Options) -> str:
    if value is None:
        return ""
    if len(value) > options.limits.max_row_bytes:
        allowed = f"at most {options.limits.max_row_bytes:,}"
        raise InputError("the row is too long", found=f"{len(value):,} characters", allowed=allowed)
    if isinstance(value, str):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not text in UTF-8", found=f"the byte {value[error.start]:#04x}") from error


def _as_text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return "" if value is None else str(value)


def _values(column: pa.Array) -> list[Any]:
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return column.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]


def _opened(path: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, buffer_size=_BUFFER_BYTES, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"no Parquet that can be read: {_first_line(error)}", where=path) from error


def _columns(file: pq.ParquetFile, options: Options, path: str) -> Columns:
    schema = file.schema_arrow
    texts = [field.name for field in schema if _is_text(field.type)]
    columns = columns_of(schema.names, options, path, texts)
    kind = schema.field(columns.text).type
    if not _is_text(kind):
        raise InputError(f"the column {columns.text!r} holds no text", where=path, found=str(kind))
    return columns


def _is_text(kind: pa.DataType) -> bool:
    of = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_binary,
        pa.types.is_large_binary,
    )
    return any(test(of) for test in tests)


def _batches(file: pq.ParquetFile, group: int, columns: Columns, end: int) -> Iterator[pa.RecordBatch]:
    size = min(end, _batch_rows(file.metadata.row_group(group), columns))
    try:
        yield from file.iter_batches(max(1, size), row_groups=[group], columns=list(columns.asked), use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"the Parquet is damaged: {_first_line(error)}") from error


def _batch_rows(group: Any, columns: Columns) -> int:
    """Return how many rows to hold at once.

    A value may be as long as its whole chunk, and a dictionary lets each row repeat it: so many of a small chunk are held as are
    bearable even then. Of a large chunk the average row tells, unless its dictionary is large.
    """
    chunks = _chunks(group, *columns.asked)
    size = max(1, sum(chunk.total_uncompressed_size for chunk in chunks))
    rows = max(1, _BATCH_BYTES * group.num_rows // size)
    if size <= _SMALL_CHUNK_BYTES:
        rows = min(rows, _REPEATED_BYTES // size)
    elif any(_dictionary_bytes(chunk) > _DICTIONARY_BYTES for chunk in chunks):
        rows = 1
    return int(max(1, min(_MAX_BATCH_ROWS, rows)))


def _chunks(group: Any, *names: str) -> list[Any]:
    chunks = (group.column(place) for place in range(group.num_columns))
    return [chunk for chunk in chunks if chunk.path_in_schema.split(".")[0] in names]


def _bytes_of(group: Any, name: str) -> int:
    return sum(chunk.total_uncompressed_size for chunk in _chunks(group, name))


def _dictionary_bytes(chunk: Any) -> int:
    return int(chunk.data_page_offset - chunk.dictionary_page_offset) if chunk.has_dictionary_page else 0


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
