"""Stage 2: drop sentences that share too little rare vocabulary with any claim.

What a sentence covers of a wording is the share of the wording's weight that stands in terms of both. Common terms weigh nothing here,
so that most of a text meets no claim at all; the sums of the rest are one product of sparse matrices.
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

_SENTENCES_AT_ONCE = 2_048


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

    def part(self, kept: NDArray[np.bool_]) -> Pairs:
        """Return the pairs that are kept."""
        return Pairs(self.sentences[kept], self.wordings[kept], self.coverage[kept])


class Gate:
    """Lets through what covers enough of a wording.

    Args:
        index: of the library.
        floor: the least coverage.
    """

    def __init__(self, index: Index, floor: float) -> None:
        weights = np.maximum(np.asarray(index.weights) - np.float32(COMMON_WEIGHT), 0)
        said = _matrix(index.wording_terms, len(index.terms)) @ sparse.diags_array(weights)
        said.eliminate_zeros()
        self._asked = said.T.tocsr().astype(np.float32)
        own = np.asarray(said.sum(axis=1)).ravel()
        self._whole = own + LONE_WEIGHT
        self._least = np.maximum(floor * self._whole, np.minimum(LEAST_WEIGHT, MOST_OF_IT * own))

    def open(self, terms: Rows) -> Iterator[Pairs]:
        """Yield the pairs that pass, by and by, in order of their sentences and wordings.

        Args:
            terms: of each sentence, as numbers of the index.
        """
        for first in range(0, len(terms), _SENTENCES_AT_ONCE):
            part = Rows(terms.starts[first : first + _SENTENCES_AT_ONCE + 1], terms.values)
            shared = _matrix(part, self._asked.shape[0]) @ self._asked
            passed = np.flatnonzero(shared.data >= self._least[shared.indices])
            sentences = np.searchsorted(shared.indptr, passed, side="right") - 1
            wordings = shared.indices[passed].astype(np.int64)
            order = np.lexsort((wordings, sentences))
            coverage = (shared.data[passed] / self._whole[wordings])[order].astype(np.float32)
            yield Pairs(sentences[order].astype(np.int64) + first, wordings[order], coverage)


def _matrix(rows: Rows, width: int) -> sparse.csr_array:
    """Return lists of term numbers as a matrix of ones."""
    values = rows.values[rows.starts[0] : rows.starts[-1]]
    made = sparse.csr_array(
        (np.ones(len(values), np.float32), values, rows.starts - rows.starts[0]), shape=(len(rows), width)
    )
    made.sum_duplicates()
    made.data[:] = 1
    return made
