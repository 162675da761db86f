"""Libraries, opened: whatever a list of claims is kept in.

- a casebook: a folder with `casebook.toml`;
- ClaimReview as JSON-LD: a page (`.html`, `.htm`, `.xhtml`, or what begins with `<`), a file (`.json`, `.jsonld`) with a review, a list, a graph or a
  feed, or JSON lines of reviews or items of a feed;
- a table with a claim in each row: CSV, TSV, JSON lines, Parquet, or a `.json` with a list of objects.

Nothing is fetched: only the files named are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from valla.casebook.folder import open_casebook
from valla.errors import InputError
from valla.scan.library.casebooks import from_casebook
from valla.scan.library.columns import Columns, guessed
from valla.scan.library.gathering import Broken, Opened, within
from valla.scan.library.model import LibraryClaim
from valla.scan.library.pages import MAX_PAGE_BYTES, json_of, page_text, scripts_of
from valla.scan.library.reviews import from_reviews, reviews_in
from valla.scan.library.tabular import from_rows, from_table
from valla.scan.tables.asked import Asked
from valla.scan.tables.columns import missing
from valla.scan.tables.jsonl import objects_of, told_as_text
from valla.scan.tables.limits import LIMITS, Limits
from valla.scan.tables.lines import lines_of
from valla.scan.tables.model import Form, Row, RowProblem
from valla.scan.tables.source import SUFFIXES, head_of, opened

__all__ = ["LIBRARY_LIMITS", "open_library"]

_KINDS = {".html": "page", ".htm": "page", ".xhtml": "page", ".json": "json", ".jsonld": "json"}
_SAMPLE_OBJECTS = 20


LIBRARY_LIMITS = replace(LIMITS, max_text_bytes=2_000_000_000)
"""The limits on a table that is read as a library, which is held whole."""


def open_library(
    path: Path,
    *,
    columns: Columns | None = None,
    limits: Limits = LIBRARY_LIMITS,
    max_page_bytes: int = MAX_PAGE_BYTES,
) -> Opened:
    """Read a library.

    Args:
        path: a casebook, a page, a feed or a table.
        columns: those that hold the claims, in a table; None to go by their usual names.
        limits: how much of a table is read.
        max_page_bytes: how long a page or a file of JSON may be.

    Raises:
        InputError: if it cannot be read, holds no claims, or holds two of one id.
        CasebookError: if a dossier of a casebook is not as it must be.
        RecordError: if an act of a casebook is not.
    """
    if path.is_dir():
        return _of_casebook(path)
    if path.exists() and not path.is_file():
        # it is looked at first, then read: a pipe gives what it holds only once
        raise InputError("a library must be a file or a folder", where=str(path), repair="write it to a file first")
    kind = _kind(path)
    if kind == "page":
        return _of_page(path, max_page_bytes)
    if kind == "json":
        return _of_json(path, columns, max_page_bytes)
    if columns is None and (found := _of_lines(path, limits)) is not None:
        return found
    return from_table(path, columns, limits)


def _kind(path: Path) -> str:
    """Return page, json or table, by the suffix, and where that says nothing by how the file begins."""
    suffix = next((suffix.lower() for suffix in reversed(path.suffixes) if suffix.lower() != ".gz"), "")
    if suffix in _KINDS or suffix in SUFFIXES:
        return _KINDS.get(suffix, "table")
    begin = head_of(path).lstrip()[:1]
    return "page" if begin == b"<" else "json" if begin == b"[" else "table"


def _of_casebook(path: Path) -> Opened:
    casebook = open_casebook(path)
    library = from_casebook(casebook)
    if not library.claims:
        raise InputError("the library has no claims", where=str(path), repair="write a dossier")
    wordless = len(casebook.dossiers) - len(library.claims)
    return Opened(library, (f"{path}: dossiers without text were left out: {wordless}",) if wordless else ())


def _of_page(path: Path, max_bytes: int) -> Opened:
    claims: list[LibraryClaim] = []
    problems: list[str] = []
    for line, script in scripts_of(page_text(path, max_bytes)):
        try:
            claims += reviews_in(json_of(script))
        except InputError as error:
            problems.append(f"{path}:{line}: a script is left out: {error}")
    return from_reviews(claims, problems, str(path))


def _of_json(path: Path, columns: Columns | None, max_bytes: int) -> Opened:
    try:
        data = json_of(page_text(path, max_bytes))
    except InputError as error:
        where = error.where or str(path)
        raise InputError(
            error.problem, where=where, found=error.found, allowed=error.allowed, repair=error.repair
        ) from error
    claims = reviews_in(data) if columns is None else []
    if claims or not isinstance(data, list) or not any(isinstance(item, dict) for item in data):
        return from_reviews(claims, [], str(path))
    names = tuple(dict.fromkeys(name for item in data if isinstance(item, dict) for name in item))
    chosen = guessed(columns, names, str(path))
    for name in chosen.named:
        if name not in names:
            raise missing(name, names, str(path))
    return from_rows(_listed(data, chosen, str(path)), chosen, str(path))


def _listed(data: list[Any], columns: Columns, where: str) -> Iterator[Row | RowProblem]:
    asked = Asked(texts=(columns.text or "",))
    for number, item in enumerate(data, start=1):
        if isinstance(item, dict):
            asked.check(columns.text or "", item.get(columns.text), f"{where}: item {number}")
            yield Row(number, None, {name: told_as_text(item.get(name)) for name in columns.named})
        else:
            yield RowProblem(number, None, f"not a JSON object; found {type(item).__name__}")


def _of_lines(path: Path, limits: Limits) -> Opened | None:
    """Read JSON lines of reviews; None where the file is no such thing, as its first objects show."""
    claims: list[LibraryClaim] = []
    broken = Broken()
    with opened(path) as (form, stream):
        if form is not Form.JSONL:
            return None
        items = within(objects_of(lines_of(stream, str(path), limits)), str(path))
        for number, item in enumerate(items, start=1):
            if isinstance(item, RowProblem):
                broken.add(item)
            else:
                claims += reviews_in(item[2])
            if not claims and number >= _SAMPLE_OBJECTS:
                return None
    return from_reviews(claims, broken.told(str(path)), str(path)) if claims else None
