"""The lists of codes in `datasets/codes/`, and event codes and labels to kinds of act."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from valla.errors import RecordError

__all__ = ["code_lists", "kind_finder", "listed"]


_ACTOR_CODES = frozenset({"gw.toml", "iso3.toml", "names.toml"})
"""The lists that turn codes or names into actors, not into kinds."""


def listed(name: str) -> dict[str, Any]:
    """Return what a list of codes or names says, as it is written."""
    text = files("valla.record").joinpath("datasets", "codes", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def code_lists() -> tuple[str, ...]:
    """Return the names of the lists of event codes."""
    folder = files("valla.record").joinpath("datasets", "codes")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if _is_events(entry.name)))


def _is_events(name: str) -> bool:
    return name.endswith(".toml") and name not in _ACTOR_CODES


@cache
def _list(name: str) -> dict[str, tuple[str, str]]:
    """Label and kind of each code; the kind is empty where the event is neither cooperative nor adverse."""
    if name not in code_lists():
        raise RecordError(f"there is no list of codes {name!r}", allowed=", ".join(code_lists()))
    return {code: (label, kind) for code, (label, kind) in listed(name)["event"].items()}


def kind_finder(name: str) -> Callable[[str], str | None]:
    """Return the function from a code or label of a list to a kind of act.

    A code that the list does not have is read as the nearest broader one: 1951 as 195, then as 19.

    Args:
        name: the list: `cameo`.

    Returns:
        A function that returns the kind, nothing where the event is neither cooperative nor adverse, and None where it is unknown.

    Raises:
        RecordError: if there is no such list.
    """
    codes = _list(name)
    labels = {label.casefold(): kind for label, kind in codes.values()}

    def found(text: str) -> str | None:
        if not text.isdigit():
            return labels.get(text.casefold())
        padded = f"0{text}" if text[:2] not in codes and f"0{text}" in codes else text
        prefixes = (padded[:length] for length in range(len(padded), 1, -1))
        return next((codes[prefix][1] for prefix in prefixes if prefix in codes), None)

    return found
