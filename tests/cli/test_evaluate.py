"""`valla eval`: a run and judgements in, measures out."""

import json

import pytest

RUN = "1\tQ0\ta\t1\t0.9\tx\n1\tQ0\tb\t2\t0.5\tx\n2\tQ0\tb\t1\t0.4\tx\n2\tQ0\tc\t2\t0.3\tx\n"
QRELS = "1\t0\ta\t1\n2\t0\tc\t1\n"


@pytest.fixture
def files(tmp_path):
    """Hand out a run and its judgements: the first query is answered at rank 1, the second at rank 2."""
    run, qrels = tmp_path / "run.txt", tmp_path / "qrels.txt"
    run.write_text(RUN, encoding="utf-8")
    qrels.write_text(QRELS, encoding="utf-8")
    return run, qrels


def test_the_measures_are_those_that_can_be_worked_out_by_hand(valla, files):
    """One of two first claims is right; the other comes second."""
    ran = valla("eval", *files)
    told = dict(line.split() for line in ran.out.splitlines())

    assert ran.code == 0
    assert told["MAP@1"] == "0.5000"
    assert told["MAP@5"] == told["MRR"] == "0.7500"
    assert told["recall@5"] == "1.0000"
    assert told["queries"] == "2"


def test_the_data_say_what_the_text_says(valla, files):
    """--json is one JSON value with every measure."""
    told = json.loads(valla("eval", *files, "--json").out)

    assert told["map5"] == told["mrr"] == 0.75
    assert told["queries"] == 2


def test_queries_without_an_answer_or_a_judgement_are_told(valla, files):
    """A judged query that the run lacks counts 0; one that nobody judged is left aside."""
    run, qrels = files
    run.write_text(RUN + "4\tQ0\ta\t1\t0.9\tx\n", encoding="utf-8")
    qrels.write_text(QRELS + "3\t0\ta\t1\n", encoding="utf-8")
    ran = valla("eval", run, qrels)

    assert "MAP@5     0.5000" in ran.out
    assert "1 judged queries are not in the run" in ran.out
    assert "1 queries of the run have no judgement" in ran.out


@pytest.mark.parametrize("text", ["1 Q0 a 1 0.9\n", "1 Q0 a 1 high x\n", "1 Q0 a 1 1 x\n1 Q0 a 2 1 x\n"])
def test_a_broken_run_is_refused_with_its_line(refused, files, text):
    """A short line, a score that is no number, a claim given twice."""
    run, qrels = files
    run.write_text(text, encoding="utf-8")

    assert f"{run}:" in refused("eval", run, qrels)


def test_a_file_that_is_missing_is_named(refused, files, tmp_path):
    """Either of the two."""
    for given in ((tmp_path / "none", files[1]), (files[0], tmp_path / "none")):
        assert str(tmp_path / "none") in refused("eval", *given)
