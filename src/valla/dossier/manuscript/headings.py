"""Headings: the sections of a myth chapter, the chapter's own number, and labels before a colon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from valla.dossier.manuscript.lexicon import pattern, table, words

__all__ = ["Heading", "Numbered", "heading", "is_plain_myth", "label", "leading_heading", "numbered_title"]

_NUMBERING = re.compile(
    r"^(?:(?:section|part|chapter|§)\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Ha-h])\s*[.):–—-]+\s+", re.IGNORECASE
)
_MARKS = "#*_=~[]<>|•■▪●►–—-+ \t"
_ENDS = ":.：#*_=~[]<>|–—- \t"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_MAX_LENGTH = 70


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Args:
        sections: the sections that it may open, the likeliest first.
        title: its words, as written.
        rest: text on the same line after it.
    """

    sections: tuple[str, ...]
    title: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The head of a chapter.

    Args:
        number: the chapter's, None where there is none.
        written: the number as written.
        title: what follows it; empty where the title stands on the next line.
    """

    number: int | None
    written: str
    title: str


def _closed_up(text: str) -> str:
    """A heading without the spaces between its letters: `F A S T  F A C T S`."""
    if re.fullmatch(r"(?:\w\s){2,}\w(?:\s{2,}(?:\w\s)*\w)*", text):
        return " ".join(part.replace(" ", "") for part in re.split(r"\s{2,}", text))
    return text


def _bare(text: str) -> str:
    """A heading without its marks and numbering."""
    return _NUMBERING.sub("", _closed_up(text.strip()).lstrip(_MARKS)).lstrip(_MARKS).rstrip(_ENDS)


def _normal(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("ʼ", "'").strip("\"“”«»„'").split())


@cache
def _sections(normal: str) -> tuple[str, ...]:
    return tuple(
        name for name in table("headings", "section") if pattern("headings", "section", name).fullmatch(normal)
    )


def heading(text: str) -> Heading | None:
    """Return the heading that a line is, or None.

    Args:
        text: one line.
    """
    bare = _bare(text)
    if not bare or len(bare) > _MAX_LENGTH:
        return None
    sections = _sections(_normal(bare))
    return Heading(sections, bare) if sections else None


def leading_heading(text: str) -> Heading | None:
    """Return the heading that a line begins with before a colon, with the text after it.

    Args:
        text: one line: `Essence: The empire never fell.`
    """
    found = re.match(r"^(.{3,60}?)(?::|\s[–—]|(?<=[\w])\.)[*_]*\s+(\S.*)$", text)
    if not found or not text.lstrip(_MARKS)[:1].isupper():
        return None
    first = heading(found.group(1))
    if not first or (":" not in found.group(0)[: found.start(2)] and not _titled(first.title)):
        return None
    return Heading(first.sections, first.title, found.group(2).strip())


def _titled(text: str) -> bool:
    """Whether a text is written as a heading: two words or more, the last with a capital."""
    parts = text.split()
    return len(parts) > 1 and parts[-1][0].isupper()


def is_plain_myth(text: str) -> bool:
    """Whether a line is nothing but the word for myth, which may head a chapter as well as its essence."""
    return bool(pattern("headings", "myth", "alone").fullmatch(_normal(_bare(text))))


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text.upper()]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _value(written: str) -> int | None:
    word = written.casefold()
    if word.isdigit():
        return int(word)
    if word in table("headings", "numbers"):
        return int(table("headings", "numbers")[word])
    return _roman(written) if re.fullmatch(r"[IVXLC]+", written, re.IGNORECASE) else None


@cache
def _chapter() -> re.Pattern[str]:
    named = "|".join(table("headings", "myth")["words"])
    numero = "|".join(re.escape(word) for word in sorted(words("headings", "myth", "numero"), key=len, reverse=True))
    spelled = "|".join(table("headings", "numbers"))
    return re.compile(
        rf"^\W*(?:the\s+)?(?:(?P<before>{spelled})\s+)?(?:{named})\b\s*(?:(?:{numero})\.?\s*)?\(?"
        rf"(?P<number>\d{{1,3}}(?!\d)|[IVXLC]+\b|(?:{spelled})\b)?\)?\s*(?P<mark>[.:)\]–—|-]*)\s*(?P<title>.*)$",
        re.IGNORECASE | re.DOTALL,
    )


_BARE_NUMBER = re.compile(
    r"^[#*\s]*(?:№|#|No\.?)?\s*(?P<number>\d{1,3}|[IVX]+)\s*(?P<mark>[.:)–—]|\s-)\s+(?P<title>\S.*)$"
)


def _read(found: re.Match[str]) -> Numbered | None:
    groups = found.groupdict()
    written = groups["number"] or groups.get("before") or ""
    title, mark = groups["title"].strip(" *_"), groups["mark"]
    # A word such as `I` or `one` is a number only where a mark or the line's end follows it.
    if not written.isdigit() and title and not mark:
        return None
    return Numbered(_value(written) if written else None, written, title)


def numbered_title(text: str) -> Numbered | None:
    """Return the number and title of a chapter, or None where a line is not headed so.

    Args:
        text: a line: `Myth No. 5. The Walls Never Fell`, `MYTH IV`, `7. The Walls Never Fell`.
    """
    bare = text.strip().lstrip("#*_ ").rstrip("*_ ")
    for form in (_chapter(), _BARE_NUMBER):
        found = form.match(bare)
        read = _read(found) if found else None
        if read and (read.number is not None or form is not _BARE_NUMBER):
            return read
    return None


def label(text: str) -> tuple[str, str] | None:
    """Return what a label says that its line is, and the line without it.

    Args:
        text: a line: `Author: A. Writer`, `By A. Writer`.
    """
    bare = text.strip().lstrip("#*_ ")
    for name in table("headings", "label"):
        found = re.match(rf"^(?:{pattern('headings', 'label', name).pattern})\s*:[*_]*\s*(\S.*)$", bare, re.IGNORECASE)
        if found:
            return name, found.group(found.lastindex or 1).strip(" *_")
    found = re.match(r"^(?:by|written by|text by|text:)\s+(?=[^\W\d_])(.+)$", bare, re.IGNORECASE)
    return ("author", found.group(1).strip(" *_")) if found else None
