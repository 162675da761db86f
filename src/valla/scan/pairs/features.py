"""How alike a passage and a claim are, as numbers: the same for every library and every encoder."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from valla.scan.encoders.model import Vectors
from valla.scan.index.model import Index
from valla.scan.pairs.signed import SIGNED_FEATURES, UNSIGNED, Signed, signed_features
from valla.scan.pairs.told import Told, overlap, tell
from valla.scan.pairs.weighing import Weighing

__all__ = ["FEATURES", "MOST_SHARED", "ClaimTold", "Claims", "evened", "features", "is_verbatim"]

FEATURES = (
    "bm25",
    "bm25_share",
    "text_covered",
    "wording_covered",
    "claim_covered",
    "passage_covered",
    "both_covered",
    "rarest_shared",
    "second_shared",
    "shared",
    "wording_alike",
    "letters",
    "letters_wording",
    "twos",
    "numbers",
    "numbers_missing",
    "names",
    "passage_length",
    "claim_length",
    "meaning_text",
    "meaning_best",
    "meaning_mean",
    "meaning_part",
    *SIGNED_FEATURES,
)
"""The names of the numbers, in order."""

_Name = TypeVar("_Name")

_PAD = 4.0
"""Added to a weight before a share of it is taken, so that one shared word is not the whole of a short text."""
_K1, _B = 1.2, 0.75
_NEARLY = 0.02
_LEAST_TERMS = 3
MOST_SHARED = 8
"""More shared terms than these count no more."""


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """A claim made ready to be compared.

    Args:
        wordings: each by itself, its text first.
        whole: all of them as one text.
        bm25: what each term adds to the BM25 score of a passage that has it.
    """

    wordings: tuple[Told, ...]
    whole: Told
    bm25: Mapping[str, float]


class Claims:
    """The claims of an index, made ready as they are asked for.

    Args:
        index: of the library.
        remembered: how many are kept.
    """

    def __init__(self, index: Index, remembered: int = 20_000) -> None:
        self.index = index
        self.weighing = Weighing(index)
        self._mean_length = max(1.0, len(index.wording_terms.values) / max(1, len(index.claims)))
        self.told = lru_cache(remembered)(self._told)

    def _told(self, number: int) -> ClaimTold:
        texts = self.index.claims[number].wordings
        whole = tell(texts, self.weighing)
        return ClaimTold(tuple(tell([text], self.weighing) for text in texts), whole, self._bm25(whole))

    def _bm25(self, whole: Told) -> dict[str, float]:
        """S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework" (2009), k1 = 1.2, b = 0.75, our weights."""
        length = sum(whole.counts.values()) / self._mean_length
        norm = _K1 * (1 - _B + _B * length)
        return {
            term: weight * whole.counts[term] * (_K1 + 1) / (whole.counts[term] + norm)
            for term, weight in whole.terms.items()
        }

    def meaning(self, number: int, vectors: Vectors, encoder: str) -> NDArray[np.float64]:
        """Return the cosines of a claim's wordings with some rows, roughly.

        Args:
            number: of the claim.
            vectors: rows of a passage: of the whole first, then of its parts.
            encoder: the name of the encoder that they are of.

        Returns:
            A row for each row of the passage, a column for each wording.
        """
        first, last = self.index.first_wordings[number : number + 2]
        own = self.index.vectors[encoder][first:last].astype(np.int32)
        return vectors.astype(np.int32) @ own.T / 127.0**2


def is_verbatim(passage: Told, claim: ClaimTold) -> bool:
    """Whether a passage is one of the claim's wordings, word by word; a title of a word or two does not count.

    Args:
        passage: made ready.
        claim: made ready.
    """
    return any(told.said == passage.said and len(told.terms) >= _LEAST_TERMS for told in claim.wordings)


def evened(cosines: NDArray[np.float64], unrelated: float, usual: float | None) -> NDArray[np.float64]:
    """Return the cosines of one encoder as another would have them: 1 stays 1, and what has nothing in common is as near as it is there.

    Args:
        cosines: of an encoder.
        unrelated: the mean cosine that it gives to texts which have nothing in common.
        usual: that of the other; None for the same.
    """
    if usual is None or abs(unrelated - usual) < _NEARLY:
        return cosines
    return 1 - (1 - cosines) * (1 - usual) / max(1 - unrelated, _NEARLY)


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> list[float]:
    """Return the weights of the terms that two texts share, in the order of the first."""
    return [weight for term, weight in one.items() if term in other]


def _lexical(passage: Told, claim: ClaimTold) -> list[float]:
    both = sorted(_shared(passage.terms, claim.whole.terms), reverse=True)
    weight = sum(both)
    covered = [sum(_shared(told.terms, passage.terms)) / (told.total + _PAD) for told in claim.wordings]
    bm25 = sum(claim.bm25.get(term, 0.0) for term in passage.terms)
    return [
        bm25 / 10,
        bm25 / (passage.total or 1.0),
        covered[0],
        max(covered),
        weight / (claim.whole.total + _PAD),
        weight / (passage.total or 1.0),
        weight / (passage.total + claim.whole.total - weight or 1.0),
        both[0] / 8 if both else 0.0,
        both[1] / 8 if len(both) > 1 else 0.0,
        min(len(both), MOST_SHARED) / MOST_SHARED,
    ]


def _particular(passage: Told, claim: ClaimTold) -> list[float]:
    numbers = claim.wordings[0].numbers
    twos = [_share(told.twos, passage.twos) for told in claim.wordings]
    return [
        max(_alike(told, passage) for told in claim.wordings),
        overlap(passage.letters, claim.whole.letters),
        max(overlap(passage.letters, told.letters) for told in claim.wordings),
        max(twos),
        len(numbers & passage.numbers) / (len(numbers) + 0.5),
        float(bool(numbers - passage.numbers)),
        _share(claim.whole.names, passage.terms),
        math.log1p(len(passage.terms)),
        math.log1p(len(claim.wordings[0].terms)),
    ]


def _alike(one: Told, other: Told) -> float:
    """Return the weight of what two texts share in that of both together."""
    weight = sum(_shared(one.terms, other.terms))
    return weight / (one.total + other.total - weight or 1.0)


def _share(asked: Mapping[_Name, float], there: Mapping[_Name, float]) -> float:
    weight = sum(asked.values())
    return sum(value for name, value in asked.items() if name in there) / (weight + _PAD)


def features(passage: Told, claim: ClaimTold, meaning: NDArray[np.float64], by: Signed = UNSIGNED) -> Sequence[float]:
    """Return how alike a passage and a claim are, in the order of `FEATURES`.

    Args:
        passage: made ready.
        claim: made ready.
        meaning: cosines of the passage, and then of its parts, with the claim's wordings.
        by: who signed the passage, where it is a post.
    """
    whole = meaning[0]
    semantic = [float(whole[0]), float(whole.max()), float(whole.mean()), float(meaning.max())]
    return [*_lexical(passage, claim), *_particular(passage, claim), *semantic, *signed_features(by, claim.whole)]
