"""The numbered lines of a manuscript, and what they become: rows, paragraphs, items, placements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Item", "Line", "Paragraph", "Placement", "Region", "Role", "Row", "numbered"]

_BREAK = re.compile(r"\r\n|\r|\n")


class Role(StrEnum):
    """What a line or a part of one is."""

    BLANK = "blank"
    PAGE_NUMBER = "page number"
    RUNNING_HEAD = "running head"
    RULE = "rule"
    NUMBER = "number"
    TITLE = "title"
    AUTHOR = "author"
    VOICING = "voicing"
    VOICING_SOURCE = "voicing source"
    HEADING = "heading"
    ESSENCE = "essence"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    SPEAKER = "speaker"
    QUOTE_SOURCE = "quote source"
    CAPTION = "caption"
    IMAGE = "image"
    REFERENCE = "reference"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input.

    Args:
        number: counted from 1.
        text: as it is, without its line end.
    """

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line that carries text, cleaned.

    Args:
        number: of the line.
        text: without stray characters and the space around it.
        indent: how many spaces stood before it.
        gap: whether a blank line stands before it.
        broken: whether a running head or page number stands before it.
        mark: a list bullet, `>` or number that stood before it.
    """

    number: int
    text: str
    indent: int = 0
    gap: bool = False
    broken: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines joined into one run of text.

    Args:
        text: the words.
        lines: the numbers of the lines.
        gap: whether a blank line stands before it.
        broken: whether a running head or page number stands before it.
        mark: a list bullet, `>` or number that stood before it.
        indent: how many spaces stood before its first line.
    """

    text: str
    lines: tuple[int, ...]
    gap: bool = False
    broken: bool = False
    mark: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """A heading and the rows under it.

    Args:
        section: `head`, `essence`, `fast_facts`, `detailed_facts`, `sources`, `voicings`, `closing` or `other`.
        title: the heading's text, as written.
        lines: the numbers of the heading's lines.
        rows: what stands under it.
        guessed: whether no list knows the heading, and only its place tells what it opens.
    """

    section: str
    title: str
    lines: tuple[int, ...]
    rows: tuple[Row, ...]
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of text with its role.

    Args:
        role: what it is.
        text: the words that go into the dossier; empty for a heading that the dossier names itself.
        lines: the numbers of the lines that it stands on.
        target: where it goes: `title`, `voicings[0].text`, `detailed_facts[3]`; empty where it goes nowhere.
        speaker: who is quoted, where the paragraph before says so.
    """

    role: Role
    text: str
    lines: tuple[int, ...]
    target: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of one line.

    Args:
        line: its number.
        text: as it was.
        role: what it is; several where the line holds several things.
        target: where it went; empty for a blank line, furniture of the page and an unplaced line.
        joined: the lines before and after it in the same piece of the dossier, where it runs through several.
        removed: the characters of it that are not in the dossier: marks, numbering, hyphens at a line end.
    """

    line: int
    text: str
    role: str
    target: str = ""
    joined: tuple[int, ...] = ()
    removed: str = ""


def numbered(text: str) -> tuple[Line, ...]:
    """Return the lines of a text, counted from 1.

    Args:
        text: with line ends of Unix, Windows or old Macintosh kind.
    """
    parts = _BREAK.split(text)
    if parts and not parts[-1]:
        parts.pop()
    return tuple(Line(number, part) for number, part in enumerate(parts, start=1))
