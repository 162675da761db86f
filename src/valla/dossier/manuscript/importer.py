"""`valla import`: a manuscript in, a dossier and an account of its lines out."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from valla.dossier.manuscript.build import Imported, imported
from valla.dossier.manuscript.lines import Placement, numbered
from valla.dossier.manuscript.readers import MAX_MANUSCRIPT_BYTES, read_manuscript
from valla.dossier.markdown import write as markdown
from valla.dossier.model import Dossier
from valla.errors import InputError
from valla.files import write_all

__all__ = ["Imported", "file_name", "import_manuscript", "line_table", "write"]

_COLUMNS = ("line", "role", "target", "joined", "removed", "text")
_MAX_SLUG = 60
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n"})


def import_manuscript(path: Path, *, max_bytes: int = MAX_MANUSCRIPT_BYTES) -> Imported:
    """Return the dossier that a manuscript makes, and what became of each of its lines.

    Args:
        path: a text file.
        max_bytes: a longer one is refused.

    Raises:
        InputError: if the file is missing, a folder, too long, empty, not text, or is a dossier already.
    """
    text = read_manuscript(path, max_bytes=max_bytes)
    if text.startswith("---\n") and re.search(r"^## ", text, re.MULTILINE) and "\n---\n" in text[4:]:
        raise InputError(
            "this is a dossier already, not a manuscript", where=str(path), repair="put it into a casebook"
        )
    return imported(numbered(text))


def file_name(dossier: Dossier) -> str:
    """Return the name that a dossier's files have, without ending: `002-the-walls-never-fell`.

    Args:
        dossier: with a number, a title, both or neither.
    """
    plain = unicodedata.normalize("NFKC", dossier.title).casefold()
    latin = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    slug = re.sub(r"[\W_]+", "-", latin if latin.isascii() else plain.replace("'", "")).strip("-")
    if len(slug) > _MAX_SLUG:
        slug = slug[: _MAX_SLUG + 1].rpartition("-")[0] or slug[:_MAX_SLUG]
    number = "" if dossier.number is None else f"{dossier.number:03d}"
    return "-".join(part for part in (number, slug) if part) or "untitled"


def _cells(placement: Placement) -> tuple[str, ...]:
    joined = " ".join(map(str, placement.joined))
    return (str(placement.line), placement.role, placement.target, joined, placement.removed, placement.text)


def line_table(placements: tuple[Placement, ...]) -> str:
    r"""Return the account of a manuscript's lines as tab-separated text, tabs in them written as `\t`.

    Args:
        placements: one a line.
    """
    rows = [_COLUMNS, *map(_cells, placements)]
    return "".join("\t".join(cell.translate(_ESCAPES) for cell in row) + "\n" for row in rows)


def _differs(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() != text.encode()


def write(made: Imported, folder: Path, *, replace: bool = False) -> tuple[Path, ...]:
    """Write a dossier and the account of its lines into a folder, both or neither.

    Args:
        made: what a manuscript became.
        folder: where to; it is made where there is none.
        replace: whether a dossier of that name that is there and differs, edited perhaps, is written over.

    Returns:
        The paths of the dossier and of the account.

    Raises:
        InputError: if the folder cannot be written to, or holds another dossier of that name.
    """
    name = file_name(made.dossier)
    texts = {
        folder / f"{name}.md": markdown(made.dossier),
        folder / f"{name}.lines.tsv": line_table(made.placements),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse(texts, replace=replace)
        write_all(texts)
    except OSError as error:
        raise InputError(
            "the folder cannot be written to", where=str(folder), found=error.strerror or str(error)
        ) from error
    return tuple(texts)


def _refuse(texts: dict[Path, str], *, replace: bool) -> None:
    changed = [path for path, text in texts.items() if _differs(path, text)]
    if changed and not replace:
        raise InputError(
            "a different dossier of that name is there", where=str(changed[0]), repair="move it, or ask to replace it"
        )
