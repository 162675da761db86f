"""Texts made ready to be compared."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import SENTENCES, TEXTS

from valla.scan.index.model import Index
from valla.scan.pairs.told import RUN_LETTERS, overlap, runs, tell
from valla.scan.pairs.weighing import STOP_WEIGHT, Weighing


@pytest.fixture(scope="module")
def weighing(small_index: Index) -> Weighing:
    """Hand out the weights of the small library."""
    return Weighing(small_index)


@given(texts=st.lists(TEXTS | SENTENCES, max_size=3))
def test_what_a_text_says_adds_up(weighing: Weighing, texts: list[str]) -> None:
    """Its weights are finite and not negative, and its letters make a vector of length 1, or none."""
    told = tell(texts, weighing)

    assert told.total == pytest.approx(sum(told.terms.values()))
    assert set(told.counts) == set(told.terms)
    assert all(math.isfinite(weight) and weight >= -1e-6 for weight in told.terms.values())
    assert all({one, two} <= set(told.terms) for one, two in told.twos)
    assert overlap(told.letters, told.letters) == pytest.approx(1) or not told.letters


@given(one=TEXTS, other=TEXTS)
def test_an_overlap_is_a_cosine(weighing: Weighing, one: str, other: str) -> None:
    """The same both ways, between 0 and 1."""
    vectors = [tell([text], weighing).letters for text in (one, other)]

    assert overlap(*vectors) == pytest.approx(overlap(*reversed(vectors)))
    assert -1e-9 <= overlap(*vectors) <= 1 + 1e-9


@given(word=st.text(min_size=1, max_size=60))
def test_runs_are_short_and_each_stands_once(word: str) -> None:
    """However long a word is, there are not many."""
    found = runs(word)

    assert len(set(found)) == len(found) <= 40
    assert all(len(run) <= max(RUN_LETTERS, 3) for run in found)
    assert found[0].startswith("<")


def test_another_spelling_shares_most_letters(weighing: Weighing) -> None:
    """A name that is written otherwise is still like itself."""
    one, same, other = (tell([text], weighing).letters for text in ("Osterbruck", "Osterbrueck", "Kettlemouth"))

    assert overlap(one, same) > 0.6
    assert overlap(one, other) < 0.1


def test_a_title_shows_no_names(weighing: Weighing) -> None:
    """Where most words have capitals, capitals mean nothing; the first word of a sentence has one anyway."""
    assert set(tell(["Yesterday the mayor of Osterbruck spoke"], weighing).names) == {"osterbruck"}
    assert tell(["The Mayor Of Osterbruck Spoke"], weighing).names == {}
    assert tell(["Osterbruck is old"], weighing).names == {}


def test_a_term_that_no_claim_has_weighs_as_in_writing_at_large(weighing: Weighing) -> None:
    """The rarer, the more; what is no term hardly counts."""
    assert weighing.weight("year") < weighing.weight("committe") < weighing.weight("zyzzyva")
    assert weighing.word_weight("the") == STOP_WEIGHT
    assert weighing.word_weight("committee") == weighing.weight("committe")


def test_of_a_long_text_only_the_beginning_counts(weighing: Weighing) -> None:
    """A claim as long as a book costs no more than a page."""
    told = tell(["lemon " * 1_000, "waterworks"], weighing)

    assert told.counts == {"lemon": 400}
    assert tell(["word" * 100_000], weighing).total > 0
