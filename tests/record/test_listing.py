"""What a record tells of itself."""

from dataclasses import replace

import pytest

from valla.actors.catalogue import catalogue
from valla.dates import Window, parse
from valla.errors import ActorError, DateError
from valla.record.listing import acts_between, info
from valla.record.schema import Act, Coverage, Witness
from valla.record.store import record_of


def act(name, actor, target, date, kind="treaty"):
    """An act."""
    return Act(name, actor, target, kind, False, parse(date), witnesses=(Witness("book"),), dataset="made")


RECORD = record_of(
    [
        act("c", "germany", "poland", "1938"),
        act("a", "poland", "germany", "1934-01-26"),
        act("b", "germany", "france", "1935"),
        act("s", "stalin", "germany", "1939-08-23"),
    ],
    [Coverage("made", frozenset(["war"]), Window(1, None))],
)


def names(between, period="../.."):
    """The ids of the acts that are listed."""
    return [one.id for one in acts_between(RECORD, between, period, catalogue())]


def test_acts_of_both_directions_come_in_order_of_time():
    """Whoever is named first."""
    assert names(("Germany", "Poland")) == names(("Warsaw", "Berlin")) == ["a", "c"]


def test_a_leader_acts_for_the_state():
    """What Stalin did is among the Soviet Union's."""
    assert names(("USSR", "Germany")) == ["s"]


def test_everybody_is_listed_where_nobody_is_named():
    """In the period that is asked for."""
    assert names(None) == ["a", "b", "c", "s"]
    assert names(None, "1935/1938") == ["b", "c"]


def test_what_is_no_name_or_no_date_is_refused():
    """With the nearest name."""
    with pytest.raises(ActorError, match="did you mean 'Poland'"):
        names(("Polland", "Germany"))
    with pytest.raises(DateError, match="is not a date"):
        names(None, "the thirties")


def test_a_record_says_what_it_holds():
    """Numbers, kinds, coverage, and acts without a source."""
    told = "\n".join(info(RECORD))

    assert "acts       4" in told
    assert "treaty 4" in told
    assert "complete   0001/..: war" in told
    assert "1 named, 0 acts without one" in told


def test_a_record_says_what_limits_its_completeness():
    """What lies below a threshold, or between those who are no members of the state system, is not covered."""
    window = Window(*(parse(year).extent.begin for year in ("1816", "2008")))
    limited = Coverage("made", frozenset(["war"]), window, among_states=True, threshold="great wars")
    told = " ".join("\n".join(info(record_of([act("a", "germany", "poland", "1934")], [limited]))).split())

    assert "war among members of the state system, but only for great wars (made)" in told


def test_witnesses_are_counted_apart_from_acts():
    """Those who support an act and are named, however many there are; who disputes it is none."""
    said = (Witness("one", note="with a note"), Witness("two"), Witness("three", says="disputes"), Witness("", "p. 1"))
    acts = [replace(act("a", "germany", "poland", "1934"), witnesses=said), act("b", "germany", "poland", "1935")]
    told = "\n".join(info(record_of([*acts, replace(acts[1], id="c", witnesses=())])))

    assert "acts       3" in told
    assert "witnesses  3" in told
    assert "sources    3 named, 1 acts without one" in told
