"""Words to terms."""

import math

import pytest
from hypothesis import given
from scan_samples import TEXTS

import valla.scan.analysis as analysis_module
from valla.errors import InputError
from valla.scan.analysis import RAREST, Analysis, rarities, share_of_writing
from valla.scan.words import words


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        (
            "en",
            "The lighthouses of Kettlemouth were built by a monk, I say",
            ["lighthous", "kettlemouth", "built", "monk", "say"],
        ),
        ("en-GB", "The monks", ["monk"]),
        ("en_US", "The monks", ["monk"]),
        ("de-AT", "Die Häuser an der Mole", ["haus", "mol"]),
        ("nn", "Og husa på berget", ["hus", "berg"]),
        ("lv", "Un mājas", ["mājas"]),
        ("tlh", "The monks", ["the", "monks"]),
        ("en", "7 of 10 owls", ["7", "10", "owl"]),
        ("en", "", []),
    ],
)
def test_words_become_terms(language: str, text: str, terms: list[str]) -> None:
    """Endings and stop words go where they are known, numbers stay; a language of which nothing is known keeps its words."""
    assert Analysis(language).terms(text) == terms


@given(text=TEXTS)
def test_a_term_is_that_of_its_word_whatever_was_met_before(text: str) -> None:
    """What is remembered and then forgotten comes out the same."""
    whole = Analysis()
    fresh = [term for word in words(text) if (term := Analysis().term(word))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis_module, "_MAX_REMEMBERED", 2)
        forgetful = Analysis()

        assert forgetful.terms(text) == forgetful.terms(text) == fresh
    assert whole.terms(text) == whole.terms(text) == fresh


def test_common_words_are_less_rare() -> None:
    """The table ranks words as one would, and none is rarer than those that it lacks."""
    table = rarities()

    assert 0 < table["year"] < table["war"] < table["pact"] < max(table.values()) <= RAREST


def test_the_share_of_writing_turns_rarity_back() -> None:
    """The rarer, the smaller; what is not in the table stands in hardly any sentence."""
    assert share_of_writing("zyzzyva") == pytest.approx(math.exp(-RAREST))
    assert 1 > share_of_writing("year") > share_of_writing("pact") > share_of_writing("zyzzyva")


def test_the_english_table_says_nothing_of_other_languages() -> None:
    """An English word is a stranger there."""
    assert share_of_writing("year", "de") == share_of_writing("zyzzyva")
    assert share_of_writing("year", "en-GB") == share_of_writing("year")


@pytest.mark.parametrize("language", ["", "-", "Klingon", "de;", "е"])
def test_what_is_no_language_tag_is_refused(language: str) -> None:
    """Rather than taken for a language without a stemmer."""
    with pytest.raises(InputError, match="there is no such language"):
        Analysis(language)
