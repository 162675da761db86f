"""Lines joined into paragraphs: what a typesetter or a mail program broke is made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from valla.dossier.manuscript.captions import labelled, opened
from valla.dossier.manuscript.gathered import Gathered
from valla.dossier.manuscript.hyphens import Known, breaks_off
from valla.dossier.manuscript.lines import Paragraph, Row
from valla.dossier.manuscript.names import authors
from valla.dossier.manuscript.quotation import opens
from valla.dossier.manuscript.rows import SOFT_HYPHEN
from valla.dossier.manuscript.sentences import begins_small, dangles, ends

__all__ = ["LIST_MARK", "page_width", "paragraphs"]

LIST_MARK = re.compile(r"^(?:[•▪●■◦‣·►➢*+–—-]|\(?\d{1,3}[.)]|\[\d{1,3}\]|[a-z]\))\s+(?=\S)")
_WIDEST = 130
_CLOSED = re.compile(r"[.!?…][”\"»“’'›]+$|[”\"»“’'›]+[.!?…]?$")


def page_width(all_rows: Sequence[Row]) -> int:
    """Return the width at which lines were wrapped, or 0 where each line is a paragraph of its own.

    Lines are wrapped where many of the longer ones that another follows at once are so long that its first word did
    not fit, or break a sentence off.

    Args:
        all_rows: the rows of the manuscript.
    """
    lengths = sorted(row.indent + len(row.text) for row in all_rows)
    if not lengths:
        return 0
    usual = lengths[int(len(lengths) * 0.9)]
    width = max(length for length in lengths if length <= max(usual * 1.15, usual + 4))
    following = pairwise(all_rows)
    pairs = [(one, two) for one, two in following if not two.gap and len(one.text) * 2 > width]
    fitting = sum(_fills(one, two, width) or (begins_small(two.text) and not ends(one.text)) for one, two in pairs)
    # Lines that all end a sentence are paragraphs that happen to be of one length.
    broken = any(not ends(one.text) for one, _ in pairs)
    return width if broken and 20 <= width <= _WIDEST and fitting >= max(2, 0.4 * len(pairs)) else 0


def _fills(row: Row, after: Row, width: int) -> bool:
    """Whether a line is full: the first word of the next would not have fitted on it."""
    first = after.text.split(maxsplit=1)[0]
    return row.indent + len(row.text) + 1 + len(first) > width


def _interrupted(row: Row, after: Row) -> bool:
    return opened(after.text) and after.text[:1].isupper() and not ends(row.text)


def _begins_anew(row: Row, after: Row, section: str) -> bool:
    """Whether a line begins something of its own, whatever the line before it looks like."""
    if after.mark != row.mark or labelled(after.text) or _interrupted(row, after) or after.text.startswith(("#", "![")):
        return True
    if LIST_MARK.match(after.text):
        return section == "sources" or ends(row.text) or bool(LIST_MARK.match(row.text))
    return row.text.startswith("#")


def _goes_on_in_head(row: Row, after: Row, setting: _Setting) -> bool:
    """Whether a line of the chapter's head goes on in the next: there, short lines are things of their own."""
    if dangles(row.text):
        return not opens(after.text)
    if _CLOSED.search(row.text):
        return False
    if opens(after.text) or re.match(r"^[—–―(]", after.text) or authors(after.text) or authors(row.text):
        return False
    return begins_small(after.text) or setting.full(row, after)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the rows of a section are set: the width of its lines, whose it is, whether blank lines part paragraphs."""

    width: int
    section: str
    spaced: bool

    def full(self, row: Row, after: Row) -> bool:
        return bool(self.width) and _fills(row, after, self.width)


def _goes_on(row: Row, after: Row, setting: _Setting) -> bool:
    """Whether a line goes on in the next, no blank line standing between."""
    if _begins_anew(row, after, setting.section):
        return False
    if breaks_off(row.text):
        return True
    if setting.section == "head":
        return _goes_on_in_head(row, after, setting)
    if not setting.width or (setting.section != "sources" and _indents(row, after)):
        return False
    return _wrapped(row, after, setting)


def _indents(row: Row, after: Row) -> bool:
    return after.indent >= row.indent + 2 and ends(row.text)


def _parts_quotation(row: Row, after: Row, setting: _Setting) -> bool:
    """Whether a quotation on lines of its own ends in a line, or begins after it under the essence."""
    return bool(opens(row.text) and _CLOSED.search(row.text)) or (setting.section == "essence" and opens(after.text))


def _wrapped(row: Row, after: Row, setting: _Setting) -> bool:
    whole = ends(row.text)
    if setting.section == "sources" and not setting.spaced:
        return not (row.text.endswith(".") and not begins_small(after.text)) or after.indent > row.indent
    if not setting.spaced and whole and _parts_quotation(row, after, setting):
        return False
    if setting.full(row, after):
        return setting.spaced or not (row.text.endswith(":") and opens(after.text))
    return not whole and (setting.spaced or begins_small(after.text) or dangles(row.text))


def _captioned(last: Gathered) -> bool:
    return labelled(last.view) or opened(last.view)


def _ended_caption(last: Gathered, before: Row, row: Row, setting: _Setting) -> bool:
    """Whether a caption that no blank line follows is over: its last line is short."""
    short = bool(setting.width) and not setting.full(before, row) and not dangles(before.text)
    return _captioned(last) and short and not setting.spaced


def _turns_page(last: Gathered, before: Row, row: Row, setting: _Setting) -> bool:
    """Whether a paragraph goes on after the end of a page: its last line is full, and no caption stands there."""
    sure = last.n_lines > 1 or ends(last.view) or begins_small(row.text)
    prose = sure and setting.section != "head" and (begins_small(row.text) or not _captioned(last))
    whole = _CLOSED.search(before.text) or opens(row.text) or _begins_anew(before, row, setting.section)
    return prose and setting.full(before, row) and not whole


def _belongs(last: Gathered, before: Row, row: Row, setting: _Setting) -> bool:
    """Whether a row belongs to the paragraph before it."""
    if row.gap and row.broken:
        return _turns_page(last, before, row, setting)
    return not row.gap and not _ended_caption(last, before, row, setting) and _goes_on(before, row, setting)


def paragraphs(all_rows: Sequence[Row], width: int, section: str, known: Known) -> tuple[Paragraph, ...]:
    """Return the paragraphs that the rows of one section make up.

    Args:
        all_rows: the rows.
        width: the width at which lines were wrapped; 0 where they were not.
        section: whose rows they are: in the head and among the sources, short lines stand for themselves.
        known: the words of the manuscript.
    """
    found: list[Gathered] = []
    setting = _Setting(width, section, any(row.gap and not row.broken for row in all_rows[1:]))
    for at, row in enumerate(all_rows):
        if at and _belongs(found[-1], all_rows[at - 1], row, setting):
            found[-1].add(row.text, (row.number,), known)
        else:
            found.append(Gathered(Paragraph(row.text, (row.number,), row.gap, row.broken, row.mark, row.indent)))
    whole = (each.paragraph() for each in found)
    return tuple(replace(each, text=each.text.replace(SOFT_HYPHEN, "")) for each in whole)
