"""What an encoder is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Encoder", "Vectors"]

Vectors = NDArray[np.int8]
"""Rows of unit length times 127, rounded: their products are exact whole numbers, the same on every machine."""


class Encoder(Protocol):
    """Turns texts into vectors; the product of two rows over 127² is roughly their cosine."""

    @property
    def name(self) -> str:
        """What it is, with everything that its vectors depend on: two encoders of one name give the same."""

    @property
    def dimensions(self) -> int:
        """The length of a row."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text; zeros where it knows nothing of a text."""
