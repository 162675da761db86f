"""What a reader sees: colours that can be told apart, words for every outcome."""

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from valla.check.model import Outcome
from valla.site.words import BADGES, SCALE, headline

TEXT = ("ink", "muted", "link", "refuted", "contested", "holds", "open", "none", "cooperative", "adverse", "both")


def schemes():
    """The colours of the light and the dark scheme, by name."""
    css = files("valla.site").joinpath("static", "site.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks]


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["ground", "panel"])
@pytest.mark.parametrize("name", TEXT)
def test_every_colour_of_text_meets_wcag_aa_in_both_schemes(name, ground):
    """At least 4.5 to 1 against the page and against panels."""
    for colours in schemes():
        light, dark = sorted((luminance(colours[name]), luminance(colours[ground])), reverse=True)

        assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("outcome", "complete", "said"),
    [
        (Outcome.REFUTED, False, "Refuted by 1 act"),
        (Outcome.HOLDS, False, "Holds by 1 act"),
        (Outcome.CONTESTED, False, "Contested: it turns on 1 act"),
        (Outcome.OPEN, False, "Open: the record cannot decide it"),
    ],
)
def test_each_outcome_reads_as_a_sentence(make, outcome, complete, said):
    """The word and what follows it belong together."""
    found = make["verdict"]((make["act"]("a"),), outcome=outcome, complete=complete)

    assert BADGES[outcome] + headline(found) == said


def test_a_verdict_from_silence_says_so(make):
    """Without a deciding act the record's completeness is the reason."""
    assert headline(make["verdict"](complete=True)) == " by a record that is complete"


def test_acts_that_were_not_handed_out_are_counted(make):
    """Where only some deciding acts are at hand, their sources are a lower bound."""
    found = replace(make["verdict"]((make["act"]("a"),)), n_deciding=1200)

    assert headline(found) == " by 1,200 acts"


def test_the_scale_documents_every_outcome():
    """Google asks for a documented scale."""
    assert [outcome for outcome, _, _ in SCALE] == list(Outcome)
