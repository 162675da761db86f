"""Words to terms: what counts in a comparison of texts, and how rare it is in writing at large."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from valla.scan.words import stemmer, words

__all__ = ["RAREST", "Analysis", "rarities", "share_of_writing"]

RAREST = 9.3
"""The rarity of a stem that the table does not have: it stands in fewer than one sentence of 4,000."""

_MAX_REMEMBERED = 400_000


def _lines(name: str) -> Iterable[str]:
    lines = files("valla.scan").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


@cache
def rarities() -> Mapping[str, float]:
    """Return how rare each common English stem is: its inverse document frequency (`data/frequency.tsv`)."""
    return {term: float(rarity) for term, _, rarity in (line.partition("\t") for line in _lines("frequency.tsv"))}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_lines("stop.txt"))


def share_of_writing(term: str) -> float:
    """Return roughly in what share of all sentences a term stands.

    Args:
        term: a stem.
    """
    return math.exp(-rarities().get(term, RAREST))


class Analysis:
    """Turns words into terms, each word once: what it has met it remembers.

    Args:
        language: a BCP 47 tag; words are stemmed where there is a Snowball stemmer for it, and stop words are left out in English.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._stem = stemmer(language)
        self._stop = _stop_words() if language.split("-", maxsplit=1)[0].lower() == "en" else frozenset[str]()
        self._known: dict[str, str] = {}

    def term(self, word: str) -> str:
        """Return the term of a word; empty for one that says nothing by itself.

        Args:
            word: as `valla.scan.words.words` gives it.
        """
        known = self._known.get(word)
        return self._learn(word) if known is None else known

    def _learn(self, word: str) -> str:
        if len(self._known) >= _MAX_REMEMBERED:
            self._known.clear()
        is_idle = word in self._stop or (len(word) == 1 and word.isalpha() and word.isascii())
        term = self._known[word] = "" if is_idle else self._stem(word)
        return term

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text, in order, as often as they stand there.

        Args:
            text: any text.
        """
        return [term for term in map(self.term, words(text)) if term]
