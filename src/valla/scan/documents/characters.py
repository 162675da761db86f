"""Bytes as characters, a little at a time: nothing removed, nothing changed."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from valla.errors import InputError

__all__ = ["READ_BYTES", "Characters"]

READ_BYTES = 1 << 16
"""So much is read at once: larger pieces are no faster, and the memory they are put in does not come back whole."""

_SNIFF_BYTES = 8192
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KINDS = {b"%PDF-": "a PDF", b"PK\x03\x04": "a packed file (or an office document or e-book)", b"PAR1": "Parquet"}
"""How files begin that are no text, though they may decode as some."""

_TO_TEXT = "save it as text in UTF-8"


class Characters:
    """The characters of a stream, decoded as UTF-8: a byte order mark, line ends and zero characters stay.

    Args:
        stream: bytes, from its present place on.
        start: the place of its first byte in the file.
        line: how many line feeds come before that.
    """

    def __init__(self, stream: BinaryIO, start: int = 0, line: int = 0) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._head = b"" if start == 0 else None
        self.bytes = start
        self.lines = line

    def __iter__(self) -> Iterator[str]:
        """Yield them, some at a time; `bytes` and `lines` then tell how far that is.

        Raises:
            InputError: if a byte is no UTF-8, or the file is known to be no text by how it begins.
            OSError: if it cannot be read, or unpacked.
        """
        final = False
        while not final:
            data = self._stream.read(READ_BYTES)
            final = not data
            if self._head is not None and len(self._head) < _SNIFF_BYTES:
                self._sniff(data)
            text = self._decoded(data, final=final)
            if text:
                yield text

    def _sniff(self, data: bytes) -> None:
        first = not self._head
        self._head = ((self._head or b"") + data)[:_SNIFF_BYTES]
        kind = next((kind for sign, kind in _KINDS.items() if first and data.startswith(sign)), None)
        if kind is not None:
            raise InputError("no text", found=kind, repair=_TO_TEXT)

    def _decoded(self, data: bytes, *, final: bool) -> str:
        pending = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            raise self._broken(error, data, pending) from error
        self.bytes += len(data) + pending - len(self._decoder.getstate()[0])
        self.lines += text.count("\n")
        return text

    def _broken(self, error: UnicodeDecodeError, data: bytes, pending: int) -> InputError:
        head = self._head or b""
        if head.startswith(_UTF16):
            return InputError("the text is in UTF-16", repair="save it in UTF-8")
        what = "a binary file, no text" if b"\0" in head else "not text in UTF-8"
        place = self.bytes + error.start
        line = self.lines + data.count(b"\n", 0, max(0, error.start - pending)) + 1
        bad = error.object[error.start]
        return InputError(what, found=f"the byte {bad:#04x} at the offset {place:,} (line {line:,})", repair=_TO_TEXT)
