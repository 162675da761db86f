"""Who does it to whom."""

import pytest

from valla.scan.history.index import Index
from valla.scan.history.stages.candidate import Candidate
from valla.scan.history.stages.roles import REVERSED, Roles
from valla.scan.history.terms import items
from valla.scan.text import Sentence


def score(index: Index, claim: str, text: str) -> float:
    """Return what is left of a score of 1."""
    wording = next(wording for wording in index.wordings if wording.claim.id == claim)
    (found,) = Roles(index).sift(
        [
            Candidate(
                Sentence(0, len(text), text), (wording,), tuple(items(text, index.spotter, index.lexicon)), score=1.0
            )
        ]
    )
    return found.score


@pytest.mark.parametrize(
    "text",
    ["The Soviet Union attacked Finland.", "Finland was attacked by the Soviet Union.", "Stalin’s invasion of Finland"],
)
def test_reversed_roles_lower_the_score(index: Index, text: str) -> None:
    """Active, passive and possessive are read alike."""
    assert score(index, "myth-4", text) == REVERSED


@pytest.mark.parametrize("text", ["Finland attacked the Soviet Union.", "The Soviet Union was attacked by Finland."])
def test_the_same_roles_keep_the_score(index: Index, text: str) -> None:
    """A passive with the roles exchanged says the same."""
    assert score(index, "myth-4", text) == 1


def test_what_cannot_be_read_keeps_the_score(index: Index) -> None:
    """Where the relation stands outside the two actors nothing is known."""
    assert score(index, "myth-4", "An attack: Finland, the Soviet Union.") == 1


def test_symmetric_relations_have_no_roles(index: Index) -> None:
    """Opponents are opponents either way."""
    assert score(index, "myth-2", "Nazi Germany was always an opponent of the Soviet Union.") == 1
