"""Stages 3 and 4 of a search for one short text: the claims that share most with it in words, and those nearest in meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from valla.scan.encoders.model import Vectors
from valla.scan.index.model import Index

__all__ = ["Candidates"]

_K1, _B = 1.2, 0.75


class Candidates:
    """Finds claims worth a closer look.

    Args:
        index: of the library.
        encoder: the name of the encoder whose vectors are compared.
        count: how many are taken by words, and how many by meaning.
    """

    def __init__(self, index: Index, encoder: str, count: int = 50) -> None:
        self._count = count
        self._numbers: Mapping[str, int] = index.numbers
        self._bm25 = _bm25(index)
        self._owners = np.asarray(index.wording_claims)
        self._claims = len(index.claims)
        self._vectors = np.asarray(index.vectors[encoder]).astype(np.float32)

    def near(self, terms: Sequence[str], vector: Vectors) -> list[int]:
        """Return the numbers of the claims near a text, in order of the library.

        Args:
            terms: of the text.
            vector: its row.
        """
        found = self._best(self._by_words(terms)) | self._best(self._by_meaning(vector))
        return sorted(found)

    def _by_words(self, terms: Sequence[str]) -> NDArray[np.float32]:
        known = sorted({self._numbers[term] for term in terms if term in self._numbers})
        return np.asarray(self._bm25[known].sum(axis=0)).ravel() if known else np.zeros(self._claims, np.float32)

    def _by_meaning(self, vector: Vectors) -> NDArray[np.float32]:
        nearest = np.zeros(self._claims, np.float32)
        # whole numbers below 2^24: exact in any order of summing
        np.maximum.at(nearest, self._owners, self._vectors @ vector.astype(np.float32))
        return nearest

    def _best(self, scores: NDArray[np.float32]) -> set[int]:
        count = min(self._count, len(scores))
        order = np.lexsort((np.arange(len(scores)), -scores))[:count]
        return {int(number) for number in order if scores[number] > 0}


def _bm25(index: Index) -> sparse.csr_array:
    """Return what each term (row) adds to the score of each claim (column)."""
    starts = index.wording_terms.starts[index.first_wordings]
    values = np.asarray(index.wording_terms.values)
    ones = np.ones(len(values), np.float32)
    counts = sparse.csr_array((ones, values, starts), shape=(len(index.claims), len(index.terms)))
    # before duplicates are summed: that changes `starts` in place
    lengths = np.diff(starts) / max(1.0, len(values) / max(1, len(index.claims)))
    counts.sum_duplicates()
    norms = np.repeat(_K1 * (1 - _B + _B * lengths), np.diff(counts.indptr))
    weights = np.asarray(index.weights)[counts.indices]
    counts.data = (weights * counts.data * (_K1 + 1) / (counts.data + norms)).astype(np.float32)
    return counts.T.tocsr()
