"""Indexes that nobody asked to keep, kept in the user's cache: a library is worked out once however often it is scanned for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from valla.errors import BusyError, InputError
from valla.record.lock import held
from valla.scan.encoders.cache import cache_folder
from valla.scan.encoders.model import Encoder
from valla.scan.index.build import build, fingerprint_of
from valla.scan.index.folder import open_index, write_index
from valla.scan.library.model import Library

__all__ = ["indexed"]

_PATIENCE_SECONDS = 600.0


def indexed(library: Library, encoders: Sequence[Encoder], language: str = "en", cache: Path | None = None) -> Path:
    """Return the folder of a library's index, made where the cache has none that is whole.

    Args:
        library: the claims.
        encoders: whose vectors it must hold.
        language: of the claims' words.
        cache: where indexes are kept; the user's cache where it is None.

    Raises:
        InputError: if the cache cannot be written.
    """
    folder = (cache or cache_folder()) / "indexes" / fingerprint_of(library, language, encoders)[:32]
    if not _is_whole(folder):
        with _alone(folder):
            # another process may have made it meanwhile
            if not _is_whole(folder):
                write_index(build(library, encoders, language=language), folder)
    return folder


def _is_whole(folder: Path) -> bool:
    try:
        open_index(folder)
    except InputError:
        return False
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from making the same index at the same time."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with held(folder.parent / f".{folder.name}.lock", patience_seconds=_PATIENCE_SECONDS):
            yield
    except BusyError as error:
        raise InputError("another process is making it", where=str(folder), repair="try again later") from error
    except OSError as error:
        raise InputError(
            f"the cache cannot be written: {error.strerror or error}",
            where=str(folder),
            repair="name another in VALLA_CACHE",
        ) from error
