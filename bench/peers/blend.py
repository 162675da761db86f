"""Two peers taken together: each list scaled to 0..1 by its own best and worst, then added by weight."""

from __future__ import annotations

from collections.abc import Sequence

from peers.model import Peer, Ranking

__all__ = ["Blend"]

DEPTH = 100
"""So many of each peer's claims are blended."""


class Blend:
    """0.3 of one and 0.7 of another.

    Args:
        first: a peer.
        second: another.
        share: the weight of the first; the second has the rest.
    """

    def __init__(self, first: Peer, second: Peer, share: float = 0.3) -> None:
        self._peers = ((first, share), (second, 1 - share))
        self.name = f"{share:.1f} BM25 + {1 - share:.1f} MiniLM"

    def rank(self, texts: Sequence[str], top: int) -> list[Ranking]:
        """Return for each text the best claims."""
        sides = [(peer.rank(texts, DEPTH), share) for peer, share in self._peers]
        return [_blended([(ranked[place], share) for ranked, share in sides])[:top] for place in range(len(texts))]


def _blended(sides: list[tuple[Ranking, float]]) -> Ranking:
    sums: dict[int, float] = {}
    for ranked, share in sides:
        best, worst = ranked[0][1], ranked[-1][1]
        for claim, score in ranked:
            sums[claim] = sums.get(claim, 0.0) + share * (score - worst) / ((best - worst) or 1)
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))
