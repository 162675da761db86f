"""BM25 as bm25s computes it, with English stemming and stop words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from peers.model import Ranking

__all__ = ["Bm25"]


class Bm25:
    """A library in bm25s.

    Args:
        library: the texts of the claims.
        backend: `numpy`, or `numba`, which must be warmed up before it is timed.
        threads: how many threads `numba` may use; `numpy` uses one.
    """

    name = "BM25 (bm25s)"

    def __init__(self, library: Sequence[str], backend: str = "numpy", threads: int = 0) -> None:
        import bm25s
        import Stemmer

        self._stemmer = Stemmer.Stemmer("english")
        self._threads = threads
        self._index = bm25s.BM25(backend=backend)
        self._index.index(self._tokens(library, ids=True), show_progress=False)

    def _tokens(self, texts: Sequence[str], *, ids: bool = False) -> Any:
        import bm25s

        return bm25s.tokenize(list(texts), stopwords="en", stemmer=self._stemmer, return_ids=ids, show_progress=False)

    def rank(self, texts: Sequence[str], top: int) -> list[Ranking]:
        """Return for each text the best claims."""
        found, scores = self.retrieve(texts, top)
        return [list(zip(row.tolist(), score.tolist(), strict=True)) for row, score in zip(found, scores, strict=True)]

    def retrieve(self, texts: Sequence[str], top: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the best claims and their scores as two tables: nothing is lost on Python objects when it is timed."""
        return self._index.retrieve(self._tokens(texts), k=top, show_progress=False, n_threads=self._threads)
