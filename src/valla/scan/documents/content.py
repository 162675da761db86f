"""The text content of HTML, whose characters the W3C annotation model counts.

Web Annotation Data Model, 4.2.4: "the selection of the text must be in terms of unicode code points"; "HTML/XML tags should be removed,
character entities should be replaced with the character they encode". Contents of scripts, styles and templates are no text either,
and a line end is one character, as a browser makes it (HTML Living Standard 13.2.3.5).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from valla.scan.documents.html import Html, Part

__all__ = ["content_offsets", "shown"]

_LINE_END = re.compile(r"(\r\n?)")


def shown(source: str, *, xml: bool = False) -> str:
    """Return the text content of a document in HTML.

    Args:
        source: the document.
        xml: whether it is XHTML.
    """
    return "".join(part for _, part in _parts(source, xml=xml))


def content_offsets(source: str, *, xml: bool = False) -> Callable[[int], int]:
    """Return what turns an offset in a document in HTML into one in its text content; within markup, that after it.

    Args:
        source: the document.
        xml: whether it is XHTML.
    """
    parts = list(_parts(source, xml=xml))
    starts = [0, *accumulate(len(text) for text, _ in parts)]
    shown_starts = [0, *accumulate(len(part) for _, part in parts)]

    def content_offset(offset: int) -> int:
        place = bisect_right(starts, offset) - 1
        if place >= len(parts):
            return shown_starts[-1]
        return shown_starts[place] + min(offset - starts[place], len(parts[place][1]))

    return content_offset


def _parts(source: str, *, xml: bool) -> Iterator[Part]:
    for text, part in Html(xml=xml).feed(source, final=True):
        if "\r" in part and len(text) == len(part):
            for piece in _LINE_END.split(part):
                yield piece, "\n" if piece.startswith("\r") else piece
        else:
            yield text, part
