"""What can go wrong with a file, in words."""

from __future__ import annotations

import re
import zlib

from valla.errors import InputError

__all__ = ["FAULTS", "told"]

FAULTS = (InputError, OSError, EOFError, ValueError, zlib.error)
"""What opening, unpacking, decoding and reading a file may raise."""

_LINE = re.compile(r":(\d+)$")


def told(error: Exception) -> str:
    """Return what is wrong in one line, without the name of the file.

    Args:
        error: one of `FAULTS`.
    """
    if not isinstance(error, InputError):
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return " ".join(f"it cannot be read: {reason}".split())
    line = _LINE.search(error.where or "")
    parts = (
        f"line {line.group(1)}: {error.problem}" if line else error.problem,
        f"found {error.found}" if error.found else "",
        f"allowed: {error.allowed}" if error.allowed else "",
        error.repair or "",
    )
    return " ".join("; ".join(part for part in parts if part).split())
