"""What goes from stage to stage, and what a stage is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from valla.scan.history.terms import Item
from valla.scan.history.wordings import Wording
from valla.scan.text import Sentence

__all__ = ["Candidate", "Stage"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may repeat a claim.

    Args:
        sentence: where.
        wordings: the wordings of one claim that it may repeat, those that no stage has ruled out.
        found: what counts in the sentence, in order.
        score: what the last stage that scores gave it.
        terms: the terms shared with the first wording.
        begin: offset in the sentence where the shared terms begin.
        end: offset in the sentence after them.
    """

    sentence: Sentence
    wordings: tuple[Wording, ...]
    found: tuple[Item, ...]
    score: float = 0.0
    terms: tuple[str, ...] = ()
    begin: int = 0
    end: int = 0


class Stage(Protocol):
    """Lets some candidates through, knowing more of them."""

    def sift(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield the candidates that are worth the next stage, in order."""
