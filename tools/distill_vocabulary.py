"""Which words get a row, and what share of all text each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from valla.scan.words import words

__all__ = ["choose", "counted", "sif_weights", "word_shares"]

_ZIPF = 0.1
"""In English the word of rank r is about 0.1 / r of a text."""


def counted(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word occurs.

    Args:
        texts: as they are.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words(text))
    return counts


def word_shares(sources: Sequence[Counter[str]], known: Sequence[str]) -> dict[str, float]:
    """Return what share of the words each word is, every source counting as much as another.

    The teacher's own vocabulary counts as a source too, by Zipf's law, so that words that the corpus happens to lack are not lost.

    Args:
        sources: how often each word occurs in each.
        known: the words that the teacher keeps whole, the most frequent first.
    """
    shares: Counter[str] = Counter()
    for counts in sources:
        total = max(1, counts.total())
        shares.update({word: count / total for word, count in counts.items()})  # type: ignore[call-overload]
    alone = (word for word in known if words(word) == [word])
    shares.update({word: _ZIPF / rank for rank, word in enumerate(alone, 1)})  # type: ignore[call-overload]
    return {word: share / (len(sources) + 1) for word, share in shares.items()}


def choose(shares: Mapping[str, float], size: int) -> list[str]:
    """Return the words that get a row, the most frequent first.

    Args:
        shares: of all words.
        size: how many words to choose.
    """
    return sorted(shares, key=lambda word: (-shares[word], word))[:size]


def sif_weights(shares: Mapping[str, float], vocabulary: Sequence[str], smoothing: float) -> NDArray[np.float32]:
    """Return a / (a + p(word)): Arora, Liang and Ma 2017, A simple but tough-to-beat baseline for sentence embeddings.

    Args:
        shares: p, of all words.
        vocabulary: the words to weigh.
        smoothing: the constant a.
    """
    share = np.array([shares[word] for word in vocabulary], np.float64)
    return (smoothing / (smoothing + share)).astype(np.float32)
