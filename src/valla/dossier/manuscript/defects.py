"""What a manuscript lacks, told to its editor."""

from __future__ import annotations

from collections.abc import Sequence

from valla.dossier.manuscript.claim import denies
from valla.dossier.manuscript.lines import Item, Region, Role
from valla.dossier.manuscript.sentences import ends
from valla.dossier.model import Dossier

__all__ = ["defects"]


def _lacks(dossier: Dossier) -> list[str]:
    wanted = (
        ("no title", dossier.title),
        ("no author", dossier.authors),
        ("no voicing of the myth", dossier.voicings),
        ("no essence", dossier.essence),
        ("no fast facts", dossier.fast_facts),
        ("no detailed facts", dossier.detailed_facts),
    )
    return [text for text, found in wanted if not found]


def _last(items: Sequence[Item]) -> Item | None:
    """The item that stands last on the pages, whose words go into the dossier."""
    placed = [item for item in items if item.text and item.role is not Role.UNPLACED]
    return max(placed, key=lambda item: (item.lines[-1], item.role is not Role.CAPTION), default=None)


def _cut_short(items: Sequence[Item], *, closed: bool) -> list[str]:
    last = _last(items)
    if not last or closed:
        return []
    if last.role is Role.CAPTION:
        return ["the text may be cut short: it ends in a caption with no closing section"]
    prose = last.role is Role.PARAGRAPH and not last.target.startswith("essence")
    return ["the text may be cut short: it ends in mid-sentence"] if prose and not ends(last.text) else []


def _unplaced(items: Sequence[Item]) -> list[str]:
    numbers = sorted({number for item in items if item.role is Role.UNPLACED for number in item.lines})
    if not numbers:
        return []
    return [f"lines that could not be placed: {', '.join(map(str, numbers))}"]


def _guesses(found: Sequence[Region]) -> list[str]:
    """What was taken for a heading although no list knows it."""
    return [
        f"the heading {region.title!r} is taken for the {region.section.replace('_', ' ')}"
        for region in found
        if region.guessed
    ]


def defects(dossier: Dossier, items: Sequence[Item], regions: Sequence[Region]) -> tuple[str, ...]:
    """Return what a manuscript lacks, one sentence each.

    Args:
        dossier: what was made of it.
        items: where each stretch of text went.
        regions: the sections that were found, in order.
    """
    found, sections = _lacks(dossier), {region.section for region in regions}
    if denies(dossier.essence, dossier.title):
        found.append("the essence states the denial instead of the myth")
    if not dossier.sources and "sources" not in sections:
        found.append("no bibliography or sources section")
    closed = bool({"sources", "closing"} & sections)
    return (*found, *_guesses(regions), *_cut_short(items, closed=closed), *_unplaced(items))
