"""The essence parted from a voicing that stands under the same heading."""

from __future__ import annotations

from collections.abc import Sequence

from valla.dossier.manuscript.captions import opened
from valla.dossier.manuscript.head import Part, parts, voiced
from valla.dossier.manuscript.hyphens import Known
from valla.dossier.manuscript.lines import Item, Paragraph
from valla.dossier.manuscript.sentences import finite

__all__ = ["parted"]


def _sourced(found: Sequence[Part], at: int) -> list[int]:
    """The place of the line beside a voicing that is its source: after it, or else before it."""
    after, before = found[at + 1 : at + 2], found[at - 1 : at] if at else []
    loose = [part for part in after if part.kind == "line" and not finite(part.text) and not opened(part.text)]
    if loose or any(part.kind in {"source", "name"} for part in after):
        return [at + 1]
    return [at - 1] if any(part.kind == "source" for part in before) else []


def _spoken(found: Sequence[Part]) -> dict[int, list[int]]:
    """The places of the voicings, each with its sources': quotations with a source, or any beside a plain sentence."""
    sourced = {at: _sourced(found, at) for at, part in enumerate(found) if part.kind == "voicing"}
    used = {place for places in sourced.values() for place in places}
    plain = any(part.kind in {"prose", "line"} and at not in used for at, part in enumerate(found))
    return {at: places for at, places in sourced.items() if places or plain}


def parted(
    found: Sequence[Paragraph], body: str, known: Known, first: int
) -> tuple[tuple[Paragraph, ...], tuple[Item, ...]]:
    """Return the essence, and the voicings with their sources that stand before or after it under its heading.

    Args:
        found: the paragraphs under the heading.
        body: the sections' text in small letters.
        known: the words of the manuscript, to settle hyphens.
        first: the number of the first of these voicings: how many the head has.
    """
    read = parts(found, body, known) if len(found) > 1 else []
    spoken = _spoken(read)
    if not spoken:
        return tuple(found), ()
    moved = {*spoken, *(place for places in spoken.values() for place in places)}
    rows = enumerate(spoken.items(), start=first)
    items = [item for count, (at, places) in rows for item in voiced(read, at, places, f"voicings[{count}]")]
    return tuple(part.paragraph for at, part in enumerate(read) if at not in moved), tuple(items)
