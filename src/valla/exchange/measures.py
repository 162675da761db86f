"""How good a ranking is: the measures of the CLEF CheckThat! labs for claim retrieval.

Their scorer calls trectools 0.0.42 to 0.0.44, which follows trec_eval (from 0.0.50 on it takes all ids as text, where scores are
equal). What that does, and so does this:

- Claims are ordered by score, the greatest first; the rank written in the run counts for nothing. Among equal scores the greater id
  comes first: as numbers where every id of the run is a whole number, else as text.
- AP@k is the sum of the precision at each relevant claim among the first k, over the number of all relevant claims, even where that is
  more than k (trec_eval's `map_cut`). RR looks at the first 1000. P@k divides by k, however many claims were found.

Where it differs, on purpose:

- The mean is over the queries that were judged. The scorer of 2021 and 2022 refuses a run that lacks one; here it counts 0 and is named.
  A query that nobody judged is left aside; the scorer counts it 0.
- A judgement that is written twice counts once. The scorer counts such a claim several times, so that AP may exceed 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

__all__ = [
    "Evaluation",
    "Qrels",
    "Run",
    "average_precision",
    "evaluate",
    "judged_order",
    "precision",
    "recall",
    "reciprocal_rank",
]

Run = Mapping[str, Mapping[str, float]]
"""The score of each claim found, by query."""

Qrels = Mapping[str, Mapping[str, int]]
"""How relevant each judged claim is, by query: 0 is not at all."""

_DEPTH = 1000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good a run is, each measure a mean over the judged queries.

    Args:
        queries: how many were judged.
        missing: those that the run lacks, which count 0.
        unjudged: how many queries of the run nobody judged; they are left aside.
        map1: mean average precision of the first claim.
        map3: of the first 3.
        map5: of the first 5.
        map10: of the first 10.
        map: of the first 1000.
        mrr: mean reciprocal rank.
        precision1: the share of the first claims that are relevant.
        precision3: of the first 3.
        precision5: of the first 5.
        recall1: the share of the relevant claims that come first.
        recall5: that are among the first 5.
        recall10: that are among the first 10.
        recall100: that are among the first 100.
    """

    queries: int
    missing: tuple[str, ...]
    unjudged: int
    map1: float
    map3: float
    map5: float
    map10: float
    map: float
    mrr: float
    precision1: float
    precision3: float
    precision5: float
    recall1: float
    recall5: float
    recall10: float
    recall100: float


def evaluate(run: Run, qrels: Qrels) -> Evaluation:
    """Measure a run by judgements.

    Args:
        run: the claims found.
        qrels: the judgements.
    """
    whole = all(_is_whole(claim) for found in run.values() for claim in found)
    judged = [
        (
            judged_order(run.get(query, {}), numeric=whole),
            frozenset(claim for claim, grade in grades.items() if grade > 0),
        )
        for query, grades in qrels.items()
    ]
    maps = {f"map{k}": fmean([average_precision(*one, k) for one in judged] or [0.0]) for k in (1, 3, 5, 10)}
    precisions = {f"precision{k}": fmean([precision(*one, k) for one in judged] or [0.0]) for k in (1, 3, 5)}
    recalls = {f"recall{k}": fmean([recall(*one, k) for one in judged] or [0.0]) for k in (1, 5, 10, 100)}
    return Evaluation(
        queries=len(qrels),
        missing=tuple(query for query in qrels if not run.get(query)),
        unjudged=sum(query not in qrels for query in run),
        map=fmean([average_precision(*one, _DEPTH) for one in judged] or [0.0]),
        mrr=fmean([reciprocal_rank(*one) for one in judged] or [0.0]),
        **maps,
        **precisions,
        **recalls,
    )


def judged_order(found: Mapping[str, float], *, numeric: bool) -> list[str]:
    """Return the claims in the order in which they are judged.

    Args:
        found: the score of each.
        numeric: whether ids are compared as numbers.
    """
    if numeric:
        return sorted(found, key=lambda claim: (found[claim], int(claim)), reverse=True)
    return sorted(found, key=lambda claim: (found[claim], claim), reverse=True)


def _is_whole(claim: str) -> bool:
    return claim.isascii() and claim.isdigit() and len(claim) < 19  # what fits in 64 bits


def average_precision(order: Sequence[str], relevant: frozenset[str], k: int) -> float:
    """Return AP@k: the sum of the precision at each relevant claim among the first k, over the number of relevant claims.

    Args:
        order: the claims found, best first.
        relevant: those that are.
        k: how many to look at.
    """
    hits, total = 0, 0.0
    for rank, claim in enumerate(order[:k], start=1):
        if claim in relevant:
            hits += 1
            total += hits / rank
    return total / len(relevant) if relevant else 0.0


def reciprocal_rank(order: Sequence[str], relevant: frozenset[str], k: int = _DEPTH) -> float:
    """Return one over the rank of the first relevant claim; 0 where none is among the first k.

    Args:
        order: the claims found, best first.
        relevant: those that are.
        k: how many to look at.
    """
    return next((1 / rank for rank, claim in enumerate(order[:k], start=1) if claim in relevant), 0.0)


def precision(order: Sequence[str], relevant: frozenset[str], k: int) -> float:
    """Return P@k: the relevant claims among the first k, over k.

    Args:
        order: the claims found, best first.
        relevant: those that are.
        k: how many to look at.
    """
    return len(relevant.intersection(order[:k])) / k


def recall(order: Sequence[str], relevant: frozenset[str], k: int) -> float:
    """Return the share of the relevant claims that are among the first k.

    Args:
        order: the claims found, best first.
        relevant: those that are.
        k: how many to look at.
    """
    return len(relevant.intersection(order[:k])) / len(relevant) if relevant else 0.0
