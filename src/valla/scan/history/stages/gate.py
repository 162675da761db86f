"""Stage 2: drop sentences that share too little rare vocabulary with any claim.

It sees every sentence, so it looks at single words first, each once looked up and remembered. There it is generous: a word that may be
a part of a name or a phrase counts as the whole. Only what may still reach a claim is read for its actors and phrases. Nothing that the
next stage would keep is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from valla.scan.history.index import Index
from valla.scan.history.spotting import capitalised
from valla.scan.history.stages.candidate import Candidate
from valla.scan.history.terms import WORD, items
from valla.scan.history.wordings import Wording
from valla.scan.text import Sentence

__all__ = ["Gate"]

MAX_REMEMBERED_WORDS = 300_000
MAX_REMEMBERED_TERMS = 50_000
FEW_WORDINGS = 64
"""Where single words lead to more wordings than these, reading the sentence costs less than trying them all."""


class Gate:
    """Sentences to candidates.

    Args:
        index: of the library.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._idle: set[str] = set()
        self._leading: dict[str, frozenset[int]] = {}
        self._possible = lru_cache(MAX_REMEMBERED_TERMS)(index.possible)

    def open(self, sentences: Iterable[Sentence]) -> Iterator[Candidate]:
        """Yield a candidate for each claim that a sentence may repeat.

        Args:
            sentences: of one text, in order.
        """
        for sentence in sentences:
            words = set(WORD.findall(capitalised(sentence.text)))
            # Nearly every word of a text leads nowhere and has been met before: one set operation passes over them.
            left = words.difference(self._idle)
            if left:
                places = frozenset[int]().union(*map(self._places, left))
                if places:
                    yield from self._candidates(sentence, words, places)

    def _places(self, word: str) -> frozenset[int]:
        """Return the wordings that a word leads to, worked out when it is first met."""
        if word not in self._leading:
            anchors = self._index.anchors
            found = frozenset(place for term in self._index.possible(word) for place in anchors.get(term, ()))
            if not found:
                self._note_idle(word)
                return found
            self._leading[word] = found
        return self._leading[word]

    def _note_idle(self, word: str) -> None:
        if len(self._idle) >= MAX_REMEMBERED_WORDS:
            self._idle.clear()
        self._idle.add(word)

    def _candidates(self, sentence: Sentence, words: Iterable[str], places: Collection[int]) -> Iterator[Candidate]:
        if len(places) <= FEW_WORDINGS:
            places = self._reached(places, frozenset[str]().union(*map(self._possible, words)))
        if places:
            yield from self._read(sentence, places)

    def _read(self, sentence: Sentence, places: Collection[int]) -> Iterator[Candidate]:
        """Yield the candidates that remain once the sentence is read for its actors and phrases."""
        index = self._index
        found = tuple(items(sentence.text, index.spotter, index.lexicon))
        terms = frozenset[str]().union(*(item.wide for item in found))
        led_to = frozenset[int]().union(*(index.anchors.get(term, frozenset()) for term in terms))
        claims: dict[str, list[Wording]] = {}
        for place in self._reached(led_to.intersection(places), terms):
            wording = index.wordings[place]
            claims.setdefault(wording.claim.id, []).append(wording)
        for wordings in claims.values():
            yield Candidate(sentence, tuple(wordings), found)

    def _reached(self, places: Collection[int], terms: frozenset[str]) -> list[int]:
        return [place for place in sorted(places) if _may_reach(self._index.wordings[place], terms)]


def _may_reach(wording: Wording, possible: frozenset[str]) -> bool:
    """Whether a sentence with these terms at most can be bound to a wording and reach the floor."""
    needs = wording.needs
    lacking = sum(possible.isdisjoint(needs[place].terms) for place in wording.required)
    if lacking > wording.may_lack:
        return False
    met = {place for place, need in enumerate(needs) if not possible.isdisjoint(need.terms)}
    return sum(needs[place].weight for place in met) >= wording.floor * wording.total and wording.is_bound(met)
