"""From the scores of held-out lists to probabilities: what `train_rerank.py` fits after the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from valla.scan.pairs.model import standings

__all__ = ["TOP", "Scores", "error", "fitted", "logistic"]

TOP = 5
"""The curves are fitted on so many claims of each list, as a search lists them, and once more on the first of each."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Lists of claims with scores that the model gave without having seen them.

    Args:
        values: the score of each claim, list by list.
        right: whether it is one that the post is about.
        starts: where each list begins, and where the last one ends.
        others: the score that stands for claims which are not there.
    """

    values: Floats
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]
    others: float

    def without_right(self) -> Scores:
        """Return the lists of posts whose claims the library would lack."""
        kept = ~self.right
        ends = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        starts = np.unique(ends)  # a list of right claims alone is none
        return Scores(self.values[kept], self.right[kept], starts, self.others)

    def rows(self) -> Floats:
        """Return for each claim what a curve takes: the score, the standing, whether it is the first, and 1."""
        lists = [self.values[first:last] for first, last in pairwise(self.starts.tolist())]
        standing = np.concatenate([standings(one.tolist(), self.others) for one in lists])
        first = np.concatenate([one == one.max() for one in lists])
        return np.column_stack([self.values, standing, first, np.ones(len(self.values))])

    def tops_of(self, count: int) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the rows of the highest claims of each list, and whether they are right."""
        places = self.tops(count)
        return self.rows()[places], self.right[places]

    def tops(self, count: int) -> NDArray[np.int64]:
        """Return the places of the highest claims of each list."""
        bounds = pairwise(self.starts.tolist())
        return np.concatenate(
            [first + np.argsort(-self.values[first:last], kind="stable")[:count] for first, last in bounds]
        )


def fitted(lists: Scores, lost: float) -> tuple[dict[str, float], Mapping[str, float]]:
    """Return a curve, and the calibration errors on the lists that it was fitted on.

    Each set of claims counts the same, however many it has: the first five of each list, and the first alone; and by `lost`, those of the
    posts whose claims were taken out of their lists.

    Args:
        lists: of posts that have a claim in the library.
        lost: how much the posts without one count.
    """
    sets = [(one, count, weight) for one, weight in ((lists, 1.0), (lists.without_right(), lost)) for count in (TOP, 1)]
    found = _curve([(*one.tops_of(count), weight) for one, count, weight in sets])
    errors = {}
    for count in (1, TOP):
        rows, right = lists.tops_of(count)
        errors[f"error {count}"] = error(1 / (1 + np.exp(-rows @ found)), right)
    return dict(zip(("scale", "standing", "first", "offset"), found.tolist(), strict=True)), errors


def logistic(rows: Floats, right: NDArray[np.bool_]) -> list[float]:
    """Return the weights of some columns of which the logistic curve fits the truth best.

    Args:
        rows: the columns.
        right: the truth of each row.
    """
    return _least(rows, right, np.full(len(rows), 1 / len(rows)), [(None, None)] * rows.shape[1])


def _curve(sets: Sequence[tuple[Floats, NDArray[np.bool_], float]]) -> Floats:
    """Return the weights of the logistic curve through some sets, of those that never turn the order of a list."""
    rows = np.concatenate([rows for rows, _, _ in sets])
    right = np.concatenate([right for _, right, _ in sets])
    counts = np.concatenate([np.full(len(right), weight / len(right)) for _, right, weight in sets])
    # the scale may be negative, but not more than standing makes up for: so both together are asked for, and standing less score
    standing = rows @ np.array([[1, -1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], float)
    both, more, first, offset = _least(standing, right, counts, [(0.0, None)] * 3 + [(None, None)])
    return np.array([both - more, more, first, offset])


def _least(
    rows: Floats, right: NDArray[np.bool_], counts: Floats, bounds: Sequence[tuple[float | None, float | None]]
) -> list[float]:
    """Return the weights of least loss, of those within bounds."""
    signs = np.where(right, -1.0, 1.0)

    def loss(asked: Floats) -> tuple[float, Floats]:
        odds = signs * (rows @ asked)
        return float(counts @ np.logaddexp(0, odds)), rows.T @ (counts * signs / (1 + np.exp(-odds)))

    options = {"maxiter": 5_000, "maxfun": 50_000, "ftol": 1e-15, "gtol": 1e-10}
    found: list[float] = minimize(
        loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options=options
    ).x.tolist()
    return found


def error(probabilities: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error in bins of equal width (M. Naeini et al. 2015).

    Args:
        probabilities: of some claims.
        right: whether each is right.
        bins: how many.
    """
    places = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = [abs(right[places == one].sum() - probabilities[places == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(right))
