"""Sentences to items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.history.lexicon import lexicon
from valla.scan.history.spotting import NamedActors
from valla.scan.history.terms import items, words

VOCABULARY = st.sampled_from(
    [
        "the",
        "Soviet",
        "Union",
        "Hitler",
        "never",
        "ceased",
        "to",
        "oppose",
        "was",
        "an",
        "ally",
        "of",
        "not",
        "only",
        "first",
        "World",
        "War",
        "II",
        "from",
        "the",
        "very",
        "beginning",
        "USSR's,",
        "German–Soviet",
    ]
)


def terms(text: str, spotter: NamedActors) -> list[set[str]]:
    """Return the terms of each item of a sentence."""
    return [set(item.terms) for item in items(text, spotter, lexicon())]


@given(text=st.one_of(st.text(), st.lists(VOCABULARY).map(" ".join)))
def test_items_lie_in_the_sentence_in_order(spotter: NamedActors, text: str) -> None:
    """Items do not overlap, have terms and weigh something."""
    reach = 0
    for item in items(text, spotter, lexicon()):
        assert reach <= item.start < item.end <= len(text)
        assert item.terms
        assert item.weight > 0
        reach = item.end


def test_a_name_is_one_item(spotter: NamedActors) -> None:
    """The words inside a name are no items of their own."""
    assert terms("The Soviet Union’s army", spotter) == [{"@russia"}, {"armi"}]


def test_a_doctrine_stands_for_its_state(spotter: NamedActors) -> None:
    """Nazism and the fascists count as the state, and where a word has two, as both."""
    assert terms("Nazism and fascism", spotter) == [{"@germany"}, {"@germany", "@italy"}]


def test_a_phrase_is_one_item(spotter: NamedActors) -> None:
    """Several words that say one thing count once."""
    assert terms("World War II, from the very beginning", spotter) == [{"~ww2"}, {"~always"}]


def test_never_turns_a_relation_into_its_opposite(spotter: NamedActors) -> None:
    """`Never an ally` speaks of opposition, always."""
    assert terms("Stalin was never an ally", spotter) == [{"@russia"}, {"~never", "~always"}, {"~opposed"}]


def test_never_turns_only_what_it_belongs_to(spotter: NamedActors) -> None:
    """A relation later in the sentence stays as it is."""
    assert {"~cooperated"} in terms("They never refused contacts with friends", spotter)


@pytest.mark.parametrize("text", ["did not attack", "didn’t attack", "never attacked"])
def test_a_denied_relation_is_a_denial(spotter: NamedActors, text: str) -> None:
    """`Not` and `never` before a relation say the same."""
    assert "~not" in terms(text, spotter)[0]


@pytest.mark.parametrize("text", ["not only attacked", "It was not raining on that Sunday morning when they attacked"])
def test_a_not_that_denies_something_else_is_left_out(spotter: NamedActors, text: str) -> None:
    """An addition, or a `not` far from the relation, denies nothing."""
    assert all("~not" not in found for found in terms(text, spotter))


def test_anti_opposes_the_actor_that_it_is_joined_to(spotter: NamedActors) -> None:
    """Anti-Soviet speaks of opposition, anti-aircraft does not."""
    assert terms("anti-Soviet", spotter) == [{"~opposed"}, {"@russia"}]
    assert terms("anti-aircraft", spotter) == [{"aircraft"}]


def test_a_collective_stands_for_those_who_are_meant(spotter: NamedActors) -> None:
    """The West is any of its powers; a western wind is nobody."""
    assert terms("the Western powers", spotter) == [{"@united-kingdom", "@france", "@united-states"}]


def test_words_are_bare() -> None:
    """Words are in lower case, without possessive ending, with straight apostrophes; abbreviations keep their inner stops."""
    assert words("Stalin’s U.S.S.R. didn’t") == ["stalin", "u.s.s.r", "didn't"]
