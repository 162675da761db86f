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

__all__ = ["MANY_CLAIMS", "Curve", "Rerank", "kind_of", "load"]

_DIGITS = 4
_LEAST_SHARE = -12.0

MANY_CLAIMS = 1_000
"""In a smaller library any claim stands out, whether or not it is meant."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve from a score to a probability (J. Platt, "Probabilistic outputs for support vector machines", 1999).

    Args:
        scale: what the score is multiplied with.
        share: what the claim's share of the list is multiplied with (see `Rerank.listed`).
        offset: what is added.
    """

    scale: float
    share: float
    offset: float

    def at(self, score: float, share: float = 0.0) -> float:
        """Return the probability, to four digits.

        Args:
            score: of a pair.
            share: the logarithm of the claim's share of its list.
        """
        odds = self.scale * score + self.share * share + self.offset
        return round(1 / (1 + math.exp(-max(-50.0, min(50.0, odds)))), _DIGITS)


@dataclass(frozen=True, slots=True)
class Rerank:
    """A trained model.

    Args:
        weights: of each feature.
        bias: added to the sum.
        others: what the claims that are not meant come to in a list of the training (the logarithm of their summed powers): it stands in
            every list for the claims that a small library does not have.
        in_list: the curve for claims found for a post that was chosen to be looked up.
        alone: the curve for a claim found for such a post in a small library, where hardly any other could stand beside it.
        in_text: the curve for a sentence of running text, where hardly any is about a claim.
    """

    weights: tuple[float, ...]
    bias: float
    others: float
    in_list: Curve
    alone: Curve
    in_text: Curve

    def score(self, found: Sequence[float]) -> float:
        """Return the score of a pair: it orders the claims for a passage.

        Args:
            found: its features.
        """
        return self.bias + sum(weight * value for weight, value in zip(self.weights, found, strict=True))

    def listed(self, scores: Sequence[float], claims: int) -> list[float]:
        """Return how probable each claim of a list is: in a large library the more so, the more it stands out from the others.

        Args:
            scores: of all candidates for a post, twins counted once.
            claims: how many the library has.
        """
        if claims < MANY_CLAIMS or not scores:
            return [self.alone.at(score) for score in scores]
        peak = max(*scores, self.others)
        whole = peak + math.log(sum(math.exp(score - peak) for score in (*scores, self.others)))
        return [self.in_list.at(score, max(_LEAST_SHARE, score - whole)) for score in scores]


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
        _curve(row, "in_list"),
        _curve(row, "alone"),
        _curve(row, "in_text"),
    )


def _curve(row: Mapping[str, Any], name: str) -> Curve:
    return Curve(**{field: float(value) for field, value in row[name].items()})
