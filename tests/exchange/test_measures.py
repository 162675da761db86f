"""Measures of a ranking, against slow definitions of their own."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.exchange.measures import average_precision, evaluate, judged_order, precision, recall, reciprocal_rank

IDS = st.sampled_from(["1", "2", "9", "10", "11", "a", "b"])
SCORES = st.sampled_from([0.0, 0.5, 1.0, -3.0])
FOUND = st.dictionaries(IDS, SCORES, max_size=7)
RUNS = st.dictionaries(st.sampled_from("pqr"), FOUND)
QRELS = st.dictionaries(st.sampled_from("pqrs"), st.dictionaries(IDS, st.integers(0, 2), min_size=1), min_size=1)


def slow_order(found: dict[str, float], numeric: bool) -> list[str]:
    """Place each claim by counting those before it: greater score, or equal score and greater id."""
    key = int if numeric else str
    return [
        claim
        for place in range(len(found))
        for claim in found
        if place == sum((found[other], key(other)) > (found[claim], key(claim)) for other in found)
    ]


def slow_average_precision(order: list[str], relevant: set[str], k: int) -> Fraction:
    """Add up, over the relevant claims, the precision at the place of each that is among the first k (trec_eval, map_cut)."""
    total = Fraction(0)
    for claim in relevant & set(order[:k]):
        place = order.index(claim) + 1
        total += Fraction(len(relevant & set(order[:place])), place)
    return total / len(relevant) if relevant else Fraction(0)


@given(RUNS, QRELS)
def test_measures_are_those_of_the_definitions(run: dict, qrels: dict) -> None:
    """MAP, MRR, precision and recall equal sums written out by hand in fractions."""
    numeric = all(claim.isdigit() for found in run.values() for claim in found)
    judged = [
        (slow_order(run.get(query, {}), numeric), {c for c, grade in qrels[query].items() if grade}) for query in qrels
    ]
    found = evaluate(run, qrels)

    for k in (1, 3, 5, 10):
        expected = sum(slow_average_precision(*one, k) for one in judged) / len(judged)
        assert getattr(found, f"map{k}") == pytest.approx(float(expected))
    for k in (1, 3, 5):
        expected = sum(Fraction(len(relevant & set(order[:k])), k) for order, relevant in judged) / len(judged)
        assert getattr(found, f"precision{k}") == pytest.approx(float(expected))
    for k in (1, 5, 10, 100):
        shares = [Fraction(len(relevant & set(order[:k])), len(relevant) or 1) for order, relevant in judged]
        assert getattr(found, f"recall{k}") == pytest.approx(float(sum(shares) / len(judged)))
    firsts = [min((order.index(c) + 1 for c in relevant if c in order), default=None) for order, relevant in judged]
    assert found.mrr == pytest.approx(sum(1 / first for first in firsts if first) / len(judged))
    assert found.missing == tuple(query for query in qrels if not run.get(query))
    assert found.unjudged == len(run.keys() - qrels.keys())


@given(RUNS, QRELS)
def test_measures_lie_between_0_and_1_and_grow_with_depth(run: dict, qrels: dict) -> None:
    """To look at more never finds less."""
    found = evaluate(run, qrels)

    assert 0 <= found.map1 <= found.map3 <= found.map5 <= found.map10 <= found.map <= 1
    assert 0 <= found.recall1 <= found.recall5 <= found.recall10 <= found.recall100 <= 1
    assert found.precision1 <= found.mrr <= 1


def test_what_each_measure_says_of_one_ranking() -> None:
    """Two of three relevant claims are found, second and fourth."""
    order, relevant = ["a", "b", "c", "d"], frozenset("bdz")

    assert average_precision(order, relevant, 1) == 0
    assert average_precision(order, relevant, 5) == pytest.approx((1 / 2 + 2 / 4) / 3)
    assert reciprocal_rank(order, relevant) == 1 / 2
    assert precision(order, relevant, 5) == 2 / 5
    assert recall(order, relevant, 3) == 1 / 3


def test_average_precision_divides_by_all_relevant_claims() -> None:
    """Even where more are relevant than are looked at: AP@1 of a query with two is at most a half, as in trec_eval."""
    assert average_precision(["a", "b"], frozenset("ab"), 1) == 0.5


@pytest.mark.parametrize(("numeric", "order"), [(True, ["10", "9", "8"]), (False, ["9", "8", "10"])])
def test_of_equal_scores_the_greater_id_comes_first(numeric: bool, order: list[str]) -> None:
    """As a number or as text."""
    assert judged_order({"8": 1.0, "9": 1.0, "10": 1.0}, numeric=numeric) == order


def test_a_query_that_is_missing_counts_0_and_one_that_nobody_judged_not_at_all() -> None:
    """The mean is over the judged queries."""
    found = evaluate({"p": {"a": 1.0}, "x": {"a": 1.0}}, {"p": {"a": 1}, "q": {"b": 1}})

    assert (found.queries, found.missing, found.unjudged) == (2, ("q",), 1)
    assert found.map5 == found.mrr == found.recall5 == 0.5


def test_nothing_judged_gives_zeros() -> None:
    """No mean is taken of nothing."""
    assert evaluate({"p": {"a": 1.0}}, {}).map5 == 0
