"""Chapters whose parts stand in unusual places."""

from __future__ import annotations

from valla.dossier.manuscript.build import imported
from valla.dossier.manuscript.lines import numbered

CHAPTER = """\
Myth 5 – {title}

{authors}

{before}The Essence of the Myth

{essence}

Fast Facts

The mill burned down twice. It was rebuilt in four years.

{heading}

The first mill was built by monks. It stood at the lower ford.

{amid}

The wheel was sold to the town. The monks kept the stones.{after}
"""
USUAL = {
    "title": "The Mill Never Stood Still",
    "authors": "Una Reed",
    "before": "K. Wirt, Waters of the Valley\n\n“It turned day and night.”\n\n",
    "essence": "The mill ran without a break.",
    "heading": "Detailed Facts",
    "amid": "In 1820 the dam broke. Nobody had looked after it.",
    "after": "",
}
NO_SOURCES = "no bibliography or sources section"


def dossier_of(**changed):
    """Import a chapter that differs in some parts."""
    return imported(numbered(CHAPTER.format(**{**USUAL, **changed}))).dossier


def voicings(dossier):
    """The voicings with their sources."""
    return [(each.text, each.source) for each in dossier.voicings]


def test_voicing_under_the_essence():
    """A quotation with its source after or before the essence is a voicing, and the plain sentence the essence."""
    line, quote = "K. Wirt, Waters of the Valley, 1902, p. 4", "“It turned day and night.”"
    after = dossier_of(before="", essence=f"The mill ran without a break.\n\n{quote}\n\n{line}")
    before = dossier_of(before="", essence=f"{quote}\n\n{line}\n\nThe mill ran without a break.")

    for dossier in (after, before):
        assert dossier.essence == "The mill ran without a break."
        assert voicings(dossier) == [("It turned day and night.", line)]
        assert (dossier.captions, dossier.warnings) == ((), (NO_SOURCES,))


def test_voicing_without_closing_mark():
    """A voicing whose quotation mark nobody closed keeps its source."""
    dossier = dossier_of(before="K. Wirt, Waters of the Valley\n\n“It turned day and night.\n\n")

    assert voicings(dossier) == [("It turned day and night.", "K. Wirt, Waters of the Valley")]


def test_block_quotation_as_voicing():
    """In Markdown, the line with a dash in a block quotation is its source, and a bare `>` is no lost line."""
    made = imported(
        numbered(
            CHAPTER.format(
                **{**USUAL, "before": "> It turned\n> day and night.\n>\n> — *Waters of the Valley*, 1902\n\n"}
            )
        )
    )

    assert voicings(made.dossier) == [("It turned day and night.", "Waters of the Valley, 1902")]
    assert "unplaced" not in {each.role for each in made.placements}


def test_unknown_heading():
    """A short line that stands alone where the detailed facts are wanted opens them, and a warning says so."""
    for title in ("More about it", "A closer look", "EXPLAINED AT LENGTH", "## Where the water went"):
        dossier = dossier_of(heading=title)

        assert len(dossier.fast_facts) == 1
        assert len(dossier.detailed_facts) == 3
        assert not dossier.captions
        assert f"the heading {title.strip('# ')!r} is taken for the detailed facts" in dossier.warnings


def test_caption_where_a_heading_might_stand():
    """A picture's caption among the fast facts opens no section."""
    dossier = dossier_of(heading="View of the mill from Ostrin, 1820")

    assert [block.text for block in dossier.captions] == ["View of the mill from Ostrin, 1820"]
    assert "no detailed facts" in dossier.warnings


def test_caption_amid_a_paragraph():
    """A numbered caption within a paragraph leaves it; a sentence that points to a picture stays."""
    dossier = dossier_of(amid="The dam broke in 1820. Fig. 1. The dam at Ostrin. It was mended. See Fig. 1. It held.")

    assert dossier.detailed_facts[1].text == "The dam broke in 1820. It was mended. See Fig. 1. It held."
    assert [block.text for block in dossier.captions] == ["Fig. 1. The dam at Ostrin."]


def test_caption_at_the_end():
    """A text that ends in a caption may be cut short, one that ends in a sentence is not."""
    assert dossier_of(after="\n\nThe wheel at the lower ford").warnings == (
        NO_SOURCES,
        "the text may be cut short: it ends in a caption with no closing section",
    )
    assert dossier_of().warnings == (NO_SOURCES,)
    assert dossier_of(after="\n\nReferences\n\nWirt K. Waters. 1902.").warnings == ()


def test_authors():
    """Authors with initials, and lists of them, are told apart."""
    for authors in ("U. Reed and Ida K. Kern", "U. Reed, Ida K. Kern", "U. Reed\nIda K. Kern"):
        assert dossier_of(authors=authors).authors == ("U. Reed", "Ida K. Kern")


def test_two_speak():
    """Two who speak together are both named; who reports their words is not."""
    two = dossier_of(amid="Wirt and Kern wrote in it:\n\n“The dam will not hold.”")
    told = dossier_of(amid="Warden Kern, according to a report of the Guild, said in May:\n\n“The dam will not hold.”")

    assert [two.detailed_facts[2].speaker, told.detailed_facts[2].speaker] == ["Wirt and Kern", "Warden Kern"]


def test_title_in_marks():
    """A title in quotation marks loses them."""
    assert dossier_of(title="“The Mill Never Stood Still”").title == "The Mill Never Stood Still"
