"""What several commands take: a record by its path, output that is whole or not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valla.errors import ClaimError, InputError
from valla.files import is_same, read_text, write_whole
from valla.plain_data import parse_json

if TYPE_CHECKING:
    from valla.claims.model import Reading
    from valla.record.store import Record

__all__ = [
    "RecordOption",
    "open_record",
    "read_text",
    "reading_from",
    "refuse_empty",
    "refuse_replacing",
    "write_whole",
]

_TAKE_A_TEXT = frozenset({"check", "find", "read"})
_WRITTEN_BY_HAND = frozenset({".csv", ".md", ".toml", ".yaml"})
"""The suffixes of the files of a casebook."""

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
        data = parse_json(text)
    except InputError as error:
        allowed = error.allowed or '{"quantifier": …, "relation": …}'
        raise ClaimError(f"the reading cannot be read: {error.problem}", where=where, allowed=allowed) from error
    return from_json(data)


def refuse_empty(arguments: Sequence[str]) -> None:
    """Refuse an empty argument: a path that is empty, as from a variable that is not set, would name the folder that one is in.

    Args:
        arguments: those of the command; a text may be empty here, and is refused where it is read.

    Raises:
        InputError: if one is empty.
    """
    for before, argument in pairwise(["", *arguments]):
        is_bare = argument.startswith("--") and argument.endswith("=")
        is_text = before in {"", "--"} or not before.startswith("-")
        if is_bare or (not argument and not (is_text and arguments[0] in _TAKE_A_TEXT)):
            after = argument[:-1] if is_bare else before
            raise InputError(
                "an argument is empty", found=f"nothing after {after}" if after else None, repair="name it"
            )


def refuse_replacing(result: Path | None, what: str, sources: Iterable[Path | None]) -> None:
    """Refuse a result that would take the place of what it is made of, or of a part of any index.

    Args:
        result: the file to write; None for none.
        what: what it would replace, for the message: `the library`.
        sources: files and folders that are read; None for none.

    Raises:
        InputError: if it would.
    """
    from valla.scan.index.place import is_index

    if result is None:
        return
    for source in sources:
        if source is not None and (is_same(result, source) or _is_part(result, source)):
            raise InputError(f"the result would replace {what}", where=str(result), repair="name another")
    if any(is_index(folder) for folder in list(result.resolve().parents)[:2]):
        raise InputError("the result would be written into an index", where=str(result), repair="name another")


def _is_part(result: Path, folder: Path) -> bool:
    """Whether a file is one of those that somebody wrote in a folder; results of earlier runs may lie there too."""
    place = result.resolve()
    is_there = place.suffix.lower() in _WRITTEN_BY_HAND and place.exists()
    return is_there and folder.is_dir() and place.is_relative_to(folder.resolve())
