"""What layout broke is made whole: hyphens, wrapped lines, running heads."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from valla.dossier.manuscript.furniture import furniture
from valla.dossier.manuscript.hyphens import joined, vocabulary
from valla.dossier.manuscript.lines import Role, Row, numbered
from valla.dossier.manuscript.repair import page_width, paragraphs
from valla.dossier.manuscript.rows import rows

WORD = st.text(st.sampled_from("abcdefghij"), min_size=1, max_size=9)
PARAGRAPH = st.lists(WORD, min_size=30, max_size=90).map(lambda found: " ".join(found).capitalize() + ".")


def known(*texts):
    """The words of a manuscript with these lines."""
    return vocabulary([Row(at, text) for at, text in enumerate(texts)])


def test_hyphens():
    """A hyphen at a line end goes where it cut a word, and stays where it joins two."""
    assert joined("they were in train-", "ing there", known("training")) == "they were in training there"
    assert joined("the coop-", "eration", known("")) == "the cooperation"
    assert (
        joined("a joint military-", "staff training", known("military aid", "the staff"))
        == "a joint military-staff training"
    )
    assert joined("a well-", "known man", known("")) == "a well-known man"
    assert joined("a well-", "known man", known("a well-known one")) == "a well-known man"
    assert joined("the anti-", "Soviet camp", known("")) == "the anti-Soviet camp"
    assert joined("in 1922-", "1933", known("")) == "in 1922-1933"
    assert joined("soft\u00ad", "ly", known("")) == "softly"
    assert joined("one word", "another", known("")) == "one word another"


@given(st.lists(PARAGRAPH, min_size=3, max_size=6), st.integers(50, 100))
def test_wrapped_lines(texts, width):
    """Paragraphs wrapped at any width, blank lines between them, come out as they were."""
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in texts)
    found = rows(numbered(text), {})

    assert texts == [each.text for each in paragraphs(found, page_width(found), "detailed_facts", vocabulary(found))]


@given(st.lists(PARAGRAPH, min_size=1, max_size=6))
def test_long_lines(texts):
    """Where each line is a paragraph of its own, none are joined."""
    found = rows(numbered("\n".join(texts)), {})

    assert texts == [each.text for each in paragraphs(found, page_width(found), "detailed_facts", vocabulary(found))]


def test_furniture():
    """Page numbers, rules and repeated heads are known; the title itself and a repeated credit are not furniture."""
    text = (
        "Myth 3. The Wall Held\n\nAda Fenwick\n\nFacts\n\nOne two.\n\n– 12 –\nThe Wall Held\n\nThree four.\n\nPhoto: Town Archive\n\n"
        "page 13\nTall Stories\n\nFive six.\n\n* * *\n\nPhoto: Town Archive\n\nTall Stories\n14\n\nSeven."
    )
    lines = numbered(text)
    found = {lines[number - 1].text: role for number, role in furniture(lines).items()}

    assert found == {
        "– 12 –": Role.PAGE_NUMBER, "The Wall Held": Role.RUNNING_HEAD, "page 13": Role.PAGE_NUMBER,
        "Tall Stories": Role.RUNNING_HEAD, "* * *": Role.RULE, "14": Role.PAGE_NUMBER,
    }  # fmt: skip
