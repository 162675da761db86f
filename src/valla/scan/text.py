"""Text to sentences, with offsets that always point into the original.

The cut is made by punctuation and layout alone. A full stop ends a sentence unless it follows an abbreviation, an initial or
stands inside a number; an ellipsis, a question mark or an exclamation mark ends one unless the text goes on in lower case. A
blank line always ends one. A single line break does so where the line was broken before it was full (a heading, an item of a
list, a line of verse), not where it was wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["MAX_SENTENCE_CHARS", "Sentence", "sentences"]

MAX_SENTENCE_CHARS = 5_000
"""A stretch without an end mark is cut at a space after so many characters, so that no later stage meets a whole book."""

WRAP_SHARE = 0.7
"""A line is full, and its break a mere wrap, where it reaches this share of the longest line of its paragraph."""

PROSE_WIDTH_CHARS = 130
"""Longer lines than this are unwrapped paragraphs: their breaks are meant."""

_NEWLINE = r"(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
_PARAGRAPH = re.compile(rf"{_NEWLINE}[^\S\n\r]*{_NEWLINE}\s*")
_BREAK = re.compile(rf"{_NEWLINE}\s*")
_CLOSERS = "\"'”’»)\\]}›*_"
# the look back and the possessive run keep a long row of dots from being tried from each of its dots
_END = re.compile(rf"(?:(?<![.!?…])[.!?…]++(?:\[\d+\])?[{_CLOSERS}]*(?=\s)|[。！？।]+[{_CLOSERS}」』]*)\s*")
_ITEM = re.compile(r"(?:[-*•–—+#>]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«„]*$")
_OPENERS = "\"'“‘«„([{*_-–— "
_ELLIPSIS = ("…", "..")
_JOINING = (",", ";", ":", "-", "–", "—", "(", "/", "&")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text.

    Args:
        start: offset of its first character.
        end: offset after its last character.
        text: the characters themselves: `original[start:end]`.
    """

    start: int
    end: int
    text: str


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return those that hold everywhere and those that hold before a number."""
    lines = files("valla.scan").joinpath("data", "abbreviations.txt").read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return (
        frozenset(word for word in words if not word.startswith("=")),
        frozenset(word[1:] for word in words if word.startswith("=")),
    )


def _first_letter(text: str, start: int, end: int) -> str:
    """Return the first character that is no opening mark."""
    while start < end and text[start] in _OPENERS:
        start += 1
    return text[start] if start < end else ""


def _is_abbreviated(word: str, following: str) -> bool:
    """Whether a word before a full stop is an abbreviation or an initial."""
    if len(word) == 1 and word.isupper():
        return True
    anywhere, before_number = _abbreviations()
    known = word.lower()
    if known in anywhere or (known in before_number and following.isdigit()):
        return True
    # U.S, e.g, a.m: letters parted by stops; they may end a sentence too, which a capital letter does not tell.
    return "." in word and all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _ends(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Whether an end mark ends the sentence that begins at `start`."""
    if mark.end() >= end:
        return True
    following = _first_letter(text, mark.end(), end)
    if following.islower():
        return False
    marks = mark.group().rstrip()
    if marks != "." or marks.startswith(_ELLIPSIS):
        return True
    before = _LAST_WORD.search(text, max(start, mark.start() - 20), mark.start())
    word = before.group() if before else ""
    # "12. The second point": a number that opens a line is its number, not a sentence.
    if word.isdigit() and mark.start() - len(word) == start:
        return False
    return not _is_abbreviated(word, following)


def _is_meant(line: str, following: str, width: int) -> bool:
    """Whether a line break ends a sentence: the line was not full, and nothing says that it goes on."""
    if _ITEM.match(following):
        return True
    if not line or line.endswith(_JOINING) or _first_letter(following, 0, len(following)).islower():
        return False
    if width > PROSE_WIDTH_CHARS:
        return True
    word = following.split(maxsplit=1)[0] if following else ""
    return len(line) < WRAP_SHARE * width and len(line) + 1 + len(word) <= width


def _meant_breaks(text: str, start: int, end: int) -> list[int]:
    """Return the offsets at which a new line of a paragraph begins something new."""
    breaks = list(_BREAK.finditer(text, start, end))
    if not breaks:
        return []
    starts = [start, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), end]
    lines = [text[begin:stop].rstrip() for begin, stop in zip(starts, ends, strict=True)]
    width = max(map(len, lines))
    return [
        begin
        for begin, line, following in zip(starts[1:], lines, lines[1:], strict=False)
        if _is_meant(line, following, width)
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a paragraph, spaces at their ends included."""
    breaks = _meant_breaks(text, start, end)
    begin = start
    for stop in [*breaks, end]:
        for mark in _END.finditer(text, begin, stop):
            if mark.start() >= begin and _ends(text, begin, mark, stop):
                yield begin, mark.end()
                begin = mark.end()
        if begin < stop:
            yield begin, stop
        begin = stop


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + 1, start + MAX_SENTENCE_CHARS)
        stop = cut if cut > start else start + MAX_SENTENCE_CHARS
        yield start, stop
        start = stop
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return Sentence(begin, begin + len(bare), bare)


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences.

    Args:
        text: any text; it is not normalised in any way.

    Yields:
        The sentences in order; they do not overlap, and every character that is no space belongs to one of them.
    """
    for first, last in _paragraphs(text):
        for start, end in _pieces(text, first, last):
            for begin, stop in _short_enough(text, start, end):
                sentence = _trimmed(text, begin, stop)
                if sentence:
                    yield sentence
