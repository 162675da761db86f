"""CSV and TSV: cells between separators, those in quotation marks perhaps over several lines.

Quotation as in RFC 4180: marks around a cell, doubled within it. Where a mark is not closed, no more is set aside than must be:

- A row over several lines with the wrong number of cells costs its first line; the others are read anew.
- A mark that nothing closes costs its line alone if each line after it is a whole row without any, else all that comes after.
- A line of a TSV that does not work as quoted, but has the right number of cells, is taken as it stands; so is the first one, whose number
  of cells is what the others are held to, if it has several.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from valla.scan.tables.lines import Line

__all__ = ["Cells", "Delimited"]

_RESYNC_LINES = 64
"""A broken row over more lines than this is set aside whole: reading its lines anew could take very long."""

_OPEN = "a quotation mark is not closed"


class Cells(NamedTuple):
    """A row, cut into cells.

    Args:
        line: the line that it begins on.
        cells: the texts between the separators.
        told: what is wrong with it; empty where nothing is.
    """

    line: int
    cells: list[str]
    told: str = ""


class Delimited:
    """The rows of a CSV or TSV.

    Args:
        lines: of the file.
        separator: what stands between cells.
        max_row_bytes: how long a row over several lines may be.
        apart: whether a line with a separator is always a row of its own, never the continuation of a cell.
    """

    def __init__(self, lines: Iterable[Line], separator: str, max_row_bytes: int, *, apart: bool = False) -> None:
        self._lines = iter(lines)
        self._apart = apart
        self._separator = separator
        self._max = max_row_bytes
        self._again: deque[Line] = deque()
        csv.field_size_limit(max(csv.field_size_limit(), max_row_bytes + 2))

    def rows(self, width: int = 0) -> Iterator[Cells]:
        """Yield the rows, blank lines aside.

        Args:
            width: how many cells a row must have; any number if 0.
        """
        while (line := self._next()) is not None:
            if line.text.strip("\r\n") or line.told:
                yield self._row(line, width)

    def _next(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _row(self, line: Line, width: int) -> Cells:
        if '"' in line.text:
            return self._quoted(line, width)
        return self._checked(Cells(line.number, _plain(line.text, self._separator), line.told), width)

    @staticmethod
    def _checked(row: Cells, width: int) -> Cells:
        if row.told or not width or len(row.cells) == width:
            return row
        return row._replace(told=f"{len(row.cells)} cells where there should be {width}")

    def _quoted(self, line: Line, width: int) -> Cells:
        """Read a row with quotation marks, from as many lines as it takes."""
        taken: list[Line] = []
        cells, closed, fault = self._parsed(line, taken)
        broken = next((one.told for one in taken if one.told), "")
        if closed and not fault and (not width or len(cells) == width):
            return Cells(line.number, cells, broken)
        plain = _plain(line.text, self._separator)
        if self._separator == "\t" and not line.told and len(plain) == (width or max(2, len(plain))):
            self._again.extendleft(reversed(taken[1:]))
            return Cells(line.number, plain)
        if not closed:
            return Cells(line.number, [], (broken or _OPEN) + self._left_out(taken[1:], width))
        if 1 < len(taken) <= _RESYNC_LINES:
            self._again.extendleft(reversed(taken[1:]))
            return Cells(line.number, [], line.told or _OPEN)
        return self._checked(Cells(line.number, cells, broken or fault), width)

    def _parsed(self, first: Line, taken: list[Line]) -> tuple[list[str], bool, str]:
        """Return the cells, whether every mark was closed, and what else is wrong."""
        closed = True

        def feed() -> Iterator[str]:
            nonlocal closed
            size = 0
            line: Line | None = first
            while line is not None and size <= self._max and not (taken and self._is_apart(line)):
                taken.append(line)
                size += len(line.text)
                yield line.text
                line = self._next()
            if line is not None:
                self._again.appendleft(line)
            closed = False

        try:
            return next(csv.reader(feed(), delimiter=self._separator, strict=True)), closed, ""
        except csv.Error:
            return (
                [],
                closed,
                "a cell goes on after its closing quotation mark, or a carriage return stands outside of marks",
            )

    def _is_apart(self, line: Line) -> bool:
        return self._apart and self._separator in line.text

    def _left_out(self, after: list[Line], width: int) -> str:
        """Read the lines after an open mark anew where each is a row, and say what is left out where they are not."""
        if not after:
            return ""
        if width > 1 and all(self._whole(line, width) for line in after):
            self._again.extendleft(reversed(after))
            return ""
        return f": lines {after[0].number} to {after[-1].number} were left out with it"

    def _whole(self, line: Line, width: int) -> bool:
        return '"' not in line.text and len(_plain(line.text, self._separator)) == width


def _plain(text: str, separator: str) -> list[str]:
    return text.removesuffix("\n").removesuffix("\r").split(separator)
