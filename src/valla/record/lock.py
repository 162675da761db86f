"""One writer at a time: a lock that the system lets go when its holder ends, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from valla.errors import BusyError

__all__ = ["held"]

_PAUSE_SECONDS = 0.05

if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _take(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _taken(file: IO[str]) -> bool:
    try:
        _take(file)
    except OSError:
        return False
    return True


@contextmanager
def held(path: Path, *, patience_seconds: float = 10.0) -> Iterator[None]:
    """Hold a lock; the file stays, since to remove it would let two processes hold two files of one name.

    Args:
        path: the lock file.
        patience_seconds: how long to wait for another process.

    Raises:
        BusyError: if another process holds it all that time.
    """
    with path.open("a+", encoding="ascii") as file:
        until = time.monotonic() + patience_seconds
        while not _taken(file):
            if time.monotonic() >= until:
                raise BusyError(
                    "another process is writing to the record",
                    where=str(path.parent),
                    repair="try again when it has finished",
                )
            time.sleep(_PAUSE_SECONDS)
        yield
