"""What a peer is: it ranks claims for each text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

__all__ = ["Peer", "Ranking"]

Ranking = list[tuple[int, float]]
"""Claims by position in the library, the best first, each with its score."""


class Peer(Protocol):
    """Ranks the claims of a library for each of many texts."""

    @property
    def name(self) -> str:
        """What it is, for a table."""

    def rank(self, texts: Sequence[str], top: int) -> list[Ranking]:
        """Return for each text the best claims."""
