"""Files and folders as they were named, to files in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from valla.scan.documents.options import STANDARD_INPUT

__all__ = ["Found", "files_of"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or what is wrong with what was named.

    Args:
        path: the file or folder.
        bytes: its size; 0 where nobody knows.
        problem: why it cannot be read; empty where it may be.
    """

    path: str
    bytes: int = 0
    problem: str = ""


def files_of(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield the files that are named, those of folders sorted by name, each path once.

    In folders, what is hidden (its name begins with a full stop) is skipped; so is a link to a folder that it lies in.

    Args:
        paths: files, folders and `-`.
    """
    for path in dict.fromkeys(map(str, paths)):
        yield from _of_path(path)


def _of_path(path: str) -> Iterator[Found]:
    if path == STANDARD_INPUT:
        yield Found(path)
        return
    try:
        status = os.stat(path)  # noqa: PTH116  a path may hold bytes that are no UTF-8, or a zero byte
    except (OSError, ValueError) as error:
        yield Found(path, problem=_reason(error))
        return
    if not stat.S_ISDIR(status.st_mode):
        # a pipe may be named, and is read once
        yield Found(path, status.st_size)
        return
    empty = Found(path, problem="the folder has no file that can be read")
    walked = _walked(path, (status.st_dev, status.st_ino))
    yield next(walked, empty)
    yield from walked


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return f"it cannot be read: {(error.strerror if isinstance(error, OSError) else None) or error}"


Place = tuple[int, int]
"""The device and number of a folder, whatever it is called."""


def _walked(folder: str, place: Place) -> Iterator[Found]:
    """Yield the files of a folder and those below it; by hand, because folders can be nested deeper than calls."""
    levels: list[tuple[Place, Iterator[os.DirEntry[str] | Found]]] = [(place, _entries(folder))]
    while levels:
        entry = next(levels[-1][1], None)
        if entry is None:
            levels.pop()
        elif isinstance(entry, Found):
            yield entry
        else:
            yield from _of_entry(entry, levels)


def _of_entry(
    entry: os.DirEntry[str], levels: list[tuple[Place, Iterator[os.DirEntry[str] | Found]]]
) -> Iterator[Found]:
    try:
        status = entry.stat()
    except OSError as error:
        yield Found(entry.path, problem=_reason(error))
        return
    if stat.S_ISDIR(status.st_mode):
        place = (status.st_dev, status.st_ino)
        if all(place != above for above, _ in levels):
            levels.append((place, _entries(entry.path)))
    elif stat.S_ISREG(status.st_mode):
        yield Found(entry.path, status.st_size)
    else:
        yield Found(entry.path, problem="neither a file nor a folder")


def _entries(folder: str) -> Iterator[os.DirEntry[str] | Found]:
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        return iter([Found(folder, problem=_reason(error))])
    return iter(found)
