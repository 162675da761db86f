"""Which column is meant: by its name, or by its position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from valla.errors import InputError, nearest

__all__ = ["distinct", "listed", "missing", "no_text", "place_of"]

_LISTED = 20
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def place_of(wanted: str, names: Sequence[str], where: str) -> int:
    """Return the place of a column, counted from 0.

    Args:
        wanted: its name, blanks around it aside; or its position counted from 1, where no column has that as its name.
        names: those of the header.
        where: the file, for messages.

    Raises:
        InputError: if there is no such column, or several.
    """
    places = [place for place, name in enumerate(names) if name == wanted] or [
        place for place, name in enumerate(names) if name.strip() == wanted.strip()
    ]
    if len(places) == 1:
        return places[0]
    if places:
        positions = ", ".join(str(place + 1) for place in places)
        raise InputError(f"several columns are called {wanted!r}", where=where, allowed=f"their positions: {positions}")
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) <= len(names):
        return int(wanted[:6]) - 1
    raise missing(wanted, names, where)


def missing(wanted: str, names: Sequence[str], where: str) -> InputError:
    """Return the error for a column that is not there.

    Args:
        wanted: its name.
        names: those that are there.
        where: the file.
    """
    near = nearest(wanted, names)
    return InputError(
        f"there is no column {wanted!r}",
        where=where,
        allowed=listed(names) or "none: the table has no columns",
        repair=f"did you mean {near!r}?" if near is not None else None,
    )


def no_text(name: str, value: Any, where: str) -> InputError:
    """Return the error for a column that is to hold text, and does not.

    Args:
        name: of the column.
        value: what it holds.
        where: the file, and the row if that is known.
    """
    kind = _KINDS.get(type(value), f"a {type(value).__name__}")
    return InputError(f"the column {name!r} holds no text", where=where, found=kind, allowed="text")


def listed(names: Sequence[str]) -> str:
    """Return the names as one line, shortened where there are very many.

    Args:
        names: of columns.
    """
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    return ", ".join(name if name.isidentifier() else repr(name) for name in names[:_LISTED]) + more


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each column, its position where the name is another's already.

    Args:
        names: those of the header.
    """
    found: dict[str, None] = {}
    for position, name in enumerate(names, start=1):
        free = name if name not in found else str(position)
        while free in found:
            free += "'"
        found[free] = None
    return tuple(found)
