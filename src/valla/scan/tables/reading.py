"""Tables, whatever they are written in, as rows of text.

    for row in rows(Path("claims.tsv"), ["id", "vclaim"]):
        ...  # a Row, or a RowProblem: the rows after it come all the same

CSV, TSV, JSON lines and Parquet, all but Parquet also packed with gzip. A CSV may be separated by semicolons or tabs as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from valla.errors import InputError
from valla.scan.tables.asked import Asked
from valla.scan.tables.columns import distinct, missing
from valla.scan.tables.delimited import Cells, Delimited
from valla.scan.tables.jsonl import Numbered, objects_of, told_as_text
from valla.scan.tables.limits import LIMITS, Limits
from valla.scan.tables.lines import Line, lines_of
from valla.scan.tables.model import Form, Row, RowProblem
from valla.scan.tables.parquet import parquet_columns, parquet_rows
from valla.scan.tables.source import form_of, opened

__all__ = ["column_names", "rows", "rows_of_stream"]

_SAMPLE_ROWS = 1000
_SAMPLE_CHARS = 16_000_000


def rows(
    path: Path,
    columns: Sequence[str] | None = None,
    *,
    header: bool = True,
    limits: Limits = LIMITS,
    texts: Sequence[str] = (),
) -> Iterator[Row | RowProblem]:
    """Yield the rows of a table, and what is wrong with those that are broken.

    Args:
        path: the file; a pipe will do, but for Parquet.
        columns: those to give, by name or by position counted from 1; all if None.
        header: whether the first row of a CSV or TSV names the columns; else their positions do.
        limits: how much is read.
        texts: the names of those columns that must hold text; the values of others are told as text.

    Raises:
        InputError: if the file cannot be read on, is no table, has no such column, or one of `texts` holds something else.
    """
    asked = Asked(None if columns is None else tuple(columns), header, limits, tuple(texts))
    with opened(path) as (written, stream):
        if written is Form.PARQUET:
            yield from _of_parquet(path, asked)
        else:
            yield from rows_of_stream(stream, str(path), written, asked)


def rows_of_stream(stream: BinaryIO, where: str, form: Form, asked: Asked) -> Iterator[Row | RowProblem]:
    """Yield the rows of a table that is read from a stream: CSV, TSV or JSON lines.

    Args:
        stream: bytes, unpacked; read once.
        where: its name, for messages.
        form: how it is written.
        asked: which columns, and how much.

    Raises:
        InputError: if the stream cannot be read on, has no such column, or is to be Parquet, which must be a file.
    """
    lines = lines_of(stream, where, asked.limits)
    if form is Form.PARQUET:
        raise InputError("Parquet cannot be read from a stream", where=where, repair="name a file")
    return _of_objects(objects_of(lines), asked, where) if form is Form.JSONL else _of_cells(lines, form, asked, where)


def column_names(path: Path, *, header: bool = True, limits: Limits = LIMITS) -> tuple[str, ...]:
    """Return the names of a table's columns: of JSON lines every name in the first thousand.

    Args:
        path: the file.
        header: whether the first row of a CSV or TSV names the columns.
        limits: how much is read.

    Raises:
        InputError: if the file cannot be read, is no table, or is of JSON lines without any object.
    """
    if form_of(path) is Form.PARQUET:
        return distinct(parquet_columns(path))
    with opened(path) as (form, stream):
        lines = lines_of(stream, str(path), limits)
        if form is not Form.JSONL:
            return distinct(_header(lines, form, Asked(None, header, limits), str(path))[0])
        return _names_of(list(islice(objects_of(lines), _SAMPLE_ROWS)), str(path))


def _names_of(items: Sequence[Numbered | RowProblem], where: str) -> tuple[str, ...]:
    if not items:
        raise InputError("the table is empty", where=where)
    objects = [item[2] for item in items if not isinstance(item, RowProblem)]
    first = items[0]
    if not objects and isinstance(first, RowProblem):
        raise InputError(first.told, where=f"{where}:{first.line}", repair="write a JSON object in each line")
    return tuple(dict.fromkeys(name for one in objects for name in one))


def _of_parquet(path: Path, asked: Asked) -> Iterator[Row | RowProblem]:
    names = parquet_columns(path)
    places = asked.places(names, str(path))
    for item in parquet_rows(path, [names[place] for place in places.values()], asked.limits):
        if isinstance(item, RowProblem):
            yield item
        else:
            values = dict(zip(places, item[2], strict=True))
            for name in asked.texts:
                asked.check(name, values[name], f"{path}: row {item[0]}")
            yield Row(item[0], None, {name: _text(value) for name, value in values.items()})


def _text(value: Any) -> str:
    try:
        return told_as_text(value)
    except TypeError:
        # a date, a time or bytes, alone or in a list
        return str(value)


def _of_objects(items: Iterator[Numbered | RowProblem], asked: Asked, where: str) -> Iterator[Row | RowProblem]:
    for item in _with_columns(items, asked.columns or (), where):
        if isinstance(item, RowProblem):
            yield item
            continue
        number, line, values = item
        names = values if asked.columns is None else asked.columns
        for name in asked.texts:
            asked.check(name, values.get(name), f"{where}:{line}")
        yield Row(number, line, {name: told_as_text(values.get(name)) for name in names})


def _with_columns(
    items: Iterator[Numbered | RowProblem], columns: Sequence[str], where: str
) -> Iterator[Numbered | RowProblem]:
    """Hold the first rows back until each column has been seen in one of them, so that a misspelt one is refused."""
    unseen, names = set(columns), dict[str, None]()
    held: list[Numbered | RowProblem] = []
    size = 0
    while unseen and len(held) < _SAMPLE_ROWS and size < _SAMPLE_CHARS and (item := next(items, None)):
        held.append(item)
        if not isinstance(item, RowProblem):
            names.update(dict.fromkeys(item[2]))
            unseen.difference_update(item[2])
            size += sum(len(value) for value in item[2].values() if isinstance(value, str))
    if unseen and names:
        raise missing(next(name for name in columns if name in unseen), tuple(names), where)
    yield from chain(held, items)


def _of_cells(lines: Iterable[Line], form: Form, asked: Asked, where: str) -> Iterator[Row | RowProblem]:
    names, reader, first = _header(lines, form, asked, where)
    places = asked.places(names, where)
    later = reader.rows(len(names))
    for number, row in enumerate(later if asked.header else chain([first], later), start=1):
        if row.told:
            yield RowProblem(number, row.line, row.told)
        else:
            yield Row(number, row.line, {name: row.cells[place] for name, place in places.items()})


def _header(lines: Iterable[Line], form: Form, asked: Asked, where: str) -> tuple[tuple[str, ...], Delimited, Cells]:
    """Return the names of the columns, the reader and the first row, which is data where there is no header."""
    numbered = iter(lines)
    first = next((line for line in numbered if line.told or line.text.strip("\r\n")), None)
    if first is None:
        raise InputError("the table is empty", where=where)
    reader = Delimited(chain([first], numbered), _separator(first.text, form), asked.limits.max_row_bytes)
    row = next(reader.rows())
    if "\r" in first.text.removesuffix("\n").removesuffix("\r") and '"' not in first.text:
        raise InputError(
            "the lines end in carriage returns alone", where=f"{where}:{row.line}", repair="save it with line feeds"
        )
    _check_first(row, f"{where}:{row.line}", asked.limits)
    names = row.cells if asked.header else [str(place + 1) for place in range(len(row.cells))]
    return tuple(names), reader, row


def _separator(text: str, form: Form) -> str:
    """Return what stands between cells: of a CSV the first of comma, semicolon and tab that the first line has."""
    if form is Form.TSV:
        return "\t"
    bare = "".join(text.split('"')[::2])
    return next((separator for separator in ",;\t" if separator in bare), ",")


def _check_first(row: Cells, where: str, limits: Limits) -> None:
    if row.told:
        raise InputError(row.told, where=where)
    if len(row.cells) > limits.max_columns:
        allowed = f"at most {limits.max_columns:,}"
        raise InputError("too many columns", where=where, found=f"{len(row.cells):,}", allowed=allowed)
