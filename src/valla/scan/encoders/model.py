"""What an encoder is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["UNRELATED", "Encoder", "Vectors", "unrelated_cosine"]

Vectors = NDArray[np.int8]
"""Rows of unit length times 127, rounded: their products are exact whole numbers, the same on every machine."""

UNRELATED = (
    "The treaty was signed in the spring of that year.",
    "No army ever crossed the river before the war.",
    "Somebody shared a picture of a flooded street and said that it was taken yesterday in the capital.",
    "Vaccines do not change anybody's genes.",
    "The minister denied that the two countries had ever trained their soldiers together, but the archives say otherwise.",
    "Did a famous actor really leave all his money to a dog?",
    "Prices rose by 12.5% in 1923, and by far more in the year after.",
    "It was the first parliament in which women had a seat.",
    "Trade between both sides went on as if nothing had happened, in oil, grain and manganese.",
    "A claim that is repeated often enough passes for knowledge.",
)
"""Sentences that have nothing in common; an exported model is tried on them too."""


class Encoder(Protocol):
    """Turns texts into vectors; the product of two rows over 127² is roughly their cosine."""

    @property
    def name(self) -> str:
        """What it is, with everything that its vectors depend on: two encoders of one name give the same."""

    @property
    def dimensions(self) -> int:
        """The length of a row."""

    @property
    def unrelated(self) -> float:
        """The mean cosine of texts that have nothing in common: in some models all vectors lie close together."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text; zeros where it knows nothing of a text."""


def unrelated_cosine(encode: Callable[[Sequence[str]], Vectors]) -> float:
    """Return the mean cosine of sentences that have nothing in common.

    Args:
        encode: of an encoder.
    """
    rows = encode(UNRELATED).astype(np.int64)
    others = int((rows @ rows.T).sum() - (rows * rows).sum())
    return others / (len(rows) * (len(rows) - 1)) / 127**2
