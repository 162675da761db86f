"""An older casebook to today's two sheets: one row an act, and its witnesses apart.

Before, `acts.csv` had one source a row, and a second witness of an act was a row of its own, with the id of the first and a letter
behind it. Nothing is lost: what a joined row said beside its source stands in the note of its witness.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from valla.errors import RecordError
from valla.files import read_text, write_all
from valla.record.schema import EDITED, FORMER, WITNESSED
from valla.record.sheet import MAX_SHEET_BYTES, read_sheet

__all__ = ["Migrated", "is_former", "migrate", "migrated"]

Row = Mapping[str, str]

_SAME = ("actor", "target", "kind", "mutual", "date", "channel")
_SECOND = re.compile(r"(?P<first>.+)-[b-z]")
_TOLD = ("summary", "reason", "place", "known_from")


@dataclass(frozen=True, slots=True)
class Migrated:
    """Two sheets in place of one.

    Args:
        acts: the rows of `acts.csv`.
        witnesses: the rows of `witnesses.csv`.
        renamed: the ids of joined rows, each with the id of the act that it became a witness of.
    """

    acts: tuple[dict[str, str], ...]
    witnesses: tuple[dict[str, str], ...]
    renamed: dict[str, str]


def is_former(folder: Path) -> bool:
    """Whether a casebook's acts still carry their sources."""
    sheet = folder / "acts.csv"
    return sheet.is_file() and bool(set(FORMER) & set(_header(sheet)))


def _header(sheet: Path) -> list[str]:
    text = read_text(sheet, "sheet of acts", MAX_SHEET_BYTES, keep_newlines=True)
    return next(csv.reader(io.StringIO(text, newline="")), [])


def migrated(rows: Iterable[Row]) -> Migrated:
    """Part acts and witnesses.

    Args:
        rows: the rows of an older `acts.csv`, each with the columns that it had.
    """
    acts: dict[str, dict[str, str]] = {}
    witnesses: list[dict[str, str]] = []
    renamed: dict[str, str] = {}
    for row in rows:
        name, first = row["id"], _first_of(row, acts)
        if first is None:
            acts[name] = {column: row.get(column, "") for column in EDITED}
        else:
            renamed[name] = first
        note = "" if first is None else _note(row, acts[first])
        said = {column: row.get(column, "") for column in FORMER}
        if any(said.values()) or note:
            witnesses.append({"act": first or name, **said, "says": "supports", "note": note})
    return Migrated(tuple(acts.values()), tuple(witnesses), renamed)


def _first_of(row: Row, acts: Mapping[str, Row]) -> str | None:
    """The id of the act of which a row is a second witness."""
    found = _SECOND.fullmatch(row["id"])
    first = acts.get(found["first"]) if found else None
    if first is None or any(row.get(column, "") != first[column] for column in _SAME):
        return None
    return first["id"]


def _note(row: Row, first: Row) -> str:
    """What a joined row says beside its source that the act does not."""
    told = [
        (column, row.get(column, ""))
        for column in _TOLD
        if row.get(column, "") and row.get(column, "") != first[column]
    ]
    return " ".join(text if column == "summary" else f"[{column}: {text}]" for column, text in told)


def _sheet(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _relinked(text: str, renamed: Mapping[str, str]) -> str:
    """A dossier whose links to joined rows lead to their acts."""
    return re.sub(r"(#act-)([\w-]+)", lambda found: found[1] + renamed.get(found[2], found[2]), text)


def migrate(folder: Path) -> Migrated | None:
    """Part the acts and witnesses of a casebook on disk, all files at once.

    Args:
        folder: the casebook.

    Returns:
        What was parted; None where there was nothing to do.

    Raises:
        InputError: if a file cannot be read or written.
        RecordError: if the sheet of acts is not as it must be, or there is a sheet of witnesses beside it.
    """
    if not is_former(folder):
        return None
    sheet, beside = folder / "acts.csv", folder / "witnesses.csv"
    if beside.exists():
        raise RecordError(
            "the acts still carry their sources, and there are witnesses as well",
            where=str(sheet),
            allowed=", ".join(EDITED),
            repair=f"move the columns {', '.join(FORMER)} into {beside.name} by hand",
        )
    read_sheet(sheet, "checked")
    text = read_text(sheet, "sheet of acts", MAX_SHEET_BYTES, keep_newlines=True)
    found = migrated(row for row in csv.DictReader(io.StringIO(text, newline="")) if any(row.values()))
    texts = {sheet: _sheet(found.acts, EDITED), beside: _sheet(found.witnesses, WITNESSED)}
    for dossier in sorted((folder / "dossiers").glob("*.md")):
        before = read_text(dossier, "dossier", MAX_SHEET_BYTES)
        after = _relinked(before, found.renamed)
        if after != before:
            texts[dossier] = after
    write_all(texts)
    return found
