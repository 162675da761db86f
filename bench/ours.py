"""Valla as the benches run it: a library in memory, asked through the same calls as `valla find`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peers.model import Ranking
from tasks import Fact

from valla.cli.index import encoders_of
from valla.scan.find import Finder
from valla.scan.index.build import build
from valla.scan.library.model import Library, LibraryClaim

__all__ = ["Ours"]


class Ours:
    """A library, with a search in it.

    Args:
        facts: the claims.
        encoder: `static` or `neural`.
        model: with `neural`: the folder of a model; None for the default one.
    """

    def __init__(self, facts: Sequence[Fact], encoder: str, model: Path | None = None) -> None:
        self.name = f"Valla, {encoder}"
        library = Library(tuple(LibraryClaim(fact.id, fact.text, fact.context) for fact in facts))
        encoders = encoders_of(encoder, model)
        self._numbers = {fact.id: number for number, fact in enumerate(facts)}
        self._finder = Finder(build(library, encoders), encoders[-1])

    def rank(self, texts: Sequence[str], top: int) -> list[Ranking]:
        """Return for each text the best claims with their probabilities."""
        found = self._finder.find_many(texts, top=top)
        return [[(self._numbers[match.claim.id], match.probability) for match in matches] for matches in found]
