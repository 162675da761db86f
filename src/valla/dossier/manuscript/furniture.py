"""What belongs to the page and not to the text: page numbers, running heads, rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from valla.dossier.manuscript.captions import credited, labelled
from valla.dossier.manuscript.headings import heading, is_plain_myth, numbered_title
from valla.dossier.manuscript.lines import Line, Role
from valla.dossier.manuscript.names import authors
from valla.dossier.manuscript.sentences import ends

__all__ = ["furniture"]

_PAGE = re.compile(
    r"^[\W_]*(?:(?:page|p\.|стор\.?|с\.|seite|s\.|strona|str\.)\s*(?P<named>\d{1,4})|(?P<bare>\d{1,3})|(?P<dashed>[–—-]\s*\d{1,4}\s*[–—-])|[ivxl]{1,6})"
    r"(?:\s*(?:/|of|von|из|з)\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:[-*_=~•·–—#]\s*){3,}$|^\s*[*~•·]\s*$")
_DASH = re.compile(r"^\s*[—–―]\s*[^\W\d_]")
_LETTER = re.compile(r"[^\W\d_]")
_MAX_LENGTH = 90
_FRONT_LINES = 4


def _key(text: str) -> str:
    """What stays the same of a running head from page to page."""
    places = range(len(text))
    first = next((at for at in places if _LETTER.match(text, at)), len(text))
    last = next((at for at in reversed(places) if _LETTER.match(text, at)), 0)
    return " ".join(text[first : last + 1].casefold().split())


def _filled(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text.strip()]


def _is_page(lines: Sequence[Line], at: int) -> bool:
    found = _PAGE.match(lines[at].text)
    # `Myth`, then `2` on a line of its own, is the chapter's number.
    return bool(found) and not (0 < at < _FRONT_LINES and is_plain_myth(lines[at - 1].text))


def _first_heading(lines: Sequence[Line]) -> int:
    """The place of the first section heading; everything before it is the chapter's head."""
    places = (
        at for at, line in enumerate(lines) if at and heading(line.text) and (at > 1 or not is_plain_myth(line.text))
    )
    return next(places, len(lines))


def _title_key(line: Line) -> str:
    found = numbered_title(line.text)
    return _key(found.title) if found and found.title else _key(line.text)


def _eligible(text: str) -> bool:
    plain = len(text) <= _MAX_LENGTH and len(_key(text)) >= 3 and not ends(text) and not _DASH.match(text)
    return plain and not labelled(text) and not credited(text) and not heading(text)


def _numbered_edge(text: str) -> bool:
    return bool(re.match(r"^\W*\d{1,4}\b\W*\D", text) or re.search(r"[\s|·•]\d{1,4}\W*$", text))


def _titled(text: str) -> bool:
    """Whether a line is written like a book's title: three words or more, every longer one with a capital."""
    long = [word for word in text.split() if len(word) > 3]
    return (
        len(text.split()) > 2 and text.lstrip()[:1].isupper() and bool(long) and all(word[0].isupper() for word in long)
    )


class _Sheets:
    """The lines that carry text, with what is asked of each to tell running heads from the rest."""

    def __init__(self, lines: Sequence[Line], pages: Mapping[int, Role]) -> None:
        self.lines, self.pages = lines, pages
        self.front = _first_heading(lines)
        self.chapter = next((at for at, line in enumerate(lines[: self.front]) if numbered_title(line.text)), 0)
        self.counts = Counter(_key(line.text) for line in lines if _eligible(line.text))
        title = lines[self.chapter : self.chapter + 1]
        self.titles = {key for line in title for key in (_title_key(line), _key(line.text)) if key}

    def beside_page(self, at: int) -> bool:
        near = [self.lines[place] for place in (at - 1, at + 1) if 0 <= place < len(self.lines)]
        return any(line.number in self.pages for line in near) or self.lines[at].text.startswith("\f")

    def is_head(self, at: int) -> bool:
        """Whether a line is a running head."""
        line = self.lines[at]
        under_heading = at > 0 and heading(self.lines[at - 1].text)
        if line.number in self.pages or under_heading or not _eligible(line.text):
            return False
        return self._heads_front(at) if at < self.front else self._heads_page(at)

    def _heads_front(self, at: int) -> bool:
        """Whether a line of the chapter's head is one: it comes again, and is neither title nor author."""
        text = self.lines[at].text
        if self.counts[_key(text)] < 2 or at == self.chapter:
            return False
        return at < self.chapter or _numbered_edge(text) or (self.beside_page(at) and not authors(text))

    def _heads_page(self, at: int) -> bool:
        text = self.lines[at].text
        key, beside = _key(text), self.beside_page(at)
        twice = self.counts[key] == 2 and (beside or _numbered_edge(text))
        return self.counts[key] > 2 or twice or (beside and _titled(text)) or key in self.titles


def _heads(lines: Sequence[Line], pages: Mapping[int, Role]) -> list[int]:
    sheets = _Sheets(lines, pages)
    return [line.number for at, line in enumerate(lines) if sheets.is_head(at)]


def furniture(lines: Sequence[Line]) -> dict[int, Role]:
    """Return the lines that belong to the page, each with what it is.

    A running head is a short line without an end mark that comes again: three times, or twice beside a page number, or
    once more after the title. The first of them that stands in the chapter's head is the title or author, and stays.

    Args:
        lines: all lines of the manuscript.
    """
    filled = _filled(lines)
    rules = {line.number: Role.RULE for line in filled if _RULE.match(line.text)}
    filled = [line for line in filled if line.number not in rules]
    pages = {line.number: Role.PAGE_NUMBER for at, line in enumerate(filled) if _is_page(filled, at)}
    return rules | pages | dict.fromkeys(_heads(filled, pages), Role.RUNNING_HEAD)
