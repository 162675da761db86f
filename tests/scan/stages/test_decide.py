"""Stage 7: two thresholds."""

from hypothesis import given
from hypothesis import strategies as st

from valla.scan.index import Index
from valla.scan.model import Decision, Settings, Stance
from valla.scan.stages.candidate import Candidate
from valla.scan.stages.decide import CONFIRM_SHORT, Decide
from valla.scan.text import Sentence

SCORES = st.floats(0, 1)


def decision(index: Index, score: float, settings: Settings, stance: Stance | None = None) -> Decision | None:
    """Return what is decided of a candidate, None where it is dropped."""
    candidate = Candidate(Sentence(0, 1, "x"), (index.wordings[0],), (), score=score, stance=stance)
    found = list(Decide(settings).sift([candidate]))
    return found[0].decision if found else None


@given(score=SCORES, confirm=SCORES, suggest=SCORES)
def test_the_thresholds_decide(index: Index, score: float, confirm: float, suggest: float) -> None:
    """Below `suggest` dropped, from `confirm` on confirmed, between them suggested."""
    found = decision(index, score, Settings(confirm=confirm, suggest=suggest))

    assert (found is None) == (score < suggest)
    assert (found is Decision.CONFIRM) == (score >= suggest and score >= confirm)


def test_a_rebuttal_is_never_confirmed(index: Index) -> None:
    """It is shown to an editor instead."""
    assert decision(index, 1.0, Settings(), Stance.REBUTS) is Decision.SUGGEST


def test_a_short_wording_is_confirmed_only_by_hardly_anything_else(index: Index) -> None:
    """Two actors and one relation come together by chance."""
    short = next(wording for wording in index.wordings if wording.claim.id == "myth-4")
    decided = [
        next(Decide(Settings()).sift([Candidate(Sentence(0, 1, "x"), (short,), (), score=score)])).decision
        for score in (CONFIRM_SHORT - 0.01, CONFIRM_SHORT)
    ]

    assert decided == [Decision.SUGGEST, Decision.CONFIRM]
