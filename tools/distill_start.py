"""Where training begins: what model2vec does (Minish Lab 2024), with rows for runs of letters beside those of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valla.scan.encoders.static import pieces

__all__ = ["Start", "begin", "principal"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Start:
    """Rows and the directions that they lie along.

    Args:
        rows: first those of words, then those of runs of letters.
        basis: the dimensions of the teacher by those of the rows, orthonormal.
    """

    rows: Floats
    basis: Floats


def principal(vectors: Floats, dimensions: int) -> Floats:
    """Return the directions along which vectors differ most, each with the sign that makes its largest part positive.

    Args:
        vectors: the teacher's, of texts.
        dimensions: how many directions to keep.
    """
    values, directions = np.linalg.eigh(np.cov(vectors.T.astype(np.float64)))
    basis = directions[:, np.argsort(-values)[:dimensions]]
    signs = np.sign(basis[np.abs(basis).argmax(axis=0), np.arange(basis.shape[1])])
    return (basis * signs).astype(np.float32)


def begin(vocabulary: Sequence[str], vectors: Floats, weights: Floats, basis: Floats, runs: int) -> Start:
    """Return a weighted row for each word, and for each run of letters the mean of what the words with it would need of it.

    Args:
        vocabulary: the words.
        vectors: the teacher's, of each word alone.
        weights: of each word.
        basis: as `principal` gives it.
        runs: how many rows the runs of letters share.
    """
    rows = ((vectors - vectors.mean(axis=0)) @ basis) * weights[:, None]
    sums, counts = np.zeros((runs, basis.shape[1])), np.zeros(runs)
    for word, row in zip(vocabulary, rows, strict=True):
        shares = [run % runs for run in pieces(word)]
        np.add.at(sums, shares, row / np.sqrt(len(shares)))
        np.add.at(counts, shares, 1)
    return Start(np.concatenate([rows, sums / np.maximum(counts, 1)[:, None]]).astype(np.float32), basis)
