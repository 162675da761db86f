"""Words to terms: stems, concepts, stop words and how rare each is, all from `data/`.

A term is a text: a stem (`lipetsk`), a concept (`~opposed`) or an actor (`@germany`). Stems are Snowball's for English
(M. F. Porter, "Snowball: a language for stemming algorithms", 2001), as PyStemmer computes them.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import Stemmer

__all__ = ["ACTOR", "CONCEPT", "Concept", "Lexicon", "frequencies", "lexicon", "stem"]

ACTOR = "@"
CONCEPT = "~"
EXACT = "="

Phrase = tuple[tuple[str, ...], tuple[str, ...]]
"""The stems of a phrase and its terms."""

_STEMMER = Stemmer.Stemmer("english", 100_000)


@dataclass(frozen=True, slots=True)
class Concept:
    """Words that say the same for a scan.

    Args:
        term: as it counts in a match: `~opposed`.
        group: `relation`, `quantifier` or `topic`.
        opposite: the term that `never` turns it into; None where it has none.
        implies: a wider term that it stands for too; None where there is none.
        symmetric: whether it holds both ways.
        words: its words and phrases as listed.
    """

    term: str
    group: str
    opposite: str | None
    implies: str | None
    symmetric: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a scan knows of words.

    Args:
        concepts: by term.
        stop: words that are no terms.
        by_form: terms of a word in exactly that form.
        by_stem: terms of a word by its stem.
        phrases: by their first stem, longest first; one that says nothing has no terms.
        rarity: how rare each common stem is (see `frequencies`); those missing are rarer than all of them.
        rarest: the rarity of a stem that is missing.
    """

    concepts: Mapping[str, Concept]
    stop: frozenset[str]
    by_form: Mapping[str, tuple[str, ...]]
    by_stem: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    rarity: Mapping[str, float]
    rarest: float

    def terms(self, word: str) -> tuple[str, ...]:
        """Return the terms of one word in lower case; none for a stop word that is no concept."""
        known = self.by_form.get(word)
        if known is not None:
            return known
        if word in self.stop or (len(word) == 1 and word.isalpha()):
            return ()
        root = stem(word)
        return self.by_stem.get(root) or (root,)

    def widened(self, terms: Iterable[str]) -> frozenset[str]:
        """Return terms with those that they imply."""
        own = frozenset(terms)
        return own | {wider for term in own if term in self.concepts and (wider := self.concepts[term].implies)}

    def is_directed(self, term: str) -> bool:
        """Whether a term is a relation in which it matters who does it to whom."""
        known = self.concepts.get(term)
        return known is not None and known.group == "relation" and not known.symmetric

    def group(self, term: str) -> str:
        """Return `actor`, a concept's group, or `word`."""
        if term.startswith(ACTOR):
            return "actor"
        return self.concepts[term].group if term in self.concepts else "word"


def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    return str(_STEMMER.stemWord(word))


def _read(name: str) -> str:
    return files("valla.scan").joinpath("data", name).read_text(encoding="utf-8")


def _lines(name: str) -> list[str]:
    return [line for line in _read(name).splitlines() if line.strip() and not line.startswith("#")]


def _concept(name: str, row: Mapping[str, Any]) -> Concept:
    opposite, implied = row.get("opposite"), row.get("implies")
    return Concept(
        term=CONCEPT + name,
        group=row["group"],
        opposite=CONCEPT + opposite if opposite else None,
        implies=CONCEPT + implied if implied else None,
        symmetric=row.get("symmetric", False),
        words=tuple(row["words"]),
    )


@cache
def _concepts() -> dict[str, Any]:
    return tomllib.loads(_read("concepts.toml"))


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Gather the terms of each word, in order, each once."""
    found: dict[str, dict[str, None]] = {}
    for word, term in pairs:
        found.setdefault(word, {})[term] = None
    return {word: tuple(terms) for word, terms in found.items()}


def _listed() -> list[tuple[str, str]]:
    """Return every word of the concepts and metonyms with its term; that of a silent phrase is empty."""
    concepts = _concepts()["concept"]
    metonyms = tomllib.loads(_read("metonyms.toml"))
    pairs = [(word, CONCEPT + name) for name, row in concepts.items() for word in row["words"]]
    pairs += [(words, "") for words in _concepts()["silent"]["words"]]
    pairs += [(word, ACTOR + actor) for actor, words in metonyms["metonym"].items() for word in words]
    pairs += [
        # `democracies` stands for those who are meant, `democracy` for nobody.
        (words if " " in words else words + EXACT, ACTOR + actor)
        for words, actors in metonyms["collective"].items()
        for actor in actors
    ]
    pairs += [
        (word + EXACT, term if term.startswith(ACTOR) else CONCEPT + term)
        for word, terms in metonyms["compound"].items()
        for term in terms
    ]
    return pairs


def _phrases(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for words, terms in _gathered(pair for pair in pairs if " " in pair[0]).items():
        stems = tuple(stem(word) for word in words.split())
        found.setdefault(stems[0], []).append((stems, tuple(term for term in terms if term)))
    return {first: tuple(sorted(group, key=lambda phrase: -len(phrase[0]))) for first, group in found.items()}


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the program."""
    pairs = _listed()
    single = [(word, term) for word, term in pairs if " " not in word]
    rows = [line.split("\t") for line in _lines("frequency.tsv")]
    rarity = {row[0]: float(row[1]) for row in rows}
    return Lexicon(
        concepts={CONCEPT + name: _concept(name, row) for name, row in _concepts()["concept"].items()},
        stop=frozenset(_lines("stop.txt")),
        by_form=_gathered((word.removesuffix(EXACT), term) for word, term in single if word.endswith(EXACT)),
        by_stem=_gathered((stem(word), term) for word, term in single if not word.endswith(EXACT)),
        phrases=_phrases(pairs),
        rarity=rarity,
        rarest=max(rarity.values(), default=0.0) + 1.0,
    )


def frequencies(counts: Mapping[str, int], sentences: int, least: int) -> dict[str, float]:
    """Make the table of `data/frequency.tsv`: how rare each stem is.

    Args:
        counts: in how many sentences each stem stands.
        sentences: how many sentences there are.
        least: stems in fewer sentences are left out: they count as the rarest.

    Returns:
        Per stem the inverse document frequency log(1 + (N - n + 0.5) / (n + 0.5)) of S. Robertson and H. Zaragoza, "The
        Probabilistic Relevance Framework: BM25 and Beyond" (2009), with 1 added so that it is never negative.
    """
    return {
        word: round(math.log(1 + (sentences - count + 0.5) / (count + 0.5)), 1)
        for word, count in sorted(counts.items())
        if count >= least
    }
