"""Stages 3 and 4 of a search for one short text: the claims that share most with it in words, and those nearest in meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from valla.scan.encoders.model import Vectors
from valla.scan.index.model import Index

__all__ = ["LEAST", "Candidates"]

LEAST = 50
"""So many claims are looked at by words, and as many by meaning, however few are to be listed."""

_K1, _B = 1.2, 0.75
_ROWS_AT_ONCE = 65_536


class Candidates:
    """Finds claims worth a closer look.

    Args:
        index: of the library.
        encoder: the name of the encoder whose vectors are compared.
    """

    def __init__(self, index: Index, encoder: str) -> None:
        self._numbers: Mapping[str, int] = index.numbers
        self._bm25 = _bm25(index)
        self._owners = np.asarray(index.wording_claims)
        self._claims = len(index.claims)
        self._vectors = index.vectors[encoder]

    def near(self, terms: Sequence[str], vector: Vectors, count: int = LEAST) -> list[int]:
        """Return the numbers of the claims near a text, in order of the library.

        Args:
            terms: of the text.
            vector: its row.
            count: how many are taken by words, and how many by meaning.
        """
        return sorted(_best(self._by_words(terms), count) | _best(self._by_meaning(vector), count))

    def _by_words(self, terms: Sequence[str]) -> NDArray[np.float32]:
        known = sorted({self._numbers[term] for term in terms if term in self._numbers})
        return np.asarray(self._bm25[known].sum(axis=0)).ravel() if known else np.zeros(self._claims, np.float32)

    def _by_meaning(self, vector: Vectors) -> NDArray[np.float32]:
        nearest = np.zeros(self._claims, np.float32)
        asked = vector.astype(np.float32)
        for first in range(0, len(self._vectors), _ROWS_AT_ONCE):
            part = slice(first, first + _ROWS_AT_ONCE)
            # whole numbers below 2^24: exact in any order of summing
            np.maximum.at(nearest, self._owners[part], self._vectors[part].astype(np.float32) @ asked)
        return nearest


def _best(scores: NDArray[np.float32], count: int) -> set[int]:
    """Return the places of the highest scores above zero; of equal ones the first."""
    if count < len(scores):
        least = np.partition(scores, -count)[-count]
        places = np.flatnonzero(scores >= max(least, np.finfo(np.float32).tiny))
    else:
        places = np.flatnonzero(scores > 0)
    order = np.argsort(-scores[places], kind="stable")
    return set(places[order][:count].tolist())


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
