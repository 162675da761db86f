"""How much a term counts beside the claims of a library."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from valla.scan.analysis import Analysis, share_of_writing
from valla.scan.index.build import WRITING_CLAIMS
from valla.scan.index.model import Index

__all__ = ["STOP_WEIGHT", "Weighing"]

STOP_WEIGHT = 0.7
"""What a word without a term counts where words are compared letter by letter."""


class Weighing:
    """Knows the terms of words and how much they weigh: those of a library as its index says, others by writing at large.

    Args:
        index: of the library.
    """

    def __init__(self, index: Index) -> None:
        self.analysis = Analysis(index.language)
        self.term = self.analysis.term
        self._numbers = index.numbers
        self._weights = np.asarray(index.weights).astype(float).tolist()
        self._whole = len(index.claims) + WRITING_CLAIMS
        self.weight = lru_cache(200_000)(self._weight)

    def _weight(self, term: str) -> float:
        number = self._numbers.get(term)
        if number is not None:
            return float(self._weights[number])
        return -math.log(share_of_writing(term, self.analysis.language) * WRITING_CLAIMS / self._whole)

    def word_weight(self, word: str) -> float:
        """Return what a word weighs in a comparison by letters."""
        term = self.term(word)
        return self.weight(term) if term else STOP_WEIGHT
