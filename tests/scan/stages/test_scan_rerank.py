"""Stage 5 of the cascade: how probable it is that a sentence is about a claim."""

from collections.abc import Iterable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import CLAIMS, MODEL, OTHERS, REPETITIONS, SENTENCES, TEXTS, sheet_of

from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.model import Index
from valla.scan.stages.rerank import FAMILIAR, Scored, Scorer, weighed_with

MANY = st.lists(SENTENCES | TEXTS | st.sampled_from([*REPETITIONS, *OTHERS]), max_size=6)


def every_pair(sentences: Iterable[int]) -> list[tuple[int, int]]:
    """Return some sentences with every claim."""
    return list(product(sentences, range(len(CLAIMS))))


@pytest.fixture(scope="module")
def scorer(small_index: Index, static: StaticEncoder) -> Scorer:
    """Hand out a scorer with the model by hand."""
    return Scorer(small_index, static, MODEL)


@given(texts=MANY)
def test_a_pair_is_as_probable_alone_as_among_others(small_index: Index, scorer: Scorer, texts: Sequence[str]) -> None:
    """Nothing else in the batch counts, not to the last digit."""
    read = sheet_of(small_index, texts)
    numbers = range(len(read.places))
    together = list(scorer.score(read, every_pair(numbers)))
    alone = [found for number in numbers for found in scorer.score(read, every_pair([number]))]

    assert together == alone
    assert all(0 <= found.probability <= 1 and 0 <= found.shared <= 8 for found in together)


@given(texts=MANY)
def test_each_claim_is_scored_once_for_a_sentence(small_index: Index, scorer: Scorer, texts: Sequence[str]) -> None:
    """In order of sentences and claims, however often and in whatever order they are asked for."""
    read = sheet_of(small_index, texts)
    pairs = every_pair(range(len(read.places)))
    found = [(one.sentence, one.claim) for one in scorer.score(read, [*reversed(pairs), *pairs])]

    assert found == pairs


def best(index: Index, scorer: Scorer, text: str) -> Scored:
    """Return the most probable pair of a sentence."""
    return max(scorer.score(sheet_of(index, [text]), every_pair([0])), key=lambda found: found.probability)


def test_a_repetition_is_probable_and_other_text_is_not(small_index: Index, scorer: Scorer) -> None:
    """The claim that it repeats is the most probable one."""
    for text, claim in REPETITIONS.items():
        if claim != "opponent":
            found = best(small_index, scorer, text)
            assert CLAIMS[found.claim].id == claim
            assert found.probability > 0.9
            assert found.shared >= 3
    assert all(best(small_index, scorer, text).probability < 0.75 for text in OTHERS)


def test_the_nearest_wording_is_named(small_index: Index, scorer: Scorer) -> None:
    """A claim that was told in several ways is sighted as it was told here."""
    for claim in CLAIMS:
        for wording in claim.wordings:
            found = list(scorer.score(sheet_of(small_index, [wording]), every_pair([0])))
            (own,) = [one for one in found if CLAIMS[one.claim].id == claim.id]
            assert own.wording == wording


def test_running_text_is_judged_more_strictly_than_a_post() -> None:
    """A post was chosen because of its claim; hardly any sentence was."""
    assert MODEL.in_text.at(1.0) < MODEL.many.at(1.0)


def test_no_pairs_give_none(small_index: Index, scorer: Scorer) -> None:
    """Where the stages before let nothing through, nothing is scored."""
    assert list(scorer.score(sheet_of(small_index, ["Owls."]), every_pair([]))) == []


@given(probability=st.floats(0, 1), told=st.floats(FAMILIAR, 1), more=st.floats(0, 1))
def test_what_is_told_of_actors_raises_the_probability(probability: float, told: float, more: float) -> None:
    """The more of the claim a sentence tells, the more probable it is; it stays a probability."""
    pair = Scored(0, 0, probability, "Owls bark.", 3)
    low, high = (weighed_with(pair, one).probability for one in (told, min(1.0, told + more)))

    assert weighed_with(pair, None) == pair
    assert max(0.0, probability - 1e-3) <= low <= high <= 1
    assert weighed_with(pair, told).shared == pair.shared
