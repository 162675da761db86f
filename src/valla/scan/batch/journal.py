"""The journal of a scan: a folder beside the result that holds what is done, so that a rerun goes on where the last one was stopped.

OUT.partial/lock        held by the one process that may write here, with its id
OUT.partial/head.json   what is scanned with what, by fingerprints
OUT.partial/parts-…/    the parts, in a folder named by the head: workers that outlive a killed run for a moment write there, and
                        never among the parts of another scan
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO

from valla.errors import InputError
from valla.files import writing
from valla.plain_data import parse_json

__all__ = ["Head", "journal", "journal_folder"]

_LOCK = "lock"
_HEAD = "head.json"
_PARTS = re.compile(r"parts-[0-9a-f]{16}")
_TRIES = 20

if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _take(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        # a POSIX lock belongs to one process: unlike flock's, forked workers do not keep it when their parent is killed
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Head:
    """What a result depends on; with another head, nothing that was done is of use.

    Args:
        version: Valla's.
        library: the fingerprint of the library and its index.
        settings: all that was asked for, in one text.
        texts: the fingerprint of the texts: their names, sizes and times of change.
    """

    version: str
    library: str
    settings: str
    texts: str

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of it all."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode("ascii")).hexdigest()

    def changed(self, before: object) -> str:
        """Say what is not as it was.

        Args:
            before: the head of the earlier run, as data.
        """
        told = {
            "version": "the version of Valla",
            "library": "the library",
            "settings": "the settings",
            "texts": "the texts",
        }
        was = before if isinstance(before, dict) else {}
        return " and ".join(told[one.name] for one in fields(self) if was.get(one.name) != getattr(self, one.name))


def journal_folder(out: Path) -> Path:
    """Return the folder of the journal of a result.

    Args:
        out: the result.
    """
    return out.with_name(f"{out.name}.partial")


@contextlib.contextmanager
def journal(out: Path, head: Head, tell: Callable[[str], None]) -> Iterator[Path]:
    """Open the journal of a result, and delete it when the block ends well, or before anything was done.

    Args:
        out: the result.
        head: what it depends on.
        tell: says a line to the user.

    Yields:
        The folder for the parts.

    Raises:
        InputError: if another process scans to the same result, or the folder cannot be used.
    """
    folder = journal_folder(out)
    with contextlib.ExitStack() as held:
        held.enter_context(_locked(folder, out))
        parts = _prepared(folder, head, tell)
        try:
            yield parts
        except BaseException:
            if not any(parts.glob("*.json")):
                _removed(folder)
            raise
        _removed(folder)


@contextlib.contextmanager
def _locked(folder: Path, out: Path) -> Iterator[None]:
    with _taken(folder, out) as file:
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _taken(folder: Path, out: Path) -> IO[str]:
    """Return the lock file, locked, and not one that its last holder deleted while we opened it."""
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):
            file = _opened(folder)
            try:
                _take(file)
            except OSError as error:
                with file:
                    raise _busy(out, file) from error
            if os.path.samestat(os.fstat(file.fileno()), (folder / _LOCK).stat()):
                return file
            file.close()
    raise InputError(
        "the folder cannot be written: the journal of the scan does not stay there", where=str(folder.parent)
    )


def _opened(folder: Path) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = [one.name for one in folder.iterdir() if not _is_ours(one.name)]
        if not foreign:
            return (folder / _LOCK).open("a+", encoding="ascii")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise InputError(f"the result cannot be written: {error.strerror or error}", where=str(folder)) from error
    raise InputError(
        "the folder for the journal of the scan holds something else",
        where=str(folder),
        found=foreign[0],
        repair="name another result, or move the folder away",
    )


def _is_ours(name: str) -> bool:
    return name in {_LOCK, _HEAD, f".{_HEAD}.unfinished"} or _PARTS.fullmatch(name) is not None


def _busy(out: Path, file: IO[str]) -> InputError:
    file.seek(0)
    holder = file.read().strip()
    return InputError(
        "another scan is writing this result",
        where=str(out),
        found=f"process {holder}" if holder else None,
        repair="wait for it, or name another result",
    )


def _prepared(folder: Path, head: Head, tell: Callable[[str], None]) -> Path:
    """Return the folder for the parts of this scan; those of another are deleted."""
    parts = folder / f"parts-{head.fingerprint[:16]}"
    before = _head_of(folder)
    if before is not None and before != asdict(head):
        tell(f"{folder}: {head.changed(before) or 'something'} changed since the scan that was stopped: starting anew")
    for other in folder.glob("parts-*"):
        if other != parts or before != asdict(head):
            shutil.rmtree(other)
    parts.mkdir(exist_ok=True)
    for left in parts.glob("*.tmp"):
        left.unlink(missing_ok=True)
    with writing([folder / _HEAD]) as (file,):
        file.write(json.dumps(asdict(head)).encode("ascii"))
    return parts


def _head_of(folder: Path) -> object:
    """The head as data; None where there is none that can be read."""
    try:
        return parse_json((folder / _HEAD).read_bytes())
    except (OSError, InputError):
        return None


def _removed(folder: Path) -> None:
    """Delete the journal, its head first: without one, what is left of it counts for nothing."""
    (folder / _HEAD).unlink(missing_ok=True)
    for parts in folder.glob("parts-*"):
        shutil.rmtree(parts, ignore_errors=True)  # a worker that outlived a killed run may still write there
    (folder / _LOCK).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
