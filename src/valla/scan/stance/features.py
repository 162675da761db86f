"""The features of a passage and a claim, from which the stance is told: each says whether something is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valla.scan.stance.answers import refuses
from valla.scan.stance.cues import Hits, Span, cues
from valla.scan.stance.forms import has_source_after, has_source_before, quoted_words
from valla.scan.stance.passage import MAX_PASSAGE_CHARS, Passage, stem, words
from valla.scan.stance.polarity import Asked, asked, is_near, negates_near, opposes, shared

__all__ = ["FEATURES", "features"]

_REACH_AFTER_WORDS = 14
_REACH_BEFORE_WORDS = 16
_REACH_AFTER_CHARS = 140
_REACH_BEFORE_CHARS = 160
_OPENING_WORDS = 2
_OWN_WORDS = 4
_SAYING = ("tells", "claims", "accuses", "allegations", "denies", "distance")


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as it was read for a claim.

    Args:
        text: the characters of it that are read.
        told: its words.
        hits: its cues.
        places: the numbers of the words that the claim has too.
        about: the claim.
        untrue: where it says that something is not true, and the claim does not say so itself.
        turned: whether an odd number of negations stand near what it shares with the claim.
    """

    text: str
    told: Sequence[str]
    hits: Hits
    places: frozenset[int]
    about: Asked
    untrue: Sequence[Span]
    turned: bool


def features(passage: Passage, claim: str) -> dict[str, bool]:
    """Return the features by name.

    Args:
        passage: the sentence with what stands around it.
        claim: the claim that it is about.
    """
    read = _read(passage.text[:MAX_PASSAGE_CHARS], asked(claim))
    single = {"bias": True} | _who(read) | _denied(read) | _turned(read) | _marked(read) | _around(passage)
    return single | _together(single, read)


def _read(text: str, about: Asked) -> _Read:
    told = [*words(text), "."]
    hits, places = _unasked(cues().find(told), told, about), shared(told, about)
    return _Read(text, told, hits, places, about, _untrue(told, hits, about), negates_near(told, hits, places))


def _unasked(hits: Hits, told: Sequence[str], about: Asked) -> Hits:
    """The cues without those that the claim has too: they tell what it is about, not what is done with it."""
    kept = {group: [span for span in hits[group] if stem(told[span[0]]) not in about.stems] for group in _SAYING}
    return {**hits, **kept}


def _untrue(told: Sequence[str], hits: Hits, about: Asked) -> Sequence[Span]:
    """Where the passage says that something is not true; what the claim says so itself is no word against it."""
    if not about.is_suspicious:
        return hits["untrue"]
    others = [span for span in hits["untrue"] if stem(told[span[0]]) not in about.stems]
    return others if len(others) < len(hits["untrue"]) else []


def _who(read: _Read) -> dict[str, bool]:
    """Who says it."""
    own = [_is_own(span, read.hits["own"]) for span in read.hits["tells"]]
    return {
        "tells": not all(own),
        "tells_of_own": any(own),
        "claims": bool(read.hits["claims"]),
        "accuses": bool(read.hits["accuses"]),
        "allegations": bool(read.hits["allegations"]),
        "source_after": has_source_after(read.text),
        "source_before": has_source_before(read.text),
        "own": bool(read.hits["own"]),
    }


def _is_own(span: Span, own: Sequence[Span]) -> bool:
    """Whether it is the author who says it: `my delegation believes`."""
    return any(0 <= span[0] - end < _OWN_WORDS for _, end in own)


def _denied(read: _Read) -> dict[str, bool]:
    """Whether it is denied in words of their own."""
    return {
        "denies": bool(read.hits["denies"]),
        "denies_near": is_near(read.hits["denies"], read.places),
        "untrue": bool(read.untrue),
        "untrue_near": is_near(read.untrue, read.places),
        "untrue_twice": len(read.untrue) > 1,
        "untrue_too": bool(read.hits["untrue"]) and not read.untrue,
        "denies_untrue": bool(read.hits["denies"] and read.hits["untrue"]),
        "denies_negative": bool(read.hits["denies"] or read.untrue)
        and read.about.is_negative
        and not read.hits["negates"],
        "unproven": bool(read.hits["unproven"]) and not read.about.is_suspicious,
        "distance": bool(read.hits["distance"]),
    }


def _turned(read: _Read) -> dict[str, bool]:
    """Whether it is turned round by negations or opposites, or the claim is."""
    negates, negative = bool(read.hits["negates"]), read.about.is_negative
    return {
        "negates_near": read.turned and not negative,
        "negates_far": negates and not read.turned and not negative,
        "negates_not": negative and not negates,
        "negates_too": negative and negates,
        "opposite": opposes(read.told, read.about),
        "affirms": bool(read.hits["affirms"]),
    }


def _marked(read: _Read) -> dict[str, bool]:
    """What the marks tell."""
    quoted = [stem(word) for quotation in quoted_words(read.text) for word in words(quotation)]
    return {
        "question": "?" in read.text,
        "quoted": bool(quoted),
        "quoted_claim": not read.about.stems.isdisjoint(quoted),
    }


def _around(passage: Passage) -> dict[str, bool]:
    """What stands before and after."""
    after = cues().find(words(passage.after[:_REACH_AFTER_CHARS])[:_REACH_AFTER_WORDS])
    before = cues().find(words(passage.before[-_REACH_BEFORE_CHARS:])[-_REACH_BEFORE_WORDS:])
    return {
        "answered": any(start < _OPENING_WORDS for start, _ in after["answers"]),
        "untrue_after": bool(after["untrue"]),
        "untrue_before": bool(before["untrue"]),
        "refused_after": refuses(passage.after),
    }


def _together(single: dict[str, bool], read: _Read) -> dict[str, bool]:
    """What some features tell together that none tells alone."""
    attributed = any(single[name] for name in ("tells", "claims", "accuses", "source_after", "source_before"))
    refused = any(single[name] for name in ("denies", "untrue", "unproven", "opposite", "refused_after"))
    against = (refused != read.turned) != read.about.is_negative
    return {
        "attributed": attributed,
        "attributed_negated": attributed and single["negates_near"],
        "attributed_affirmed": attributed and single["negates_not"],
        "attributed_answered": attributed
        and any(single[name] for name in ("answered", "untrue_after", "refused_after")),
        "against": against,
        "attributed_against": attributed and against,
    }


FEATURES = tuple(features(Passage("", "", ""), ""))
"""Their names, in order."""
