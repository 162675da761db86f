"""Words to terms: what counts in a comparison of texts, and how rare it is in writing at large."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from valla.scan.words import primary, stemmer, words

__all__ = ["RAREST", "Analysis", "rarities", "share_of_writing"]

RAREST = 9.3
"""The rarity of a stem that the table does not have: it stands in fewer than one sentence of 4,000."""

_MAX_REMEMBERED = 400_000
_NORWEGIAN = {"nb": "no", "nn": "no"}


def _lines(name: str) -> Iterable[str]:
    lines = files("valla.scan").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


@cache
def rarities() -> Mapping[str, float]:
    """Return how rare each common English stem is: its inverse document frequency (`data/frequency.tsv`)."""
    return {term: float(rarity) for term, _, rarity in (line.partition("\t") for line in _lines("frequency.tsv"))}


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Return the words that say nothing by themselves: in English our own, in other languages those of stopwords-iso."""
    if language == "en":
        return frozenset(_lines("stop.txt"))
    import stopwordsiso  # it takes a tenth of a second, which English can do without

    entries = stopwordsiso.stopwords(_NORWEGIAN.get(language, language))
    return frozenset(word for entry in entries for word in words(entry))


def share_of_writing(term: str, language: str = "en") -> float:
    """Return roughly in what share of all sentences a term stands; only of English is it known.

    Args:
        term: a stem.
        language: the language of the sentences, as a BCP 47 tag.
    """
    return math.exp(-(rarities().get(term, RAREST) if primary(language) == "en" else RAREST))


class Analysis:
    """Turns words into terms, each word once: what it has met it remembers.

    Args:
        language: a BCP 47 tag; words are stemmed where there is a Snowball stemmer for it, and stop words left out where they are known.

    Raises:
        InputError: if it is no tag.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._stem = stemmer(language)
        self._stop = _stop_words(primary(language))
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
