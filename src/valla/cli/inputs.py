"""What several commands take: a record by its path, output that is whole or not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valla.errors import ClaimError
from valla.files import read_text, write_whole

if TYPE_CHECKING:
    from valla.claims.model import Reading
    from valla.record.store import Record

__all__ = ["RecordOption", "open_record", "read_text", "reading_from", "write_whole"]

RecordOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--record",
        "-r",
        help="A casebook or a record; may be given several times. Default: the bundled casebook.",
        metavar="FOLDER",
    ),
]


def open_record(paths: list[Path] | None, *, in_memory: bool = False, engine: str | None = None) -> Record:
    """Open the records that a command names, taken together; the bundled casebook where it names none."""
    from valla.casebook.folder import bundled
    from valla.casebook.records import on_engine, open_records

    opened = open_records(paths or [bundled()], in_memory=in_memory)
    return on_engine(opened, engine) if engine else opened


def reading_from(text: str) -> Reading:
    """Return the reading that a text of JSON, or the file that it names, describes."""
    from valla.claims.serial import from_json

    where = "--reading"
    if not text.lstrip().startswith("{"):
        where, text = text, read_text(Path(text))
    try:
        return from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise ClaimError(
            f"the reading is not JSON: {error.msg}", where=where, allowed='{"quantifier": …, "relation": …}'
        ) from error
