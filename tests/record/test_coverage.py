"""Where a record is complete, compared day by day with the plain meaning of its windows."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from valla.dates import Window
from valla.record.coverage import Among, complete, covered, merge, thresholds
from valla.record.schema import Coverage

LAST = 12
days = st.integers(0, LAST)
windows = st.builds(Window, st.none() | days, st.none() | days)
entries = st.builds(
    Coverage,
    st.just("d"),
    st.frozensets(st.sampled_from("xy"), min_size=1),
    windows,
    st.none() | st.frozensets(st.sampled_from("abc"), min_size=1),
    st.booleans(),
    st.sampled_from(["", "", "large ones"]),
)
parties = st.none() | st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2)
asked = st.builds(Among, parties, st.lists(windows, max_size=2).map(tuple))


def days_of(window):
    """The days from one before to one after all that is drawn, which stand for all the rest."""
    return {
        day
        for day in range(-1, LAST + 2)
        if (window.begin is None or window.begin <= day) and (window.end is None or day <= window.end)
    }


def plainly(coverage, kinds, among, day):
    """Whether every kind is covered on a day, by the words of design 5."""
    return bool(kinds) and all(
        any(
            kind in entry.kinds
            and day in days_of(entry.window)
            and (entry.actors is None or (among.named is not None and among.named <= entry.actors))
            and (not entry.among_states or any(day in days_of(seat) for seat in among.seats))
            and not entry.threshold
            for entry in coverage
        )
        for kind in kinds
    )


@given(st.lists(windows, max_size=6))
def test_merged_windows_hold_the_same_days_and_do_not_touch(drawn):
    """In order of time, with a day between."""
    merged = merge(drawn)

    assert set().union(*map(days_of, drawn)) == set().union(*map(days_of, merged))
    for before, after in pairwise(merged):
        assert before.end + 1 < after.begin


@given(st.lists(entries, max_size=4), st.frozensets(st.sampled_from("xy")), asked)
def test_what_is_covered_is_covered_on_each_day(drawn, kinds, actors):
    """Every kind, between all the actors; no kinds are nowhere covered."""
    found = covered(drawn, kinds, actors)
    inside = set().union(*map(days_of, found)) if found else set()

    assert inside == {day for day in range(-1, LAST + 2) if plainly(drawn, kinds, actors, day)}


@given(
    st.lists(entries, max_size=4), st.frozensets(st.sampled_from("xy")), asked, windows.filter(lambda w: not w.empty)
)
def test_complete_is_covered_on_every_day(drawn, kinds, actors, window):
    """A gap of one day is a gap."""
    assert complete(drawn, kinds, window, actors) == all(plainly(drawn, kinds, actors, day) for day in days_of(window))


@given(st.lists(entries, max_size=4), windows.filter(lambda w: not w.empty), asked)
def test_a_threshold_is_named_where_it_is_all_that_is_claimed(drawn, window, among):
    """Each once, of the kinds and days that are asked for."""
    found = thresholds(drawn, frozenset("x"), window, among)

    assert set(found) <= {"large ones"}
    assert not found or any(entry.threshold and "x" in entry.kinds for entry in drawn)
