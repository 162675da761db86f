"""A table as a library: a claim in each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from valla.errors import InputError
from valla.plain_data import parse_json
from valla.scan.library.columns import Columns, guessed
from valla.scan.library.gathering import Broken, Entry, Opened, gathered, places_told, within
from valla.scan.library.model import LibraryClaim
from valla.scan.tables.limits import Limits
from valla.scan.tables.model import Row, RowProblem
from valla.scan.tables.reading import column_names, rows

__all__ = ["from_rows", "from_table"]


def from_table(path: Path, columns: Columns | None, limits: Limits) -> Opened:
    """Read a table as a library.

    Args:
        path: a CSV, TSV, JSONL or Parquet.
        columns: those that hold the claims; None to go by their names.
        limits: how much is read.

    Raises:
        InputError: if it cannot be read, a column is not there, cannot be told or holds no text, two claims have one id, or there is none.
    """
    chosen = guessed(columns, column_names(path, limits=limits), str(path))
    texts = () if chosen.text is None else (chosen.text,)
    return from_rows(rows(path, chosen.named, limits=limits, texts=texts), chosen, str(path))


def from_rows(found: Iterable[Row | RowProblem], columns: Columns, where: str) -> Opened:
    """Make a library of rows.

    Args:
        found: the rows with the columns named; of those that are broken, what is wrong.
        columns: those that hold the claims; `text` is named.
        where: the table, for messages.

    Raises:
        InputError: if two claims have one id, or there is none, or far too many.
    """
    reader = _Reader(columns)
    entries = list(reader.entries(within(found, where)))
    return gathered(entries, reader.told(where), where, reader.unit)


class _Reader:
    """Rows to claims, remembering what is to be told of them."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._broken = Broken()
        self._nameless: list[int] = []
        self.unit = "row"

    def entries(self, found: Iterable[Row | RowProblem]) -> Iterator[Entry]:
        """Yield the claim of each row."""
        for row in found:
            if isinstance(row, RowProblem):
                self._broken.add(row)
            else:
                yield self._entry(row)

    def _entry(self, row: Row) -> Entry:
        place = row.number
        if row.line is not None:
            self.unit, place = "line", row.line
        values, columns = row.values, self._columns
        own = "" if columns.id is None else values[columns.id].strip()
        if not own:
            self._nameless.append(place)
        claim = LibraryClaim(
            own or f"row-{row.number}",
            values[columns.text or ""].strip(),
            tuple(text for name in columns.context for text in _texts(values[name])),
            tuple(text for name in columns.voicings for text in _texts(values[name])),
        )
        return Entry(claim, place)

    def told(self, where: str) -> list[str]:
        """Return what is to be told, once the rows are read."""
        told = self._broken.told(where)
        if self._columns.id is None:
            told.append(f"{where}: no column is an id: the claims are called by their rows, row-1 and so on")
        elif self._nameless:
            places = places_told(self._nameless, self.unit)
            told.append(f"{where}: claims without an id are called by their rows, row-1 and so on: {places}")
        return told


def _texts(cell: str) -> Iterator[str]:
    """Yield the texts of a cell: those of a JSON list, else the cell itself."""
    found = cell.strip()
    listed = _list(found) if found.startswith("[") else None
    yield from (text.strip() for text in (listed or [found]) if text.strip())


def _list(text: str) -> list[str] | None:
    try:
        found = parse_json(text)
    except InputError:
        return None
    whole = isinstance(found, list) and all(isinstance(item, str) for item in found)
    return found if whole else None
