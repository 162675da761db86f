"""The rerank model: from how alike a passage and a claim are to how probable it is that the one is about the other.

A weighted sum of the features, trained by `tools/train_rerank.py` on pairs of posts and claims (`data/rerank.md` is the report): one set
of weights for each kind of encoder, the same for every library.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from valla.errors import InputError
from valla.scan.pairs.features import FEATURES

__all__ = ["FEW_CLAIMS", "MANY_CLAIMS", "VERBATIM", "Curve", "Rerank", "kind_of", "load", "standings"]

_DIGITS = 4

FEW_CLAIMS, MANY_CLAIMS = 300, 10_000
"""About so many claims the libraries had that the curves were fitted on. Between them the odds go by the logarithm of the number; in a
smaller library they fall on as the offset does: it is less and less to be expected that a text is about one of its claims."""


VERBATIM = 0.95
"""At least so probable is what repeats a wording word by word, however many claims say nearly the same."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve to a probability (J. Platt, "Probabilistic outputs for support vector machines", 1999), by its log odds.

    Args:
        scale: what the score is multiplied with.
        standing: what the log odds of the claim against the rest of its list are multiplied with.
        first: what is added for the first claim of the list.
        offset: what is added for each.
    """

    scale: float
    standing: float
    first: float
    offset: float

    def odds(self, score: float, standing: float = 0.0, *, is_first: bool = False) -> float:
        """Return the log odds of a claim.

        Args:
            score: of the pair.
            standing: the log odds of the claim against the rest of its list.
            is_first: whether none of the list has a higher score.
        """
        return self.scale * score + self.standing * standing + self.first * is_first + self.offset

    def at(self, score: float) -> float:
        """Return the probability of a pair that stands in no list, to four digits.

        Args:
            score: of the pair.
        """
        return _probability(self.odds(score))


def _probability(odds: float) -> float:
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, odds)))), _DIGITS)


@dataclass(frozen=True, slots=True)
class Rerank:
    """A trained model.

    Args:
        weights: of each feature.
        bias: added to the sum.
        others: what the claims that are not meant come to in a list of the training (the logarithm of their summed powers): it stands in
            every list, for the claims that a small library does not have.
        many: the curve for claims of a large library, found for a post that was chosen to be looked up: hardly any has no claim there.
        few: the curve for those of a small library: of the posts that are looked up there, half are about none of its claims.
        in_text: the curve for a sentence of running text, where hardly any is about a claim.
        unrelated: the mean cosine that the encoder of the training gives to texts which have nothing in common; None for any.
    """

    weights: tuple[float, ...]
    bias: float
    others: float
    many: Curve
    few: Curve
    in_text: Curve
    unrelated: float | None = None

    def score(self, found: Sequence[float]) -> float:
        """Return the score of a pair: it orders the claims for a passage.

        Args:
            found: its features.
        """
        return self.bias + sum(weight * value for weight, value in zip(self.weights, found, strict=True))

    def listed(self, scores: Sequence[float], claims: int) -> list[float]:
        """Return how probable each claim of a list is: the more so, the more it stands out from the others.

        Args:
            scores: of all candidates for a post, twins counted once.
            claims: how many the library has.
        """
        if not scores:
            return []
        best = max(scores)
        size = math.log(max(1, claims) / FEW_CLAIMS) / math.log(MANY_CLAIMS / FEW_CLAIMS)
        between, below = min(1.0, max(0.0, size)), min(0.0, size)

        def odds(score: float, standing: float) -> float:
            few, many = (curve.odds(score, standing, is_first=score == best) for curve in (self.few, self.many))
            return few + between * (many - few) + below * (self.many.offset - self.few.offset)

        return [_probability(odds(*one)) for one in zip(scores, standings(scores, self.others), strict=True)]


def standings(scores: Sequence[float], others: float) -> list[float]:
    """Return the log odds of each claim of a list against the rest of it, if exactly one were meant.

    Args:
        scores: of the claims; at least one.
        others: a further score, for claims that are not there.
    """
    best = max(range(len(scores)), key=scores.__getitem__)
    # the best is left out of a sum, not taken from it: beside it the rest may vanish
    rest = _log_sum((*scores[:best], *scores[best + 1 :], others))
    whole = _log_sum((scores[best], rest))
    return [
        score - (rest if number == best else whole + math.log1p(-math.exp(score - whole)))
        for number, score in enumerate(scores)
    ]


def _log_sum(scores: Sequence[float]) -> float:
    peak = max(scores)
    return peak + math.log(sum(math.exp(score - peak) for score in scores))


def kind_of(encoder: str) -> str:
    """Return the kind of an encoder by its name: `static` or `neural`."""
    return encoder.split("-", maxsplit=1)[0]


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    data: dict[str, Mapping[str, Any]] = json.loads(
        files("valla.scan.pairs").joinpath("data", "rerank.json").read_text(encoding="utf-8")
    )
    return data


@cache
def load(kind: str) -> Rerank:
    """Return the model for a kind of encoder.

    Args:
        kind: `static` or `neural`.

    Raises:
        InputError: if there is no model for the kind, or its features are not those of this version.
    """
    if kind not in _data():
        raise InputError("there is no rerank model for such an encoder", found=repr(kind), allowed=" or ".join(_data()))
    row: Mapping[str, Any] = _data()[kind]
    weights = row["weights"]
    if not isinstance(weights, dict) or tuple(weights) != FEATURES:
        raise InputError("the rerank model does not fit the features", repair="train it again: tools/train_rerank.py")
    return Rerank(
        tuple(map(float, weights.values())),
        float(row["bias"]),
        float(row["others"]),
        _curve(row, "many"),
        _curve(row, "few"),
        _curve(row, "in_text"),
        float(row["unrelated"]),
    )


def _curve(row: Mapping[str, Any], name: str) -> Curve:
    return Curve(**{field: float(value) for field, value in row[name].items()})
