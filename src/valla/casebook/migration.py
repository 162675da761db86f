"""An older casebook to today's two sheets: one row an act, and its witnesses apart.

Before, `acts.csv` had one source a row, and a second witness of an act was a row of its own, with the id of the first and a letter
behind it. Nothing is lost: what a joined row says beside its source and unlike the act stands in the note of its witness, its id too.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from valla.errors import RecordError
from valla.files import read_text, write_all
from valla.record.schema import EDITED, FORMER, WITNESSED
from valla.record.sheet import MAX_SHEET_BYTES, is_former, read_sheet, rows_of, truth

__all__ = ["Migrated", "migrate", "migrated", "relinked"]

Row = Mapping[str, str]

_SAME = ("actor", "target", "kind", "mutual", "date", "channel")
_SECOND = re.compile(r"(?P<first>.+)-[b-z]")
_LINK = re.compile(r"(#act-)([^)\s>\"]+)")


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


def migrated(rows: Iterable[Row]) -> Migrated:
    """Part acts and witnesses.

    Args:
        rows: the rows of an older `acts.csv`, each with the columns that it had; their ids differ.
    """
    plain = [{column: row.get(column, "").strip() for column in (*EDITED, *FORMER)} for row in rows]
    by_id = {row["id"]: row for row in plain}
    renamed = {row["id"]: first for row in plain if (first := _first_of(row, by_id)) != row["id"]}
    kept = [row for row in plain if row["id"] not in renamed]
    joined = [row for row in plain if row["id"] in renamed]
    acts = tuple({column: row[column] for column in EDITED} for row in kept)
    said: dict[str, list[dict[str, str]]] = {row["id"]: _witness(row, row["id"], "") for row in kept}
    for row in joined:
        act = by_id[renamed[row["id"]]]
        said[act["id"]] += _witness(row, act["id"], _note(row, act))
    return Migrated(acts, tuple(row for witnesses in said.values() for row in witnesses), renamed)


def _first_of(row: Row, by_id: Mapping[str, Row]) -> str:
    """The id of the act of which a row is a witness, perhaps by way of another: its own where it states an act of its own."""
    found = _SECOND.fullmatch(row["id"])
    first = by_id.get(found["first"]) if found else None
    if first is None or _act_of(row) != _act_of(first):
        return row["id"]
    return _first_of(first, by_id)


def _act_of(row: Row) -> list[str]:
    """What makes a row the same act as another, however it is written."""
    same = {**row, "mutual": str(truth(row["mutual"])), "channel": row["channel"] or "unknown"}
    return [same[column] for column in _SAME]


def _witness(row: Row, act: str, note: str) -> list[dict[str, str]]:
    """The row of a witness; none where nothing is said of it."""
    said = {column: row[column] for column in FORMER}
    return [{"act": act, **said, "says": "supports", "note": note}] if any(said.values()) or note else []


def _note(row: Row, act: Row) -> str:
    """What a joined row says beside its source that the act does not: the summary as it is, the rest by its column."""
    told = [(column, row[column]) for column in EDITED if row[column] and row[column] != act[column]]
    return " ".join(text if column == "summary" else f"[{column}: {text}]" for column, text in told)


def relinked(text: str, renamed: Mapping[str, str]) -> str:
    """Return a dossier whose links to joined rows lead to their acts.

    Args:
        text: the whole file.
        renamed: the ids of joined rows, each with that of its act.
    """
    return _LINK.sub(lambda found: found[1] + renamed.get(unquote(found[2]), found[2]), text)


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
    sheet, beside = folder / "acts.csv", folder / "witnesses.csv"
    if not os.path.lexists(sheet) or not is_former(sheet):
        return None
    read_sheet(sheet, "checked")
    found = migrated(rows_of(sheet))
    witnesses = _sheet(found.witnesses, WITNESSED)
    # those of a migration that was stopped half-way are the same
    if os.path.lexists(beside) and _text(beside) != witnesses:
        raise RecordError(
            "the acts still carry their sources, and there are witnesses as well",
            where=str(sheet),
            allowed=", ".join(EDITED),
            repair=f"move the columns {', '.join(FORMER)} into {beside.name} by hand",
        )
    # the acts last: as long as they carry their sources, nothing is lost
    write_all({beside: witnesses, **_dossiers(folder, found.renamed), sheet: _sheet(found.acts, EDITED)})
    return found


def _text(path: Path) -> str:
    return read_text(path, "sheet of witnesses", MAX_SHEET_BYTES, keep_newlines=True)


def _sheet(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _dossiers(folder: Path, renamed: Mapping[str, str]) -> dict[Path, str]:
    """The dossiers in which a link changes."""
    texts = {}
    for dossier in sorted((folder / "dossiers").glob("*.md")):
        before = read_text(dossier, "dossier", MAX_SHEET_BYTES, keep_newlines=True)
        after = relinked(before, renamed)
        if after != before:
            texts[dossier] = after
    return texts
