"""Stage 4: drop pairs that share words but mean something else, by the cosine of their static vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.model import Index
from valla.scan.sheet import Sheet
from valla.scan.stages.gate import Pairs

__all__ = ["COVERAGE_SHARE", "MOST_PAIRS", "Semantic"]

COVERAGE_SHARE = 0.5
"""How much coverage counts beside meaning."""

MOST_PAIRS = 100
"""Of the pairs of a sentence the nearest so many are looked at: a library may hold thousands of claims that say nearly the same."""

_SQUARE = np.float32(127.0**2)
_PAIRS_AT_ONCE = 20_000


class Semantic:
    """Keeps pairs that are near enough in words and meaning together.

    Args:
        index: of the library; it holds the static vectors.
        encoder: the static encoder.
        floor: the least mean of coverage and cosine.
    """

    def __init__(self, index: Index, encoder: StaticEncoder, floor: float) -> None:
        self._vectors = index.vectors[encoder.name]
        self._encoder = encoder
        self._floor = floor

    def sift(self, sheet: Sheet, pairs: Pairs) -> Pairs:
        """Return the pairs that are near enough.

        Args:
            sheet: the sentences.
            pairs: those that the gate let through.
        """
        numbers, places = np.unique(pairs.sentences, return_inverse=True)
        rows = self._encoder.encode_words(map(sheet.words, numbers.tolist()))
        cosine = np.empty(len(places), np.float32)
        for first in range(0, len(places), _PAIRS_AT_ONCE):
            part = slice(first, first + _PAIRS_AT_ONCE)
            cosine[part] = self._cosine(rows[places[part]], pairs.wordings[part])
        nearness = COVERAGE_SHARE * pairs.coverage + (1 - COVERAGE_SHARE) * cosine
        return pairs.part((nearness >= self._floor) & _among_first(places, nearness))

    def _cosine(self, rows: NDArray[np.int8], wordings: NDArray[np.int64]) -> NDArray[np.float32]:
        # whole numbers below 2^24: exact as floats in any order of summing
        own = np.asarray(self._vectors[wordings], np.float32)
        products: NDArray[np.float32] = np.einsum("ij,ij->i", rows.astype(np.float32), own)
        return products / _SQUARE


def _among_first(sentences: NDArray[np.int64], nearness: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pairs are among the nearest of their sentence; of equal ones the first."""
    order = np.lexsort((-nearness, sentences))
    starts = np.searchsorted(sentences[order], sentences[order])
    among = np.empty(len(order), np.bool_)
    among[order] = np.arange(len(order)) - starts < MOST_PAIRS
    return among
