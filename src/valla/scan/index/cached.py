"""Indexes that nobody asked to keep, kept in the user's cache: a library is worked out once however often it is scanned for.

indexes/…/      an index, by its fingerprint; who uses it holds a shared lock on the folder
indexes/….json  which index a source has now: its next one starts from that, and takes its place
indexes/.….lock held by the one process that makes the index of a source

An index that no source has any more is removed when the next one is made, unless somebody uses it: the processes of a scan may begin
hours after it did, and must find the index with which it began.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from valla.errors import BusyError, InputError
from valla.files import write_whole
from valla.plain_data import parse_json
from valla.record.lock import held
from valla.scan.encoders.cache import cache_folder
from valla.scan.encoders.model import Encoder
from valla.scan.index.build import build, fingerprint_of
from valla.scan.index.folder import open_index, write_index
from valla.scan.index.model import Index
from valla.scan.index.place import cleared
from valla.scan.library.model import Library

__all__ = ["Source", "indexed", "kept"]

_PATIENCE_SECONDS = 600.0
_TRIES = 20
_REMOVED = ".removed"
_NAME = re.compile(r"[0-9a-f]{32}")

if os.name == "nt":  # pragma: no cover  a folder cannot be locked there, and a file that is mapped not be deleted

    def _lock(handle: int, *, alone: bool) -> None:
        """Do nothing."""

else:
    import fcntl

    def _lock(handle: int, *, alone: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a library comes from.

    Args:
        path: its file or folder.
        how: what else tells one index of it from another: the columns that are read, the encoder.
    """

    path: Path
    how: str = ""

    @property
    def place(self) -> str:
        """Its path, however it was named."""
        return os.path.realpath(self.path)

    @property
    def key(self) -> str:
        """What it is called in the cache."""
        return hashlib.sha256(json.dumps([self.place, self.how]).encode("ascii")).hexdigest()[:32]


def indexed(library: Library, encoders: Sequence[Encoder], language: str = "en", cache: Path | None = None) -> Path:
    """Return the folder of a library's index, made where the cache has none that is whole; it stays there.

    Args:
        library: the claims.
        encoders: whose vectors it must hold.
        language: of the claims' words.
        cache: where indexes are kept; the user's cache where it is None.

    Raises:
        InputError: if the cache cannot be written.
    """
    with kept(library, encoders, None, language=language, cache=cache) as folder:
        return folder


@contextlib.contextmanager
def kept(
    library: Library,
    encoders: Sequence[Encoder],
    source: Source | None,
    *,
    language: str = "en",
    cache: Path | None = None,
) -> Iterator[Path]:
    """Hand out the folder of a library's index, made where the cache has none that is whole; nobody removes it meanwhile.

    Args:
        library: the claims.
        encoders: whose vectors it must hold.
        source: where the library comes from; the index that it had before is removed. None to remove nothing, ever.
        language: of the claims' words.
        cache: where indexes are kept; the user's cache where it is None.

    Raises:
        InputError: if the cache cannot be written.
    """
    home = (cache or cache_folder()) / "indexes"
    folder = home / fingerprint_of(library, language, encoders)[:32]
    key = source.key if source else folder.name
    with contextlib.ExitStack() as used:
        with _told(folder):
            used.enter_context(_in_use(folder))
            if not _is_whole(folder):
                with held(home / f".{key}.lock", patience_seconds=_PATIENCE_SECONDS):
                    # another process may have made it meanwhile
                    if not _is_whole(folder):
                        known = _known(home, key)
                        # nobody keeps anything here: a stray file must not be in the way
                        cleared(folder)
                        write_index(build(library, encoders, language=language, known=known), folder)
            if _has(home, key) != folder.name:
                told = {"source": source.place if source else None, "index": folder.name}
                write_whole(home / f"{key}.json", json.dumps(told))
                _sweep(home)
        yield folder


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say what is wrong with the cache."""
    try:
        yield
    except BusyError as error:
        raise InputError("another process is making it", where=str(folder), repair="try again later") from error
    except OSError as error:
        raise InputError(
            f"the cache cannot be written: {error.strerror or error}",
            where=str(folder),
            repair="name another in VALLA_CACHE",
        ) from error


def _is_whole(folder: Path) -> bool:
    try:
        open_index(folder)
    except InputError:
        return False
    return True


@contextlib.contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    handle = _locked(folder)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _locked(folder: Path) -> int | None:
    """Lock a folder, made where there is none, and not one that was removed while we opened it."""
    for _ in range(_TRIES):
        if not folder.is_dir():
            folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "nt":  # pragma: no cover
            return None
        with contextlib.suppress(FileNotFoundError):
            handle = os.open(folder, os.O_RDONLY)
            with contextlib.suppress(
                OSError
            ):  # a disk without locks: then nobody else gets one, and nothing is removed
                _lock(handle, alone=False)
            if _is_there(handle, folder):
                return handle
            os.close(handle)
    raise BusyError("other processes remove it time and again", where=str(folder))


def _is_there(handle: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), folder.stat())
    except FileNotFoundError:
        return False


def _pointer(path: Path) -> dict[str, Any]:
    """What is told of a source; nothing where it is not as we write it."""
    try:
        told = parse_json(path.read_bytes())
    except (OSError, InputError):
        return {}
    return told if isinstance(told, dict) else {}


def _has(home: Path, key: str) -> str:
    return str(_pointer(home / f"{key}.json").get("index", ""))


def _known(home: Path, key: str) -> Index | None:
    """The index that a source had before; None where it had none that can be opened."""
    name = _has(home, key)
    try:
        index = open_index(home / name) if _NAME.fullmatch(name) else None
        has_words = index is not None and any(
            index.wordings
        )  # its claims are read only now, and may be what is damaged
    except InputError:
        return None
    return index if has_words else None


def _sweep(home: Path) -> None:
    """Remove the indexes that no source has any more, and that nobody uses."""
    named = set()
    for path in home.glob("*.json"):
        told = _pointer(path)
        if isinstance(place := told.get("source"), str) and not os.path.lexists(place):
            path.unlink(missing_ok=True)
        else:
            named.add(str(told.get("index")))
    for folder in home.iterdir():
        if _NAME.fullmatch(folder.name) and folder.name not in named:
            _remove(folder)
    for folder in home.glob(f"*{_REMOVED}"):
        shutil.rmtree(folder, ignore_errors=True)


def _remove(folder: Path) -> None:
    handle = None
    with contextlib.suppress(OSError):  # it is in use, or was removed by somebody else
        if os.name != "nt":
            handle = os.open(folder, os.O_RDONLY)
            _lock(handle, alone=True)
        # renamed first: half of an index would be in the way of whoever makes it again
        folder.replace(folder.with_name(folder.name + _REMOVED))
    if handle is not None:
        os.close(handle)
