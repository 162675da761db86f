"""The sentence after a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.model import Stance
from valla.scan.stance.answers import refuses
from valla.scan.stance.judge import Passage, stance_of

CLAIM = "The lighthouse was built by monks."
REFUSALS = [
    " This is false.",
    " That is a lie.",
    " No.",
    " Not true.",
    " Certainly not.",
    '" This is untrue.',
    " It was not.",
    " The claim is a myth.",
    " These stories are invented.",
    " None of this is true.",
    " Nonsense!",
    " That is false: the plans name a mason.",
    " It is not so, as the plans show.",
    " This is false",
]
OTHERS = [
    "",
    " This is well known.",
    " It is no myth.",
    " That is not false.",
    " Why not?",
    " It is wrong to forget it.",
    " It was not far.",
    " It is not true that the mill burned.",
    " The myth of the harvest lives on in songs.",
    " In 1939 it rained.",
]


@pytest.mark.parametrize("after", REFUSALS)
@pytest.mark.parametrize("text", [CLAIM, "The guidebook says that the lighthouse was built by monks."])
def test_what_is_refused_in_the_next_sentence_is_rebutted(text: str, after: str) -> None:
    """Whoever says it, and however sure it sounded."""
    assert refuses(after)
    assert stance_of(Passage("", text, after), CLAIM) is Stance.REBUTS


@pytest.mark.parametrize("after", OTHERS)
def test_another_sentence_refuses_nothing(after: str) -> None:
    """It may speak of untruth, but not of what stands before it."""
    assert not refuses(after)
    assert stance_of(Passage("", CLAIM, after), CLAIM) is Stance.REPEATS


@given(st.text())
def test_any_text_may_follow(after: str) -> None:
    """Without an error, and the same each time."""
    assert refuses(after) == refuses(after)
