"""How much of a file is read: each limit is a setting, and is enforced before the memory is spent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from valla.errors import InputError

__all__ = ["LIMITS", "Limits", "limits_from"]

_PREFIX = "VALLA_RECORD_"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits on a file that is added to a record.

    Args:
        max_file_bytes: how large the file may be on disk.
        max_text_bytes: how large its text may be when unpacked.
        max_rows: how many rows it may have.
        max_columns: how many columns it may have.
        max_row_chars: how long one line may be.
    """

    max_file_bytes: int = 1_000_000_000
    max_text_bytes: int = 4_000_000_000
    max_rows: int = 20_000_000
    max_columns: int = 2_000
    max_row_chars: int = 1_000_000

    def as_settings(self) -> tuple[tuple[str, int], ...]:
        """Return the name and value of each setting."""
        return tuple((_PREFIX + field.name.upper(), getattr(self, field.name)) for field in fields(self))

    def refused(self, name: str, where: str, found: int | None = None) -> InputError:
        """Return the error for a file that goes beyond a limit.

        Args:
            name: the limit.
            where: the file, and the line where that is known.
            found: how much was found; None where it was not read to its end.
        """
        told = {
            "max_file_bytes": "the file is too large, in bytes",
            "max_text_bytes": "the file unpacks to too much text, in bytes",
            "max_rows": "the file has too many rows",
            "max_columns": "the file has too many columns",
            "max_row_chars": "a line is too long, in characters",
        }
        return InputError(
            told[name],
            where=where,
            found=None if found is None else str(found),
            allowed=f"at most {getattr(self, name)}",
            repair=f"split the file, or set {_PREFIX}{name.upper()}",
        )


LIMITS = Limits()
"""The limits where nothing is set."""


def limits_from(settings: Mapping[str, str] | None = None) -> Limits:
    """Return the limits that settings such as `VALLA_RECORD_MAX_ROWS=1000` ask for.

    Args:
        settings: names and values; those of the environment by default.

    Raises:
        InputError: if a value is no whole number above 0.
    """
    given = os.environ if settings is None else settings
    values = {}
    for field in fields(Limits):
        name = _PREFIX + field.name.upper()
        if name not in given:
            continue
        text = given[name].replace("_", "")
        if not text.isascii() or not text.isdigit() or int(text) == 0:
            raise InputError("the setting is no number", where=name, found=repr(given[name]), allowed="1 or more")
        values[field.name] = int(text)
    return Limits(**values)
