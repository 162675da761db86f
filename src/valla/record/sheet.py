"""An editor's sheets: `acts.csv` and `witnesses.csv` of a casebook, read row by row with errors that name the row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from valla.claims.kinds import kind
from valla.dates import Span, parse
from valla.errors import InputError, RecordError, VallaError, nearest
from valla.files import read_text
from valla.record.schema import EDITED, FORMER, SAYS, WITNESSED, Act, Witness

__all__ = ["CHANNELS", "MAX_SHEET_BYTES", "is_former", "read_sheet", "read_witnesses", "rows_of", "truth"]

CHANNELS = ("open", "secret", "unknown")
MAX_SHEET_BYTES = 50_000_000
"""A longer sheet is refused: what nobody edits by hand is added to a record as a dataset."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Form:
    """What a sheet is called, its columns, those it had before, and those without which it says nothing."""

    thing: str
    columns: tuple[str, ...]
    former: tuple[str, ...]
    required: tuple[str, ...]


_ACTS = _Form("sheet of acts", EDITED, FORMER, ("id", "actor", "target", "kind", "date"))
_WITNESSES = _Form("sheet of witnesses", WITNESSED, (), ("act",))


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
    _, rows = _sheet(path, _ACTS)
    acts = tuple(_act(row, f"{path}, row {number}", dataset, number, witnesses or {}) for number, row in rows)
    _refuse_repeated_ids(acts, path)
    return acts


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a sheet of acts as they are written, by their columns.

    Raises:
        InputError: if the file cannot be read as UTF-8 text, or is too long.
        RecordError: if a column or the length of a row is wrong.
    """
    return [row for _, row in _sheet(path, _ACTS)[1]]


def is_former(path: Path) -> bool:
    """Whether the acts of a sheet carry their sources, as they did when each had one.

    Raises:
        InputError: if the file cannot be read as UTF-8 text, or is too long.
        RecordError: if a column or the length of a row is wrong.
    """
    return bool(set(FORMER) & set(_sheet(path, _ACTS)[0]))


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
    found: dict[str, list[Witness]] = {}
    for number, row in _sheet(path, _WITNESSES)[1]:
        where = f"{path}, row {number}"
        cells = {column: row.get(column, "").strip() for column in WITNESSED}
        _refuse_empty(cells, _WITNESSES.required, where)
        if not any(cells[column] for column in ("source", "locator", "quote", "note")):
            raise RecordError("a witness says nothing", where=where, repair="name its source, or delete the row")
        found.setdefault(cells["act"], []).append(_witness(cells, where))
    return {act: tuple(witnesses) for act, witnesses in found.items()}


def _witness(cells: Mapping[str, str], where: str) -> Witness:
    says = cells.get("says") or SAYS[0]
    if says not in SAYS:
        raise RecordError("a witness says neither", where=where, found=repr(says), allowed=", ".join(SAYS))
    source = cells["source"]
    if len(source.split()) > 1:
        repair = "name one source by its key; another one is a row of its own in witnesses.csv"
        raise RecordError("the key of a source has no spaces", where=where, found=repr(source)[:_SHOWN], repair=repair)
    return Witness(source, cells["locator"], cells["quote"], says, cells.get("note", ""))


def _sheet(path: Path, form: _Form) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header of a sheet, and its rows with their numbers."""
    text = read_text(path, form.thing, MAX_SHEET_BYTES, keep_newlines=True)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(lines, None)
        if header is None:
            allowed = f"a header {','.join(form.columns)}"
            raise RecordError(f"the {form.thing} is empty", where=str(path), allowed=allowed)
        _check_header(header, path, form)
        return header, list(_rows(lines, header, path))
    except csv.Error as error:
        problem = f"the {form.thing} cannot be read ({error})"
        raise InputError(problem, where=str(path), allowed="CSV in UTF-8") from error


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


def _check_header(header: list[str], path: Path, form: _Form) -> None:
    allowed = ", ".join(form.columns)
    for column in header:
        if column not in {*form.columns, *form.former}:
            near = nearest(column, form.columns)
            repair = f"did you mean {near!r}?" if near else None
            raise RecordError(f"unknown column {column!r}", where=str(path), allowed=allowed, repair=repair)
    twice = next((column for column in header if header.count(column) > 1), None)
    if twice is not None:
        raise RecordError(f"the column {twice!r} is there twice", where=str(path), repair="delete one of them")
    missing = [column for column in form.required if column not in header]
    if missing:
        raise RecordError(f"the column {missing[0]!r} is missing", where=str(path), allowed=allowed)


def _refuse_empty(cells: Mapping[str, str], required: tuple[str, ...], where: str) -> None:
    empty = [column for column in required if not cells[column]]
    if empty:
        raise RecordError(f"the cell {empty[0]!r} is empty", where=where, repair="fill it in, or delete the row")


def _act(
    row: dict[str, str], where: str, dataset: str, number: int, witnesses: Mapping[str, tuple[Witness, ...]]
) -> Act:
    cells = {column: row.get(column, "").strip() for column in (*EDITED, *FORMER)}
    _refuse_empty(cells, _ACTS.required, where)
    own = () if not any(cells[column] for column in FORMER) else (_witness(cells, where),)
    channel = cells["channel"] or "unknown"
    if channel not in CHANNELS:
        raise RecordError("unknown channel", where=where, found=repr(channel), allowed=", ".join(CHANNELS))
    return Act(
        id=cells["id"],
        actor=cells["actor"],
        target=cells["target"],
        kind=_kind(cells["kind"], where),
        mutual=truth(cells["mutual"], where),
        when=_date(cells["date"], "date", where),
        channel=channel,
        known_from=_date(cells["known_from"], "known_from", where) if cells["known_from"] else None,
        **{column: cells[column] for column in ("title", "place", "summary", "reason")},
        # a witness that stands in both sheets is one
        witnesses=tuple(dict.fromkeys((*own, *witnesses.get(cells["id"], ())))),
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


def truth(text: str, where: str = "") -> bool:
    """Return what a cell of yes or no says; an empty one says no.

    Raises:
        RecordError: if it says neither.
    """
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
