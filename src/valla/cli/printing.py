"""What is printed: so that whatever a text holds, it can be shown, and whatever becomes of the streams is told in a line."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import sys
from typing import Any

__all__ = ["is_of_output", "json_told", "let_go", "ready_streams", "shown"]

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move a terminal's cursor, turn its text about, or not be written at all."""

_OF_WRITING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})


def ready_streams() -> None:
    """Let nothing that is printed fail for its characters, and nothing at all where a stream was closed before we began."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            # it stays open as long as the process does
            nowhere = open(os.devnull, "w", encoding="utf-8", errors="replace")  # noqa: PTH123, SIM115
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def is_of_output(error: OSError) -> bool:
    """Return whether standard output is what could not be written; what it still holds is given up then.

    Args:
        error: one that names no file: whoever writes files names them.
    """
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        let_go()
        return True
    return error.errno in _OF_WRITING


def let_go() -> None:
    """Send what standard output still holds nowhere, so that Python does not fail at it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def shown(text: str) -> str:
    """Return a text as a terminal can show it: other signs are replaced, line ends too.

    Args:
        text: any text.
    """
    return _UNSHOWN.sub("\ufffd", text)


def json_told(data: Any, indent: int | None = 2) -> str:
    """Return data as JSON that standard output can be told: only in UTF-8 are all characters left as they are.

    Args:
        data: what to tell.
        indent: how far each level is indented.
    """
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("_", "-")
    return json.dumps(data, ensure_ascii=encoding not in {"utf-8", "utf8"}, indent=indent)
