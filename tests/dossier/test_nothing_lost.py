"""Importing loses nothing: every character is in the dossier, or listed as taken away."""

from __future__ import annotations

import re
from collections import Counter

from chapters import CHAPTERS, rendered
from hypothesis import given
from hypothesis import strategies as st
from test_manuscripts import STYLES

from valla.dossier.manuscript.build import imported
from valla.dossier.manuscript.lines import numbered

LINES = st.sampled_from(
    [
        "", "", "Myth 4 – The Wall Was Never Breached", "Ada Fenwick and Ivan Drozd", "Dr. Ada Fenwick, Institute of Walls (Riga)",
        "“The wall held,” they say, “for ever.”", "«Never!»", "„Nobody broke it“ — Old Song, 1911", "— Captain's log, 1702", "Essence", "The wall held.",
        "Fast facts", "• It fell in 1648.", "- It fell again;", "1. It was mended.", "Detailed facts", "In May, Jan Kos (a mason) told the town:",
        "The masons of the", "Photo: The wall, 1890. © Town Archive", "View of the wall", "wall were paid in salt and hoped for bet-", "ter years.",
        "12", "– 13 –", "The Wall 14", "Sources", "[1] Kos J. Walls. 1650.", "* * *", "![The wall](wall.png)", "> Stones do not lie.", "> — Jan Kos, letter",
        "### Stones", "**Conclusion**", "Conclusion: it fell.", "\u00adsoft\u00adly\u00ad", "\ufeffmarked", "a\tb\u00a0c", "Author: Una Reed", "Title: Walls", "''Old'' quotes",
    ]
)  # fmt: skip
SOUP = st.lists(LINES | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=40)


def letters(text):
    """The characters of a text, spaces aside, counted."""
    return Counter(char for char in text if not char.isspace())


def told(dossier):
    """All words of a dossier that come from its manuscript, headings of its own sections and inferences aside."""
    parts = [dossier.title, dossier.essence, *dossier.authors, *dossier.sources]
    parts += [text for voicing in dossier.voicings for text in (voicing.text, voicing.source)]
    for section in dossier.sections:
        parts.append(section.title)
        parts += [block.text for block in section.blocks]
    parts += [block.text for block in (*dossier.fast_facts, *dossier.detailed_facts)]
    parts += [text for block in dossier.captions for text in (block.text, block.image)]
    return parts


def accounted(text):
    """Import a text; return what it held and what its account says is in the dossier, taken away or unplaced."""
    lines = numbered(text)
    result = imported(lines)
    whole, removed = Counter(), Counter()
    for placement in result.placements:
        whole += letters(placement.text)
        removed += letters(placement.removed)
    return result, letters("".join(line.text for line in lines)), whole, removed


@given(SOUP)
def test_every_line_has_its_account(parts):
    """There is one placement a line, in order, with the line's own text; only blank lines say nothing."""
    lines = numbered("\n".join(parts))
    placements = imported(lines).placements

    assert [(line.number, line.text) for line in lines] == [(each.line, each.text) for each in placements]
    assert all(each.role != "blank" or not letters(each.text) - letters(each.removed) for each in placements)
    assert all(
        each.target or each.role in {"blank", "page number", "running head", "rule", "unplaced"} for each in placements
    )


@given(SOUP)
def test_characters_are_kept_or_listed(parts):
    """What a placement does not list as removed is in the dossier, or on a line that is listed as unplaced."""
    result, text, whole, removed = accounted("\n".join(parts))
    kept = letters("".join(told(result.dossier)))
    unplaced = Counter()
    for placement in result.placements:
        if (
            "unplaced" in placement.role
            or "number" in placement.role
            or "speaker" in placement.role
            or "quote source" in placement.role
        ):
            unplaced += letters(placement.text)

    assert text == whole
    assert not (text - removed) - kept - unplaced


@given(st.sampled_from(CHAPTERS), STYLES)
def test_whole_chapters(chapter, style):
    """Of a well-made chapter nothing is unplaced, and all that is removed is marks, numbering, headings and furniture."""
    result, text, _, removed = accounted(rendered(chapter, style))
    kept = letters("".join(told(result.dossier)))
    said = letters(chapter.speaker if style.attribution else "")
    number = letters(str(chapter.number))
    added = letters(re.sub(r"[^,]", "", "".join(voicing.source for voicing in result.dossier.voicings)))

    assert not [each for each in result.placements if each.role == "unplaced"]
    assert text - removed == kept + said + number or text - removed == kept + said + number - added


@given(st.binary(max_size=200))
def test_any_text_is_imported(data):
    """No text, however strange, makes the importer fail."""
    imported(numbered(data.decode("utf-8", "replace")))
