"""From numbered lines to a dossier: each step in order, no input or output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from valla.dossier.manuscript.assemble import assembled
from valla.dossier.manuscript.claim import claim, language
from valla.dossier.manuscript.defects import defects
from valla.dossier.manuscript.desk import Desk, captioned
from valla.dossier.manuscript.essence import parted
from valla.dossier.manuscript.furniture import furniture
from valla.dossier.manuscript.guess import guessed
from valla.dossier.manuscript.head import head_items, led, parts
from valla.dossier.manuscript.headings import label
from valla.dossier.manuscript.hyphens import Known, vocabulary
from valla.dossier.manuscript.lines import Item, Line, Paragraph, Placement, Region, Role
from valla.dossier.manuscript.names import authors
from valla.dossier.manuscript.placement import placements
from valla.dossier.manuscript.quotation import opens
from valla.dossier.manuscript.repair import page_width, paragraphs
from valla.dossier.manuscript.roles import told
from valla.dossier.manuscript.rows import regions, rows
from valla.dossier.manuscript.sentences import sentences
from valla.dossier.manuscript.title import titled
from valla.dossier.model import Dossier

__all__ = ["Imported", "imported"]

_FRONT = frozenset({"head", "voicings"})


@dataclass(frozen=True, slots=True)
class Imported:
    """A manuscript made a dossier.

    Args:
        dossier: the dossier.
        placements: what became of each line, in order.
    """

    dossier: Dossier
    placements: tuple[Placement, ...]


def imported(lines: Sequence[Line]) -> Imported:
    """Return the dossier that the lines of a manuscript make, and what became of each.

    Args:
        lines: all lines, numbered from 1.
    """
    page = furniture(lines)
    all_rows = rows(lines, page)
    known, width = vocabulary(all_rows), page_width(all_rows)
    found = guessed(regions(all_rows))
    cut = _with_body([(region, paragraphs(region.rows, width, region.section, known)) for region in found])
    number, items = _items(cut, known)
    dossier = _inferred(assembled(items, number))
    warnings = defects(dossier, items, found)
    return Imported(replace(dossier, warnings=warnings), placements(lines, page, items))


_Cut = Sequence[tuple[Region, tuple[Paragraph, ...]]]
_MIN_PROSE_WORDS = 30
_MIN_SIGNED = 2


def _with_body(cut: _Cut) -> _Cut:
    """The sections; where no heading is known, the prose after the head as the detailed facts."""
    if any(region.section in {"essence", "fast_facts", "detailed_facts"} for region, _ in cut):
        return cut
    region, found = cut[0]
    body = next((at for at, each in enumerate(found) if at and _is_prose(each.text)), len(found))
    told = Region("detailed_facts", "", (), ())
    return [(region, found[:body]), (told, found[body:]), *cut[1:]] if body < len(found) else cut


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _MIN_PROSE_WORDS and len(sentences(text)) > 1 and not opens(text)


def _items(cut: _Cut, known: Known) -> tuple[int | None, list[Item]]:
    """The chapter's number, and every stretch of text with its place."""
    body = _body(cut)
    title = titled(cut[0][1], body, known)
    front = [*title.rest, *(each for region, found in cut[1:] if region.section == "voicings" for each in found)]
    head = head_items(led(parts(title.before, body, known), parts(front, body, known)))
    cut, voiced = _unvoiced(cut, body, known, sum(item.role is Role.VOICING for item in head))
    signed = any(item.role is Role.AUTHOR for item in head)
    cut, last = (cut, []) if signed else _signed_below(cut, body)
    desk = Desk(preamble=any(item.target.startswith("sections[0]") for item in head))
    for region, found in cut[1:]:
        name = desk.open(region)
        for one in told(found, region.section, known) if region.section not in _FRONT else ():
            desk.tell(one, name)
    return title.number, captioned([*title.items, *head, *voiced, *desk.items, *last])


def _unvoiced(cut: _Cut, body: str, known: Known, first: int) -> tuple[_Cut, list[Item]]:
    """The sections, the essence without the voicings under its heading, and these, numbered from the first on."""
    kept, voiced = list[tuple[Region, tuple[Paragraph, ...]]](), list[Item]()
    for region, found in cut:
        told, moved = parted(found, body, known, first) if region.section == "essence" and not voiced else (found, ())
        kept.append((region, told))
        voiced.extend(moved)
    return kept, voiced


def _signed_below(cut: _Cut, body: str) -> tuple[_Cut, list[Item]]:
    """The sections without the author's name that ends the last of them, and that name."""
    region, found = cut[-1]
    if len(found) < _MIN_SIGNED or len(cut) == 1:
        return cut, []
    tagged = label(found[-1].text)
    named = authors(tagged[1] if tagged and tagged[0] == "author" else found[-1].text)
    if not named or any(body.count(name.casefold()) > 1 for name in named[0]):
        return cut, []
    items = [Item(Role.AUTHOR, name, found[-1].lines, f"authors[{index}]") for index, name in enumerate(named[0])]
    return [*cut[:-1], (region, found[:-1])], items


def _body(cut: _Cut) -> str:
    """The sections' prose in small letters: who is named there is no author."""
    named = [
        each.text for region, found in cut if region.section not in {*_FRONT, "sources", "other"} for each in found
    ]
    return "\n".join(named).casefold()


def _inferred(dossier: Dossier) -> Dossier:
    """A dossier with its language and claim."""
    blocks = [*dossier.fast_facts, *dossier.detailed_facts]
    prose = "\n".join([dossier.essence, *(block.text for block in blocks)])
    tag = language(f"{prose}\n{dossier.title}")
    told = [*(voicing.text for voicing in dossier.voicings), *(caption.text for caption in dossier.captions)]
    shown = "\n".join([prose, *told])
    return replace(dossier, language=tag, claim=claim(dossier.title, shown, tag))
