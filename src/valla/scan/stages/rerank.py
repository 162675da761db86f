"""Stage 5: how probable it is that a sentence is about a claim."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from valla.scan.encoders.model import Encoder, Vectors
from valla.scan.index.model import Index
from valla.scan.pairs.features import FEATURES, MOST_SHARED, Claims, evened, features, is_verbatim
from valla.scan.pairs.model import VERBATIM, Rerank
from valla.scan.pairs.told import tell
from valla.scan.sheet import Sheet

__all__ = ["FAMILIAR", "TOLD_WEIGHT", "WHOLE_PROBABILITY", "Scored", "Scorer", "raised", "weighed_with"]

TOLD_WEIGHT = 13.0
"""How much the log odds rise with what a sentence tells of who did what to whom. Set by hand, so that a passage which tells all of a claim
in other words is confirmed: no set of such passages is large enough to train it."""

WHOLE, WHOLE_PROBABILITY = 0.95, 0.5
"""A sentence that tells so much of a claim is worth an editor's look, however it is worded."""

TOLD_SHARED = 3
"""Two actors and a relation."""

FAMILIAR = 0.65
"""So much is told by many a sentence about the same actors, and raises nothing."""

_SHARED = FEATURES.index("shared")


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with a claim that it may be about.

    Args:
        sentence: its number.
        claim: the number of the claim.
        probability: that it is about it.
        wording: that wording of the claim which is nearest in meaning.
        shared: how many terms they share, at most 8.
    """

    sentence: int
    claim: int
    probability: float
    wording: str
    shared: int


class Scorer:
    """Scores pairs of sentences and claims.

    Args:
        index: of the library.
        encoder: one whose vectors the index holds.
        model: the rerank model.
    """

    def __init__(self, index: Index, encoder: Encoder, model: Rerank) -> None:
        self._claims = Claims(index)
        self._encoder = encoder
        self._model = model

    def score(self, sheet: Sheet, pairs: Iterable[tuple[int, int]]) -> Iterator[Scored]:
        """Yield every pair with its probability, in order of the sentences and claims.

        Args:
            sheet: the sentences.
            pairs: numbers of sentences and claims; each pair is scored once.
        """
        wanted = sorted(set(pairs))
        grouped = [(sentence, [claim for _, claim in own]) for sentence, own in groupby(wanted, lambda one: one[0])]
        texts = [sheet.text(sentence) for sentence, _ in grouped]
        vectors = self._encoder.encode(texts)
        for (sentence, claims), text, vector in zip(grouped, texts, vectors, strict=True):
            yield from self.compare(sentence, text, claims, vector)

    def compare(self, sentence: int, text: str, claims: Sequence[int], vector: NDArray[np.int8]) -> Iterator[Scored]:
        """Yield a sentence with each of some claims.

        Args:
            sentence: its number.
            text: its characters.
            claims: the numbers of the claims.
            vector: the sentence's row.
        """
        rows: Vectors = vector[None, :]
        passage = tell([text], self._claims.weighing)
        for number in claims:
            cosines = self._claims.meaning(number, rows, self._encoder.name)
            meaning = evened(cosines, self._encoder.unrelated, self._model.unrelated)
            claim = self._claims.told(number)
            found = features(passage, claim, meaning)
            probability = self._model.in_text.at(self._model.score(found))
            if is_verbatim(passage, claim):
                probability = max(probability, VERBATIM)
            wording = self._claims.index.claims[number].wordings[int(meaning[0].argmax())]
            yield Scored(sentence, number, probability, wording, round(found[_SHARED] * MOST_SHARED))


def raised(probability: float, told: float) -> float:
    """Return a probability, raised by what the history matcher found.

    Args:
        probability: that a passage is about a claim, by all else.
        told: how much of the claim the passage tells, 0 to 1.
    """
    odds = math.log(max(probability, 1e-4) / (1 - min(probability, 1 - 1e-4))) + TOLD_WEIGHT * (told - FAMILIAR)
    return round(max(1 / (1 + math.exp(-odds)), WHOLE_PROBABILITY if told >= WHOLE else 0.0), 4)


def weighed_with(found: Scored, told: float | None) -> Scored:
    """Return a pair with its probability raised by what the history matcher found.

    Args:
        found: the pair.
        told: how much of the claim the sentence tells, 0 to 1; None where the matcher found nothing.
    """
    if told is None:
        return found
    # the actors and the relation that it tells are shared, by whatever name
    return replace(found, probability=raised(found.probability, told), shared=max(found.shared, TOLD_SHARED))
