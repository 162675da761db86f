"""Stage 7 of the cascade: two thresholds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.model import Decision, Settings
from valla.scan.stages.decide import CONFIRM_SHARED, SUGGEST_SHARED, decided
from valla.scan.stages.rerank import Scored

CONFIRM, SUGGEST = Decision.CONFIRM, Decision.SUGGEST
SETTINGS = Settings(confirm=0.8, suggest=0.5)


def scored(probability: float, shared: int) -> Scored:
    """Return a pair."""
    return Scored(0, 0, probability, "Owls bark.", shared)


@pytest.mark.parametrize(
    ("probability", "shared", "is_doubted", "decision"),
    [
        (1.0, 8, False, CONFIRM),
        (0.8, CONFIRM_SHARED, False, CONFIRM),
        (0.7999, 8, False, SUGGEST),
        (0.5, CONFIRM_SHARED, False, SUGGEST),
        (0.4999, 8, False, None),
        (0.0, 0, False, None),
        (1.0, CONFIRM_SHARED - 1, False, SUGGEST),
        (0.5, SUGGEST_SHARED, False, SUGGEST),
        (1.0, SUGGEST_SHARED - 1, False, None),
        (1.0, 0, False, None),
        (1.0, 8, True, SUGGEST),
        (0.5, SUGGEST_SHARED, True, SUGGEST),
        (0.4999, 8, True, None),
        (1.0, SUGGEST_SHARED - 1, True, None),
    ],
)
def test_probability_shared_terms_and_doubt_decide(
    probability: float, shared: int, is_doubted: bool, decision: Decision | None
) -> None:
    """Each of them can hold back what the others would confirm."""
    assert decided(scored(probability, shared), SETTINGS, is_doubted=is_doubted) is decision


@given(
    probability=st.floats(0, 1),
    shared=st.integers(0, 8),
    confirm=st.floats(0, 1),
    suggest=st.floats(0, 1),
    is_doubted=st.booleans(),
)
def test_a_more_probable_pair_never_fares_worse(
    probability: float, shared: int, confirm: float, suggest: float, is_doubted: bool
) -> None:
    """Nor does one that shares more, whatever the thresholds are."""
    ranks = {None: 0, SUGGEST: 1, CONFIRM: 2}

    def rank(probability: float, shared: int) -> int:
        settings = Settings(confirm=confirm, suggest=suggest)
        return ranks[decided(scored(probability, shared), settings, is_doubted=is_doubted)]

    assert rank(probability, shared) <= rank(min(1.0, probability + 0.1), shared)
    assert rank(probability, shared) <= rank(probability, shared + 1)
