"""Tests of ranking those who bear a name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from valla.actors.catalogue import catalogue
from valla.actors.ranking import faint, rank
from valla.days import Window, day_number

BOOK = catalogue()
BY_TEXT: dict[str, list] = {}
for one in BOOK.names:
    BY_TEXT.setdefault(one.text, []).append(one)
WINDOWS = st.one_of(
    st.none(),
    st.tuples(st.integers(1800, 2020), st.integers(0, 80)).map(
        lambda pair: Window(day_number(pair[0]), day_number(sum(pair), 12, 31))
    ),
)


@given(st.sampled_from(sorted(BY_TEXT)), WINDOWS)
def test_somebody_always_bears_a_name_and_scores_fall(text, on):
    """Every name has a candidate at any time, in falling order, each actor once."""
    ranked = rank(BY_TEXT[text], on)
    scores = [weighed.score for weighed in ranked]

    assert scores
    assert scores == sorted(scores, reverse=True)
    assert len({weighed.candidate.actor.id for weighed in ranked}) == len(ranked)


@given(st.sampled_from(sorted(BY_TEXT)), WINDOWS)
def test_the_order_of_the_rows_does_not_change_the_scores(text, on):
    """The table may be sorted otherwise without another actor becoming likelier."""
    forward, backward = rank(BY_TEXT[text], on), rank(BY_TEXT[text][::-1], on)

    assert [weighed.score for weighed in forward] == [weighed.score for weighed in backward]


def test_nobody_bears_no_name():
    """No rows, no candidates."""
    assert rank([]) == ()


def test_a_capital_of_long_ago_is_faint_without_its_days():
    """Munich means a city today and Bavaria in 1860."""
    (munich,) = [name for name in BY_TEXT["Munich"] if name.actor == "bavaria"]

    assert faint(munich, None)
    assert not faint(munich, Window(day_number(1860), day_number(1860, 12, 31)))
