"""A table on disk to columns of text: every row is taken, or set aside with its line and the reason."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa

from valla.errors import InputError, RecordError, nearest
from valla.record.limits import LIMITS, Limits
from valla.record.lines import Aside, Shape, columns_of, first_rows
from valla.record.mapping import Layout
from valla.record.mapping_parts import Scalar

__all__ = ["OtherColumns", "Rows", "columns_found", "read_rows"]

_PARQUET_ROWS = 8192
_PROBED = 100
"""How many rows of a table without a header are looked at to learn its width."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file holds.

    Args:
        layout: the way in which it is laid out.
        table: `row` and a column of text for each column of the layout.
        aside: the rows that are not in the table.
    """

    layout: Layout
    table: pa.Table
    aside: list[Aside] = field(default_factory=list)


class OtherColumns(RecordError):  # noqa: N818  the name says what happened
    """A file lacks a column of every layout.

    Args:
        header: the columns that it has.
    """

    header: tuple[str, ...] = ()


def read_rows(path: Path, layouts: tuple[Layout, ...], limits: Limits = LIMITS) -> Rows:
    """Read a table, plain, gzip or zip.

    Args:
        path: the file.
        layouts: the ways in which it may be laid out, of which the first that fits is taken.
        limits: how much is read.

    Raises:
        InputError: if the file cannot be read, is cut off, or is too large.
        RecordError: if it has other columns.
    """
    if not path.is_file():
        raise InputError("there is no such file", where=str(path))
    try:
        if path.stat().st_size > limits.max_file_bytes:
            raise limits.refused("max_file_bytes", str(path), path.stat().st_size)
        if _is_parquet(path):
            return _read_parquet(path, layouts, limits)
        with _opened(path, limits) as file:
            readable = [layout for layout in layouts if layout.form != "parquet"]
            return _read_text(_lines(file, path, limits), path, readable, limits)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, pa.ArrowException, csv.Error) as error:
        raise InputError(f"the file cannot be read ({error})", where=str(path), repair="get it anew") from error


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1" or path.suffix == ".parquet"


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[TextIO]:
    """Open text through gzip or zip; bytes that are no UTF-8 are marked, and fail only where they matter."""
    with path.open("rb") as probe:
        magic = probe.read(4)
    if magic[:2] == b"\x1f\x8b":
        raw: Any = gzip.open(path)  # noqa: SIM115  closed below with the text
    elif magic == b"PK\x03\x04":
        raw = _only_member(path, limits)
    else:
        raw = path.open("rb")
    with io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="") as text:
        yield text


def _only_member(path: Path, limits: Limits) -> Any:
    archive = zipfile.ZipFile(path)
    members = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(members) != 1:
        raise InputError("the archive does not hold one file", where=str(path), found=str(len(members)), allowed="1")
    if members[0].file_size > limits.max_text_bytes:
        raise limits.refused("max_text_bytes", str(path), members[0].file_size)
    return archive.open(members[0])


def _lines(file: TextIO, path: Path, limits: Limits) -> Iterator[str]:
    """Give the lines of a file within its limits, whatever a packed file says of its size: it is counted as it comes."""
    size = 0
    for number in itertools.count(1):
        line = file.readline(limits.max_row_chars + 1)
        if not line:
            return
        size += len(line)
        if len(line) > limits.max_row_chars:
            raise limits.refused("max_row_chars", f"{path}, line {number}")
        if size > limits.max_text_bytes:
            raise limits.refused("max_text_bytes", f"{path}, line {number}")
        if number > limits.max_rows + 1:
            raise limits.refused("max_rows", str(path))
        if "\x00" in line:
            raise InputError(
                "the file is not text", where=f"{path}, line {number}", found="a NUL byte", allowed="UTF-8"
            )
        yield line


def _read_text(file: Iterator[str], path: Path, layouts: list[Layout], limits: Limits) -> Rows:
    probed = list(itertools.islice(file, _PROBED))
    if not any(line.strip() for line in probed):
        raise InputError("the file is empty", where=str(path))
    if not layouts:
        raise RecordError("the mapping is for Parquet", where=str(path), found="text")
    layout, shape, line = _fitting(probed, path, layouts)
    if shape.width > limits.max_columns:
        raise limits.refused("max_columns", str(path), shape.width)
    parts = list(columns_of(itertools.chain(probed[line:], file), shape, line))
    aside = [one for part in parts for one in part.aside]
    if not any(part.table.num_rows for part in parts):
        found = aside[0].reason if aside else "no rows"
        raise RecordError("the file holds no row that can be used", where=str(path), found=found)
    return Rows(layout, pa.concat_tables(part.table for part in parts), aside)


def _fitting(probed: list[str], path: Path, layouts: list[Layout]) -> tuple[Layout, Shape, int]:
    """The first layout that the first rows have, what they look like, and how many lines the header takes."""
    for layout in layouts:
        rows = first_rows(probed, layout.form)
        if layout.header:
            line, header = rows[0]
            places = _places(layout.columns, header)
            if len(places) == len(layout.columns):
                places |= _places(layout.optional, header)
                return layout, Shape(layout.form, len(header), places, tuple(header)), line
        else:
            width = next((len(cells) for _, cells in rows if len(cells) in layout.width), None)
            if width:
                spots = {name: _position(spots[0]) for name, spots in layout.spots().items()}
                places = {name: spot for name, spot in spots.items() if spot < width or name in layout.columns}
                return layout, Shape(layout.form, width, places), 0
    raise _other_columns(probed, path, layouts)


def _position(spot: str | int) -> int:
    return int(spot) - 1


def _plain(name: str) -> str:
    return name.strip().strip('"').casefold()


def _places(columns: dict[str, list[Scalar]], header: list[str]) -> dict[str, int]:
    """Where the columns of a layout are; those that are nowhere are left out."""
    named = {_plain(name): place for place, name in reversed(list(enumerate(header)))}
    found = {}
    for column, spots in columns.items():
        places = [_position(spot) if isinstance(spot, int) else named.get(_plain(spot)) for spot in spots]
        place = next((place for place in places if place is not None), None)
        if place is not None and place < len(header):
            found[column] = place
    return found


def columns_found(layout: Layout, header: Sequence[str]) -> float:
    """Return the share of a layout's columns that a header has; 0 for a layout without a header."""
    return len(_places(layout.columns, list(header))) / len(layout.columns) if layout.header else 0.0


def _other_columns(probed: list[str], path: Path, layouts: list[Layout]) -> RecordError:
    """The error for a file that no layout fits, told by the layout that fits best."""
    firsts = [(layout, first_rows(probed, layout.form)[0][1]) for layout in layouts]
    headed = [pair for pair in firsts if pair[0].header]
    if headed:
        return _missing_column(*max(headed, key=lambda pair: len(_places(pair[0].columns, pair[1]))), path)
    widths = " or ".join(str(width) for layout in layouts for width in layout.width)
    cells = len(firsts[0][1]) if firsts else 0
    return RecordError(
        "the rows are not as wide as the mapping says", where=str(path), found=f"{cells} cells", allowed=widths
    )


def _missing_column(layout: Layout, header: list[str], path: Path) -> RecordError:
    """Return the error for a file that lacks a column of a layout."""
    places = _places(layout.columns, header)
    column = next(name for name in layout.columns if name not in places)
    names = [str(spot) for spot in layout.columns[column]]
    shown = ", ".join(header[:12]) + (", ..." if len(header) > 12 else "")
    near = nearest(names[0], [name.casefold() for name in header])
    error = OtherColumns(
        f"the column for {column!r} is missing",
        where=str(path),
        found=shown[:200],
        allowed=" or ".join(names),
        repair=f"name {near!r} in the mapping if that is it" if near else "take another mapping, or write one",
    )
    error.header = tuple(header)
    return error


def _read_parquet(path: Path, layouts: tuple[Layout, ...], limits: Limits) -> Rows:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    header = list(file.schema_arrow.names)
    for name, found in (("max_columns", len(header)), ("max_rows", file.metadata.num_rows)):
        if found > getattr(limits, name):
            raise limits.refused(name, str(path), found)
    fits = [(layout, _places(layout.columns, header)) for layout in layouts if layout.header]
    if not fits:
        raise RecordError("the mapping is for a table without a header", where=str(path), found="Parquet")
    layout, places = max(fits, key=lambda pair: len(pair[1]) == len(pair[0].columns))
    if len(places) < len(layout.columns):
        raise _missing_column(layout, header, path)
    if not file.metadata.num_rows:
        raise RecordError("the file holds no row that can be used", where=str(path), found="no rows")
    names = {name: header[place] for name, place in (places | _places(layout.optional, header)).items()}
    parts = list(_text_columns(file, names, path, limits))
    table = pa.concat_tables(parts)
    return Rows(layout, table.add_column(0, "row", pa.array(range(1, table.num_rows + 1))))


def _text_columns(file: Any, names: dict[str, str], path: Path, limits: Limits) -> Iterator[pa.Table]:
    """Read columns as text, part by part: a few packed bytes may stand for many."""
    size = 0
    for batch in file.iter_batches(batch_size=_PARQUET_ROWS, columns=list(dict.fromkeys(names.values()))):
        part = pa.table({name: batch.column(own).cast(pa.string()) for name, own in names.items()})
        size += part.nbytes
        if size > limits.max_text_bytes:
            raise limits.refused("max_text_bytes", str(path))
        yield part
