"""The files of a record on disk: where they lie, and that they are whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from valla.actors.leaders import NOBODY, People
from valla.errors import InputError, RecordError
from valla.record.leaders import people_of
from valla.record.limits import Limits
from valla.record.manifest import Addition, Manifest

__all__ = [
    "aside_file_of",
    "checked_file",
    "file_hash",
    "looks_of",
    "people_in",
    "sweep",
    "table_file_of",
    "write_whole",
]


def looks_of(path: Path, limits: Limits) -> tuple[int, ...]:
    """Return what of a file changes when it is written to: size, time, number.

    Args:
        path: the file.
        limits: how large it may be.

    Raises:
        InputError: if there is no such file, or it is too large.
    """
    if not path.is_file():
        raise InputError("there is no such file", where=str(path))
    found = path.stat()
    if found.st_size > limits.max_file_bytes:
        raise limits.refused("max_file_bytes", str(path), found.st_size)
    return found.st_size, found.st_mtime_ns, found.st_ino


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        InputError: if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"the file cannot be read ({error})", where=str(path)) from error


def aside_file_of(record: Path, addition: Addition) -> Path | None:
    """Return where the rows that were set aside are listed; None where there are none."""
    return record / "aside" / f"{addition.stem}.csv" if addition.aside else None


def table_file_of(record: Path, addition: Addition) -> Path:
    """Return where the acts or leaders of an addition lie."""
    return record / ("leaders" if addition.leaders else "acts") / f"{addition.stem}.parquet"


def checked_file(record: Path, addition: Addition) -> Path:
    """Return where the acts or leaders of an addition lie.

    Raises:
        RecordError: if the file is missing, broken, or not the one that was added.
    """
    path, what = table_file_of(record, addition), "leaders" if addition.leaders else "acts"
    try:
        found = pq.read_metadata(path).num_rows
    except (OSError, pa.ArrowException) as error:
        raise RecordError(
            f"the {what} of {addition.dataset!r} cannot be read ({error})",
            where=str(path),
            repair=f"add {addition.file} anew to a new record",
        ) from error
    if not addition.leaders and found != addition.acts:
        raise RecordError(
            f"the acts of {addition.dataset!r} are not those that were added",
            where=str(path),
            found=f"{found} acts",
            allowed=str(addition.acts),
        )
    return path


def sweep(record: Path) -> None:
    """Remove what a writer that was killed has left half-written; only who holds the lock may, since nobody else writes then."""
    for path in (*record.glob(".record.json.*"), *record.glob("*/.*.parquet.*"), *record.glob("*/.*.csv.*")):
        path.unlink(missing_ok=True)


def people_in(record: Path, manifest: Manifest) -> People:
    """Return the leaders that were added to a record.

    Raises:
        RecordError: if a file of it is missing or broken.
    """
    files = [checked_file(record, one) for one in manifest.additions if one.leaders]
    return people_of(pq.ParquetFile(path).read() for path in files) if files else NOBODY


def write_whole(path: Path, write: Callable[[str], Any]) -> None:
    """Write a file beside and rename it, so that it is there whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(str(beside))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
