"""Rows of an Arrow batch as documents, whether they come from a Parquet file or from Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from valla.errors import InputError
from valla.scan.documents.columns import Columns
from valla.scan.documents.faults import told
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Options
from valla.scan.documents.rows import text_blocks
from valla.scan.tables.chunks import values_of

__all__ = ["Naming", "batch_blocks", "check_text", "is_text"]

_KINDS = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
)


def is_text(kind: pa.DataType) -> bool:
    """Return whether a column of that type can hold texts, as characters or as bytes in UTF-8.

    Args:
        kind: the type.
    """
    of = kind.value_type if pa.types.is_dictionary(kind) else kind
    return any(test(of) for test in _KINDS)


def check_text(schema: pa.Schema, name: str, where: str | None = None) -> None:
    """Refuse a column that cannot hold texts.

    Args:
        schema: of the table.
        name: of the column.
        where: the file, for messages.

    Raises:
        InputError: if it cannot.
    """
    kind = schema.field(name).type
    if not is_text(kind):
        raise InputError(f"the column {name!r} holds no text", where=where, found=str(kind))


@dataclass(frozen=True, slots=True)
class Naming:
    """What the documents of a batch are called.

    Args:
        prefix: what stands before each id.
        before: how many rows come before the batch: one without an id is called by its number; None where nobody knows.
    """

    prefix: str
    before: int | None = None

    def of(self, name: Any, row: int) -> str:
        """Return what a document is called.

        Args:
            name: its id, of whatever type.
            row: its row in the batch, from 1.

        Raises:
            InputError: if it has no id, and no number either.
        """
        called = _as_text(name)
        if not called and self.before is None:
            raise InputError("a text has no id", repair="give each an id of its own")
        return f"{self.prefix}{called or (self.before or 0) + row}"


def batch_blocks(
    rows: pa.RecordBatch,
    columns: Columns,
    naming: Naming,
    options: Options,
    problems: Callable[[Problem], None],
) -> Iterator[Block]:
    """Yield the blocks of the rows of a batch; a row without a text has none.

    Args:
        rows: the batch.
        columns: that of the texts, and that of the ids if there is one.
        naming: what its documents are called.
        options: how long a row and a block may be.
        problems: is told of rows that are broken.

    Raises:
        InputError: if a row has no id, and no number either.
    """
    texts = values_of(rows.column(columns.text))
    ids = values_of(rows.column(columns.id)) if columns.id else [None] * len(texts)
    for row, (name, value) in enumerate(zip(ids, texts, strict=True), start=1):
        document = naming.of(name, row)
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
