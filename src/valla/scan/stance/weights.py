"""The trained weights: what each feature tells for each stance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from valla.scan.model import Stance
from valla.scan.stance.features import FEATURES

__all__ = ["STANCES", "Weights", "weights"]

STANCES = (Stance.REPEATS, Stance.REBUTS, Stance.REPORTS)
"""The stances, the default first: where two weigh the same, the first is meant."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: for each stance the weight of each feature.

    Args:
        rows: one row a stance, in the order of `STANCES`; each in the order of `FEATURES`.
    """

    rows: tuple[tuple[float, ...], ...]

    def scores(self, values: Iterable[bool]) -> tuple[float, ...]:
        """Return how much speaks for each stance.

        Args:
            values: the features, in order.
        """
        told = [number for number, value in enumerate(values) if value]
        return tuple(sum(row[number] for number in told) for row in self.rows)

    def stance(self, values: Iterable[bool]) -> Stance:
        """Return the stance that most speaks for.

        Args:
            values: the features, in order.
        """
        scores = self.scores(values)
        return STANCES[scores.index(max(scores))]

    @classmethod
    def of(cls, data: Mapping[str, Mapping[str, float]]) -> Weights:
        """Return the weights that a table of them tells: by feature, then by stance.

        Args:
            data: the table; a feature that is not in it weighs nothing.
        """
        return cls(tuple(tuple(data.get(name, {}).get(stance, 0.0) for name in FEATURES) for stance in STANCES))


@cache
def weights() -> Weights:
    """Return the weights of the package."""
    text = files("valla.scan.stance").joinpath("data", "weights.json").read_text(encoding="utf-8")
    return Weights.of(json.loads(text)["weights"])
