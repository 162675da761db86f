"""Who speaks, and what is one quotation."""

from __future__ import annotations

import pytest

from valla.dossier.manuscript.quotation import Quotation, quotation
from valla.dossier.manuscript.speaker import attribution, introduced

INTRODUCED = {
    "In May 1920, Tomas Rell (a leading theorist of the guild) said to a visiting delegation:": "Tomas Rell",
    "On 31 October 1801, the royal Prime Minister Anders Holm declared in the assembly:": "Anders Holm",
    "The war came. In a letter to Kern, Rell wrote:": "Rell",
    "In his letter to Kern of 1839 Rell wrote:": "Rell",
    "Rell in his letter to Kern wrote:": "Rell",
    "According to General Otto von Strand:": "Otto von Strand",
    "The head of the harbour office, Franz Lind, wrote in his diary:": "Franz Lind",
    "Ann B. Reed told the town council:": "Ann B. Reed",
    "As Reed put it:": "Reed",
    "Later Ann Reed recalled:": "Ann Reed",
    "Long afterwards, the clerk Ann Reed wrote to her sister:": "Ann Reed",
    "From the memoirs of Ilya Kern:": "Ilya Kern",
    "In the words of Ilya Kern, keeper of the light:": "Ilya Kern",
    "The order read:": "",
    "He said:": "",
}
QUOTATIONS = {
    "“It held.”": Quotation("It held.", ""),
    "«It held».": Quotation("It held.", ""),
    "„It held“ — Old Song, 1911": Quotation("It held", "— Old Song, 1911"),
    "\"He said 'no'.\" (A. Kern)": Quotation("He said 'no'.", "(A. Kern)"),
    "“A “wall” held.”": Quotation("A “wall” held.", ""),
    "‘The masons’ wall held.’": Quotation("The masons’ wall held.", ""),
    "”It held.”": Quotation("It held.", ""),
    "»It held.«": Quotation("It held.", ""),
    "“It held.”[3]": Quotation("It held.", ""),
    "“Walls” were built of stone.": None,
    "“A” and “B”": None,
    "It held.": None,
    "“": None,
}


@pytest.mark.parametrize(("text", "speaker"), INTRODUCED.items())
def test_introduced(text, speaker):
    """The sentence before a quotation names who speaks, without office, bracket or addressee."""
    assert speaker == introduced(text)


@pytest.mark.parametrize(("text", "found"), QUOTATIONS.items())
def test_quotation(text, found):
    """A text is one quotation if its first mark closes at its end, or before an attribution."""
    assert found == quotation(text)


def test_attribution():
    """A line after a quotation gives the speaker, and after a comma the source."""
    assert attribution("— Ann Reed, letter of 1820") == ("Ann Reed", "letter of 1820")
    assert attribution("(Ann Reed)") == ("Ann Reed", "")
