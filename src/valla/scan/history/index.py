"""An inverted index of a library: from the words of a sentence to the wordings that it may repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from valla.actors.words import folded
from valla.scan.history.anchors import Chances, Triggers, anchor_terms, triggers
from valla.scan.history.lexicon import Lexicon, lexicon, stem
from valla.scan.history.spotting import Shape, Spotter
from valla.scan.history.terms import bare
from valla.scan.history.wordings import Wording, wordings
from valla.scan.library.model import Library

__all__ = ["Index", "build"]


@dataclass(frozen=True, slots=True)
class Index:
    """The wordings of a library, and which words lead to them.

    Args:
        wordings: every wording that can be looked for.
        skipped: those that say too little.
        triggers: which terms a word may be a part of, besides its own.
        anchors: the wordings that a sentence with this term may repeat; one without any of a wording's anchors cannot.
        spotter: finds actors.
        lexicon: knows words.
        fingerprint: of the library.
    """

    wordings: tuple[Wording, ...]
    skipped: tuple[Wording, ...]
    triggers: Triggers
    anchors: Mapping[str, frozenset[int]]
    spotter: Spotter
    lexicon: Lexicon
    fingerprint: str

    def possible(self, word: str) -> frozenset[str]:
        """Return every term that a word may be, or be a part of."""
        own = bare(word)
        small = own.lower()
        shapes = self.triggers.get(stem(folded(small)))
        terms = frozenset(self.lexicon.terms(small))
        return terms | shapes[Shape.of(own)] if shapes else terms


def build(library: Library, spotter: Spotter) -> Index:
    """Build the index of a library.

    Args:
        library: the claims to look for.
        spotter: finds actors.
    """
    known = lexicon()
    triggered = triggers(spotter, known)
    chances = Chances.of(triggered, known)
    made = [wording for claim in library.claims for wording in wordings(claim, spotter, known)]
    kept = tuple(wording for wording in made if wording.says_enough)
    anchors: dict[str, set[int]] = {}
    for place, wording in enumerate(kept):
        for term in anchor_terms(wording, chances):
            anchors.setdefault(term, set()).add(place)
    return Index(
        wordings=kept,
        skipped=tuple(wording for wording in made if not wording.says_enough),
        triggers=triggered,
        anchors={term: frozenset(places) for term, places in anchors.items()},
        spotter=spotter,
        lexicon=known,
        fingerprint=library.fingerprint,
    )
