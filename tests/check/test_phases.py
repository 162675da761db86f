"""Phases fill a period year by year, and say which acts give each its tenor."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from made import act

from valla.check.model import Tenor
from valla.check.phases import MAX_YEARS, phases
from valla.dates import Window, day_number, parse, window_text

PERIOD = parse("1930/1940").extent
years = st.integers(1925, 1945)
acts = st.lists(
    st.tuples(
        years, st.integers(0, 5), st.sampled_from(["treaty", "attack", "trade"]), st.sampled_from(["open", "secret"])
    ),
    max_size=6,
).map(
    lambda rows: [
        act(f"a{at}", "germany", "russia", kind, f"{year}/{year + length}", channel=channel)
        for at, (year, length, kind, channel) in enumerate(rows)
    ]
)


@given(acts, st.sampled_from(["open", "secret", "any"]))
def test_phases_fill_the_period_and_differ_from_their_neighbours(drawn, channel):
    """Every day of the period is in one phase, and two that follow each other have different tenors."""
    found = phases(drawn, PERIOD, channel)

    assert found[0].window.begin == PERIOD.begin
    assert found[-1].window.end == PERIOD.end
    for before, after in pairwise(found):
        assert before.window.end + 1 == after.window.begin
        assert before.tenor is not after.tenor


@given(acts)
def test_each_year_has_the_tenor_of_its_acts(drawn):
    """A year is cooperative, adverse, both or silent as the acts that may cover it are."""
    tenors = {"treaty": "cooperative", "trade": "cooperative", "attack": "adverse"}
    by_year = {}
    for phase in phases(drawn, PERIOD):
        for year in range(1930, 1941):
            if phase.window.meet(Window(day_number(year), day_number(year, 12, 31))).empty is False:
                by_year[year] = phase
    for year, phase in by_year.items():
        first, last = day_number(year), day_number(year, 12, 31)
        here = [one for one in drawn if one.when.begin_min <= last and one.when.end_max >= first]
        wanted = {tenors[one.kind] for one in here}
        found = {"both": {"cooperative", "adverse"}, "silent": set()}.get(str(phase.tenor), {str(phase.tenor)})

        assert wanted == found
        assert {one.id for one in here} <= set(phase.acts)


def test_open_and_secret_are_told_apart():
    """A secret treaty is silence to the public."""
    secret = [act("a", "germany", "russia", "treaty", "1935", channel="secret")]

    assert [phase.tenor for phase in phases(secret, PERIOD, "open")] == [Tenor.SILENT]
    assert [window_text(phase.window) for phase in phases(secret, PERIOD, "secret")] == [
        "1930/1934",
        "1935/1935",
        "1936/1940",
    ]


def test_a_period_without_an_end_has_no_phases():
    """Nor has one that is longer than anybody reads."""
    assert not phases([], Window(PERIOD.begin, None))
    assert not phases([], Window(None, PERIOD.end))
    assert not phases([], Window(day_number(-MAX_YEARS), day_number(2000)))
