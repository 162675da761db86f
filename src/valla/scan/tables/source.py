"""A table's file, opened: unpacked, and known for what it is."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valla.errors import InputError
from valla.scan.tables.model import Form

__all__ = ["SUFFIXES", "form_of", "head_of", "opened"]

SUFFIXES: dict[str, Form] = {
    ".csv": Form.CSV,
    ".tsv": Form.TSV,
    ".tab": Form.TSV,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".parquet": Form.PARQUET,
    ".pq": Form.PARQUET,
}
"""What a file is by its suffix, before `.gz` where it has that."""

_HEAD_BYTES = 4096
_BUFFER_BYTES = 1 << 16
_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"
_BOM = b"\xef\xbb\xbf"


def form_of(path: Path) -> Form:
    """Return how a file is written: by its suffix, and where that says nothing by its content; Parquet always by its content.

    Args:
        path: the file.

    Raises:
        InputError: if it cannot be read, or is no table that we know.
    """
    with opened(path) as (form, _):
        return form


@contextmanager
def opened(path: Path, form: Form | None = None) -> Iterator[tuple[Form, io.BufferedReader]]:
    """Open a file that is read once: a pipe will do.

    Args:
        path: the file.
        form: how it is written; None to tell by its name and content.

    Returns:
        how it is written, and its bytes, unpacked where they are packed with gzip.

    Raises:
        InputError: if it cannot be read, or is no table that we know.
    """
    with _raw(path) as raw:
        stream = _unpacked(raw, path)
        yield form or _form(path, _head(stream, path)), stream


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file, unpacked where it is packed with gzip, without a byte order mark.

    Args:
        path: the file.

    Raises:
        InputError: if it cannot be read.
    """
    with _raw(path) as raw:
        return _head(_unpacked(raw, path), path).removeprefix(_BOM)


def _unpacked(raw: io.BufferedReader, path: Path) -> io.BufferedReader:
    packed = _head(raw, path).startswith(_GZIP)
    return io.BufferedReader(gzip.GzipFile(fileobj=raw), _BUFFER_BYTES) if packed else raw


def _raw(path: Path) -> io.BufferedReader:
    try:
        return io.BufferedReader(path.open("rb", buffering=0), _BUFFER_BYTES)
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=str(path)) from error
    except IsADirectoryError as error:
        raise InputError("a table is a file", where=str(path), found="a folder", repair="name a file") from error
    except (OSError, ValueError) as error:
        # a ValueError is a zero byte in the path
        told = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(f"the table cannot be read: {told}", where=str(path)) from error


def _head(stream: io.BufferedReader, path: Path) -> bytes:
    try:
        return stream.peek(_HEAD_BYTES)[:_HEAD_BYTES]
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"the table cannot be read: {error}", where=str(path)) from error


def _form(path: Path, head: bytes) -> Form:
    if head.startswith(_PARQUET):
        return Form.PARQUET
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    named = SUFFIXES.get(suffixes[-1]) if suffixes else None
    found = named if named is not None else _by_content(head)
    if found is None:
        raise InputError(
            "no table that can be read", where=str(path), allowed=", ".join(SUFFIXES), repair="give it such a suffix"
        )
    return found


def _by_content(head: bytes) -> Form | None:
    first = head.removeprefix(_BOM).lstrip().split(b"\n", 1)[0]
    signs = ((Form.JSONL, first.startswith(b"{")), (Form.TSV, b"\t" in first), (Form.CSV, b"," in first))
    return next((form for form, shown in signs if shown), None)
