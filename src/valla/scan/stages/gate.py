"""Stage 2: drop sentences that share too little rare vocabulary with any claim.

What a sentence covers of a wording is the share of the wording's weight that stands in terms of both. Common terms weigh nothing here,
so that most of a text meets no claim at all; the sums of the rest are one product of sparse matrices.

Of each wording the product sees its rarest terms alone: what the others weigh together is less than the wording asks for, so no sentence
passes by them. For the few pairs that might still pass with them, they are added afterwards. It is the prefix filter of
S. Chaudhuri, V. Ganti and R. Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning" (ICDE 2006), and changes no result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from valla.scan.index.model import Index, Rows

__all__ = ["COMMON_WEIGHT", "LEAST_WEIGHT", "Gate", "Pairs"]

COMMON_WEIGHT = 2.5
"""What is taken off each term's weight at the gate: a term that weighs no more is common."""

LONE_WEIGHT = 4.0
"""Added to a wording's weight, so that one shared word is not the whole of a short one."""

LEAST_WEIGHT = 8.0
"""What a sentence shares with a wording must weigh at least this: two or three rare words."""

MOST_OF_IT = 0.8
"""Of a wording that hardly weighs so much itself, this share will do."""

COMMONER_SHARE = 0.5
"""The commoner terms of a wording are those that weigh less than this share of the least that it asks for. With more of them, the
product is smaller and more pairs are left to look at again: half was fastest."""

_SENTENCES_AT_ONCE = 2_048
_STEPS = 1_024
"""Weights are whole multiples of one part in so many, so that their sums as floats are exact in any order."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Sentences with the wordings that they may repeat.

    Args:
        sentences: their numbers.
        wordings: the number of a wording for each.
        coverage: what the sentence covers of the wording, 0 to 1.
    """

    sentences: NDArray[np.int64]
    wordings: NDArray[np.int64]
    coverage: NDArray[np.float32]

    def part(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Pairs:
        """Return some of the pairs.

        Args:
            kept: which: a truth for each pair, or their places.
        """
        return Pairs(self.sentences[kept], self.wordings[kept], self.coverage[kept])


class Gate:
    """Lets through what covers enough of a wording.

    Args:
        index: of the library.
        floor: the least coverage.
        least: what a sentence shares with a wording must weigh so much, or nearly the whole of it.
    """

    def __init__(self, index: Index, floor: float, least: float = LEAST_WEIGHT) -> None:
        weights = np.maximum(np.asarray(index.weights) - COMMON_WEIGHT, 0)
        said = _matrix(index.wording_terms, len(index.terms)) @ sparse.diags_array(np.rint(weights * _STEPS) / _STEPS)
        said.eliminate_zeros()
        own = np.asarray(said.sum(axis=1)).ravel()
        self._whole = own + LONE_WEIGHT
        self._least = np.maximum(floor * self._whole, np.minimum(least, MOST_OF_IT * own))
        is_common = _commoner(said, COMMONER_SHARE * self._least)
        self._common = _only(said, is_common)
        self._asked = _only(said, ~is_common).T.tocsr().astype(np.float32)
        self._possible = self._least - np.asarray(self._common.sum(axis=1)).ravel()

    def open(self, terms: Rows) -> Iterator[Pairs]:
        """Yield the pairs that pass, by and by, in order of their sentences and wordings.

        Args:
            terms: of each sentence, as numbers of the index.
        """
        for first in range(0, len(terms), _SENTENCES_AT_ONCE):
            part = Rows(terms.starts[first : first + _SENTENCES_AT_ONCE + 1], terms.values)
            yield self._passed(_matrix(part, self._asked.shape[0]), first)

    def _passed(self, held: sparse.csr_array, first: int) -> Pairs:
        shared = held @ self._asked
        possible = np.flatnonzero(shared.data >= self._possible[shared.indices])
        sentences = np.searchsorted(shared.indptr, possible, side="right") - 1
        wordings = shared.indices[possible].astype(np.int64)
        weight = shared.data[possible] + _shared(held, sentences, self._common, wordings)
        found = Pairs(sentences.astype(np.int64) + first, wordings, (weight / self._whole[wordings]).astype(np.float32))
        passed = np.flatnonzero(weight >= self._least[wordings])
        return found.part(passed[np.lexsort((wordings[passed], sentences[passed]))])


def _commoner(said: sparse.csr_array, most: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which weights of each row are its smallest, as many as add up to less than a bound.

    Args:
        said: weights, a row for each wording.
        most: the bound of each row.
    """
    rows = np.repeat(np.arange(said.shape[0]), np.diff(said.indptr))
    order = np.lexsort((said.indices, said.data, rows))
    sums = np.concatenate([[0], np.cumsum(said.data[order])])
    within = sums[1:] - sums[said.indptr[rows]]
    found = np.empty(len(rows), np.bool_)
    found[order] = within < most[rows]
    return found


def _only(matrix: sparse.csr_array, kept: NDArray[np.bool_]) -> sparse.csr_array:
    made = sparse.csr_array((np.where(kept, matrix.data, 0), matrix.indices, matrix.indptr), matrix.shape, copy=True)
    made.eliminate_zeros()
    return made


def _shared(
    held: sparse.csr_array, rows: NDArray[np.int64], asked: sparse.csr_array, others: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return for pairs of rows of two matrices, what the terms weigh in the second that the first has too."""
    width = np.int64(held.shape[1])
    counts = np.diff(asked.indptr)[others]
    pairs = np.repeat(np.arange(len(others)), counts)
    places = np.repeat(asked.indptr[others] - np.cumsum(counts) + counts, counts) + np.arange(len(pairs))
    there = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr)) * width + held.indices
    wanted = rows[pairs] * width + asked.indices[places]
    found = np.searchsorted(there, wanted)
    is_there = there[np.minimum(found, len(there) - 1)] == wanted if len(there) else np.zeros(0, np.bool_)
    weights: NDArray[np.float64] = np.bincount(pairs, asked.data[places] * is_there, len(others)).astype(np.float64)
    return weights


def _matrix(rows: Rows, width: int) -> sparse.csr_array:
    """Return lists of term numbers as a matrix of ones."""
    values = rows.values[rows.starts[0] : rows.starts[-1]]
    made = sparse.csr_array(
        (np.ones(len(values), np.float32), values, rows.starts - rows.starts[0]), shape=(len(rows), width)
    )
    made.sum_duplicates()
    made.data[:] = 1
    return made
