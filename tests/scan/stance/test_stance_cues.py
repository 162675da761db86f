"""Finding cues."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.stance.cues import cues, light, opposites
from valla.scan.stance.passage import words

TABLE = tomllib.loads(files("valla.scan.stance").joinpath("data", "cues.toml").read_text(encoding="utf-8"))
PHRASES = [(group, phrase) for group, phrases in TABLE.items() if group != "light" for phrase in phrases]


def found(text: str, group: str) -> list[str]:
    """Return the cues of a group that a text has."""
    told = words(text)
    return [" ".join(told[start:end]) for start, end in cues().find(told).get(group, ())]


def test_the_longest_of_overlapping_cues_counts() -> None:
    """`By no means` is one negation, not two."""
    assert found("It is by no means so.", "negates") == ["by no means"]


@pytest.mark.parametrize("text", ["not only the army", "no one can deny it", "there is no doubt"])
def test_an_affirmation_is_no_negation(text: str) -> None:
    """What looks like a negation and affirms is not counted as one."""
    assert found(text, "negates") == []
    assert found(text, "denies") == []


def test_a_phrase_that_means_nothing_hides_the_word_in_it() -> None:
    """`Called for` tells of nobody's words."""
    assert found("He called it peace.", "tells") == ["called"]
    assert found("He called for peace.", "tells") == []


def test_an_apostrophe_is_one_whatever_its_shape() -> None:
    """Straight and curved apostrophes are alike."""
    assert found("It didn’t.", "negates") == found("It didn't.", "negates") == ["didn't"]


@given(st.sampled_from(PHRASES))
def test_every_phrase_of_the_list_can_be_found(entry: tuple[str, str]) -> None:
    """A phrase that stands in the list is found as it is cut into words, unless another phrase hides it."""
    group, phrase = entry
    told = words(phrase)
    hidden = {"negates", "nots", "denies"} if found(phrase, "affirms") else set()

    assert told
    if group != "idle" and group not in hidden:
        assert cues().find(told)[group]


@pytest.mark.parametrize("group", sorted(TABLE))
def test_no_phrase_stands_twice_in_a_group(group: str) -> None:
    """The lists hold each phrase once, in small letters."""
    phrases = TABLE[group]

    assert sorted(set(phrases)) == sorted(phrases)
    assert all(phrase == phrase.lower() for phrase in phrases)


def test_opposites_go_both_ways() -> None:
    """Where one word is the opposite of another, the other is of the one."""
    assert all(word in opposites()[other] for word, others in opposites().items() for other in others)


def test_light_words_are_words() -> None:
    """The words of no weight are single words."""
    assert all(words(word) == [word] for word in light())
