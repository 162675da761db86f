"""Pages, feeds and lists of JSON: what may hold reviews, read within a limit."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from valla.errors import InputError
from valla.plain_data import parse_json

__all__ = ["MAX_PAGE_BYTES", "json_of", "page_text", "scripts_of"]

MAX_PAGE_BYTES = 256_000_000
"""A longer page or feed is refused."""

_MAX_RATIO = 100
_SURELY_UNPACKED_BYTES = 32_000_000
"""What is packed may unpack to so much, or to so many times its length, whichever is more: no honest feed does to more."""

_MAX_MEMORY_BYTES = 1_500_000_000
_OBJECT_BYTES, _STRING_BYTES, _ITEM_BYTES = 250, 60, 32
"""What a list or small object, a short text, and a number with its place take in CPython 3.11 to 3.13 on 64 bits, about."""

_SCRIPT = re.compile("<script", re.ASCII | re.IGNORECASE)
_SCRIPT_END = re.compile("</script", re.ASCII | re.IGNORECASE)
_JSON_LD = "application/ld+json"
_WRAPPING = re.compile(r"(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)\s*")
_ENDS = ("-->", "]]>", "//", "/*", "*/")


def page_text(path: Path, max_bytes: int = MAX_PAGE_BYTES) -> str:
    """Return the text of a page or feed, unpacked where it is packed with gzip.

    Args:
        path: the file.
        max_bytes: a longer one is refused, before more than that is read.

    Raises:
        InputError: if it cannot be read, is too long, unpacks to far more than it is, or is not UTF-8.
    """
    most = max_bytes
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            if packed:
                most = min(max_bytes, max(_SURELY_UNPACKED_BYTES, _MAX_RATIO * size))
            data = (gzip.GzipFile(fileobj=file) if packed else file).read(most + 1)
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=str(path), repair="name a library") from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        told = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(f"the library cannot be read: {told}", where=str(path)) from error
    if len(data) > most:
        length = "is too long" if most == max_bytes else f"unpacks to over {_MAX_RATIO} times its length"
        raise InputError(f"the library {length}", where=str(path), allowed=f"at most {most:,} bytes")
    return _decoded(data, path)


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "the library is not text in UTF-8",
            where=f"{path}:{line}",
            found=f"the byte {data[error.start]:#04x}",
            repair="save it in UTF-8",
        ) from error


def json_of(text: str) -> Any:
    """Return what a text of JSON says; raw control characters in its strings are let pass.

    Args:
        text: JSON.

    Raises:
        InputError: if it cannot be read (see `parse_json`), or would take too much memory.
    """
    size = _memory_of(text)
    if size > _MAX_MEMORY_BYTES:
        raise InputError(
            "the JSON would take too much memory",
            found=f"about {size:,} bytes",
            allowed=f"at most {_MAX_MEMORY_BYTES:,}",
            repair="split it, or write it as JSON lines",
        )
    return parse_json(text, strict=False)


def _memory_of(text: str) -> int:
    """Return about how many bytes what a text of JSON says takes at most, judged by its signs before any of it is made."""
    objects = text.count("{") + text.count("[")
    return len(text) + _OBJECT_BYTES * objects + _STRING_BYTES * (text.count('"') // 2) + _ITEM_BYTES * text.count(",")


def scripts_of(page: str) -> Iterator[tuple[int, str]]:
    """Yield each script of JSON-LD in a page with the line it begins on.

    Args:
        page: HTML.
    """
    line, counted = 1, 0
    position = 0
    while (opening := _SCRIPT.search(page, position)) and (end := page.find(">", opening.end())) >= 0:
        closing = _SCRIPT_END.search(page, end + 1)
        stop = closing.start() if closing else len(page)
        if _JSON_LD in page[opening.end() : end].casefold():
            line, counted = line + page.count("\n", counted, opening.start()), opening.start()
            yield line, _unwrapped(page[end + 1 : stop])
        position = stop


def _unwrapped(script: str) -> str:
    """Take off the comment or CDATA marks that old pages wrap a script in."""
    text = script.strip()
    opening = _WRAPPING.match(text)
    if not opening:
        return text.removesuffix(";")
    text = text[opening.end() :]
    while (end := next((mark for mark in _ENDS if text.endswith(mark)), None)) is not None:
        text = text.removesuffix(end).rstrip()
    return text
