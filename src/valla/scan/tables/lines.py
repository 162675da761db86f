"""Lines of a stream, none longer than a limit, none that is not UTF-8."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from valla.errors import InputError
from valla.scan.tables.limits import Limits

__all__ = ["Line", "lines_of"]

_SKIP_BYTES = 1 << 20
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line of a stream.

    Args:
        number: counted from 1.
        text: its characters with its line end; of a broken line as many of them as could be read.
        told: what is wrong with it; empty where nothing is.
    """

    number: int
    text: str
    told: str = ""


def lines_of(stream: BinaryIO, where: str, limits: Limits) -> Iterator[Line]:
    """Yield the lines of a stream, without the byte order mark, broken ones with what is wrong with them.

    Args:
        stream: read to its end, at most one line at a time.
        where: its name, for messages.
        limits: how long a line and the whole may be.

    Raises:
        InputError: if the stream cannot be read on, or is longer than allowed.
    """
    total = 0
    for number, (data, length) in enumerate(_pieces(stream, where, limits), start=1):
        total += length
        if total > limits.max_text_bytes:
            raise InputError(
                "the table is too long", where=f"{where}:{number}", allowed=f"at most {limits.max_text_bytes:,} bytes"
            )
        if length > len(data):
            yield Line(number, "", f"the line has {length:,} bytes; allowed: at most {limits.max_row_bytes:,}")
        else:
            yield _decoded(number, data.removeprefix(_BOM) if number == 1 else data)


def _pieces(stream: BinaryIO, where: str, limits: Limits) -> Iterator[tuple[bytes, int]]:
    """Yield each line with its length in bytes; of one that is too long only its beginning."""
    longest = limits.max_row_bytes + 2  # its line end does not count
    try:
        while data := stream.readline(longest + 1):
            length = len(data)
            if length > longest:
                yield data[:1], length + (0 if data.endswith(b"\n") else _skipped(stream))
            else:
                yield data, length
    except (OSError, EOFError, ValueError, zlib.error) as error:
        told = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(f"the table cannot be read to its end: {told}", where=where) from error


def _skipped(stream: BinaryIO) -> int:
    """Go to the end of a line, holding little of it, and return how many bytes that were."""
    length = 0
    while data := stream.readline(_SKIP_BYTES):
        length += len(data)
        if data.endswith(b"\n"):
            break
    return length


def _decoded(number: int, data: bytes) -> Line:
    try:
        return Line(number, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        told = f"not text in UTF-8: byte {error.start + 1} of the line is {data[error.start]:#04x}"
        return Line(number, data.decode("utf-8", "replace"), told)
