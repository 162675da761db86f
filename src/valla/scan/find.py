"""A short text and a library: the known claims that are nearest to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from valla.scan.encoders.model import Encoder, Vectors
from valla.scan.history.matcher import HistoryMatcher
from valla.scan.index.model import Index
from valla.scan.library.model import LibraryClaim
from valla.scan.pairs.features import Claims, evened, features, is_verbatim
from valla.scan.pairs.model import VERBATIM, Rerank, kind_of, load
from valla.scan.pairs.signed import UNSIGNED, Signed
from valla.scan.pairs.told import Told, tell
from valla.scan.posts import bare, signature
from valla.scan.stages.candidates import LEAST, Candidates
from valla.scan.stages.rerank import raised
from valla.scan.text import Sentence, sentences
from valla.scan.twins import first_twins

__all__ = ["MAX_QUERY_CHARS", "Finder", "Match", "parts_of"]

MAX_QUERY_CHARS = 5_000
"""Of a longer text only so much is looked at: what is longer is a document, to be scanned."""

_MOST_PARTS = 12
_LEAST_PART_CHARS = 15


@dataclass(frozen=True, slots=True)
class Match:
    """A known claim that a text may be about.

    Args:
        claim: the claim.
        probability: that it is about it, 0 to 1.
        wording: that of the claim's wordings which is nearest in meaning.
    """

    claim: LibraryClaim
    probability: float
    wording: str


class Finder:
    """A library made ready to be searched.

    Args:
        index: of the library.
        encoder: one whose vectors the index holds.
        model: ranks the candidates; by default the one that Valla carries for this kind of encoder.

    Raises:
        InputError: if the index holds no vectors of the encoder.
    """

    def __init__(self, index: Index, encoder: Encoder, model: Rerank | None = None) -> None:
        index.check_vectors(encoder.name)
        self.index = index
        self.claims = Claims(index)
        self.firsts = first_twins(index.claims)
        self._encoder = encoder
        self._model = model or load(kind_of(encoder.name))
        self._candidates = Candidates(index, encoder.name)
        self._history = HistoryMatcher(index.claims)

    def find(self, text: str, top: int = 5) -> list[Match]:
        """Return the claims nearest to a text, the nearest first.

        Args:
            text: a short text: a sentence, a post.
            top: how many.
        """
        return self.find_many([text], top)[0]

    def find_many(self, texts: Sequence[str], top: int = 5) -> list[list[Match]]:
        """Return the claims nearest to each of many texts.

        Args:
            texts: short texts.
            top: how many for each.
        """
        parts = [parts_of(text) for text in texts]
        vectors = self._encoder.encode([part for found in parts for part in found])
        ends = np.cumsum([len(found) for found in parts]).tolist()
        return [
            self._find(found, vectors[end - len(found) : end], self.signed(text), top)
            for text, found, end in zip(texts, parts, ends, strict=True)
        ]

    def signed(self, text: str) -> Signed:
        """Return the signature of a post, made ready.

        Args:
            text: as it was found.
        """
        return Signed.of(signature(text[:MAX_QUERY_CHARS]), self.claims.weighing)

    def pairs(
        self, passage: Told, vectors: Vectors, by: Signed = UNSIGNED, count: int = LEAST, told: Collection[int] = ()
    ) -> list[tuple[int, Sequence[float], int]]:
        """Return the candidates for a text: the number of each claim, the features of the pair, the number of its nearest wording.

        Args:
            passage: the text as `bare` leaves it, made ready.
            vectors: its row, and those of its parts.
            by: who signed it.
            count: how many candidates are taken by words, and how many by meaning.
            told: the numbers of further candidates.
        """
        near = self._candidates.near(tuple({**passage.terms, **by.terms}), vectors[0], count)
        found = []
        for number in sorted({*near, *told}):
            cosines = self.claims.meaning(number, vectors, self._encoder.name)
            meaning = evened(cosines, self._encoder.unrelated, self._model.unrelated)
            found.append((number, features(passage, self.claims.told(number), meaning, by), int(meaning[0].argmax())))
        return found

    def _told(self, parts: Sequence[str]) -> dict[int, float]:
        """Return how much a text tells of claims about who did what to whom."""
        numbered = (Sentence(number, number, part) for number, part in enumerate(parts))
        told: dict[int, float] = {}
        for (_, number), share in self._history.match(numbered).items():
            told[number] = max(share, told.get(number, 0.0))
        return told

    def _find(self, parts: Sequence[str], vectors: Vectors, by: Signed, top: int) -> list[Match]:
        told = self._told(parts)
        passage = tell(parts[:1], self.claims.weighing)
        scored = {
            number: (self._model.score(row), nearest)
            for number, row, nearest in self.pairs(passage, vectors, by, max(LEAST, top), told)
        }
        best: dict[int, float] = {}
        for number, (score, _) in scored.items():
            first = self.firsts[number]
            best[first] = max(score, best.get(first, score))
        probable = dict(zip(best, self._model.listed(list(best.values()), len(self.index.claims)), strict=True))
        for number in scored:
            if is_verbatim(passage, self.claims.told(number)):
                probable[self.firsts[number]] = max(probable[self.firsts[number]], VERBATIM)
        for number, share in told.items():
            first = self.firsts[number]
            probable[first] = max(probable[first], raised(probable[first], share))
        ranked = sorted(scored, key=lambda one: (-probable[self.firsts[one]], -best[self.firsts[one]], one))
        return [self._match(number, probable[self.firsts[number]], scored[number][1]) for number in ranked[:top]]

    def _match(self, number: int, probability: float, nearest: int) -> Match:
        claim = self.index.claims[number]
        return Match(claim, probability, claim.wordings[nearest])


def parts_of(text: str) -> list[str]:
    """Return a text without what surrounds a post, and then its sentences where it has several.

    Args:
        text: a short text; of a longer one only the beginning counts.
    """
    whole = bare(text[:MAX_QUERY_CHARS])
    parts = [sentence.text for sentence in sentences(whole) if len(sentence.text) >= _LEAST_PART_CHARS]
    return [whole, *parts[:_MOST_PARTS]] if len(parts) > 1 else [whole]
