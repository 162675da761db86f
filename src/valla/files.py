"""Small files read within a limit, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, BinaryIO, TextIO

from valla.errors import InputError

__all__ = [
    "MAX_TEXT_BYTES",
    "beside",
    "is_same",
    "is_stream",
    "probe",
    "probe_folder",
    "read_text",
    "standard_input",
    "sync_folder",
    "write_all",
    "write_whole",
    "writing",
]

MAX_TEXT_BYTES = 20_000_000
"""A longer text is refused; what is smaller by nature has a lower limit of its own where it is read."""

_MODE = 0o644
_MAX_PREFIX = 40
_OUTPUT = 1
"""The descriptor of standard output, whatever Python has made of it."""


def read_text(
    path: Path,
    what: str = "file",
    max_bytes: int = MAX_TEXT_BYTES,
    *,
    may_be_empty: bool = True,
    keep_newlines: bool = False,
) -> str:
    """Return the text of a file in UTF-8, without a byte order mark.

    Args:
        path: the file.
        what: what it is, for messages: `file`, `dossier`, `sheet of acts`.
        max_bytes: a longer one is refused; never more than that is read, even of a device that does not end.
        may_be_empty: whether a file without text will do.
        keep_newlines: whether line ends stay as they are; else each becomes a line feed.

    Raises:
        InputError: if the file is missing, a folder, too long, not UTF-8, cannot be opened, or is empty and may not be.
    """
    text = _decoded(_read(path, what, max_bytes), path, what)
    if not may_be_empty and not text.strip():
        raise InputError(f"the {what} is empty", where=str(path))
    return text if keep_newlines else text.replace("\r\n", "\n").replace("\r", "\n")


def _read(path: Path, what: str, max_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=str(path), repair=f"name the {what}") from error
    except IsADirectoryError as error:
        raise InputError(f"a {what} is a file", where=str(path), found="a folder", repair="name a file") from error
    except (OSError, ValueError) as error:
        # a ValueError is a zero byte in the path
        raise InputError(f"the {what} cannot be read: {_reason(error)}", where=str(path)) from error
    if len(data) > max_bytes:
        raise InputError(f"the {what} is too long", where=str(path), allowed=f"at most {max_bytes:,} bytes")
    return data


def _decoded(data: bytes, path: Path, what: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"the {what} is not text in UTF-8",
            where=f"{path}:{line}",
            found=f"the byte {data[error.start]:#04x}",
            repair="save it in UTF-8",
        ) from error


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def standard_input() -> BinaryIO:
    """Return standard input, as bytes.

    Raises:
        InputError: if it is closed.
    """
    # typed as if it were always there
    stream: TextIO | None = sys.stdin
    if stream is None or stream.closed:
        raise InputError("standard input is closed", repair="pipe a text in, or name a file")
    return stream.buffer


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all; its folder is made where there is none.

    Args:
        path: the file; one that is there is replaced, a link is followed, and what is a stream is written to.
        text: what it is to hold, in UTF-8, line ends as they are.

    Raises:
        InputError: if it cannot be written there.
    """
    write_all({path: text})


def write_all(texts: Mapping[Path, str]) -> None:
    """Write files, each whole or not at all, and none before all of them lie ready beside their places.

    Args:
        texts: what each is to hold, in UTF-8, line ends as they are.

    Raises:
        InputError: if one cannot be written where it should be, or two are one file.
    """
    _refuse_same(list(texts))
    streams = [path for path in texts if is_stream(path)]
    with contextlib.ExitStack() as leftovers:
        places = [(path, _place(path)) for path in texts if path not in streams]
        ready = [(_beside(place, texts[path], leftovers), place) for path, place in places]
        for beside, place in ready:
            try:
                beside.replace(place)
            except OSError as error:
                raise _unwritten(place, error) from error
    for path in streams:
        _pour(path, texts[path])


def _beside(path: Path, text: str, leftovers: contextlib.ExitStack) -> Path:
    """Write a text to a temporary file beside its place, so that the rename that follows cannot leave half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_MAX_PREFIX]}.")
        beside = Path(name)
        leftovers.callback(beside.unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            file.write(_encoded(text))
        beside.chmod(_MODE)
    except OSError as error:
        raise _unwritten(path, error) from error
    return beside


def _encoded(text: str) -> bytes:
    """Return a text in UTF-8, with an escape for what that cannot hold: half a pair of surrogates, as JSON may have one."""
    return text.encode("utf-8", "backslashreplace")


def is_stream(path: Path) -> bool:
    """Return whether a path names what is no file, but can be written to: a pipe, a terminal, `/dev/null`, `/dev/stdout`.

    A rename would put a file in its place. What standard output goes to counts too, be it a file: the shell may have asked to append.

    Args:
        path: where something is to be written.
    """
    try:
        status = path.stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISCHR(status.st_mode) or stat.S_ISFIFO(status.st_mode) or _is_output(status)


def _is_output(status: os.stat_result) -> bool:
    try:
        return os.path.samestat(status, os.fstat(_OUTPUT))
    except OSError:  # it is closed
        return False


def _pour(path: Path, text: str) -> None:
    try:
        # opened by its name, a file that standard output goes to would be emptied
        target = os.dup(_OUTPUT) if _is_output(path.stat()) else path
        with open(target, "wb") as file:  # noqa: PTH123  it may be a descriptor
            file.write(_encoded(text))
    except OSError as error:
        raise _unwritten(path, error) from error


def _place(path: Path) -> Path:
    """Return the file that a path names, be it there or not; where that is a link, what it leads to.

    Raises:
        InputError: if it names something else than a file.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from error
    if not stat.S_ISREG(mode):
        found = "a folder" if stat.S_ISDIR(mode) else "a device, a pipe or the like"
        raise InputError("the file cannot be written", where=str(path), found=found, repair="name a file")
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _unwritten(path: Path, error: OSError | ValueError) -> InputError:
    return InputError(f"the file cannot be written: {_reason(error)}", where=str(path))


def probe(path: Path, *, may_be_stream: bool = False) -> None:
    """Refuse a place where nothing can be written, before hours of work are done for it; nothing is left there.

    Args:
        path: the file to write.
        may_be_stream: whether it may be what `is_stream` tells of.

    Raises:
        InputError: if a file cannot be written there.
    """
    if may_be_stream and is_stream(path):
        return
    place = _place(path)
    probe_folder(place.parent)
    try:
        beside(place).lstat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        raise InputError(f"the file cannot be written: {_reason(error)}", where=str(path)) from error


def probe_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be written; nothing is left of it where there was none.

    Args:
        folder: the folder, be it there or not.

    Raises:
        InputError: if it cannot be made, or no file in it.
    """
    missing = list(itertools.takewhile(lambda one: not one.exists(), (folder, *folder.parents)))
    with contextlib.ExitStack() as made:
        try:
            for one in reversed(missing):
                one.mkdir(exist_ok=True)
                made.callback(_remove_empty, one)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except (OSError, ValueError) as error:
            raise InputError(f"the folder cannot be written: {_reason(error)}", where=str(folder)) from error


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # somebody else uses it already
        folder.rmdir()


def is_same(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file, be it there or not: by another way, by links, by two names.

    Args:
        path: a file.
        other: a file.
    """
    if os.path.realpath(path) == os.path.realpath(other):
        return True
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def _refuse_same(paths: Sequence[Path]) -> None:
    for path, other in itertools.combinations(paths, 2):
        if is_same(path, other):
            raise InputError("two results cannot go to one file", where=str(path), found=str(other), repair="name two")


def beside(path: Path) -> Path:
    """Return where `writing` keeps a file until it is whole.

    Args:
        path: the file.
    """
    return path.with_name(f".{path.name}.unfinished")


@contextlib.contextmanager
def writing(paths: Sequence[Path]) -> Iterator[list[IO[bytes]]]:
    """Open files to write, of any length: they are put in their places, all of them whole, when the block ends well.

    Each is written beside its place under a name that is always the same, so that what a killed process left is written
    over by the next: one process at a time may write to one place. What is there before stays until then. Links are followed.

    Args:
        paths: the files, and no streams; folders for them are made where there are none.

    Raises:
        InputError: if one cannot be written there, or two are one file.
    """
    _refuse_same(paths)
    places = [_place(path) for path in paths]
    with contextlib.ExitStack() as leftovers:
        files = [_opened(place, leftovers) for place in places]
        yield files
        for file, path in zip(files, places, strict=True):
            try:
                file.flush()
                os.fsync(file.fileno())
                file.close()
            except OSError as error:
                raise _unwritten(path, error) from error
        for path in places:
            try:
                beside(path).replace(path)
                sync_folder(path.parent)
            except OSError as error:
                raise _unwritten(path, error) from error


def _opened(path: Path, leftovers: contextlib.ExitStack) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = beside(path).open("wb")
    except OSError as error:
        raise _unwritten(path, error) from error
    leftovers.callback(beside(path).unlink, missing_ok=True)
    leftovers.callback(file.close)
    return file


def sync_folder(path: Path) -> None:
    """Put the names in a folder on the disk itself, so that a rename outlives a loss of power.

    Args:
        path: the folder.
    """
    if os.name == "nt":  # pragma: no cover  Windows opens no folders, and keeps no names back
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
