"""The words by which manuscripts are understood, read from `data/`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["pattern", "table", "words"]


@cache
def _file(name: str) -> dict[str, Any]:
    text = files("valla.dossier.manuscript").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def table(name: str, section: str) -> dict[str, Any]:
    """Return one section of one data file.

    Args:
        name: the file, without its ending.
        section: the section's name.
    """
    found: dict[str, Any] = _file(name)[section]
    return found


@cache
def words(name: str, section: str, key: str) -> frozenset[str]:
    """Return a list of plain words as a set.

    Args:
        name: the file, without its ending.
        section: the section's name.
        key: the list's name.
    """
    return frozenset(table(name, section)[key])


@cache
def pattern(name: str, section: str, key: str) -> re.Pattern[str]:
    """Return a list of regular expressions as one that matches any of them, whatever the capitals.

    Args:
        name: the file, without its ending.
        section: the section's name.
        key: the list's name.
    """
    return re.compile("|".join(f"(?:{row})" for row in table(name, section)[key]), re.IGNORECASE)
