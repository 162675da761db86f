"""Stage 2 of the cascade: the gate."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import LIBRARY, OTHERS, REPETITIONS, SENTENCES, TEXTS, sheet_of

import valla.scan.stages.gate as gate_module
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build
from valla.scan.index.model import Index, Rows
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.scanner import GATE_FLOOR
from valla.scan.stages.gate import COMMON_WEIGHT, LEAST_WEIGHT, LONE_WEIGHT, MOST_OF_IT, Gate

NEARLY = 1e-4
"""Sums of floats in another order may differ by so much."""

TEXTS_OF_ALL_KINDS = st.lists(SENTENCES | TEXTS | st.sampled_from([*REPETITIONS, *OTHERS]), max_size=8)
Covered = dict[tuple[int, int], float]


def let_through(gate: Gate, terms: Rows) -> Covered:
    """Return what a gate lets through, with the coverage."""
    return {
        (sentence, wording): coverage
        for pairs in gate.open(terms)
        for sentence, wording, coverage in zip(
            pairs.sentences.tolist(), pairs.wordings.tolist(), pairs.coverage.tolist(), strict=True
        )
    }


def margins(index: Index, terms: Rows, floor: float) -> dict[tuple[int, int], tuple[float, float]]:
    """Return for every sentence and wording that share a term: how far above the bar they are, and the coverage."""
    weights = [max(weight - COMMON_WEIGHT, 0.0) for weight in index.weights.tolist()]
    found = {}
    for sentence in range(len(terms)):
        for wording in range(len(index.wording_terms)):
            asked = set(index.wording_terms[wording].tolist())
            own = sum(weights[term] for term in asked)
            shared = sum(weights[term] for term in asked & set(terms[sentence].tolist()))
            bar = max(floor * (own + LONE_WEIGHT), min(LEAST_WEIGHT, MOST_OF_IT * own))
            if shared > 0:
                found[sentence, wording] = shared - bar, shared / (own + LONE_WEIGHT)
    return found


@given(texts=TEXTS_OF_ALL_KINDS)
@pytest.mark.parametrize("floor", [0.05, GATE_FLOOR, 0.6])
def test_everything_that_covers_enough_passes_and_nothing_else(
    small_index: Index, texts: Sequence[str], floor: float
) -> None:
    """The product of matrices says what a comparison term by term says."""
    terms = sheet_of(small_index, texts).terms
    found = let_through(Gate(small_index, floor), terms)
    expected = margins(small_index, terms, floor)

    assert {pair for pair, (margin, _) in expected.items() if margin > NEARLY} <= set(found)
    assert set(found) <= {pair for pair, (margin, _) in expected.items() if margin > -NEARLY}
    for pair, coverage in found.items():
        assert coverage == pytest.approx(expected[pair][1], abs=NEARLY)
        assert 0 < coverage < 1


@given(texts=TEXTS_OF_ALL_KINDS, at_once=st.integers(1, 9))
def test_it_does_not_matter_how_many_go_at_once(small_index: Index, texts: Sequence[str], at_once: int) -> None:
    """The same pairs with the same coverage pass, to the last digit, in the same order."""
    terms = sheet_of(small_index, texts).terms
    gate = Gate(small_index, GATE_FLOOR)
    whole = let_through(gate, terms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate_module, "_SENTENCES_AT_ONCE", at_once)
        parts = let_through(gate, terms)

    assert list(parts.items()) == list(whole.items())
    assert list(whole) == sorted(whole)


@given(texts=TEXTS_OF_ALL_KINDS)
def test_a_sentence_passes_alone_as_among_others(small_index: Index, texts: Sequence[str]) -> None:
    """No other sentence helps it or stands in its way."""
    terms = sheet_of(small_index, texts).terms
    gate = Gate(small_index, GATE_FLOOR)
    alone = {
        (number, wording): coverage
        for number in range(len(terms))
        for (_, wording), coverage in let_through(gate, Rows.of([terms[number].tolist()])).items()
    }

    assert alone == let_through(gate, terms)


def test_every_sample_repetition_passes_but_one(small_index: Index) -> None:
    """All but the one that says it in other words: that is for a matcher that knows actors."""
    told = list(REPETITIONS.items())
    passed = let_through(Gate(small_index, GATE_FLOOR), sheet_of(small_index, [text for text, _ in told]).terms)
    found = {(sentence, LIBRARY.claims[small_index.wording_claims[wording]].id) for sentence, wording in passed}

    assert {(number, claim) for number, (_, claim) in enumerate(told) if claim != "opponent"} <= found


def test_most_of_other_text_ends_here(small_index: Index) -> None:
    """One rare word in common is not enough."""
    others = (
        "Lemon trees do not stand frost.",
        "The bank lowered its rates by a quarter of a point.",
        "What a paradox!",
        "…",
    )

    assert let_through(Gate(small_index, GATE_FLOOR), sheet_of(small_index, others).terms) == {}


def test_saying_a_word_twice_covers_no_more(small_index: Index) -> None:
    """Each term counts once."""
    gate = Gate(small_index, GATE_FLOOR)
    once, often = (
        let_through(gate, sheet_of(small_index, [text]).terms)
        for text in ("lemon juice in both ears", "lemon lemon juice juice juice in both ears ears")
    )

    assert once == often
    assert once


def test_a_short_wording_may_pass_by_most_of_its_weight(static: StaticEncoder) -> None:
    """One that hardly weighs so much as is asked for at least must not be out of reach."""
    index = build(Library((LibraryClaim("a", "Owls bark."),)), [static])

    assert len(let_through(Gate(index, GATE_FLOOR), sheet_of(index, ["Do owls bark?", "Owls hoot."]).terms)) == 1


@pytest.mark.parametrize("claims", [(), (LibraryClaim("a", ""),), (LibraryClaim("a", "the of and"),)])
def test_a_library_without_terms_lets_nothing_through(static: StaticEncoder, claims: tuple[LibraryClaim, ...]) -> None:
    """There is nothing to repeat."""
    index = build(Library(claims), [static])

    assert let_through(Gate(index, GATE_FLOOR), sheet_of(index, ["Owls bark.", "the of and"]).terms) == {}


def test_no_text_gives_no_pairs(small_index: Index) -> None:
    """A sheet may be empty."""
    assert list(Gate(small_index, GATE_FLOOR).open(sheet_of(small_index, []).terms)) == []


def test_a_part_keeps_what_belongs_together(small_index: Index) -> None:
    """Sentence, wording and coverage of a pair stay side by side."""
    (pairs,) = Gate(small_index, GATE_FLOOR).open(sheet_of(small_index, list(REPETITIONS)).terms)
    kept = np.arange(len(pairs.sentences)) % 2 == 1
    part = pairs.part(kept)

    assert part.sentences.tolist() == pairs.sentences.tolist()[1::2]
    assert part.wordings.tolist() == pairs.wordings.tolist()[1::2]
    assert part.coverage.tolist() == pairs.coverage.tolist()[1::2]
