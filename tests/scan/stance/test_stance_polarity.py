"""Whether a passage and a claim say the same thing or its opposite."""

import pytest

from valla.scan.stance.cues import cues
from valla.scan.stance.passage import words
from valla.scan.stance.polarity import asked, negates_near, opposes, shared


def turned(claim: str, text: str) -> bool:
    """Whether negations turn round what a text shares with a claim."""
    told = words(text)
    return negates_near(told, cues().find(told), shared(told, asked(claim)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam caused the flood.", False),
        ("The dam did not cause the flood.", True),
        ("The flood was never the work of the dam.", True),
        ("It cannot be that the dam never caused the flood.", False),
        ("Nothing else happened, and the dam caused the flood.", False),
        ("The dam caused the flood without a sound.", False),
    ],
)
def test_a_negation_turns_what_is_near_it_in_its_clause(text: str, expected: bool) -> None:
    """Two negations turn nothing; one in another clause, or after and no `not`, turns nothing."""
    assert turned("The dam caused the flood", text) is expected


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        ("The strike was legal", "The strike was illegal.", True),
        ("The strike was justified", "The strike was unjustified.", True),
        ("The strike was a success", "The strike was a failure.", True),
        ("The strike was a success", "The strike was a success, not a failure.", False),
        ("The strike was a success", "The strike was a triumph.", False),
    ],
)
def test_an_opposite_is_seen(claim: str, text: str, expected: bool) -> None:
    """Pairs of opposites and syllables that turn a word round count, unless the claim's own word stands there too."""
    assert opposes(words(text), asked(claim)) is expected


@pytest.mark.parametrize(
    ("claim", "negative"),
    [
        ("The dam caused it", False),
        ("The dam did not cause it", True),
        ("Not only the dam caused it", False),
        ("It is not true that nobody came", False),
    ],
)
def test_a_claim_knows_whether_it_denies(claim: str, negative: bool) -> None:
    """An odd number of negations makes a claim negative."""
    assert asked(claim).is_negative is negative
