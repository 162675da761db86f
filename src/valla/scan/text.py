"""Text to sentences, with offsets that always point into the original.

The cut is made by punctuation and layout alone. A full stop ends a sentence unless it follows an abbreviation, an initial or
stands inside a number; an ellipsis, a question mark or an exclamation mark ends one unless the text goes on in lower case. A
blank line or a separator of paragraphs always ends one. A single line break does so where the line was broken before it was full
(a heading, an item of a list, a line of verse), not where it was wrapped.

It is one pass: the breaks that mean something are found line by line, the marks that may end a sentence by one expression, and
most of these are decided by the capital letter after a full stop and a look at the word before it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

__all__ = ["MAX_SENTENCE_CHARS", "Sentence", "sentences", "spans"]

MAX_SENTENCE_CHARS = 5_000
"""A stretch without an end mark is cut at a space after so many characters, so that no later stage meets a whole book."""

WRAP_SHARE = 0.7
"""A line is full, and its break a mere wrap, where it reaches this share of the longest line of its paragraph."""

PROSE_WIDTH_CHARS = 130
"""Longer lines than this are unwrapped paragraphs: their breaks are meant."""

_STRAY_SHARE = 20
"""One line in so many may be longer than a full one."""

_FULL_SHARE = 0.5
"""In wrapped prose at least this share of the lines are full; in lists and verse, whose breaks are meant, fewer are."""

_WIDE = "。！？｡।॥"
"""End marks of scripts that put no space after them."""

_MARKS = f".!?…؟۔።։။។{_WIDE}"
_CLOSERS = "\"'”’»)\\]}›*_」』）】》¹²³⁰⁴-⁹\u2060"
# the usual case, a single mark, comes first: an expression that begins with a single character is searched for fastest
_END = re.compile(rf"[{_MARKS}](?:\s++|[{_MARKS}]*+(?:\[\d{{1,4}}\])?[{_CLOSERS}]*+(\s*+))")
_HARD = ("\x1c", "\x1d", "\x1e", "\u2029")
_ITEM = re.compile(r"(?:[-*•–—+#>]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_ITEM_HEADS = frozenset("-*•–—+#>(0123456789")
_SECOND_IN_ITEM = ".)"
_BEFORE_WORD = re.compile(r"[\s(\[\"'“‘«„]")
_NEXT_WORD = re.compile(r"[^\W\d_]{1,20}+(\.?)")
_NUMERAL = re.compile(r"\d+|[IVXLC]{2,7}")
_OPENERS = "\"'“‘«„‚‹([{*_-–— ¿¡「『（【《\u2060"
_JOINING = (",", ";", ":", "-", "–", "—", "(", "/", "&")
_BEFORE_CHARS = 20
_TAIL_CHARS = 5
_LONGEST_DAY = 2


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


@dataclass(frozen=True, slots=True)
class _Known:
    """What the list of abbreviations says (see its head), and the ends of the longer ones."""

    always: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    beginning: frozenset[str]
    counted: frozenset[str]
    going_on: frozenset[str]
    tails: frozenset[str]


@cache
def _known() -> _Known:
    lines = files("valla.scan").joinpath("data", "abbreviations.txt").read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    marked = {sign: frozenset(word[1:] for word in words if word.startswith(sign)) for sign in "=?+~>"}
    always = frozenset(word for word in words if word[0] not in marked)
    tails = {
        form[-_TAIL_CHARS:]
        for word in always | marked["="] | marked["?"]
        for form in (word, word.capitalize(), word.upper())
        if len(word) >= _TAIL_CHARS
    }
    return _Known(always, marked["="], marked["?"], marked["+"], marked["~"], marked[">"], frozenset(tails))


def _first_letter(text: str, start: int) -> int:
    """Return the place of the first character that is no opening mark, the length of the text if there is none."""
    end = len(text)
    while start < end and text[start] in _OPENERS:
        start += 1
    return start


def _is_abbreviated(word: str, text: str, after: int) -> bool:
    """Whether the word before a full stop is an abbreviation, an initial or an ordinal, by what comes after the stop."""
    known, small = _known(), word.lower()
    found = _NEXT_WORD.match(text, after)
    following = found.group().rstrip(".").lower() if found else ""
    if small in known.always:
        return True
    if text[after : after + 1].isdigit():
        return small in known.before_number
    if word.isdigit():
        return len(word) <= _LONGEST_DAY and following in known.counted
    if len(word) == 1 and found and len(following) == 1 and found.group(1):
        return True  # "z. B.", "J. K."
    # Initials, U.S, a.m: they may end a sentence too.
    lettered = all(len(part) == 1 and part.isalpha() for part in word.split("."))
    if small in known.may_end or (lettered and ("." in word or word.isupper())):
        return following not in known.beginning
    return False


def _ends(text: str, begin: int, first: int, end: int, after: int) -> bool:
    """Whether a mark ends the sentence that begins at `begin`: the mark from `first` to `end`, the next word at `after`."""
    if end == after and text[first] not in _WIDE:
        return False
    place = _first_letter(text, after)
    if text[place : place + 1].islower():
        return False
    if text[first] != "." or end != first + 1:
        return True
    word = _BEFORE_WORD.split(text[max(begin, first - _BEFORE_CHARS) : first])[-1]
    # "12. The second point": a number that opens a line is its number, not a sentence.
    if first - len(word) == begin and _NUMERAL.fullmatch(word):
        return False
    return not _is_abbreviated(word, text, place)


def _is_meant(line: str, following: str, width: float) -> bool:
    """Whether a line break ends a sentence: the line was not full, and nothing says that it goes on."""
    if _ITEM.match(following):
        return True
    place = _first_letter(following, 0)
    if line.endswith(_JOINING) or following[place : place + 1].islower():
        return False
    last = line[-_BEFORE_CHARS:].rsplit(maxsplit=1)[-1]
    if last.lower() in _known().going_on:
        return False
    if width == math.inf:
        return True
    # a longer word would not have fitted, however long it is
    word = following[: int(width) + 1].split(maxsplit=1)[0]
    return len(line) < WRAP_SHARE * width and len(line) + 1 + len(word) <= width


def _width(sizes: list[int]) -> float:
    """Return how long the full lines of a paragraph are; infinity where its breaks are no wraps.

    A few lines may be longer than the others, as when two were printed as one.
    """
    width = sorted(sizes)[-1 - len(sizes) // _STRAY_SHARE]
    full = sum(size > WRAP_SHARE * width for size in sizes)
    is_ragged = len(sizes) >= _STRAY_SHARE and full < _FULL_SHARE * len(sizes)
    return math.inf if width > PROSE_WIDTH_CHARS or is_ragged else width


def _meant_lines(bare: list[str], sizes: list[int], first: int, last: int) -> list[int]:
    """Return the numbers of the lines of a paragraph that begin something new, without its first."""
    if last - first == 1:
        return []
    width = _width(sizes[first:last])
    short = WRAP_SHARE * width
    return [
        number
        for number in range(first + 1, last)
        if (sizes[number - 1] < short or bare[number][0] in _ITEM_HEADS or bare[number][1:2] in _SECOND_IN_ITEM)
        and _is_meant(bare[number - 1], bare[number], width)
    ]


def _paragraphs(lines: list[str], sizes: list[int], *, hard: bool) -> Iterator[tuple[int, int]]:
    """Yield the number of the first line of each paragraph and that after its last."""
    first = 0
    bounds = (
        number for number, size in enumerate(sizes, start=1) if not size or (hard and lines[number - 1].endswith(_HARD))
    )
    for bound in bounds:
        last = bound if sizes[bound - 1] else bound - 1
        if first < last:
            yield first, last
        first = bound
    if first < len(sizes):
        yield first, len(sizes)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return the stretches between the breaks that are meant, without the spaces around them."""
    lines = text.splitlines(keepends=True)
    bare = [line.strip() for line in lines]
    sizes = list(map(len, bare))
    starts = [0, *accumulate(map(len, lines))]
    found: list[tuple[int, int]] = []
    for first, last in _paragraphs(lines, sizes, hard=any(mark in text for mark in _HARD)):
        begin = first
        for number in [*_meant_lines(bare, sizes, first, last), last]:
            line = lines[number - 1]
            start = starts[begin] + len(lines[begin]) - len(lines[begin].lstrip())
            found.append((start, starts[number - 1] + len(line.rstrip())))
            begin = number
    return found


def _cut(text: str, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the sentences of stretches of a text, however long they are."""
    found: list[tuple[int, int]] = []
    add, tails = found.append, _known().tails
    rest = iter(stretches)
    begin, stop = next(rest, (0, 0))
    for mark in _END.finditer(text):
        first, after = mark.span()
        while first >= stop:
            if begin < stop:
                add((begin, stop))
            begin, stop = next(rest)
        end = mark.start(1) if mark.lastindex else first + 1
        if (
            end >= stop
            # for speed alone, the usual case: a full stop between a longer word that is no abbreviation and a capital
            or (
                after > end == first + 1
                and text[after].isupper()
                and (tail := text[first - _TAIL_CHARS : first]).isalpha()
                and tail not in tails
            )
            or _ends(text, begin, first, end, after)
        ):
            add((begin, end))
            begin = after
    if begin < stop:
        add((begin, stop))
    found.extend(rest)
    return found


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a sentence that is too long, without the spaces around them."""
    while start < end:
        stop = end
        if end - start > MAX_SENTENCE_CHARS:
            cut = text.rfind(" ", start + 1, start + MAX_SENTENCE_CHARS)
            stop = cut if cut > start else start + MAX_SENTENCE_CHARS
        piece = text[start:stop]
        bare = piece.strip()
        begin = start + len(piece) - len(piece.lstrip())
        if bare:
            yield begin, begin + len(bare)
        start = stop


def spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end, in order: what `sentences` yields, without the characters.

    Args:
        text: any text; it is not normalised in any way.
    """
    found = _cut(text, _stretches(text))
    if all(end - start <= MAX_SENTENCE_CHARS for start, end in found):
        return found
    return [piece for start, end in found for piece in _short_enough(text, start, end)]


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences.

    Args:
        text: any text; it is not normalised in any way.

    Yields:
        The sentences in order; they do not overlap, and every character that is no space belongs to one of them.
    """
    return (Sentence(start, end, text[start:end]) for start, end in spans(text))
