"""Still stage 3: who does it to whom.

Engages where a wording has a directed relation (attacked, occupied, betrayed) between two actors. Where the sentence has them the
other way round its score is lowered: "Germany attacked Poland" does not repeat "Poland attacked Germany". The order is read off the
words alone: actor, relation, actor, turned by a `by` after the relation; where it cannot be read nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from valla.scan.history.index import Index
from valla.scan.history.stages.candidate import Candidate
from valla.scan.history.terms import Item, items, words
from valla.scan.history.wordings import Wording

__all__ = ["REVERSED", "Roles"]

REVERSED = 0.5
"""What is left of a score where the roles are the other way round."""


def _before_and_after(found: Sequence[Item], relation: int, sides: Sequence[frozenset[str]]) -> tuple[int, int] | None:
    """Return which side is named last before a relation and which first after it; None unless both are, and differ."""

    def side(order: Iterable[int]) -> int | None:
        named = (number for place in order for number, terms in enumerate(sides) if found[place].wide & terms)
        return next(named, None)

    before, after = side(range(relation - 1, -1, -1)), side(range(relation + 1, len(found)))
    return None if before is None or after is None or before == after else (before, after)


def _agent(text: str, found: Sequence[Item], sides: Sequence[frozenset[str]], directed: frozenset[str]) -> int | None:
    """Return the side that does it, by the first directed relation that stands between the two; None where none does."""
    for place, item in enumerate(found):
        if item.wide.isdisjoint(directed):
            continue
        order = _before_and_after(found, place, sides)
        if order:
            following = next(other for other in found[place + 1 :] if other.wide & sides[order[1]])
            return order[1] if "by" in words(text[item.end : following.start]) else order[0]
    return None


class Roles:
    """Lowers the score of sentences that turn a claim round.

    Args:
        index: of the library.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def sift(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield every candidate, with a lower score where its roles are reversed."""
        for candidate in candidates:
            yield replace(candidate, score=candidate.score * REVERSED) if self._is_reversed(candidate) else candidate

    def _is_reversed(self, candidate: Candidate) -> bool:
        wording = candidate.wordings[0]
        sides = _sides(wording)
        directed = self._directed(wording)
        if len(sides) != 2 or not directed:
            return False
        claimed = _agent(wording.text, self._items(wording.text), sides, directed)
        told = _agent(candidate.sentence.text, candidate.found, sides, directed)
        return None not in {claimed, told} and claimed != told

    def _directed(self, wording: Wording) -> frozenset[str]:
        terms = (term for place in wording.relations for term in wording.needs[place].terms)
        return frozenset(term for term in terms if self._index.lexicon.is_directed(term))

    def _items(self, text: str) -> list[Item]:
        return items(text, self._index.spotter, self._index.lexicon)


def _sides(wording: Wording) -> list[frozenset[str]]:
    return [wording.needs[place].terms for place in wording.required if wording.needs[place].group == "actor"]
