"""Train the rerank model on pairs of posts and claims, and write it with its report.

    python tools/train_rerank.py --data ../shared/data

Only the train splits are used. The train split of CheckThat! 2022 holds the posts of the dev split of 2020: those are left out, so that
both dev splits stay unseen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rerank_curves import TOP, Scores, fitted, logistic
from scipy.optimize import minimize

from valla.exchange.trec import read_qrels, read_queries
from valla.files import write_all
from valla.scan.encoders.export import open_neural
from valla.scan.encoders.model import Encoder, Vectors
from valla.scan.encoders.static import load as load_static
from valla.scan.find import Finder, parts_of
from valla.scan.index.build import build
from valla.scan.library.columns import Columns
from valla.scan.library.model import Library
from valla.scan.library.opening import open_library
from valla.scan.pairs.features import FEATURES
from valla.scan.pairs.model import Curve, Rerank
from valla.scan.pairs.told import tell
from valla.scan.posts import bare

PENALTY = 1e-3
SURE = 0.1
"""How much the second loss counts: whether a pair belongs together, whatever else was found."""
FOLDS = 5
SMALL_POSTS, SMALL_CLAIMS = 150, 400
VERBATIM_STEP = 40
DIGITS, CURVE_DIGITS = 6, 4
LOST = 0.02
"""How much posts whose claims were taken out of their large library count: who looks a post up there mostly finds it."""
IN_TEXT = -1.0
"""Added to the log odds in running text. Chosen by hand on the English UN speeches, which repeat none of the claims: 1 in 100,000
sentences or fewer is confirmed then."""
NOTHING = Rerank((0.0,) * len(FEATURES), 0.0, 0.0, *[Curve(1, 0, 0, 0)] * 3)
OUT = Path(__file__).parents[1] / "src" / "valla" / "scan" / "pairs" / "data"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """Posts with the claims that they are about.

    Args:
        name: of the data.
        queries: by id.
        relevant: by query, the ids of its claims.
        library: where the claims are.
        columns: which columns of it.
        most: how many claims of it are taken; None for all.
    """

    name: str
    queries: Mapping[str, str]
    relevant: Mapping[str, Collection[str]]
    library: Path
    columns: Columns
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """Candidates for many posts.

    Args:
        features: a row for each candidate.
        right: whether it is one of the post's claims.
        lists: the number of each candidate's post.
        wanted: by post, how many claims it is about.
    """

    features: Floats
    right: NDArray[np.bool_]
    lists: NDArray[np.int64]
    wanted: NDArray[np.int64]

    def part(self, chosen: NDArray[np.bool_]) -> Lists:
        """Return the posts that are chosen."""
        kept = chosen[self.lists]
        numbers = np.cumsum(chosen) - 1
        return Lists(self.features[kept], self.right[kept], numbers[self.lists[kept]], self.wanted[chosen])


@dataclass(frozen=True, slots=True)
class Data:
    """All that is trained on.

    Args:
        many: the posts with candidates from the whole libraries.
        many_folds: the fold of each post.
        few: some of them with candidates from small libraries.
        few_folds: the fold of each of those.
        verbatim: claims as posts about themselves.
    """

    many: Lists
    many_folds: NDArray[np.int64]
    few: Lists
    few_folds: NDArray[np.int64]
    verbatim: Lists


def _same(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def tasks(data: Path) -> Iterator[Task]:
    """Yield the training data."""
    first, second = data / "checkthat2020", data / "checkthat2022"
    unseen = {_same(bare(query.text)) for query in read_queries(first / "dev" / "tweets.queries.tsv", header=True)}
    every = {query.id: query.text for query in read_queries(second / "CT2022-Task2A-EN-Train-Dev_Queries.tsv")}
    judged = read_qrels(second / "CT2022-Task2A-EN-Dev_QRELs.tsv")
    unseen |= {_same(bare(every[number])) for number in judged}
    told = {query.id: query.text for query in read_queries(first / "train" / "tweets.queries.tsv", header=True)}
    told = {number: text for number, text in told.items() if _same(bare(text)) not in unseen}
    relevant = read_qrels(first / "train" / "tweet-vclaim-pairs.qrels")
    columns = Columns("1", "vclaim", ("title",))
    yield Task("checkthat2020", told, relevant, first / "verified_claims.docs.tsv", columns)
    told = {number: text for number, text in every.items() if _same(bare(text)) not in unseen}
    relevant = read_qrels(second / "CT2022-Task2A-EN-Train_QRELs.tsv")
    columns = Columns("vclaim_id", "vclaim", ("title", "subtitle"))
    yield Task("checkthat2022", told, relevant, second / "vclaims.jsonl", columns)


def verbatim(task: Task) -> Task:
    """Return claims as posts about themselves: what is repeated word for word must be sure."""
    claims = open_library(task.library, columns=task.columns).library.claims[::VERBATIM_STEP]
    told = {claim.id: claim.text for claim in claims}
    return replace(
        task, name=f"{task.name} verbatim", queries=told, relevant={name: frozenset({name}) for name in told}
    )


def small(task: Task) -> Task:
    """Return a task with a library of a few hundred claims: the model must hold for those too."""
    chosen = dict(list(task.relevant.items())[:SMALL_POSTS])
    return replace(task, name=f"{task.name} small", relevant=chosen, most=SMALL_CLAIMS)


def _library(task: Task) -> Library:
    library = open_library(task.library, columns=task.columns).library
    if task.most is None:
        return library
    wanted = frozenset[str]().union(*task.relevant.values())
    kept = [claim for claim in library.claims if claim.id in wanted]
    others = [claim for claim in library.claims if claim.id not in wanted]
    return Library((*kept, *others[:: len(others) // (task.most - len(kept)) + 1]))


def lists(task: Task, encoder: Encoder) -> Lists:
    """Return the candidates for the posts of a task."""
    library = _library(task)
    index = build(library, [encoder])
    finder = Finder(index, encoder, NOTHING)
    chosen = [number for number in task.relevant if number in task.queries]
    rows: list[Sequence[float]] = []
    right: list[bool] = []
    owners: list[int] = []
    for place, number in enumerate(chosen):
        text = task.queries[number]
        parts = parts_of(text)
        seen: dict[int, int] = {}
        for claim, found, _ in finder.pairs(
            tell(parts[:1], finder.claims.weighing), encoder.encode(parts), finder.signed(text)
        ):
            is_right = index.claims[claim].id in task.relevant[number]
            at = seen.setdefault(finder.firsts[claim], len(rows))
            if at < len(rows):
                # of claims that say the same only one is judged right, by chance
                right[at] |= is_right
                continue
            rows.append(found)
            right.append(is_right)
            owners.append(place)
    wanted = np.array([len(task.relevant[number]) for number in chosen])
    return Lists(np.array(rows), np.array(right), np.array(owners), wanted)


def joined(parts: Sequence[Lists]) -> Lists:
    """Return the posts of several tasks as one."""
    shifts = np.cumsum([0, *(len(part.wanted) for part in parts)])
    return Lists(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.lists + shift for part, shift in zip(parts, shifts, strict=False)]),
        np.concatenate([part.wanted for part in parts]),
    )


def _log_sums(scores: Floats, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Floats:
    peaks = np.maximum.reduceat(scores, starts)
    return peaks + np.log(np.add.reduceat(np.exp(scores - np.repeat(peaks, lengths)), starts))


def fit(data: Lists) -> tuple[Floats, float]:
    """Return the weights of the features and the bias.

    Two losses: that a right claim stands before the others of its list (Z. Cao et al., "Learning to rank: from pairwise approach to
    listwise approach", 2007), and that the score by itself tells right from wrong (logistic regression).
    """
    has_right = np.bincount(data.lists[data.right], minlength=len(data.wanted)) > 0
    data = data.part(has_right)
    mean, spread = data.features.mean(axis=0), data.features.std(axis=0) + 1e-9
    rows = (data.features - mean) / spread
    starts = np.flatnonzero(np.diff(data.lists, prepend=-1))
    lengths = np.diff(np.append(starts, len(rows)))
    count = len(starts)

    def loss(asked: Floats) -> tuple[float, Floats]:
        weights, bias = asked[:-1], asked[-1]
        scores = rows @ weights
        every = _log_sums(scores, starts, lengths)
        right = _log_sums(np.where(data.right, scores, -1e9), starts, lengths)
        shares = np.exp(scores - np.repeat(every, lengths))
        own = np.where(data.right, np.exp(scores - np.repeat(right, lengths)), 0.0)
        sure = 1 / (1 + np.exp(-(scores + bias)))
        slopes = (shares - own) / count + SURE * (sure - data.right) / count
        told = np.logaddexp(0, np.where(data.right, -1, 1) * (scores + bias)).sum() * SURE
        value = ((every - right).sum() + told) / count + PENALTY * (weights @ weights)
        slope = rows.T @ slopes + 2 * PENALTY * weights
        return float(value), np.append(slope, SURE * (sure - data.right).sum() / count)

    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def precision(scores: Floats, data: Lists) -> float:
    """Return MAP@5."""
    total = 0.0
    for place, wanted in enumerate(data.wanted):
        own = data.lists == place
        right = data.right[own][np.argsort(-scores[own], kind="stable")][:TOP]
        hits = np.cumsum(right)
        total += float((hits / np.arange(1, len(right) + 1))[right].sum()) / wanted
    return total / len(data.wanted)


def _starts(data: Lists) -> NDArray[np.int64]:
    """Return where each list begins, and where the last one ends; a post without candidates has none."""
    return np.append(np.flatnonzero(np.diff(data.lists, prepend=-1)), len(data.lists))


def _sums(scores: Floats, data: Lists) -> Floats:
    """Return for each list the logarithm of the summed powers of its scores."""
    starts = _starts(data)
    return _log_sums(scores, starts[:-1], np.diff(starts))


def _held_out(data: Data) -> tuple[Floats, Floats]:
    """Return the scores of the posts in their large and small libraries, each by a model that saw the post in neither."""
    many, few = np.zeros(len(data.many.right)), np.zeros(len(data.few.right))
    for fold in range(FOLDS):
        seen = data.many.part(data.many_folds != fold), data.few.part(data.few_folds != fold), data.verbatim
        weights, bias = fit(joined(seen))
        for lists, folds, scores in ((data.many, data.many_folds, many), (data.few, data.few_folds, few)):
            own = folds[lists.lists] == fold
            scores[own] = lists.features[own] @ weights + bias
    return many, few


def trained(data: Data) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the model as it is stored, and what cross-validation says of it.

    Args:
        data: all that is trained on.
    """
    many, few = _held_out(data)
    others = round(float(np.median(_sums(np.where(data.many.right, -50.0, many), data.many))), CURVE_DIGITS)
    curves, told = {}, {"MAP@5": precision(many, data.many)}
    for name, lists, scores, lost in (("many", data.many, many, LOST), ("few", data.few, few, 1.0)):
        curves[name], errors = fitted(Scores(scores, lists.right, _starts(lists), others), lost)
        told |= {f"{name} {measure}": figure for measure, figure in errors.items()}
    curves["in_text"] = in_text(many, data.many)
    weights, bias = fit(joined([data.many, data.few, data.verbatim]))
    row = {
        "weights": {name: round(float(weight), DIGITS) for name, weight in zip(FEATURES, weights, strict=True)},
        "bias": round(bias, DIGITS),
        "others": others,
        **{
            name: {field: round(value, CURVE_DIGITS) for field, value in curve.items()}
            for name, curve in curves.items()
        },
    }
    return row, told


def in_text(scores: Floats, data: Lists) -> dict[str, float]:
    """Return the curve for running text: that of the five best of each post by their scores alone, lowered by `IN_TEXT`."""
    tops = Scores(scores, data.right, _starts(data), 0.0).tops(TOP)
    scale, offset = logistic(np.column_stack([scores[tops], np.ones(len(tops))]), data.right[tops])
    return {"scale": scale, "standing": 0.0, "first": 0.0, "offset": offset + IN_TEXT}


def data_of(given: Path, encoder: Encoder) -> Data:
    """Return all that is trained on."""
    known: dict[str, int] = {}
    listed = list(tasks(given))
    few = [small(task) for task in listed]

    def folds(tasks: Sequence[Task]) -> NDArray[np.int64]:
        """Return the fold of each post: the same post of two tasks is in one."""
        texts = [task.queries[number] for task in tasks for number in task.relevant if number in task.queries]
        return np.array([known.setdefault(_same(bare(text)), len(known)) for text in texts]) % FOLDS

    def all_of(tasks: Sequence[Task]) -> Lists:
        return joined([lists(task, encoder) for task in tasks])

    return Data(all_of(listed), folds(listed), all_of(few), folds(few), all_of([verbatim(task) for task in listed]))


class Remembering:
    """An encoder that makes the vector of each text once: several tasks have the same library."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimensions, self.unrelated = encoder.name, encoder.dimensions, encoder.unrelated
        self._encoder = encoder
        self._known: dict[str, NDArray[np.int8]] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def encoder_of(kind: str) -> Encoder:
    """Return an encoder of a kind."""
    return Remembering(load_static() if kind == "static" else open_neural(threads=2))


COLUMNS = ("MAP@5", "many error 1", "many error 5", "few error 1", "few error 5")


def report(kinds: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the training report."""
    rows = [
        " | ".join(
            (
                f"| `{row['encoder']}`",
                str(row["posts"]),
                str(row["candidates"]),
                *(f"{row[name]:.4f}" for name in COLUMNS),
            )
        )
        + " |"
        for row in kinds.values()
    ]
    lines = [
        "# The rerank model",
        "",
        "Made by `tools/train_rerank.py` from the train splits of CheckThat! 2020 and 2022 (no post of a dev split). Cross-validated by post,",
        f"{FOLDS} folds: MAP@{TOP} in the whole libraries, and the expected calibration error, in 10 bins, of the first claim of each post and of",
        "its first five, in the whole libraries (*many*) and in some of a few hundred claims (*few*). The curves were fitted on these scores.",
        "",
        "| encoder | posts | candidates | MAP@5 | many, first | many, first five | few, first | few, first five |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"Posts whose claims were taken out of the library count {LOST} as much as the others in large libraries, and as much in small ones.",
        "",
        f"In running text {IN_TEXT} is added to the log odds: a post was chosen because somebody had checked its claim, a sentence was not.",
        "That figure was chosen by hand, on English UN speeches.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Train, write the model and its report."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="the folder with checkthat2020 and checkthat2022")
    asked.add_argument("--out", type=Path, default=OUT, help="where to write rerank.json and rerank.md")
    given = asked.parse_args()
    models, told = {}, {}
    for kind in ("static", "neural"):
        encoder = encoder_of(kind)
        data = data_of(given.data, encoder)
        row, found = trained(data)
        models[kind] = row | {"unrelated": round(encoder.unrelated, CURVE_DIGITS)}
        told[kind] = {
            "encoder": encoder.name,
            "posts": len(data.many.wanted),
            "candidates": len(data.many.right),
            **found,
        }
        print(kind, told[kind])
    given.out.mkdir(parents=True, exist_ok=True)
    write_all(
        {
            given.out / "rerank.json": json.dumps(models, indent=1) + "\n",
            given.out / "rerank.md": report(told),
        }
    )


if __name__ == "__main__":
    main()
