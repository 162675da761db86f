"""Blocks as numbers."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import TEXTS, block, sheet_of

import valla.scan.sheet as sheet_module
from valla.scan.analysis import Analysis
from valla.scan.index.model import Index
from valla.scan.sheet import TermNumbers, sheet
from valla.scan.text import sentences
from valla.scan.words import words

MANY = st.lists(TEXTS, max_size=4)


@given(texts=MANY)
def test_every_sentence_has_its_place_and_its_terms(small_index: Index, texts: Sequence[str]) -> None:
    """In order of the blocks, with the library's terms in order, as often as they stand there; but for dots and dashes alone."""
    read = sheet_of(small_index, texts)
    expected = [(number, one) for number, text in enumerate(texts) for one in sentences(text) if words(one.text)]
    numbers = small_index.numbers

    assert list(read.places) == [(number, one.start, one.end) for number, one in expected]
    assert [read.text(number) for number in range(len(read.places))] == [one.text for _, one in expected]
    assert [read.terms[number].tolist() for number in range(len(read.terms))] == [
        [numbers[term] for term in Analysis().terms(one.text) if term in numbers] for _, one in expected
    ]


@given(texts=MANY)
def test_what_was_met_before_changes_nothing(small_index: Index, texts: Sequence[str]) -> None:
    """Numbers that were forgotten are looked up again."""
    fresh = sheet_of(small_index, texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_module, "_MAX_REMEMBERED", 3)
        numbers = TermNumbers(Analysis(), small_index.numbers)
        for _ in range(2):
            again = sheet([block(text) for text in texts], numbers)

            assert again.terms.values.tolist() == fresh.terms.values.tolist()
            assert again.terms.starts.tolist() == fresh.terms.starts.tolist()
            assert len(numbers) <= 3


@pytest.mark.parametrize("texts", [[], [""], ["", " \n "], ["Nothing known here."]])
def test_blocks_without_known_words_are_no_trouble(small_index: Index, texts: list[str]) -> None:
    """There are no terms, and as many lists as sentences."""
    read = sheet_of(small_index, texts)

    assert len(read.terms) == len(read.places)
    assert len(read.terms.values) == 0
