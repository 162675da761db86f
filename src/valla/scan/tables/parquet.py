"""Parquet: a few rows at a time, of the columns asked for alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from valla.errors import InputError
from valla.scan.tables.chunks import (
    SMALL_CHUNK_BYTES,
    chunks_of,
    has_large_dictionary,
    opened_parquet,
    read_group,
    values_of,
)
from valla.scan.tables.limits import Limits
from valla.scan.tables.model import RowProblem

__all__ = ["parquet_columns", "parquet_rows"]

_MAX_BATCH_ROWS = 256
_BATCH_BYTES = 256_000_000
_TYPICAL_BYTES = 16_000_000

Numbered = tuple[int, None, list[Any]]


def parquet_columns(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a Parquet file.

    Args:
        path: the file.

    Raises:
        InputError: if it is none, or is damaged.
    """
    with opened_parquet(str(path)) as file:
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
    with opened_parquet(str(path)) as file:
        for group in range(file.num_row_groups):
            size = _batch_rows(file.metadata.row_group(group), wanted)
            for batch in read_group(file, group, wanted, size, str(path)):
                columns = [values_of(batch.column(name)) for name in names]
                for values in zip(*columns, strict=True):
                    number += 1
                    row, length = _row(number, list(values), limits)
                    total += length
                    if total > limits.max_text_bytes:
                        allowed = f"at most {limits.max_text_bytes:,} bytes"
                        raise InputError("the table is too long", where=f"{path}, row {number}", allowed=allowed)
                    yield row


def _batch_rows(group: Any, names: Sequence[str]) -> int:
    """Return how many rows to hold at once.

    One value may be as long as its whole chunk, and a dictionary lets each row repeat it: a batch of a small chunk is held small for
    that. Of a large chunk the average row tells, unless its dictionary is large.
    """
    asked = chunks_of(group, names)
    size = sum(chunk.total_uncompressed_size for chunk in asked)
    if size <= SMALL_CHUNK_BYTES:
        rows = _BATCH_BYTES // max(size, 1)
    elif any(map(has_large_dictionary, asked)):
        rows = 1
    else:
        rows = _TYPICAL_BYTES * group.num_rows // size
    return int(max(1, min(_MAX_BATCH_ROWS, rows)))


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
