"""Who signed a post and when, beside a claim: a fact-check of what somebody said names him, and often the month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from valla.scan.pairs.told import Told, tell
from valla.scan.pairs.weighing import Weighing
from valla.scan.posts import Signature

__all__ = ["SIGNED_FEATURES", "UNSIGNED", "Signed", "signed_features"]

SIGNED_FEATURES = ("author", "whole_author", "same_year", "other_year", "same_month")
"""The names of the numbers, in order; all are zero for a text without a signature."""

_PAD = 4.0
_FIRST_YEAR, _AFTER_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature of a post, made ready to be compared.

    Args:
        terms: of the author's name, each with its weight.
        month: of the post, in small letters.
        year: of the post.
    """

    terms: Mapping[str, float]
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, found: Signature, weighing: Weighing) -> Signed:
        """Make a signature ready.

        Args:
            found: as it stands under a post.
            weighing: knows how much words count.
        """
        return cls(tell([found.name], weighing).terms, found.month, found.year)


UNSIGNED = Signed({})
"""What a sentence of a text has for a signature."""


def _years(claim: Told) -> frozenset[str]:
    """Return the years of our time that a claim names."""
    four = (number for number in claim.numbers if len(number) == len("2020") and number.isascii())
    return frozenset(number for number in four if _FIRST_YEAR <= int(number) < _AFTER_YEAR)


def signed_features(by: Signed, claim: Told) -> Sequence[float]:
    """Return how well a signature fits a claim, in the order of `SIGNED_FEATURES`.

    Args:
        by: the signature.
        claim: all wordings of the claim as one text.
    """
    years = _years(claim)
    shared = [weight for term, weight in by.terms.items() if term in claim.terms]
    same_year = by.year in years
    return [
        sum(shared) / (sum(by.terms.values()) + _PAD),
        float(bool(shared) and len(shared) == len(by.terms)),
        float(same_year),
        float(bool(by.year and years) and not same_year),
        float(same_year and by.month in claim.words),
    ]
