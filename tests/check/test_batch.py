"""Many claims, one verdict each."""

import json

import pytest
from made import act, covering, held

from valla.check.batch import check_batch, claims_in
from valla.errors import ClaimError

RECORD = held(
    act("pact", "germany", "poland", "alliance.nonaggression", "1934/1939"), coverage=(covering("1816/2018"),)
)
CLAIM = "Poland never had a non-aggression pact with Germany between 1933 and 1939"


def test_lines_are_claims():
    """Empty lines are passed over, further keys ignored, any id kept."""
    lines = ['{"id": 1, "text": "a", "more": 2}', "", "  ", '{"id": "x", "text": "b"}']

    assert list(claims_in(lines, "file")) == [(1, "a"), ("x", "b")]


@pytest.mark.parametrize("line", ["nonsense", "[1]", '"a"', "1", "null", '{"id": 1}', '{"text": "a"}'])
def test_another_line_is_refused_by_its_number(line):
    """Counting as an editor does, empty lines too."""
    with pytest.raises(ClaimError, match="file, line 3: a line is not a claim"):
        list(claims_in(["", '{"id": 1, "text": "a"}', line], "file"))


def test_answers_are_json_in_the_order_of_the_claims():
    """With the reading in codes and years, and the verdict."""
    answers = list(check_batch([("a", CLAIM), ("b", CLAIM)], RECORD))

    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[0]["verdict"] == "refuted"
    assert answers[0]["reading"] == {
        "quantifier": "never",
        "relation": "nonaggression",
        "subjects": [290],
        "objects": [255],
        "period": "1933/1939",
    }
    assert json.loads(json.dumps(answers)) == answers


@pytest.mark.parametrize("text", ["", "Blue is nice", "Germany always attacked Poland", "x" * 10_000])
def test_a_claim_that_cannot_be_checked_does_not_stop_the_others(text):
    """It says why, and has no verdict."""
    answers = list(check_batch([(1, text), (2, CLAIM)], RECORD))

    assert answers[0]["verdict"] is None
    assert answers[0]["error"]
    assert "\n" not in answers[0]["error"]
    assert answers[1]["verdict"] == "refuted"
