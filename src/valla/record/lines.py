"""Lines of text to columns: quick where no cell is quoted, careful where one is."""

from __future__ import annotations

import csv
import functools
import io
import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

__all__ = ["Aside", "Part", "Shape", "columns_of", "first_rows"]

_BATCH = 65_536
"""How many lines are read at a time, so that memory stays low."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was set aside.

    Args:
        row: its line in the file; for Parquet its number, counted from 1.
        reason: why.
        found: what was found there.
    """

    row: int
    reason: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a file look like.

    Args:
        form: csv or tsv.
        width: how many cells a row has.
        places: where each column is, counted from 0.
        header: the first row, where that names the columns.
    """

    form: str
    width: int
    places: dict[str, int]
    header: tuple[str, ...] | None = None

    @property
    def separator(self) -> str:
        """The character between cells."""
        return "\t" if self.form == "tsv" else ","


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a file.

    Args:
        table: `row` and the columns, as text.
        aside: the rows that are not in the table.
    """

    table: pa.Table
    aside: list[Aside]


class _Reader:
    """Rows with their lines; a quotation mark that is never closed costs its own line, not the rest of the file."""

    def __init__(self, lines: Iterator[str], form: str, line: int = 0) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._form = form
        self._line = line

    def _fed(self) -> Iterator[str]:
        taken, again = self._taken, self._again
        while True:
            line = again.popleft() if again else next(self._lines, None)
            if line is None:
                return
            taken.append(line)
            yield line

    def _cells(self) -> Iterator[list[str]]:
        if self._form == "tsv":
            return csv.reader(self._fed(), delimiter="\t", quoting=csv.QUOTE_NONE)
        return csv.reader(self._fed())

    def rows(self, width: int) -> Iterator[tuple[int, list[str] | None]]:
        """Give each row with the line it begins on; None for a line with an open quotation mark."""
        reader, taken = self._cells(), self._taken
        while True:
            cells: list[str] | None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            if len(taken) > 1 and (cells is None or len(cells) != width):
                self._again.extendleft(reversed(taken[1:]))
                del taken[1:]
                reader, cells = self._cells(), None
            yield self._line + 1, cells
            self._line += len(taken)
            taken.clear()


def first_rows(lines: list[str], form: str) -> list[tuple[int, list[str]]]:
    """Return the rows of the first lines of a file, each with its line; blank lines are left out."""
    return [(line, cells) for line, cells in _Reader(iter(lines), form).rows(0) if cells]


def columns_of(lines: Iterator[str], shape: Shape, line: int) -> Iterator[Part]:
    """Turn lines into columns.

    Args:
        lines: the lines after the header.
        shape: what their rows look like.
        line: how many lines came before them.
    """
    while chunk := list(itertools.islice(lines, _BATCH)):
        text = "".join(chunk)
        if shape.form == "csv" and '"' in text:
            yield from _careful(itertools.chain(chunk, lines), shape, line)
            return
        yield _quick(text, shape, line)
        line += len(chunk)


def _quick(text: str, shape: Shape, line: int) -> Part:
    """Lines without quotation marks, one row each."""
    invalid: list[pa_csv.InvalidRow] = []

    def kept(row: pa_csv.InvalidRow) -> str:
        invalid.append(row)
        return "skip"

    names = [str(place) for place in range(shape.width)]
    table = pa_csv.read_csv(
        io.BytesIO(text.encode()),
        pa_csv.ReadOptions(use_threads=False, column_names=names, block_size=max(len(text) * 4, 1)),
        pa_csv.ParseOptions(
            delimiter=shape.separator, quote_char=False, ignore_empty_lines=False, invalid_row_handler=kept
        ),
        pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=[str(place) for place in shape.places.values()],
            strings_can_be_null=False,
        ),
    )
    bad = {row.number for row in invalid}
    numbers = np.arange(line + 1, line + table.num_rows + len(bad) + 1)
    if bad:
        numbers = np.setdiff1d(numbers, [line + number for number in bad], assume_unique=True)
    aside = [_ragged(line + row.number, row.actual_columns, shape) for row in invalid if row.text]
    columns = {name: table[str(place)] for name, place in shape.places.items()}
    return _sifted(Part(pa.table({"row": numbers, **columns}), aside), shape)


def _ragged(line: int, cells: int, shape: Shape) -> Aside:
    return Aside(line, f"not {shape.width} cells", str(cells))


def _careful(lines: Iterator[str], shape: Shape, line: int) -> Iterator[Part]:
    """Lines with quotation marks, by which a cell may run over several."""
    rows = _Reader(lines, shape.form, line).rows(shape.width)
    pick = itemgetter(*shape.places.values())
    while batch := list(itertools.islice(rows, _BATCH)):
        kept = [(number, *pick(cells)) for number, cells in batch if cells and len(cells) == shape.width]
        columns = list(zip(*kept, strict=True)) or [()] * (len(shape.places) + 1)
        table = pa.table(
            [pa.array(columns[0], pa.int64()), *(pa.array(column, pa.string()) for column in columns[1:])],
            names=["row", *shape.places],
        )
        yield _sifted(Part(table, list(_refused(batch, shape))), shape)


def _refused(batch: list[tuple[int, list[str] | None]], shape: Shape) -> Iterator[Aside]:
    for line, cells in batch:
        if cells is None:
            yield Aside(line, "a quotation mark is not closed")
        elif cells and len(cells) != shape.width:
            yield _ragged(line, len(cells), shape)


def _sifted(part: Part, shape: Shape) -> Part:
    """Leave out blank rows, and set aside those that name the columns again, as in files that were put together from several."""
    blank = _all_equal(part.table, dict.fromkeys(shape.places, ""))
    table = part.table.filter(pc.invert(blank)) if pc.any(blank).as_py() else part.table
    if shape.header is None:
        return Part(table, part.aside)
    again = _all_equal(table, {name: shape.header[place] for name, place in shape.places.items()})
    if not pc.any(again).as_py():
        return Part(table, part.aside)
    aside = [Aside(row, "a second header") for row in table["row"].filter(again).to_pylist()]
    return Part(table.filter(pc.invert(again)), [*part.aside, *aside])


def _all_equal(table: pa.Table, cells: dict[str, str]) -> Any:
    """Which rows have these cells."""
    return functools.reduce(pc.and_, (pc.equal(table[name], cell) for name, cell in cells.items()))
