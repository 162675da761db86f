"""Stage 3: how much of a claim a sentence says, by the terms that they share.

The score of a sentence against a wording is the weighted F-measure of its best passage (C. J. van Rijsbergen, "Information
Retrieval", 2nd ed. 1979, chapter 7): with R the share of the wording's weight that the passage covers, and P the share of the passage's
weight that is the wording's,

    F = (1 + b²) P R / (b² P + R),   b = 1.5: what the claim says counts more than what the passage adds.

A passage runs from one shared term to another; the best one is taken, so a long sentence is not punished for what it says
elsewhere. Deviations: each term counts once however often it stands (no saturation as in BM25, which is made for long
documents); a passage must name the actors that the claim names and have one of its relations; where the wording sweeps (always,
never, first, only) and the passage does not, the score is lowered, since the sweep is what makes it the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from valla.scan.history.stages.candidate import Candidate
from valla.scan.history.terms import Item
from valla.scan.history.wordings import Wording

__all__ = ["BETA", "WITHOUT_SWEEP", "Lexical", "Passage", "best_passage"]

BETA = 1.5
"""How much more coverage of the claim counts than brevity of the passage."""

WITHOUT_SWEEP = 0.6
"""What is left of a score where the wording sweeps and the passage does not."""

LEAST_SHARED = 3
"""A passage that shares fewer terms is a coincidence."""

MAX_SHARED = 60
"""Of a sentence with more shared terms only the first are tried: passages are tried pair by pair."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The stretch of a sentence that is most like a wording.

    Args:
        score: 0 to 1.
        terms: what both have.
        begin: offset in the sentence.
        end: offset after it.
    """

    score: float
    terms: tuple[str, ...]
    begin: int
    end: int


def _f_measure(precision: float, recall: float) -> float:
    below = BETA**2 * precision + recall
    return (1 + BETA**2) * precision * recall / below if below else 0.0


def _shared(wording: Wording, found: Sequence[Item]) -> list[tuple[int, frozenset[int]]]:
    """Return the places of the items that the wording asks for, each with the needs that it meets."""
    shared = []
    for at, item in enumerate(found):
        met = frozenset(place for place, need in enumerate(wording.needs) if not need.terms.isdisjoint(item.wide))
        if met:
            shared.append((at, met))
    return shared[:MAX_SHARED]


def _score(wording: Wording, met: set[int], own: float, whole: float) -> float:
    if len(met) < LEAST_SHARED or not wording.is_bound(met):
        return 0.0
    recall = sum(wording.needs[place].weight for place in met) / wording.total
    if recall < wording.floor:
        return 0.0
    score = _f_measure(own / whole, recall)
    return score * WITHOUT_SWEEP if wording.sweeps and met.isdisjoint(wording.sweeps) else score


def best_passage(wording: Wording, found: Sequence[Item]) -> Passage | None:
    """Return the passage of a sentence that is most like a wording.

    Args:
        wording: what to look for.
        found: the items of the sentence, in order.

    Returns:
        The best passage, the shortest of equals; None where none is bound to the wording.
    """
    sums = [0.0]
    for item in found:
        sums.append(sums[-1] + item.weight)
    shared = _shared(wording, found)
    best: Passage | None = None
    for first, (begin, _) in enumerate(shared):
        met: set[int] = set()
        own = 0.0
        for end, needs in shared[first:]:
            met |= needs
            own += found[end].weight
            score = _score(wording, met, own, sums[end + 1] - sums[begin])
            if score > (best.score if best else 0.0):
                best = Passage(score, _terms(wording, met), found[begin].start, found[end].end)
    return best


def _terms(wording: Wording, met: set[int]) -> tuple[str, ...]:
    return tuple("|".join(sorted(wording.needs[place].terms)) for place in sorted(met))


class Lexical:
    """Scores candidates by shared terms.

    Args:
        floor: candidates that score less are dropped.
    """

    def __init__(self, floor: float) -> None:
        self._floor = floor

    def sift(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield the candidates that reach the floor, with score, shared terms and the best of their wordings."""
        for candidate in candidates:
            scored = _scored(candidate)
            if scored.score >= self._floor:
                yield scored


def _scored(candidate: Candidate) -> Candidate:
    passages = [(best_passage(wording, candidate.found), wording) for wording in candidate.wordings]
    best, wording = max(passages, key=lambda pair: pair[0].score if pair[0] else 0.0)
    if best is None:
        return candidate
    return replace(candidate, wordings=(wording,), score=best.score, terms=best.terms, begin=best.begin, end=best.end)
