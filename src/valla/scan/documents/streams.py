"""Files as bytes, a little at a time: unpacked where they are packed, and parts of files."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from valla.errors import InputError
from valla.files import standard_input
from valla.scan.documents.options import STANDARD_INPUT, Options

__all__ = ["Buffered", "is_packed", "opened", "stretch"]

Buffered = io.BufferedReader
"""Bytes that can be looked at before they are read."""

_BUFFER_BYTES = 1 << 16
_GZIP = b"\x1f\x8b"


def is_packed(path: str) -> bool:
    """Return whether a file is packed with gzip.

    Args:
        path: the file.

    Raises:
        OSError: if it cannot be opened.
    """
    with open(path, "rb") as file:  # noqa: PTH123  a path may hold bytes that are no UTF-8
        return file.read(len(_GZIP)) == _GZIP


@contextmanager
def opened(path: str, options: Options) -> Iterator[Buffered]:
    """Open a file or standard input for reading, unpacked where it is packed with gzip.

    Args:
        path: the file; `-` is standard input, which stays open.
        options: how much it may unpack to.

    Raises:
        InputError: if standard input is closed.
        OSError: if it cannot be opened.
        ValueError: if the path holds a zero byte.
    """
    if path == STANDARD_INPUT:
        stream = standard_input()
        yield _unpacked(stream if isinstance(stream, Buffered) else Buffered(cast("io.RawIOBase", stream)), options)
        return
    with open(path, "rb", buffering=_BUFFER_BYTES) as file:  # noqa: PTH123
        yield _unpacked(cast("Buffered", file), options)


def _unpacked(file: Buffered, options: Options) -> Buffered:
    if file.peek(len(_GZIP))[: len(_GZIP)] != _GZIP:
        return file
    return Buffered(_Unpacking(file, options), _BUFFER_BYTES)


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Unpacking(io.RawIOBase):
    """What is packed in a stream, as long as it is not absurdly much.

    Args:
        stream: bytes packed with gzip.
        options: how much is absurd.
    """

    def __init__(self, stream: BinaryIO, options: Options) -> None:
        self._packed = _Counted(stream)
        self._file = gzip.GzipFile(fileobj=Buffered(self._packed, _BUFFER_BYTES))
        self._options = options
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        self._check()
        return len(data)

    def _check(self) -> None:
        ratio, free = self._options.unpacked_ratio, self._options.unpacked_bytes
        if self._count > free and self._count > ratio * self._packed.count:
            raise InputError(
                "it unpacks to far more than text does",
                found=f"{self._count:,} bytes out of {self._packed.count:,}",
                allowed=f"{ratio} times as many",
            )


class _Stretch(io.RawIOBase):
    """A part of a file."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self._file = file
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


def stretch(file: Buffered, start: int, end: int | None) -> Buffered:
    """Return a part of a file as a stream of its own.

    Args:
        file: one that can be gone to any place of, unless the part is the whole.
        start: the first byte.
        end: the byte after the last; None for the end of the file.
    """
    if start:
        file.seek(start)
    return file if end is None else Buffered(_Stretch(file, end - start), _BUFFER_BYTES)
