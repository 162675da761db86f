"""Rows of CSV, TSV and JSON lines as documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from valla.scan.documents.columns import Columns, columns_of
from valla.scan.documents.cutting import cut
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Options
from valla.scan.documents.streams import opened, stretch
from valla.scan.documents.units import Unit
from valla.scan.tables.asked import Asked
from valla.scan.tables.model import Form, Row, RowProblem
from valla.scan.tables.reading import column_names, rows_of_stream

__all__ = ["columns_in", "row_blocks", "text_blocks"]


def columns_in(path: str, options: Options) -> Columns:
    """Return the columns of a table that is a file.

    Args:
        path: the file.
        options: what was asked for.

    Raises:
        InputError: if it is no table, or has no such columns.
    """
    return columns_of(column_names(Path(path), limits=options.limits), options, path)


def row_blocks(unit: Unit, options: Options, problems: Callable[[Problem], None]) -> Iterator[Block]:
    """Yield the blocks of the rows of a table.

    Args:
        unit: the table, or a part of it.
        options: what was asked for.
        problems: is told of rows that are broken.

    Raises:
        InputError: if it is no table, or has no such columns.
        OSError: if it cannot be read.
    """
    with opened(unit.path, options) as file:
        stream = stretch(file, unit.start, unit.end)
        known = _known_columns(unit, options)
        asked = Asked(known.asked if known else None, limits=options.limits)
        items = rows_of_stream(stream, unit.path, Form(unit.form), asked)
        if known is None:
            known, items = _columns_of_first(items, options, unit.path)
        for item in items:
            number = _number(item, unit)
            if isinstance(item, RowProblem):
                problems(Problem(f"{unit.document}#{number}", item.told))
                continue
            document = f"{unit.document}#{item.values.get(known.id) or number}"
            yield from text_blocks(document, item.values.get(known.text, ""), options)


def _number(item: Row | RowProblem, unit: Unit) -> int:
    """Return the number of a row; of JSON lines that of its line, which a part of a file knows without reading the rest."""
    if Form(unit.form) is Form.JSONL and item.line is not None:
        return unit.line + item.line
    return item.number


def _known_columns(unit: Unit, options: Options) -> Columns | None:
    """Return the columns, if they are known before the rows are read: not of a pipe, which is read but once."""
    if unit.text is not None:
        return Columns(unit.id or "", unit.text)
    return columns_in(unit.path, options) if os.path.isfile(unit.path) else None  # noqa: PTH113


def _columns_of_first(
    items: Iterable[Row | RowProblem], options: Options, where: str
) -> tuple[Columns, Iterator[Row | RowProblem]]:
    """Return the columns that the first row has which is not broken, and all rows."""
    held: list[Row | RowProblem] = []
    rest = iter(items)
    for item in rest:
        held.append(item)
        if isinstance(item, Row):
            return columns_of(tuple(item.values), options, where), chain(held, rest)
    return Columns("", ""), iter(held)


def text_blocks(document: str, text: str, options: Options) -> Iterator[Block]:
    """Yield the blocks of a text that is in memory; none if it is empty.

    Args:
        document: its id.
        text: the text.
        options: how long a block may be.
    """
    if len(text) > options.block_chars:
        yield from cut(document, [(text, text)], options.block_chars)
    elif text:
        yield Block(document, text, text)
