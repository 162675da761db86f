"""Stage 3: shared terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.history.index import Index
from valla.scan.history.lexicon import lexicon
from valla.scan.history.stages.lexical import WITHOUT_SWEEP, best_passage
from valla.scan.history.terms import items
from valla.scan.history.wordings import Wording

FILLER = st.lists(
    st.sampled_from(
        ["the", "harvest", "weather", "of", "railways", "near", "mountains", "singing", "orchestra", "painted"]
    )
).map(" ".join)


def score(wording: Wording, text: str, index: Index) -> float:
    """Return the score of the best passage, 0 where there is none."""
    best = best_passage(wording, items(text, index.spotter, lexicon()))
    return best.score if best else 0.0


def test_a_wording_repeats_itself(index: Index) -> None:
    """Every wording scores 1 against its own text."""
    for wording in index.wordings:
        assert score(wording, wording.text, index) == pytest.approx(1)


@given(before=FILLER, after=FILLER)
def test_what_stands_around_the_passage_does_not_matter(index: Index, before: str, after: str) -> None:
    """A long sentence is judged by its best passage."""
    wording = index.wordings[0]

    assert score(wording, f"{before} {wording.text} {after}", index) == pytest.approx(1)


@given(
    text=st.lists(
        st.sampled_from(
            [
                "Soviet",
                "Union",
                "Hitler",
                "always",
                "opponent",
                "Finland",
                "attacked",
                "never",
                "pact",
                "Poland",
                "first",
                "harvest",
            ]
        )
    ).map(" ".join)
)
def test_scores_lie_between_0_and_1(index: Index, text: str) -> None:
    """No sentence leaves the scale."""
    for wording in index.wordings:
        assert 0 <= score(wording, text, index) <= 1 + 1e-9


@pytest.mark.parametrize(
    "text",
    [
        "An unswerving foe of Hitlerism was the USSR.",
        "Moscow never ceased to oppose Hitler.",
        "Stalin was never an ally of Hitler.",
        "From the very beginning the Soviet Union resisted Nazism.",
    ],
)
def test_other_words_for_the_same_score_high(index: Index, text: str) -> None:
    """Aliases, synonyms and `never` with the opposite are the same terms."""
    assert score(index.wordings[0], text, index) > 0.8


@pytest.mark.parametrize(
    "text",
    [
        "The Soviet Union was always an opponent of colonialism.",
        "Germany was always an opponent of the gold standard.",
        "The Soviet Union and Nazi Germany always existed side by side.",
    ],
)
def test_without_its_actors_or_relation_nothing_is_bound(index: Index, text: str) -> None:
    """The claim's actors and one of its relations must be there."""
    assert score(index.wordings[0], text, index) == 0


def test_without_the_sweep_the_score_falls(index: Index) -> None:
    """That the two were opponents is not the myth; that they always were is."""
    text = "The Soviet Union was an opponent of Nazi Germany."

    assert score(index.wordings[0], text, index) <= WITHOUT_SWEEP


def test_a_claim_that_denies_is_not_repeated_by_an_affirmation(index: Index) -> None:
    """Where the claim says never, the sentence must deny too."""
    wording = next(wording for wording in index.wordings if wording.claim.id == "myth-6")

    assert score(wording, "France betrayed Poland.", index) <= WITHOUT_SWEEP
    assert score(wording, "France did not betray Poland.", index) > 0.8


def test_the_passage_is_where_the_shared_terms_are(index: Index) -> None:
    """Its offsets run from the first to the last of them."""
    text = "As we all know, Stalin was always an enemy of Hitler, and it rained."
    best = best_passage(index.wordings[0], items(text, index.spotter, lexicon()))

    assert best is not None
    assert text[best.begin : best.end] == "Stalin was always an enemy of Hitler"
    assert best.terms == ("@russia", "~always", "~opposed", "@germany")
