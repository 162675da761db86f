"""How much of a table is read: each limit is a setting, and is enforced before the memory is spent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from valla.errors import InputError

__all__ = ["LIMITS", "Limits", "limits_from"]

_PREFIX = "VALLA_TABLE_"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits on a table.

    Args:
        max_row_bytes: how long a row may be; a longer one is set aside, and the rows after it are read.
        max_columns: how many columns a table may have.
        max_text_bytes: how much text a table may have when unpacked; what is beyond is refused.
    """

    max_row_bytes: int = 16_000_000
    max_columns: int = 10_000
    max_text_bytes: int = 1_000_000_000_000

    def as_settings(self) -> tuple[tuple[str, int], ...]:
        """Return the name and value of each setting."""
        return tuple((_PREFIX + field.name.upper(), getattr(self, field.name)) for field in fields(self))


LIMITS = Limits()
"""The limits where nothing is set."""


def limits_from(settings: Mapping[str, str] | None = None, standard: Limits = LIMITS) -> Limits:
    """Return the limits that settings such as `VALLA_TABLE_MAX_ROW_BYTES=1000` ask for.

    Args:
        settings: names and values; those of the environment by default.
        standard: the limits where nothing is set.

    Raises:
        InputError: if a value is no whole number above 0.
    """
    given = os.environ if settings is None else settings
    values = {}
    for name, value in standard.as_settings():
        text = given.get(name, str(value)).replace("_", "")
        if not (text.isascii() and text.isdigit() and int(text[:18])):
            raise InputError("the setting is no number", where=name, found=repr(given[name]), allowed="1 or more")
        values[name.removeprefix(_PREFIX).lower()] = int(text[:18])
    return Limits(**values)
