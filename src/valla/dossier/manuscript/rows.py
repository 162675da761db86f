"""The lines that carry text, cleaned, and the sections that they fall into."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from valla.dossier.manuscript.headings import Heading, heading, is_plain_myth, label, leading_heading, numbered_title
from valla.dossier.manuscript.lines import Line, Region, Role, Row
from valla.dossier.manuscript.sentences import dangles, ends

__all__ = ["SOFT_HYPHEN", "regions", "rows"]

SOFT_HYPHEN = "\u00ad"
_STRAY = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\ufffe]|\u00ad(?!\\s*$)")
_QUOTED = re.compile(r"^(?:>\s?)+")
_HASHES = re.compile(r"^(#{1,6})\s+\S")
_MAX_HEADING_WORDS = 9
_FRONT_ROWS = 3


def _row(line: Line, *, gap: bool, broken: bool) -> Row:
    text = _STRAY.sub("", line.text.expandtabs(4))
    indent = len(text) - len(text.lstrip())
    quoted = _QUOTED.match(text.strip())
    words = text.strip()[quoted.end() if quoted else 0 :]
    return Row(line.number, " ".join(words.split()), indent, gap, broken, ">" if quoted else "")


def rows(lines: Sequence[Line], furniture: Mapping[int, Role]) -> tuple[Row, ...]:
    """Return the lines that carry text, cleaned of stray characters.

    Args:
        lines: all lines.
        furniture: those that belong to the page.
    """
    found: list[Row] = []
    gap = broken = False
    for line in lines:
        if line.number in furniture:
            broken = True
            continue
        row = _row(line, gap=gap or not found, broken=broken)
        if row.text:
            found.append(row)
            broken = False
        gap = not row.text
    return tuple(found)


def _stands_alone(before: Row | None, row: Row, after: Row | None) -> bool:
    """Whether a line can be a heading where it stands: it breaks no sentence in two."""
    if row.gap and (after is None or after.gap):
        return True
    if row.text.lstrip("#*_ ")[:1].islower():
        return False
    if before is None or row.gap:
        return True
    return ends(before.text) or not (dangles(before.text) or row.text.endswith("."))


def _found(all_rows: Sequence[Row], at: int) -> tuple[Heading, int] | None:
    """The heading that begins at a row, and how many rows it takes."""
    row = all_rows[at]
    after = all_rows[at + 1] if at + 1 < len(all_rows) else None
    if row.mark == ">" or not _stands_alone(all_rows[at - 1] if at else None, row, after):
        return None
    both = heading(f"{row.text} {after.text}") if after and not after.gap and len(after.text.split()) < 5 else None
    if both and not (after and heading(after.text)) and at:
        return both, 2
    one = heading(row.text) or leading_heading(row.text)
    return (one, 1) if one else None


def _heads_chapter(all_rows: Sequence[Row], at: int) -> bool:
    """Whether a row with the word for myth is the chapter's own head rather than that of its essence."""
    row = all_rows[at]
    if at == 0 and (is_plain_myth(row.text) or numbered_title(row.text)):
        return True
    named = numbered_title(row.text) if not heading(row.text) else None
    return bool(named and named.number is not None) or (label(row.text) is not None and at < _FRONT_ROWS)


def _chosen(found: Heading, used: set[str], section: str) -> str | None:
    """The section that a heading opens: one not used yet; a run-in heading opens no section twice."""
    fresh = [name for name in found.sections if name not in used]
    if found.rest and (not fresh or section in {"sources", "closing"}):
        return None
    return fresh[0] if fresh else found.sections[0]


def _level(text: str) -> int:
    found = _HASHES.match(text)
    return len(found.group(1)) if found else 0


def _unknown(row: Row, after: Row | None, likeness: Sequence[str]) -> Heading | None:
    """A heading that no list knows, marked like the known ones: by `#`, or by capitals throughout."""
    text = row.text
    level, levels = _level(text), [_level(known) for known in likeness if _level(known)]
    if level:
        return Heading(("other",), text.strip("# *_")) if levels and level <= max(levels) else None
    shouted = bool(likeness) and all(known.isupper() for known in likeness)
    alone = row.gap and after is not None and len(text.split()) <= _MAX_HEADING_WORDS and not ends(text)
    return Heading(("other",), text) if shouted and alone and text.isupper() and len(text) > 3 else None


def regions(all_rows: Sequence[Row]) -> tuple[Region, ...]:
    """Return the head of the chapter and its sections, cut at the headings.

    Args:
        all_rows: the rows of the manuscript.
    """
    found = [_Open("head", "", ())]
    used: set[str] = set()
    likeness: list[str] = []
    at = 0
    while at < len(all_rows):
        row, taken = all_rows[at], 1
        opened = None if _heads_chapter(all_rows, at) else _opened(all_rows, at, likeness)
        section = _chosen(opened[0], used, found[-1].section) if opened else None
        if opened and section:
            head, taken = opened
            likeness.extend([row.text] if section != "other" and not head.rest else [])
            used.add(section)
            found.append(_Open(section, head.title, tuple(each.number for each in all_rows[at : at + taken])))
            found[-1].rows.extend([Row(row.number, head.rest, 0, gap=True)] if head.rest else [])
        else:
            found[-1].rows.append(row)
        at += taken
    return tuple(Region(each.section, each.title, each.lines, tuple(each.rows)) for each in found)


def _opened(all_rows: Sequence[Row], at: int, likeness: Sequence[str]) -> tuple[Heading, int] | None:
    known = _found(all_rows, at)
    if known:
        return known
    after = all_rows[at + 1] if at + 1 < len(all_rows) else None
    unknown = _unknown(all_rows[at], after, likeness)
    return (unknown, 1) if unknown else None


class _Open:
    """A region while its rows are gathered."""

    __slots__ = ("lines", "rows", "section", "title")

    def __init__(self, section: str, title: str, lines: tuple[int, ...]) -> None:
        self.section, self.title, self.lines = section, title, lines
        self.rows: list[Row] = []
