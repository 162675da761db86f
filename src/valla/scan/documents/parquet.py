"""Rows of Parquet as documents: planned by row group, read a few rows at a time, of two columns alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pyarrow.parquet as pq

from valla.scan.documents.batches import Naming, batch_blocks, check_text, is_text
from valla.scan.documents.columns import Columns, columns_of
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Form, Options
from valla.scan.documents.units import Unit
from valla.scan.tables.chunks import SMALL_CHUNK_BYTES, chunks_of, has_large_dictionary, opened_parquet, read_group

__all__ = ["parquet_blocks", "parquet_units"]

Tell = Callable[[Problem], None]

_MOST_PARTS = 8
"""Each part of a row group decodes what comes before it, so that more parts would cost more than they give."""

_MAX_BATCH_ROWS = 1024
_BATCH_BYTES = 8_000_000
_REPEATED_BYTES = 256_000_000


def parquet_units(path: str, document: str, options: Options) -> Iterator[Unit]:
    """Yield the units of a Parquet file: each row group, or equal parts of one that is large.

    Args:
        path: the file.
        document: what the ids of its documents begin with.
        options: which columns, and how large a unit should be.

    Raises:
        InputError: if it is damaged, or has no such columns.
    """
    with opened_parquet(path) as file:
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
    with opened_parquet(unit.path) as file:
        place = 0
        size = max(1, min(end, _batch_rows(file.metadata.row_group(unit.group), columns)))
        for batch in read_group(file, unit.group, columns.asked, size):
            first, place = place, place + batch.num_rows
            if place <= unit.start:
                continue
            rows = batch.slice(max(0, unit.start - first), min(place, end) - max(first, unit.start))
            number = unit.offset + max(first, unit.start) - unit.start
            yield from batch_blocks(rows, columns, Naming(f"{unit.document}#", number), options, problems)
            if place >= end:
                return


def _columns(file: pq.ParquetFile, options: Options, path: str) -> Columns:
    schema = file.schema_arrow
    texts = [field.name for field in schema if is_text(field.type)]
    columns = columns_of(schema.names, options, path, texts)
    check_text(schema, columns.text, path)
    return columns


def _batch_rows(group: Any, columns: Columns) -> int:
    """Return how many rows to hold at once.

    A value may be as long as its whole chunk, and a dictionary lets each row repeat it: so many of a small chunk are held as are
    bearable even then. Of a large chunk the average row tells, unless its dictionary is large.
    """
    chunks = chunks_of(group, columns.asked)
    size = max(1, sum(chunk.total_uncompressed_size for chunk in chunks))
    rows = max(1, _BATCH_BYTES * group.num_rows // size)
    if size <= SMALL_CHUNK_BYTES:
        rows = min(rows, _REPEATED_BYTES // size)
    elif any(map(has_large_dictionary, chunks)):
        rows = 1
    return int(max(1, min(_MAX_BATCH_ROWS, rows)))


def _bytes_of(group: Any, name: str) -> int:
    return sum(chunk.total_uncompressed_size for chunk in chunks_of(group, [name]))
