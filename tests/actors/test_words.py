"""Tests of words and the joints between them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.actors.words import WORD, folded, joint, suits


@given(st.text(min_size=1))
def test_folding_twice_changes_nothing(word):
    """A folded word is its own folded form."""
    assert folded(folded(word)) == folded(word)


@pytest.mark.parametrize(
    ("word", "plain"), [("Brüning", "bruning"), ("Śmigły", "smigly"), ("STRAẞE", "strasse"), ("Gdańsk", "gdansk")]
)
def test_case_and_diacritics_are_folded(word, plain):
    """Letters with marks fold to those without, composed or not."""
    assert folded(word) == folded(unicodedata.normalize("NFD", word)) == plain


def test_a_decomposed_word_is_one_word():
    """Combining marks do not cut a word."""
    text = unicodedata.normalize("NFD", "São Tomé")

    assert [match.group() for match in WORD.finditer(text)] == text.split()


@pytest.mark.parametrize(
    ("between", "sort"),
    [
        (" ", " "),
        ("-", " "),
        ("–", " "),
        (" - ", " "),
        ("\n", " "),
        (". ", "."),
        (".", "."),
        ("’", "'"),
        (", ", ","),
        (" & ", "&"),
        ("; ", ""),
        ("", ""),
    ],
)
def test_joints_are_sorted(between, sort):
    """Blanks and hyphens are one sort of joint; sentence marks are none."""
    assert joint(between) == sort


@pytest.mark.parametrize(
    ("word", "pattern", "suitable"),
    [
        ("US", "US", True),
        ("us", "US", False),
        ("Us", "US", False),
        ("GERMANY", "Germany", True),
        ("germany", "Germany", False),
        ("Of", "of", True),
    ],
)
def test_capitals_must_suit(word, pattern, suitable):
    """Capitals in a name are wanted in the text; more of them do not hurt."""
    assert suits(word, pattern) is suitable
