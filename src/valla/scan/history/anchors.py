"""Which single words may lead to a wording: the means by which a gate drops a sentence without understanding it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from valla.actors.words import folded
from valla.scan.history.lexicon import EXACT, Lexicon, stem
from valla.scan.history.spotting import Shape, Spotter
from valla.scan.history.terms import WORD, bare
from valla.scan.history.wordings import Need, Wording

__all__ = ["Chances", "Triggers", "anchor_terms", "triggers"]


Triggers = Mapping[str, tuple[frozenset[str], ...]]
"""By stem and shape, the terms that a word may be a part of, besides its own."""


def _rarest(parts: Iterable[str], lexicon: Lexicon) -> str:
    """Return the rarest of some words: a name or phrase can only stand where that one stands."""

    def rarity(word: str) -> tuple[bool, float, str]:
        small = word.lower()
        return small not in lexicon.stop, lexicon.rarity.get(stem(folded(small)), lexicon.rarest), word

    return max(parts, key=rarity)


def _phrases(lexicon: Lexicon) -> Iterator[tuple[list[str], str | None]]:
    """Yield the words of all phrases, and of concepts that imply or may be turned, with a term that they may give."""
    for phrases in lexicon.phrases.values():
        for stems, terms in phrases:
            yield from ((list(stems), term) for term in lexicon.widened(terms))
    for concept in lexicon.concepts.values():
        for phrase in concept.words:
            parts = [word.removesuffix(EXACT) for word in phrase.split()]
            yield parts, concept.implies
            # `never` may turn any word of a concept into its opposite.
            yield parts, concept.opposite
    yield ["never"], "~always"
    yield ["never"], "~not"


def triggers(spotter: Spotter, lexicon: Lexicon) -> Triggers:
    """Return which terms each word may be a part of, besides its own.

    Args:
        spotter: knows the names of actors.
        lexicon: knows phrases, and what `never` turns.
    """
    found: dict[str, tuple[set[str], ...]] = {}
    named = ([bare(word) for word in WORD.findall(name)] for name, _ in spotter.names())
    pairs = zip(named, (term for _, term in spotter.names()), strict=True)
    for parts, term in chain(pairs, _phrases(lexicon)):
        if parts and term:
            word = _rarest(parts, lexicon)
            shapes = found.setdefault(stem(folded(word.lower())), tuple(set() for _ in Shape))
            for shape in Shape:
                if shape >= Shape.of(word):
                    shapes[shape].add(term)
    return {root: tuple(map(frozenset, shapes)) for root, shapes in found.items()}


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each term is in a sentence.

    Args:
        sources: the stems that may give a term.
        lexicon: knows how rare they are.
    """

    sources: Mapping[str, frozenset[str]]
    lexicon: Lexicon

    @classmethod
    def of(cls, triggered: Triggers, lexicon: Lexicon) -> Chances:
        """Turn triggers and lexicon round: from terms to stems."""
        found: dict[str, set[str]] = {}
        pairs = [(root, term) for root, shapes in triggered.items() for term in shapes[-1]]
        pairs += [(root, term) for root, terms in lexicon.by_stem.items() for term in terms]
        pairs += [(stem(form), term) for form, terms in lexicon.by_form.items() for term in terms]
        for root, term in pairs:
            found.setdefault(term, set()).add(root)
        return cls({term: frozenset(roots) for term, roots in found.items()}, lexicon)

    def chance(self, need: Need) -> float:
        """Return roughly in what share of all sentences a need is met: its rarities turned back into shares."""
        roots = frozenset[str]().union(*(self.sources.get(term, frozenset({term})) for term in need.terms))
        return sum(math.exp(-self.lexicon.rarity.get(root, self.lexicon.rarest)) for root in roots)


def anchor_terms(wording: Wording, chances: Chances) -> frozenset[str]:
    """Return terms of which a sentence must have one to be scored against a wording.

    Where names are required, the least likely of them. Otherwise the least likely needs, so many that the rest cannot reach the
    floor without them: the prefix filter of S. Chaudhuri, V. Ganti and R. Kaushik, "A Primitive Operator for Similarity Joins
    in Data Cleaning" (ICDE 2006).

    Args:
        wording: what to look for.
        chances: how likely each term is.
    """
    required = sorted((wording.needs[place] for place in wording.required), key=chances.chance)
    if required:
        return frozenset[str]().union(*(need.terms for need in required[: wording.may_lack + 1]))
    chosen: set[str] = set()
    left = wording.total
    for need in sorted(wording.needs, key=chances.chance):
        if left < wording.floor * wording.total:
            break
        chosen |= need.terms
        left -= need.weight
    return frozenset(chosen)
