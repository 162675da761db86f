"""The folder of an index: a head, and beside it the folder with the files, which the head names.

valla-index.json    the head: what the index is, with the names and digests of its files
files-…/            the files, in a folder named by what is in them
.valla-index.lock   held by the one process that writes here

The head is replaced last, in one step: a writer may be killed at any moment, and either the old index opens or the new one. What it
leaves lying is removed by the next. A file is never written into that a head names, so who has opened an index keeps it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from valla.errors import BusyError, InputError
from valla.files import beside, probe_folder, sync_folder, writing
from valla.plain_data import parse_json
from valla.record.lock import held
from valla.scan.index.soundness import CLAIMS, CONTENTS, TERMS, is_sound_head

__all__ = [
    "FORMAT",
    "HEAD",
    "REPAIR",
    "check_place",
    "cleared",
    "damaged",
    "digest_of",
    "files_of",
    "is_index",
    "is_left_of_index",
    "put",
    "read_head",
]

FORMAT = 2
HEAD = "valla-index.json"
REPAIR = "make it again with valla index"

_LOCK = ".valla-index.lock"
_NEW = "files.unfinished"
_CONTENT = re.compile(r"claims\.jsonl|terms\.txt|[\w-]+\.npy")
_PATIENCE_SECONDS = 60.0


def is_index(path: Path) -> bool:
    """Whether a folder looks like an index."""
    return (path / HEAD).is_file()


def is_left_of_index(path: Path) -> bool:
    """Whether a folder looks like an index that lost its head.

    Args:
        path: the folder.
    """
    try:
        names = {one.name for one in path.iterdir()} - {HEAD}
    except OSError:
        return False
    return not is_index(path) and (_LOCK in names or any(map(CONTENTS.fullmatch, names)) or names >= {CLAIMS, TERMS})


def read_head(folder: Path) -> dict[str, Any]:
    """Return what the head of an index says.

    Args:
        folder: of the index.

    Raises:
        InputError: if there is none, it is of another format, or damaged.
    """
    if not is_index(folder):
        raise InputError("this is no index", where=str(folder), repair="make one with valla index")
    try:
        head = parse_json((folder / HEAD).read_bytes())
    except (OSError, InputError) as error:
        raise damaged(folder / HEAD) from error
    if not isinstance(head, dict) or "format" not in head:
        raise damaged(folder / HEAD)
    if head["format"] != FORMAT:
        found = f"format {head['format']}"
        raise InputError(
            "the index is of another format", where=str(folder), found=found, allowed=f"format {FORMAT}", repair=REPAIR
        )
    if head.get("seal") != _seal(head) or not is_sound_head(head):
        raise damaged(folder / HEAD)
    return head


def damaged(path: Path) -> InputError:
    """Return what is told of a file of an index that is not as it must be.

    Args:
        path: the file.
    """
    what = "the head of the index" if path.name == HEAD else "a file of the index"
    return InputError(f"{what} is damaged", where=str(path), repair=REPAIR)


def _seal(head: Mapping[str, Any]) -> str:
    """Return the digest of what else a head says."""
    told = json.dumps({name: value for name, value in head.items() if name != "seal"}, sort_keys=True)
    return hashlib.blake2b(told.encode()).hexdigest()[:32]


def files_of(folder: Path, head: Mapping[str, Any]) -> Path:
    """Return the folder with the files of an index.

    Args:
        folder: of the index.
        head: what its head says.
    """
    name: str = head["contents"]
    return folder / name


def digest_of(path: Path) -> str:
    """Return the digest by which a head knows a file.

    Args:
        path: the file.

    Raises:
        OSError: if it cannot be read, or is none: a pipe that nobody writes to would be waited for.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def put(folder: Path, told: Mapping[str, Any], fill: Callable[[Path], None]) -> None:
    """Write an index so that it is there whole or not at all; one that is there is replaced.

    Args:
        folder: its folder, made where there is none.
        told: what its head says.
        fill: writes the files of an index to a folder.

    Raises:
        InputError: if something else is there, another process does not finish writing it, or it cannot be written.
    """
    place = folder.resolve()
    _refuse_other(place, folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with held(place / _LOCK, patience_seconds=_PATIENCE_SECONDS):
            _replace(place, told, fill)
    except BusyError as error:
        raise InputError("another process is writing it", where=str(folder), repair="try again later") from error
    except OSError as error:
        raise InputError(f"the index cannot be written: {error.strerror or error}", where=str(folder)) from error


def check_place(folder: Path) -> None:
    """Refuse a folder to which no index can be written, before one is made for it.

    Args:
        folder: where it is to be.

    Raises:
        InputError: if something else is there, or it cannot be written.
    """
    place = folder.resolve()
    _refuse_other(place, folder)
    probe_folder(place)


def cleared(folder: Path) -> None:
    """Remove from a folder what is of no index, so that one can be put there; for folders that are ours alone.

    Args:
        folder: the folder.

    Raises:
        OSError: if it cannot be written.
    """
    for path in folder.iterdir():
        if not _is_ours(path):
            _remove(path)
    (folder / _LOCK).touch()


def _refuse_other(place: Path, folder: Path) -> None:
    """Refuse to replace what is no index, or one in which somebody keeps something else."""
    names = [path.name for path in place.iterdir()] if place.is_dir() else []
    is_ours = bool({HEAD, _LOCK} & {*names}) and all(_is_ours(place / name) for name in names)
    if place.exists() and not is_ours and (names or not place.is_dir()):
        raise InputError("something else is there", where=str(folder), repair="name a new folder for the index")


def _is_ours(path: Path) -> bool:
    if path.is_dir():
        is_named = path.name == _NEW or CONTENTS.fullmatch(path.name)
        return bool(is_named) and all(_CONTENT.fullmatch(one.name) for one in path.iterdir())
    return path.name in {HEAD, _LOCK, beside(Path(HEAD)).name} or _CONTENT.fullmatch(path.name) is not None


def _replace(place: Path, told: Mapping[str, Any], fill: Callable[[Path], None]) -> None:
    new = place / _NEW
    _remove(new)
    new.mkdir()
    try:
        fill(new)
        for path in new.iterdir():
            _sync(path)
        sync_folder(new)
        head: dict[str, Any] = {
            "format": FORMAT,
            **told,
            "files": {path.name: digest_of(path) for path in sorted(new.iterdir())},
        }
        head["contents"] = name = f"files-{_seal(head)}"
        # what has that name and is not whole cannot be opened by anybody: nothing is lost with it
        if not _is_whole(place / name, head["files"]):
            _remove(place / name)
            new.replace(place / name)
    finally:
        _remove(new)
    if not is_index(place) or (place / HEAD).is_symlink():
        _remove(place / HEAD)  # a pipe, or what leads elsewhere
    with writing([place / HEAD]) as (file,):
        file.write(json.dumps(head | {"seal": _seal(head)}, indent=1).encode())
    for path in place.iterdir():
        if path.name not in {HEAD, _LOCK, name}:
            _remove(path)


def _is_whole(files: Path, digests: Mapping[str, str]) -> bool:
    try:
        return all(digest_of(files / name) == digest for name, digest in digests.items())
    except OSError:
        return False


def _sync(path: Path) -> None:
    """Put a file on the disk itself: a head must not outlive the files that it names."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    """Delete a file or folder; what the system does not let go now is left to the next writer."""
    try:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    except OSError:
        return
