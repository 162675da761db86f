"""An editor's sheets: `acts.csv` and `witnesses.csv` of a casebook, read row by row with errors that name the row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from valla.claims.kinds import kind
from valla.dates import Span, parse
from valla.errors import InputError, RecordError, VallaError, nearest
from valla.files import read_text
from valla.record.schema import EDITED, FORMER, SAYS, WITNESSED, Act, Witness

__all__ = ["CHANNELS", "MAX_SHEET_BYTES", "read_sheet", "read_witnesses"]

CHANNELS = ("open", "secret", "unknown")
MAX_SHEET_BYTES = 50_000_000
"""A longer sheet is refused: what nobody edits by hand is added to a record as a dataset."""

_REQUIRED = ("id", "actor", "target", "kind", "date")


def read_sheet(path: Path, dataset: str, witnesses: Mapping[str, tuple[Witness, ...]] | None = None) -> tuple[Act, ...]:
    """Read the acts of a casebook.

    Args:
        path: a CSV file with the columns of `schema.EDITED`; those of `schema.FORMER` are read too.
        dataset: the name under which the acts are kept: the casebook's.
        witnesses: who reports which act, by its id.

    Raises:
        InputError: if the file cannot be read as UTF-8 text, or is too long.
        RecordError: if a column, a kind, a date, a channel or an id is wrong; it names the row.
    """
    rows = _sheet(path, "sheet of acts", EDITED, FORMER, _REQUIRED)
    acts = tuple(_act(row, f"{path}, row {number}", dataset, number, witnesses or {}) for number, row in rows)
    _refuse_repeated_ids(acts, path)
    return acts


def read_witnesses(path: Path) -> dict[str, tuple[Witness, ...]]:
    """Read who reports which act.

    Args:
        path: a CSV file with the columns of `schema.WITNESSED`.

    Returns:
        The witnesses of each act by its id, in the order of their rows.

    Raises:
        InputError: if the file cannot be read as UTF-8 text, or is too long.
        RecordError: if a column or a cell is wrong; it names the row.
    """
    found: dict[str, tuple[Witness, ...]] = {}
    for number, row in _sheet(path, "sheet of witnesses", WITNESSED, (), ("act", "source")):
        where = f"{path}, row {number}"
        cells = {column: row.get(column, "").strip() for column in WITNESSED}
        _refuse_empty(cells, ("act", "source"), where)
        says = cells["says"] or SAYS[0]
        if says not in SAYS:
            raise RecordError("a witness says neither", where=where, found=repr(says), allowed=", ".join(SAYS))
        told = {name: cells[name] for name in ("source", "locator", "quote", "note")}
        found[cells["act"]] = (*found.get(cells["act"], ()), Witness(says=says, **told))
    return found


def _sheet(
    path: Path, thing: str, columns: tuple[str, ...], former: tuple[str, ...], required: tuple[str, ...]
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a sheet with their numbers."""
    text = read_text(path, thing, MAX_SHEET_BYTES, keep_newlines=True)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(lines, None)
        if header is None:
            raise RecordError(f"the {thing} is empty", where=str(path), allowed=f"a header {','.join(columns)}")
        _check_header(header, path, columns, former, required)
        return list(_rows(lines, header, path))
    except csv.Error as error:
        raise InputError(f"the {thing} cannot be read ({error})", where=str(path), allowed="CSV in UTF-8") from error


def _rows(lines: Iterator[list[str]], header: list[str], path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            if not any(cells):
                continue
            raise RecordError(
                "a row has the wrong number of cells",
                where=f"{path}, row {number}",
                found=str(len(cells)),
                allowed=f"{len(header)}, as in the header",
                repair="put quotation marks round a cell that contains a comma",
            )
        yield number, dict(zip(header, cells, strict=True))


def _check_header(
    header: list[str], path: Path, columns: tuple[str, ...], former: tuple[str, ...], required: tuple[str, ...]
) -> None:
    for column in header:
        if column not in {*columns, *former}:
            near = nearest(column, columns)
            raise RecordError(
                f"unknown column {column!r}",
                where=str(path),
                allowed=", ".join(columns),
                repair=f"did you mean {near!r}?" if near else None,
            )
    missing = [column for column in required if column not in header]
    if missing:
        raise RecordError(f"the column {missing[0]!r} is missing", where=str(path), allowed=", ".join(columns))


def _refuse_empty(cells: dict[str, str], required: tuple[str, ...], where: str) -> None:
    empty = [column for column in required if not cells[column]]
    if empty:
        raise RecordError(f"the cell {empty[0]!r} is empty", where=where, repair="fill it in, or delete the row")


def _act(
    row: dict[str, str], where: str, dataset: str, number: int, witnesses: Mapping[str, tuple[Witness, ...]]
) -> Act:
    cells = {column: row.get(column, "").strip() for column in (*EDITED, *FORMER)}
    _refuse_empty(cells, _REQUIRED, where)
    own = Witness(*(cells[column] for column in FORMER))
    channel = cells["channel"] or "unknown"
    if channel not in CHANNELS:
        raise RecordError("unknown channel", where=where, found=repr(channel), allowed=", ".join(CHANNELS))
    return Act(
        id=cells["id"],
        actor=cells["actor"],
        target=cells["target"],
        kind=_kind(cells["kind"], where),
        mutual=_truth(cells["mutual"], where),
        when=_date(cells["date"], "date", where),
        channel=channel,
        known_from=_date(cells["known_from"], "known_from", where) if cells["known_from"] else None,
        **{column: cells[column] for column in ("title", "place", "summary", "reason")},
        witnesses=(*([] if own == Witness("") else [own]), *witnesses.get(cells["id"], ())),
        dataset=dataset,
        dataset_row=number,
    )


def _kind(name: str, where: str) -> str:
    try:
        return kind(name).id
    except VallaError as error:
        raise RecordError(error.problem, where=where, allowed=error.allowed, repair=error.repair) from error


def _date(text: str, column: str, where: str) -> Span:
    try:
        return parse(text)
    except VallaError as error:
        problem = f"{column}: {error.problem}"
        raise RecordError(problem, where=where, allowed=error.allowed, repair=error.repair) from error


def _truth(text: str, where: str) -> bool:
    if text.casefold() in {"true", "yes", "1"}:
        return True
    if text.casefold() in {"false", "no", "0", ""}:
        return False
    raise RecordError("mutual is neither true nor false", where=where, found=repr(text), allowed="true, false")


def _refuse_repeated_ids(acts: tuple[Act, ...], path: Path) -> None:
    seen: dict[str, int] = {}
    for act in acts:
        if act.id in seen:
            raise RecordError(
                f"the id {act.id!r} is used twice",
                where=f"{path}, row {act.dataset_row}",
                found=f"the first in row {seen[act.id]}",
                repair="give each act an id of its own",
            )
        seen[act.id] = act.dataset_row
