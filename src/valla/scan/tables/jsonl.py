"""JSON lines: an object in each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from valla.errors import InputError
from valla.plain_data import parse_json
from valla.scan.tables.lines import Line
from valla.scan.tables.model import RowProblem

__all__ = ["Numbered", "objects_of", "told_as_text"]

Numbered = tuple[int, int | None, dict[str, Any]]
"""The number of a row, its line and its values."""

_SHOWN = 60


def objects_of(lines: Iterable[Line]) -> Iterator[Numbered | RowProblem]:
    """Yield the object of each line, and what is wrong with a line that holds none; blank lines are left out.

    Args:
        lines: those of the file.
    """
    number = 0
    for line in lines:
        if not line.told and not line.text.strip():
            continue
        number += 1
        found = line.told or _parsed(line.text)
        if isinstance(found, str):
            yield RowProblem(number, line.number, found)
        else:
            yield number, line.number, found


def _parsed(text: str) -> dict[str, Any] | str:
    """Return the object of a line, or what is wrong with it."""
    try:
        found = parse_json(text)
    except InputError as error:
        return str(error) if error.allowed else f"{error}; found {text.strip()[:_SHOWN]!r}"
    return found if isinstance(found, dict) else f"not a JSON object; found {text.strip()[:_SHOWN]!r}"


def told_as_text(value: Any) -> str:
    """Return a value of a JSON object as text: itself where it is text, empty for null, else as JSON.

    Args:
        value: anything that JSON can say.
    """
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
