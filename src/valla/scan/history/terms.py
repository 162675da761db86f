"""A sentence as terms: its actors, concepts and rare words, each where it stands and weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from valla.scan.history.lexicon import Lexicon, stem
from valla.scan.history.spotting import Spot, Spotter, capitalised

__all__ = ["NOT", "REACH_CHARS", "WEIGHTS", "WORD", "Item", "bare", "items", "weight", "words"]

WEIGHTS: Mapping[str, float] = {"actor": 7.0, "relation": 5.0, "quantifier": 4.0, "topic": 5.5}
"""What a term of each group weighs, on the scale of the rarity of words: an actor as much as a word that stands in one sentence
of 1,000, a relation as one in 150, a quantifier as one in 50."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|\.[^\W\d_](?![^\W_]))*")
"""A word: letters and digits, with apostrophes inside, or letters parted by stops (U.S.S.R)."""
_POSSESSIVE = "'s"
NOT = "~not"
"""The term of a denial: only there where it denies a relation or a sweep."""

REACH_CHARS = 25
"""A `not` denies what begins within so many characters after it."""

_NEVER = "~never"
_ALWAYS = "~always"
_ANTI = "anti"
"""It opposes the actor that it is joined to (anti-Soviet), and nothing else (anti-aircraft)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a sentence that counts.

    Args:
        start: offset of its first character in the sentence.
        end: offset after its last character.
        terms: what it may stand for; any of them matches.
        weight: how much it counts.
        wide: its terms with those that they imply.
    """

    start: int
    end: int
    terms: frozenset[str]
    weight: float
    wide: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    spot: Spot | None = None


def bare(word: str) -> str:
    """Return a word in lower case with a straight apostrophe and without a possessive ending."""
    word = word.replace("’", "'")
    return word[:-2] if word.endswith(_POSSESSIVE) else word


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without possessive endings."""
    return [bare(word) for word in WORD.findall(text.lower())]


def weight(terms: frozenset[str], lexicon: Lexicon) -> float:
    """Return what a stretch with these terms weighs: as much as the heaviest of them."""
    return max(_weight(term, lexicon) for term in terms)


def _weight(term: str, lexicon: Lexicon) -> float:
    group = lexicon.group(term)
    return WEIGHTS[group] if group in WEIGHTS else lexicon.rarity.get(term, lexicon.rarest)


def _tokens(text: str, spots: Sequence[Spot]) -> Iterator[_Token]:
    """Yield the words and the names of a text in order; a word inside a name is no word."""
    waiting = list(reversed(spots))
    reach = 0
    for found in WORD.finditer(text):
        while waiting and waiting[-1].start < found.end():
            spot = waiting.pop()
            yield _Token(spot.start, spot.end, "", spot)
            reach = spot.end
        if found.start() >= reach:
            yield _Token(found.start(), found.end(), bare(found.group().lower()))


def _phrase(tokens: Sequence[_Token], at: int, lexicon: Lexicon) -> tuple[int, tuple[str, ...]] | None:
    """Return how many tokens the phrase that begins here takes, and its terms; None where none begins."""
    if tokens[at].spot:
        return None
    for stems, terms in lexicon.phrases.get(stem(tokens[at].word), ()):
        following = tokens[at : at + len(stems)]
        if len(following) == len(stems) and all(
            token.spot is None and stem(token.word) == part for token, part in zip(following, stems, strict=True)
        ):
            return len(stems), terms
    return None


def _raw_items(tokens: Sequence[_Token], lexicon: Lexicon) -> Iterator[tuple[_Token, _Token, tuple[str, ...]]]:
    """Yield first token, last token and terms of each stretch that has any."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        phrase = _phrase(tokens, at, lexicon)
        taken, terms = phrase or (1, _own(tokens, at, lexicon))
        if terms:
            yield token, tokens[at + taken - 1], terms
        at += taken


def _own(tokens: Sequence[_Token], at: int, lexicon: Lexicon) -> tuple[str, ...]:
    token = tokens[at]
    if token.spot:
        return token.spot.terms
    if token.word == _ANTI and not _is_actor(tokens[at + 1 : at + 2], lexicon):
        return ()
    return lexicon.terms(token.word)


def _is_actor(tokens: Sequence[_Token], lexicon: Lexicon) -> bool:
    return any(
        token.spot or any(lexicon.group(term) == "actor" for term in lexicon.terms(token.word)) for token in tokens
    )


def _next_relation(found: Sequence[Item], after: int, lexicon: Lexicon) -> int | None:
    """Return the place of the first item after another that is no actor, if it is a relation with an opposite."""
    for place in range(after + 1, len(found)):
        if any(lexicon.group(term) == "actor" for term in found[place].terms):
            continue
        has_opposite = any(term in lexicon.concepts and lexicon.concepts[term].opposite for term in found[place].terms)
        return place if has_opposite else None
    return None


def _opposite(item: Item, lexicon: Lexicon) -> Item:
    turned = (lexicon.concepts[term].opposite or term if term in lexicon.concepts else term for term in item.terms)
    return replace(item, terms=frozenset(turned))


def _denies(found: Sequence[Item], place: int, lexicon: Lexicon) -> bool:
    """Whether a `not` at this place stands closely before a relation or sweep."""
    close = (item for item in found[place + 1 :] if item.start - found[place].end <= REACH_CHARS)
    return any(lexicon.group(term) in {"relation", "quantifier"} for item in close for term in item.terms)


def _turned(found: list[Item], lexicon: Lexicon) -> list[Item]:
    """Settle what is denied.

    `never` with a relation that has an opposite is read as that opposite, and always; any other `never` that denies something is
    also a `not`; a `not` that denies no relation or sweep is left out.
    """
    turned = list(found)
    for place, item in enumerate(found):
        relation = _next_relation(found, place, lexicon) if _NEVER in item.terms else None
        if relation is not None:
            turned[place] = replace(item, terms=item.terms | {_ALWAYS})
            turned[relation] = _opposite(found[relation], lexicon)
        elif _NEVER in item.terms and _denies(found, place, lexicon):
            turned[place] = replace(item, terms=item.terms | {NOT})
        elif NOT in item.terms and not _denies(found, place, lexicon):
            turned[place] = replace(item, terms=item.terms - {NOT})
    return [item for item in turned if item.terms]


def items(text: str, spotter: Spotter, lexicon: Lexicon, *, likeliest: bool = False) -> list[Item]:
    """Return the stretches of a sentence that count, in order.

    Args:
        text: the sentence.
        spotter: finds its actors.
        lexicon: knows its other words.
        likeliest: whether a name that may be several actors' is the likeliest one's alone, rather than any of theirs.
    """
    spots = spotter.spots(capitalised(text))
    tokens = list(_tokens(text, [replace(spot, terms=spot.terms[:1]) for spot in spots] if likeliest else spots))
    found = []
    for first, last, terms in _raw_items(tokens, lexicon):
        meant = frozenset(terms)
        found.append(Item(first.start, last.end, meant, weight(meant, lexicon)))
    return [replace(item, wide=lexicon.widened(item.terms)) for item in _turned(found, lexicon)]
