"""Measures of a ranking, as others' scorers give them."""

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from valla.exchange.measures import evaluate

RUN = """
    1 21:7 10:9.5 26:8.25 42:1 4:1 5:8.25 53:7 35:8.25 7:1 24:9.5 38:8.25 55:7
    2 19:7 27:3.5 10:8.25 35:8.25 8:9.5 37:7 20:0.5 36:1 44:3.5 12:0.5 7:0.5 38:3.5
    3 6:1 37:8.25 20:3.5 34:8.25 32:0.5 22:1 47:9.5 29:8.25 19:3.5 39:3.5 5:3.5 8:0.5
    4 4:3.5 47:9.5 45:0.5 20:3.5 42:8.25 37:8.25 44:0.5 29:9.5 19:7 46:7 25:8.25 43:7
    5 53:8.25 28:8.25 56:8.25 36:7 18:7 46:9.5 27:0.5 23:8.25 44:7 25:7 15:9.5 10:8.25
    6 30:0.5 58:1 56:9.5 50:7 44:8.25 52:7 36:0.5 26:8.25 54:8.25 51:3.5 57:9.5 7:8.25
"""
"""Made by chance, with many equal scores and ids that are numbers: by query, claims with their scores."""

QRELS = """
    1 21:1 24:1 38:1 53:1 55:1 10:1 35:1
    2 35:1 10:1
    3 29:1 37:1 5:1 32:1 8:1 22:1 47:1
    4 44:1 29:1 47:1 45:1 25:1 20:1 68:1
    5 44:1 46:1 25:1 15:1 56:1 10:1
    6 51:1
"""
"""The claims that are relevant: more than five to some queries, one of them never found."""

TRECTOOLS = {
    "map1": 0.0992063492063492,
    "map3": 0.34722222222222215,
    "map5": 0.40317460317460313,
    "map10": 0.5606906651549508,
    "map": 0.6102938397581255,
    "mrr": 0.7685185185185185,
    "precision1": 0.6666666666666666,
    "precision3": 0.6666666666666666,
    "precision5": 0.5000000000000001,
}
"""What trectools 0.0.44, which the scorers of CheckThat! call, says of the two, asked to follow trec_eval."""

IDS = st.sampled_from(["a1", "a2", "a10", "b1", "b2", "c"])
RUNS = st.dictionaries(
    st.sampled_from("pqr"), st.dictionaries(IDS, st.sampled_from([0.5, 1.0, 2.0]), min_size=1), min_size=1
)
GRADES = st.dictionaries(IDS, st.integers(0, 1), min_size=1)


def table(text: str) -> dict[str, dict[str, float]]:
    """Return what is written above as data."""
    rows = [line.split() for line in text.strip().splitlines()]
    return {
        query: {claim: float(value) for claim, value in (one.split(":") for one in found)} for query, *found in rows
    }


@pytest.mark.parametrize("measure", TRECTOOLS)
def test_the_figures_are_those_of_the_shared_tasks_scorer(measure: str) -> None:
    """To the last digit that is worth writing."""
    qrels = {query: {claim: int(grade) for claim, grade in found.items()} for query, found in table(QRELS).items()}

    assert getattr(evaluate(table(RUN), qrels), measure) == pytest.approx(TRECTOOLS[measure], abs=1e-12)


@given(run=RUNS, data=st.data())
def test_the_figures_are_those_of_trec_eval(run: dict[str, dict[str, float]], data: st.DataObject) -> None:
    """Whatever is found and judged, equal scores and all."""
    qrels = {query: data.draw(GRADES) for query in run}
    wanted = {"map_cut.1,3,5,10", "map", "recip_rank", "recall.5,10", "P.1,3,5"}
    told = pytrec_eval.RelevanceEvaluator(qrels, wanted).evaluate(run)
    names = {
        "map1": "map_cut_1",
        "map3": "map_cut_3",
        "map5": "map_cut_5",
        "map10": "map_cut_10",
        "map": "map",
        "mrr": "recip_rank",
    }
    names |= {
        "recall5": "recall_5",
        "recall10": "recall_10",
        "precision1": "P_1",
        "precision3": "P_3",
        "precision5": "P_5",
    }
    found = evaluate(run, qrels)

    for ours, theirs in names.items():
        assert getattr(found, ours) == pytest.approx(sum(one[theirs] for one in told.values()) / len(run)), ours
