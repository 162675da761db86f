"""Polarity: whether a passage and a claim say the same thing or its opposite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from valla.scan.stance.cues import Hits, Span, cues, light, opposites, prefixes
from valla.scan.stance.passage import BREAKS, MAX_PASSAGE_CHARS, stem, words

__all__ = ["Asked", "asked", "is_near", "negates_near", "opposes", "shared"]

REACH_BEFORE = 6
"""So many words a cue may stand before a word of the claim and still be about it."""

REACH_AFTER = 3
"""So many words it may stand after one."""

_MIN_STEM_CHARS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What a passage is asked: a claim, as it is compared.

    Args:
        stems: the stems of its words of weight.
        opposites: words that say the opposite of one of them, with the stems of those.
        is_negative: whether it denies.
        is_suspicious: whether it says itself that something is not true.
    """

    stems: frozenset[str]
    opposites: Mapping[str, frozenset[str]]
    is_negative: bool
    is_suspicious: bool


@lru_cache(maxsize=4096)
def asked(claim: str) -> Asked:
    """Return a claim as it is compared; the last few thousand are remembered, since passages come by the claim.

    Args:
        claim: its text.
    """
    told = words(claim[:MAX_PASSAGE_CHARS])
    hits = cues().find(told)
    weighty = [word for word in told if word not in light() and word not in BREAKS]
    against: dict[str, frozenset[str]] = {}
    for word in weighty:
        for other in opposites().get(word, ()):
            against[other] = against.get(other, frozenset()) | {stem(word)}
    return Asked(
        frozenset(map(stem, weighty)),
        against,
        len(hits["negates"]) % 2 == 1,
        bool(hits["untrue"] or hits["unproven"]),
    )


def shared(told: Sequence[str], claim: Asked) -> frozenset[int]:
    """Return the numbers of the words of a passage that the claim has too.

    Args:
        told: the words of the passage.
        claim: what it is compared with.
    """
    return frozenset(number for number, word in enumerate(told) if stem(word) in claim.stems and word not in light())


def is_near(spans: Sequence[Span], places: frozenset[int]) -> bool:
    """Whether a cue stands near a word that the claim has too.

    Args:
        spans: where the cues stand.
        places: the numbers of the words.
    """
    return any(not places.isdisjoint(range(end - 1 - REACH_AFTER, end + REACH_BEFORE)) for _, end in spans)


def negates_near(told: Sequence[str], hits: Hits, places: frozenset[int]) -> bool:
    """Whether the passage turns round what it shares with the claim: an odd number of negations stand near it.

    A negation is near that stands before it in its clause, or after it if it is a `not`.

    Args:
        told: the words of the passage.
        hits: its cues.
        places: the numbers of the words that it shares with the claim.
    """
    nots = {end for _, end in hits["nots"]}
    near = (_reached(told, end, REACH_AFTER if end in nots else 0) for _, end in hits["negates"])
    return sum(not places.isdisjoint(numbers) for numbers in near) % 2 == 1


def _reached(told: Sequence[str], end: int, behind: int) -> range:
    """The numbers of the words that a negation ending before `end` reaches: none beyond its clause."""
    first, last = end - 1, end
    while first > max(0, end - 1 - behind) and told[first - 1] not in BREAKS:
        first -= 1
    while last < min(len(told), end + REACH_BEFORE) and told[last] not in BREAKS:
        last += 1
    return range(first, last)


def opposes(told: Sequence[str], claim: Asked) -> bool:
    """Whether a word of the passage says the opposite of one of the claim that it has not itself: `illegal` of `legal`.

    Args:
        told: the words of the passage.
        claim: what it is compared with.
    """
    against = claim.opposites
    return any(_is_turned(word, claim) or (word in against and _lacks(told, against[word])) for word in told)


def _lacks(told: Sequence[str], stems: frozenset[str]) -> bool:
    return stems.isdisjoint(map(stem, told))


def _is_turned(word: str, claim: Asked) -> bool:
    """Whether a word is one of the claim with a syllable before it that turns it round, and the claim has it bare."""
    if not word.startswith(prefixes()) or stem(word) in claim.stems:
        return False
    bare = (word[len(prefix) :] for prefix in prefixes() if word.startswith(prefix))
    return any(len(rest) > _MIN_STEM_CHARS and stem(rest) in claim.stems for rest in bare)
