"""Tests of what stands beside a name."""

from __future__ import annotations

import pytest

from valla.actors.model import NameRole
from valla.actors.passage import before_hyphen, cut, disarmed, silent, stranger

CAPITAL = frozenset({NameRole.CAPITAL})
DEMONYM = frozenset({NameRole.DEMONYM})
LEADER = frozenset({NameRole.LEADER})


def place(text, word):
    """The text cut, and the place of a word in it."""
    passage = cut(text)
    return passage.words.index(word), passage


def test_words_stand_where_their_spans_say():
    """The spans of a passage cut its words out of the text."""
    passage = cut("Germany's  and (Poland).")

    assert [passage.text[start:end] for start, end in passage.spans] == passage.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Franco-Belgian", True), ("Franco–Belgian", True), ("Franco-era", False), ("Franco ruled", False)],
)
def test_a_combining_form_wants_a_hyphen_and_a_capital(text, expected):
    """Only a capitalised word after a hyphen completes a compound."""
    assert before_hyphen(*place(text, "Franco")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Moscow", CAPITAL),
        ("Treaty of Moscow", CAPITAL),
        ("the Moscow Conference", CAPITAL),
        ("pact with Moscow", frozenset()),
        ("in May, Moscow", frozenset()),
        ("Moscow. Conference", frozenset()),
    ],
)
def test_words_beside_a_capital_make_it_a_place(text, expected):
    """Prepositions of place and the names of treaties disarm a capital, unless a mark stands between."""
    at, passage = place(text, "Moscow")

    assert disarmed(at, 1, CAPITAL, passage) & CAPITAL == expected


@pytest.mark.parametrize("text", ["the Russian language", "Russian-speaking people"])
def test_a_language_is_no_people(text):
    """A demonym before a word for speech is a language."""
    at, passage = place(text, "Russian")

    assert NameRole.DEMONYM in disarmed(at, 1, DEMONYM, passage)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Madison Wilson", True),
        ("President Wilson", False),
        ("When Wilson", False),
        ("the Wilson", False),
        ("Britain Wilson", False),
        ("so, Wilson", False),
    ],
)
def test_a_first_name_makes_a_surname_another_persons(text, expected):
    """A capitalised word before a surname is a first name, unless it is a title, a small word or a name itself."""
    at, passage = place(text, "Wilson")

    assert stranger(at, 1, LEADER, passage) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [("@Poland", "Poland", True), ("LET US GO", "US", True), ("THE US WON", "US", False), ("US wins", "US", False)],
)
def test_handles_and_shouted_words_are_silent(text, word, expected):
    """A handle is no name, and US in a shouted sentence is the pronoun unless an article says otherwise."""
    assert silent(*place(text, word)) is expected
