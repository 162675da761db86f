"""Headings that no list knows, told by where they stand and by the section that lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from valla.dossier.manuscript.captions import credited, labelled, opened
from valla.dossier.manuscript.headings import heading
from valla.dossier.manuscript.lexicon import words
from valla.dossier.manuscript.lines import Region, Row
from valla.dossier.manuscript.names import authors
from valla.dossier.manuscript.sentences import begins_small, dangles, ends, sentences, tokens

__all__ = ["guessed"]

_FOLLOWS = {"essence": "fast_facts", "fast_facts": "detailed_facts"}
_MAX_WORDS = 6
_MIN_ROWS = 2
_MARKS = "*_=#:~ "


def _heads(text: str) -> bool:
    """Whether a line reads as a heading and not as a caption: short, open, and no name of a place or time in it."""
    bare = text.strip(_MARKS)
    parts = bare.split()
    if not 1 <= len(parts) <= _MAX_WORDS or begins_small(bare) or dangles(bare) or ends(bare.rstrip("?")):
        return False
    if re.search(r"[\d,;“”\"«»()\[\]@]", bare) or labelled(text) or opened(bare) or credited(bare) or authors(bare):
        return False
    plain = not any(part[0].isupper() for part in parts[1:])
    return plain or bare.isupper() or bool(set(tokens(bare)) & words("headings", "guess", "words"))


def _opens(found: Sequence[Row], at: int) -> bool:
    """Whether a heading stands at a row: alone, after a whole sentence and before prose."""
    row, before, after = found[at], found[at - 1], found[at + 1]
    alone = row.gap and after.gap and not row.mark and ends(before.text)
    return alone and ends(found[-1].text) and not begins_small(after.text) and _heads(row.text)


def _long(found: Sequence[Row], section: str) -> bool:
    """Whether enough stands under a heading after a section for it to be the next one."""
    return len(found) >= _MIN_ROWS or (section == "essence" and bool(found) and len(sentences(found[0].text)) > 1)


def _place(region: Region) -> int | None:
    """The place of the row that is the heading of the section that lacks; None where no row is."""
    found = region.rows
    places = range(1, len(found) - 1)
    return next((at for at in places if _opens(found, at) and _long(found[at + 1 :], region.section)), None)


def _parted(region: Region, used: set[str]) -> list[Region]:
    """A section, cut at the headings of those that lack."""
    whole = [region]
    while (wanted := _FOLLOWS.get(whole[-1].section)) and wanted not in used:
        last = whole[-1]
        at = _place(last)
        if at is None:
            break
        row = last.rows[at]
        used.add(wanted)
        whole[-1] = replace(last, rows=last.rows[:at])
        whole.append(Region(wanted, row.text.strip(_MARKS), (row.number,), last.rows[at + 1 :], guessed=True))
    return whole


def guessed(found: Sequence[Region]) -> tuple[Region, ...]:
    """Return the sections, those made of others that lack: cut off at a heading, or opened by one that no list knows.

    Args:
        found: the sections, as far as headings are known or marked.
    """
    whole: list[Region] = []
    used = {region.section for region in found}
    for region in found:
        before = whole[-1].section if whole else ""
        wanted = _FOLLOWS.get(before, "")
        if region.section == "other" and wanted and wanted not in used and not heading(region.title):
            fits = _long(region.rows, before)
            whole.append(replace(region, section=wanted, guessed=True) if fits else region)
            used.add(whole[-1].section)
        else:
            whole.extend(_parted(region, used))
    return tuple(whole)
