"""Verdicts in words: every rule has its sentence, and every sentence is whole."""

import re
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from made import act, covering, given, reading

from valla.check import rules
from valla.check.explain import counted, listed, stretch_text
from valla.check.model import Outcome
from valla.check.report import as_text
from valla.dates import Window, day_number, parse

SOURCE = Path(rules.__file__)
SENTENCES = SOURCE.parent / "data" / "because.toml"
WRITTEN = set(re.findall(r'"(\w+\.\w+)"', SOURCE.read_text(encoding="utf-8")))
REASONS = (*Outcome, "outside", "near", "threshold")
GIVEN = WRITTEN | {f"{name}.{reason}" for name in ("exists", "never") for reason in REASONS}


def test_every_finding_has_a_sentence_and_every_sentence_a_finding():
    """What the rules can say and what is written down are the same."""
    assert GIVEN == set(re.findall(r'^"(\w+\.\w+)" =', SENTENCES.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize(("number", "words"), [(0, "0 acts"), (1, "1 act"), (2, "2 acts")])
def test_acts_are_counted_in_english(number, words):
    """One act is an act."""
    assert counted(number) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c", "d"], "a, b, c and d"),
        (["a", "b", "c", "d", "e", "f"], "a, b, c, d and 2 more"),
    ],
)
def test_items_are_listed_in_english(items, words):
    """The rest is counted."""
    assert listed(items) == words


def test_a_single_day_or_year_is_itself():
    """No stretch from a thing to itself is printed."""
    day = day_number(1939, 9, 1)

    assert stretch_text(Window(day, day)) == "1939-09-01"
    assert stretch_text(parse("1939").extent) == "1939"
    assert stretch_text(parse("1939/1941").extent) == "1939/1941"


dates = st.sampled_from(["1934-01-26", "1934", "1932~", "1950", "1930/..", "1930/1945", "1933-05/1938"])
deeds = st.lists(
    st.tuples(
        st.sampled_from(["poland", "france", "russia"]),
        st.sampled_from(["alliance.nonaggression", "attack", "treaty", "dispute.force"]),
        dates,
        st.sampled_from(["open", "secret", "unknown"]),
    ),
    max_size=4,
)


@drawn(
    deeds,
    st.sampled_from(["never", "exists", "always", "first", "only"]),
    st.sampled_from(["nonaggression", "opposed", "pact"]),
    st.booleans(),
)
def test_every_verdict_is_told_in_a_whole_sentence(rows, quantifier, relation, whole):
    """It begins large, ends with a full stop, counts no zero acts, and leaves no blank."""
    acts = [
        act(f"a{at}", actor, "germany", kind, date, channel=channel, mutual=True)
        for at, (actor, kind, date, channel) in enumerate(rows)
    ]
    verdict = given(
        reading(quantifier, relation, "poland", "germany", "1933/1939"),
        *acts,
        coverage=(covering("1816/2018"),) if whole else (),
    )

    assert verdict.because[0].isupper()
    assert verdict.because.endswith(".")
    assert "{" not in verdict.because
    assert "  " not in verdict.because
    assert not re.search(r"\b0 acts", verdict.because)
    assert not re.search(r"\b(by|that|to|of) [.,:;]|^ ?(certainly)", verdict.because)
    assert verdict.because.split(".")[0] in " ".join(as_text(verdict).split())
