"""The texts of a scan: what was named, without the files that the scan itself writes, and with what is piped in."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from valla.errors import InputError
from valla.files import standard_input
from valla.scan.batch import model
from valla.scan.batch.journal import journal_folder
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import STANDARD_INPUT, Options
from valla.scan.documents.plan import units
from valla.scan.documents.reading import unit_blocks
from valla.scan.documents.units import Unit
from valla.scan.index.place import is_index

__all__ = ["Texts", "UnitReader", "opened_texts"]

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class UnitReader:
    """Reads units as they were made with the same options.

    Args:
        options: how documents are read.
    """

    options: Options

    def __call__(self, unit: model.Unit, /, *, problems: list[Problem]) -> Iterator[Block]:
        """Yield the blocks of a unit."""
        return unit_blocks(cast("Unit", unit), self.options, problems.append)


@dataclass(frozen=True, slots=True)
class Texts:
    """What is to be scanned.

    Args:
        units: in their order.
        reader: reads one.
        fingerprint: of the names, sizes and times of change, and of what was piped in.
    """

    units: tuple[Unit, ...]
    reader: UnitReader
    fingerprint: str


@contextlib.contextmanager
def opened_texts(
    paths: Sequence[Path],
    options: Options,
    results: Collection[Path] = (),
    tell: Callable[[Problem], None] = lambda _: None,
) -> Iterator[Texts]:
    """Find the texts that are named; what is piped in is kept on disk until the block ends, so that all cores can read it.

    Args:
        paths: files, folders, and `-` for standard input.
        options: how they are read.
        results: the files that are written: in a folder that is scanned they are passed over, with their journals.
        tell: is told of each index that is passed over in a folder: its claims are not repeated there.

    Raises:
        InputError: if a result would replace a text that is named, there is no text at all, or standard input is closed.
    """
    for path in paths:
        if any(_is_same(str(path), result) for result in results):
            raise InputError(
                "the result would replace a text that is to be scanned", where=str(path), repair="name another"
            )
    written = {*results, *(Path(os.path.realpath(result)) for result in results)}
    with contextlib.ExitStack() as kept:
        named, piped = [str(path) for path in paths], None
        if STANDARD_INPUT in named:
            piped = _Piped(*_kept(Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="valla-scan-")))))
            named = [piped.path if name == STANDARD_INPUT else name for name in named]
        indexes = _Indexes(frozenset(named), tell)
        found = tuple(
            unit
            for unit in units([Path(name) for name in named], options)
            if not _is_ours(unit.path, written) and not indexes.hold(unit.path)
        )
        if not found:
            raise InputError(
                "there is nothing to scan", where=", ".join(map(str, paths)) or None, repair="name files or folders"
            )
        called = found if piped is None else tuple(piped.called(unit) for unit in found)
        yield Texts(called, UnitReader(options), _fingerprint(called, piped))


@dataclass(frozen=True, slots=True)
class _Indexes:
    """Which folders are indexes; each is looked at once, since there may be a million files.

    Args:
        named: what is read even in an index, since it was asked for.
        tell: is told of each index.
    """

    named: Collection[str]
    tell: Callable[[Problem], None]
    known: dict[str, bool] = field(default_factory=dict)

    def hold(self, path: str) -> bool:
        """Whether a file is of an index: in its folder, or in one there."""
        folder = os.path.dirname(path)  # noqa: PTH120  there may be a million files
        return path not in self.named and (self._is(folder) or self._is(os.path.dirname(folder)))  # noqa: PTH120

    def _is(self, folder: str) -> bool:
        known = self.known.get(folder)
        if known is None:
            known = self.known[folder] = is_index(Path(folder))
            if known:
                self.tell(Problem(folder or ".", "an index of Valla, which is passed over"))
        return known


@dataclass(frozen=True, slots=True)
class _Piped:
    """What came from standard input.

    Args:
        path: where it is kept.
        digest: the SHA-256 of it.
    """

    path: str
    digest: str

    def called(self, unit: Unit) -> Unit:
        """Return a unit as standard input is called, if it is of it."""
        if unit.path != self.path:
            return unit
        return replace(unit, document=STANDARD_INPUT + unit.document.removeprefix(self.path))


def _kept(folder: Path) -> tuple[str, str]:
    """Copy standard input to a file, whose name says nothing of its form."""
    path, digest = folder / "standard-input", hashlib.sha256()
    stream = standard_input()
    try:
        with path.open("wb") as file:
            while data := stream.read(_CHUNK_BYTES):
                digest.update(data)
                file.write(data)
    except OSError as error:
        told = f"standard input cannot be kept: {error.strerror or error}"
        raise InputError(told, where=str(folder), repair="name another folder in TMPDIR") from error
    return str(path), digest.hexdigest()


def _is_ours(path: str, results: Collection[Path]) -> bool:
    """Whether a file is a result or in a journal; the names are looked at first, since most files are neither."""
    name = os.path.basename(path)  # noqa: PTH119  there may be a million
    for result in results:
        folder = journal_folder(result)
        if name == result.name and _is_same(path, result):
            return True
        if folder.name in path and any(_is_same(str(above), folder) for above in Path(path).parents):
            return True
    return False


def _is_same(path: str, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except (OSError, ValueError):
        return False


def _fingerprint(found: Sequence[Unit], piped: _Piped | None) -> str:
    digest, seen = hashlib.sha256(), set()
    for unit in found:
        if piped is not None and unit.path == piped.path:
            known, stamp = replace(unit, path=STANDARD_INPUT), piped.digest
        else:
            known, stamp = unit, "" if unit.path in seen else _stamp(unit.path)
            seen.add(unit.path)
        digest.update(f"{known!r} {stamp}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _stamp(path: str) -> str:
    try:
        status = os.stat(path)  # noqa: PTH116  a path may hold bytes that are no UTF-8
    except (OSError, ValueError):
        return "none"
    return f"{status.st_size} {status.st_mtime_ns}"
