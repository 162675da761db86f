"""A text made ready to be compared: its terms, pairs of terms, numbers, names and runs of letters, each with its weight."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from valla.scan.pairs.weighing import Weighing
from valla.scan.words import words

__all__ = ["RUN_LETTERS", "Told", "overlap", "runs", "tell"]

RUN_LETTERS = 4
"""Words are compared by their runs of so many letters, so that a name spelled otherwise is still like itself."""

_LONGEST_WORD = 40
_MOST_WORDS = 400
_NAME = re.compile(r"(?<=[\w,;:\"'“‘(] )[A-Z][^\W_]+")
_CAPITAL = re.compile(r"\b[A-Z]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says, as far as a comparison sees it.

    Args:
        terms: each once, in order, with its weight.
        total: the weight of all of them.
        counts: how often each stands there.
        twos: the pairs of terms that stand side by side, with the weight of both.
        numbers: its numbers.
        words: all of its words.
        said: the same in order, as often as they stand there.
        names: the terms that have a capital which their place does not explain.
        letters: its runs of letters, as a vector of length 1.
    """

    terms: Mapping[str, float]
    total: float
    counts: Mapping[str, int]
    twos: Mapping[tuple[str, str], float]
    numbers: frozenset[str]
    words: frozenset[str]
    said: tuple[str, ...]
    names: Mapping[str, float]
    letters: Mapping[str, float]


@lru_cache(100_000)
def runs(word: str) -> tuple[str, ...]:
    """Return the runs of letters of a word, its ends marked, each once.

    Args:
        word: only its first 40 letters count.
    """
    marked = f"<{word[:_LONGEST_WORD]}>"
    return tuple(dict.fromkeys(marked[at : at + RUN_LETTERS] for at in range(max(1, len(marked) - RUN_LETTERS + 1))))


def _letters(counts: Mapping[str, int], weighing: Weighing) -> dict[str, float]:
    """Return the runs of letters as a vector of length 1; a word's runs share its weight, so that long words are no heavier."""
    vector: dict[str, float] = {}
    for word, count in counts.items():
        parts = runs(word)
        share = (1 + math.log(count)) * weighing.word_weight(word) / math.sqrt(len(parts))
        for part in parts:
            vector[part] = vector.get(part, 0.0) + share
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {part: value / length for part, value in vector.items()} if length else {}


def _names(texts: Iterable[str], weighing: Weighing) -> dict[str, float]:
    """Return the names of texts; in one where most words have capitals they show none."""
    names: dict[str, float] = {}
    for text in texts:
        if len(_CAPITAL.findall(text)) * 2 > text.count(" ") + 1:
            continue
        for word in _NAME.findall(text):
            for term in filter(None, map(weighing.term, words(word))):
                names[term] = weighing.weight(term)
    return names


def tell(texts: Iterable[str], weighing: Weighing) -> Told:
    """Make one or more texts ready to be compared as one.

    Args:
        texts: only the first 400 words count.
        weighing: knows how much words count.
    """
    texts = tuple(texts)
    said = [word for text in texts for word in words(text)][:_MOST_WORDS]
    found = [term for term in map(weighing.term, said) if term]
    terms = {term: weighing.weight(term) for term in dict.fromkeys(found)}
    return Told(
        terms=terms,
        total=sum(terms.values()),
        counts=Counter(found),
        twos={(one, two): terms[one] + terms[two] for one, two in itertools.pairwise(found)},
        numbers=frozenset(word for word in said if word.isdigit()),
        words=frozenset(said),
        said=tuple(said),
        names=_names(texts, weighing),
        letters=_letters(Counter(said), weighing),
    )


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the product of two vectors: of two of length 1, their cosine.

    Args:
        one: a vector, by name of its dimensions.
        other: another.
    """
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[name] for name, value in one.items() if name in other)
