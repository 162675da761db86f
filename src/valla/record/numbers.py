"""Numbers in cells."""

from __future__ import annotations

import re

__all__ = ["whole_number"]

_NUMBER = re.compile(r"-?\d{1,6}")


def whole_number(text: str | None) -> int | None:
    """Return a year, month, day or count as a number; None where it is none."""
    return int(text) if text and _NUMBER.fullmatch(text) else None
