"""Stage 6: stance."""

import pytest

from valla.scan.index import Index
from valla.scan.model import Stance
from valla.scan.stages import stance
from valla.scan.stages.candidate import Candidate
from valla.scan.terms import items
from valla.scan.text import Sentence


def told(index: Index, claim: str, text: str) -> Stance | None:
    """Return the stance of a sentence toward a claim."""
    wording = next(wording for wording in index.wordings if wording.claim.id == claim)
    (found,) = stance.Stance(index).sift(
        [Candidate(Sentence(0, len(text), text), (wording,), tuple(items(text, index.spotter, index.lexicon)))]
    )
    return found.stance


@pytest.mark.parametrize(
    "text",
    [
        "It is a myth that the Soviet Union was always an opponent of Nazi Germany.",
        "The Soviet Union was not always an opponent of Nazi Germany.",
        "The USSR wasn’t always Hitler’s enemy.",
        "Contrary to the legend, Moscow was no constant enemy of Hitler, let alone always.",
        "The Soviet Union was by no means always an opponent of Nazi Germany.",
    ],
)
def test_a_denial_is_a_rebuttal(index: Index, text: str) -> None:
    """Sure cues and a `not` before the sweep tell a rebuttal."""
    assert told(index, "myth-2", text) is Stance.REBUTS


@pytest.mark.parametrize(
    "text",
    [
        "The Soviet Union was always an opponent of Nazi Germany.",
        "The Soviet Union was not only an enemy of Hitler, it always fought him.",
        "The Soviet Union did not cease to oppose Hitler.",
        "Myth 2: The Soviet Union was always an opponent of Nazi Germany",
    ],
)
def test_without_a_sure_cue_nothing_is_said(index: Index, text: str) -> None:
    """The stance stays None."""
    assert told(index, "myth-2", text) is None


def test_a_claim_that_denies_is_not_rebutted_by_its_own_denial(index: Index) -> None:
    """`Did not` repeats `never`."""
    assert told(index, "myth-6", "France did not betray Poland.") is None
