"""Train the weights by which a stance is told, on the tuning half of the labelled passages and on sentences made for it.

usage: python tools/train_stance.py [--check]

Fits a multinomial logistic regression with an L2 penalty by Newton's method (Bishop, Pattern Recognition and Machine Learning, 2006,
4.3.4), each stance weighing the same whatever its number of passages, and writes `src/valla/scan/stance/data/weights.json`, rounded so
that every machine writes the same bytes. Prints macro-F1 by cross-validation over the documents of that half. `--check` writes nothing
and fails where the file is not what training gives.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from stance import LABELS, labelled, macro_f1  # noqa: E402  the folder is known only now

from valla.scan.model import Stance  # noqa: E402
from valla.scan.stance.features import FEATURES, features  # noqa: E402
from valla.scan.stance.passage import Passage  # noqa: E402
from valla.scan.stance.weights import STANCES, Weights  # noqa: E402

WEIGHTS = ROOT / "src/valla/scan/stance/data/weights.json"
PENALTY = 0.5
FOLDS = 5
ROUNDS = 10
_STEPS = 60
_DIGITS = 3

MADE = Path(__file__).with_name("stance_made.tsv")
MADE_SHARE = 0.5
"""A made sentence weighs so much of a real one."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A passage to learn from.

    Args:
        document: where it is from; empty where it was made.
        values: its features.
        stance: its label.
    """

    document: str
    values: tuple[bool, ...]
    stance: Stance


def examples() -> list[Example]:
    """Return the labelled passages of the tuning half, then the made ones."""
    real = [(one.document, one.passage, one.claim, one.stance) for one in labelled() if one.half == "tune"]
    with MADE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    made = [("", Passage("", row["text"], row["after"]), row["claim"], Stance(row["stance"])) for row in rows]
    return [
        Example(where, tuple(features(passage, claim).values()), stance)
        for where, passage, claim, stance in (*real, *made)
    ]


def fit(known: Sequence[Example]) -> Matrix:
    """Return the weights, a row for each stance.

    Args:
        known: what to learn from.
    """
    values = np.array([one.values for one in known], dtype=float)
    stances = [one.stance for one in known]
    share = _shares(known)
    truth = np.array([[stance == one for one in STANCES] for stance in stances], dtype=float)
    rows = np.zeros((len(STANCES), values.shape[1]))
    for _ in range(_STEPS):
        told = _softmax(values @ rows.T)
        slope = ((told - truth) * share[:, None]).T @ values + PENALTY * rows
        rows = rows - np.linalg.solve(_bend(values, told, share), slope.ravel()).reshape(rows.shape)
    return rows


def _shares(known: Sequence[Example]) -> Matrix:
    """How much each weighs: each stance the same in sum, made sentences less."""
    plain = [1.0 if one.document else MADE_SHARE for one in known]
    sums = Counter[Stance]()
    for one, share in zip(known, plain, strict=True):
        sums[one.stance] += share  # type: ignore[assignment]
    return np.array(
        [share * sum(plain) / (len(STANCES) * sums[one.stance]) for one, share in zip(known, plain, strict=True)]
    )


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _bend(values: Matrix, told: Matrix, share: Matrix) -> Matrix:
    """The matrix of second derivatives."""
    size = values.shape[1]
    bend = PENALTY * np.eye(len(STANCES) * size)
    for one in range(len(STANCES)):
        for other in range(len(STANCES)):
            weight = share * told[:, one] * ((one == other) - told[:, other])
            block = (values * weight[:, None]).T @ values
            bend[one * size : (one + 1) * size, other * size : (other + 1) * size] += block
    return bend


def table(rows: Matrix) -> dict[str, dict[str, float]]:
    """Return the weights by feature and stance, rounded."""
    return {
        name: {stance.value: round(float(rows[row, column]), _DIGITS) + 0.0 for row, stance in enumerate(STANCES)}
        for column, name in enumerate(FEATURES)
    }


def cross_validated(known: Sequence[Example]) -> tuple[float, float]:
    """Return the mean and the deviation of macro-F1 when each real document is judged by the others and the made sentences."""
    real = [one for one in known if one.document]
    made = [one for one in known if not one.document]
    gold = [one.stance for one in real]
    figures = [macro_f1(gold, _told_by_the_others(real, made, turn)) for turn in range(ROUNDS)]
    return float(np.mean(figures)), float(np.std(figures))


def _told_by_the_others(real: Sequence[Example], made: Sequence[Example], turn: int) -> list[Stance]:
    folds = [hashlib.sha256(f"{turn}:{one.document}".encode()).digest()[0] % FOLDS for one in real]
    models = [
        Weights(tuple(map(tuple, fit([*(one for one, at in zip(real, folds, strict=True) if at != fold), *made]))))
        for fold in range(FOLDS)
    ]
    return [models[fold].stance(one.values) for one, fold in zip(real, folds, strict=True)]


def main() -> int:
    """Train, print, and write or check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the file differs")
    checking = parser.parse_args().check
    known = examples()
    mean, deviation = cross_validated(known)
    print(f"{len(known)} passages, {len(FEATURES)} features; cross-validated macro-F1 {mean:.3f} ± {deviation:.3f}")
    data = {
        "labels": hashlib.sha256(LABELS.read_bytes()).hexdigest(),
        "made": hashlib.sha256(MADE.read_bytes()).hexdigest(),
        "passages": len(known),
        "cross_validated_macro_f1": round(mean, 3),
        "weights": table(fit(known)),
    }
    text = json.dumps(data, indent=1) + "\n"
    if checking:
        return int(WEIGHTS.read_text(encoding="utf-8") != text)
    WEIGHTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
