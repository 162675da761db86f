"""The user's cache: folders that are there whole or not at all, each made by one process."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valla.errors import BusyError, InputError
from valla.record.lock import held

__all__ = ["cache_folder", "making"]

_PATIENCE_SECONDS = 600.0


def cache_folder() -> Path:
    """Return where the user's cache is: `$VALLA_CACHE`, else `$XDG_CACHE_HOME/valla`, else `~/.cache/valla`.

    An `XDG_CACHE_HOME` that is not absolute is passed over, as the XDG Base Directory Specification 0.8 asks.
    """
    if own := os.environ.get("VALLA_CACHE"):
        return Path(own)
    common = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (common if common.is_absolute() else Path.home() / ".cache") / "valla"


@contextmanager
def making(folder: Path, *, patience_seconds: float = _PATIENCE_SECONDS) -> Iterator[Path | None]:
    """Hand out an empty folder to fill, which becomes the one asked for when nothing failed.

    Args:
        folder: the folder to make; its parents are made where they are missing.
        patience_seconds: how long to wait for another process that is making it.

    Yields:
        The folder to fill; None where the one asked for is there already, made meanwhile by another process.

    Raises:
        InputError: if it cannot be made there, or another process does not finish.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with held(folder.parent / f".{folder.name}.lock", patience_seconds=patience_seconds):
            if folder.exists():
                yield None
            else:
                yield from _filled(folder)
    except BusyError as error:
        raise InputError("another process is making it", where=str(folder), repair="try again later") from error
    except OSError as error:
        reason = error.strerror or error
        raise InputError(
            f"the cache cannot be written: {reason}", where=str(folder), repair="name another in VALLA_CACHE"
        ) from error


def _filled(folder: Path) -> Iterator[Path]:
    """Beside its place, so that the rename that follows cannot leave half of it."""
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        yield beside
        beside.chmod(0o755)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
