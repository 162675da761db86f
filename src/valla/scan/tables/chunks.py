"""What tables and documents in Parquet are read by alike: files opened, row groups in batches, values that may be broken."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from valla.errors import InputError

__all__ = ["SMALL_CHUNK_BYTES", "chunks_of", "has_large_dictionary", "opened_parquet", "read_group", "values_of"]

SMALL_CHUNK_BYTES = 128_000_000
"""Of a larger chunk the average row tells how many may be held at once; of a smaller one, that a value may be as long as all of it."""

_DICTIONARY_BYTES = 8_000_000
_BUFFER_BYTES = 1 << 20


def opened_parquet(path: str) -> pq.ParquetFile:
    """Return a Parquet file, opened.

    Args:
        path: the file.

    Raises:
        InputError: if it is none, or is damaged.
    """
    try:
        return pq.ParquetFile(path, buffer_size=_BUFFER_BYTES, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"no Parquet that can be read: {_first_line(error)}", where=path) from error


def read_group(
    file: pq.ParquetFile, group: int, names: Collection[str], size: int, where: str | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield a row group in batches.

    Args:
        file: opened.
        group: its number.
        names: of the columns.
        size: how many rows a batch has.
        where: the file, for messages.

    Raises:
        InputError: if the file is damaged.
    """
    try:
        yield from file.iter_batches(size, row_groups=[group], columns=list(names), use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"the Parquet is damaged: {_first_line(error)}", where=where) from error


def chunks_of(group: Any, names: Collection[str]) -> list[Any]:
    """Return what a row group tells of its chunks of some columns.

    Args:
        group: the metadata of the row group.
        names: of the columns.
    """
    heads = {name.split(".")[0] for name in names}
    chunks = (group.column(place) for place in range(group.num_columns))
    return [chunk for chunk in chunks if chunk.path_in_schema.split(".")[0] in heads]


def has_large_dictionary(chunk: Any) -> bool:
    """Return whether a chunk has a dictionary so large that a few of its values are all that may be held.

    Args:
        chunk: its metadata.
    """
    return bool(chunk.has_dictionary_page and chunk.data_page_offset - chunk.dictionary_page_offset > _DICTIONARY_BYTES)


def values_of(column: pa.Array) -> list[Any]:
    """Return the values of a column; bytes where they are no text in UTF-8.

    Args:
        column: of a batch.
    """
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return column.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
