"""The text of a manuscript, whatever its encoding: the one place here that reads files.

A new format is a row in `READERS`: a function from the file's bytes and its name to text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from valla.errors import InputError

__all__ = ["MAX_MANUSCRIPT_BYTES", "READERS", "decoded", "read_manuscript"]

MAX_MANUSCRIPT_BYTES = 20_000_000
"""A longer manuscript is refused before it is read."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word, OpenDocument or zip file", b"\xd0\xcf\x11\xe0": "an old Word file"}
_MAX_CONTROL_SHARE = 0.002
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_HIGH_LETTER = re.compile(rb"[\xc0-\xff]")
_POLISH = re.compile(rb"[A-Za-z][\xb3\xb9\xbf][A-Za-z ,.]")


def _wide(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: one byte of each pair is hardly ever anything but 0 or 4."""
    pairs = len(data) // 2
    if b"\x00" not in data or pairs < 2:
        return None
    high = [sum(byte in {0, 4, 0x20} for byte in data[start::2]) / pairs for start in (0, 1)]
    if max(high) < 0.9:  # Latin and Cyrillic letters and general punctuation have these high bytes
        return None
    return "utf-16-be" if high[0] > high[1] else "utf-16-le"


def _narrow(data: bytes) -> str:
    """The likeliest 8-bit encoding: Cyrillic letters stand side by side, accented Latin ones hardly ever."""
    high = len(_HIGH_LETTER.findall(data))
    pairs = len(re.findall(rb"(?<=[\xc0-\xff])[\xc0-\xff]", data))
    if high and pairs / high > 0.4:
        small = len(re.findall(rb"[\xe0-\xff]", data))
        return "cp1251" if small * 2 > high else "koi8-u"
    return "cp1250" if _POLISH.search(data) else "cp1252"


def _encodings(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    wide = _wide(data)
    return [wide] if wide else ["utf-8", _narrow(data), "cp1251"]


def decoded(data: bytes, where: str) -> str:
    """Return the text that bytes stand for, guessing the encoding where nothing says it.

    Args:
        data: the bytes of a text file.
        where: the file's name, for messages.

    Returns:
        The text, without a byte order mark.

    Raises:
        InputError: if the bytes are not text.
    """
    for magic, thing in _MAGIC.items():
        if data.startswith(magic):
            raise InputError("this is not a text file", where=where, found=thing, repair="save it as plain text")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) <= _MAX_CONTROL_SHARE * len(text) and "\x00" not in text:
            return text
    raise InputError(
        "this is not a text file", where=where, found="binary data", repair="save it as plain text in UTF-8"
    )


READERS: dict[str, Callable[[bytes, str], str]] = {".txt": decoded, ".text": decoded, ".md": decoded, "": decoded}
"""What reads a file, by the ending of its name."""


def _checked(path: Path, max_bytes: int) -> None:
    where = str(path)
    if not path.exists():
        raise InputError("there is no such file", where=where)
    if path.is_dir():
        raise InputError("this is a folder, not a file", where=where, repair="name one file in it")
    if not path.is_file():
        raise InputError("this is not a regular file", where=where)
    if path.suffix.lower() not in READERS:
        allowed = ", ".join(sorted(suffix for suffix in READERS if suffix))
        raise InputError("this kind of file cannot be read", where=where, found=path.suffix, allowed=allowed)
    if path.stat().st_size > max_bytes:
        found = f"{path.stat().st_size} bytes"
        raise InputError("the file is too long", where=where, found=found, allowed=f"at most {max_bytes} bytes")


def read_manuscript(path: Path, *, max_bytes: int = MAX_MANUSCRIPT_BYTES) -> str:
    """Return the text of a manuscript.

    Args:
        path: the file.
        max_bytes: a longer one is refused.

    Returns:
        Its text, decoded, otherwise as it is.

    Raises:
        InputError: if the file is missing, a folder, too long, empty, not text, or cannot be opened.
    """
    try:
        _checked(path, max_bytes)
        data = path.read_bytes()
    except OSError as error:
        raise InputError("the file cannot be read", where=str(path), found=error.strerror or str(error)) from error
    text = READERS[path.suffix.lower()](data, str(path))
    if not text.strip():
        raise InputError("the file is empty", where=str(path))
    return text
