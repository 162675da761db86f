"""Tests of the lexicon."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from valla.actors.catalogue import catalogue
from valla.actors.lexicon import lexicon
from valla.actors.words import folded

BOOK = lexicon()


def test_every_name_is_in_the_lexicon():
    """No name of the catalogue is lost."""
    assert {name for form in BOOK.forms for name in form.names} == set(catalogue().names)


def test_forms_are_numbered_by_their_place():
    """A form is found by its number."""
    assert [form.number for form in BOOK.forms] == list(range(len(BOOK.forms)))


@given(st.sampled_from(BOOK.forms))
def test_a_form_is_found_by_its_first_word_longest_first(form):
    """The entries that begin with a word come longest first, and the form is in one of them."""
    entries = BOOK.beginning(form.words[0])
    lengths = [len(entry.words) for entry in entries]

    assert lengths == sorted(lengths, reverse=True)
    assert any(form in entry.forms for entry in entries)
    assert all(entry.words[0] == folded(form.words[0]) for entry in entries)
