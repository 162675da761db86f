"""A document of any length to blocks that fit in memory."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from valla.scan.documents.model import Block
from valla.scan.text import spans

__all__ = ["CONTEXT_CHARS", "Around", "Piece", "cut", "place_to_cut"]

CONTEXT_CHARS = 32
"""How much of what stands around a block comes with it."""

Piece = tuple[str, str]
"""Some characters to read, and the characters of the source that they stand for: as many; one object where they are the same."""

_GAP = re.compile(r"\n[^\S\n]*+\n|\r[^\S\r\n]*+\r|[\x1c-\x1e\u2029]")
_WINDOW_SHARE = 4
_SENTENCE_WINDOW_CHARS = 20_000
_CLUSTER_CHARS = 32
_JOINERS = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class Around:
    """Where a stretch of a document is.

    Args:
        offset: that of its first character.
        before: what stands before it.
        after: what stands after it.
    """

    offset: int = 0
    before: str = ""
    after: str = ""


def cut(document: str, pieces: Iterable[Piece], block_chars: int, around: Around | None = None) -> Iterator[Block]:
    """Yield the blocks of a document, holding about two of them at a time.

    Args:
        document: its id.
        pieces: its characters in order.
        block_chars: how long a block may be.
        around: where they are, if they are not the whole document.
    """
    cutter = _Cutter(document, block_chars, around or Around())
    held: list[Piece] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece[0])
        if size > block_chars + CONTEXT_CHARS:
            text, source = _joined(held)
            yield from cutter.full_blocks(text, source)
            held = [_from(text, source, cutter.used)]
            size -= cutter.used
    yield from cutter.last_block(*_joined(held))


class _Cutter:
    """Where the cutting of a document has come to.

    Args:
        document: its id.
        block_chars: how long a block may be.
        around: where the first characters are.
    """

    def __init__(self, document: str, block_chars: int, around: Around) -> None:
        self._document = document
        self._block_chars = block_chars
        self._around = around
        self.used = 0

    def full_blocks(self, text: str, source: str) -> Iterator[Block]:
        """Yield the blocks that can be cut without the end being known; `used` tells how many characters these are."""
        around, start = self._around, 0
        while len(text) - start > self._block_chars + CONTEXT_CHARS:
            end = place_to_cut(text, start, start + self._block_chars)
            before = _before(source, start, around.before)
            after = source[end : end + CONTEXT_CHARS]
            part = text[start:end]
            original = part if source is text else source[start:end]
            yield Block(self._document, part, original, around.offset + start, before, after)
            start = end
        self.used = start
        self._around = Around(around.offset + start, _before(source, start, around.before), around.after)

    def last_block(self, text: str, source: str) -> Iterator[Block]:
        """Yield what is left, if anything is."""
        around = self._around
        if text:
            yield Block(self._document, text, source, around.offset, around.before, around.after)


def _joined(pieces: list[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    text = "".join(text for text, _ in pieces)
    return text, text if all(text is source for text, source in pieces) else "".join(source for _, source in pieces)


def _from(text: str, source: str, start: int) -> Piece:
    rest = text[start:]
    return rest, rest if source is text else source[start:]


def _before(source: str, place: int, earlier: str) -> str:
    """Return what stands before a place of the source, which begins after `earlier`."""
    return (earlier + source[max(0, place - CONTEXT_CHARS) : place])[-CONTEXT_CHARS:]


def place_to_cut(text: str, start: int, end: int) -> int:
    """Return where to cut a text: after a paragraph, else after a sentence, else after a space, else anywhere.

    Args:
        text: some text.
        start: where the stretch begins that is to be cut off.
        end: where it must end at the latest; before the end of the text.
    """
    window = end - max(1, (end - start) // _WINDOW_SHARE)
    gaps = deque(_GAP.finditer(text, window, end), maxlen=1)
    if gaps:
        return gaps[0].end()
    first = max(start, end - _SENTENCE_WINDOW_CHARS)
    found = spans(text[first:end])
    if len(found) > 1:
        return _whole_cluster(text, start, first + found[-1][0])
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space + 1 if space >= start else _whole_cluster(text, start, end)


def _whole_cluster(text: str, start: int, end: int) -> int:
    """Return the last place, not far before another, that does not part a letter from its marks or a line end in two."""
    for place in range(end, max(start, end - _CLUSTER_CHARS), -1):
        pair = text[place - 1 : place + 1]
        if pair != "\r\n" and not _joins(pair[-1]) and pair[0] != "\u200d":
            return place
    return end


def _joins(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign)[0] == "M"
