"""The table of quantifiers, row by row, with acts that a reader can follow; the oracle tests the rest."""

import pytest
from made import DISPUTES, act, covering, given, reading

from valla.claims.kinds import kinds

PACT = "alliance.nonaggression"
EVER = (covering("1816/2018"),)
ALL = (covering("1816/2018", frozenset(kinds())),)
SURE, UNSURE, OUTSIDE = "1934-01-26", "1932-06/1933-06", "1950-01-01"


def pact(date, actor="poland", name="pact", **rest):
    """A pact with Germany."""
    return act(name, actor, "germany", PACT, date, **rest)


@pytest.mark.parametrize(
    ("date", "complete", "exists", "never"),
    [
        (SURE, True, "holds", "refuted"),
        (SURE, False, "holds", "refuted"),
        ("1932~", True, "contested", "contested"),
        ("1932~", False, "contested", "contested"),
        (OUTSIDE, True, "refuted", "holds"),
        (OUTSIDE, False, "open", "open"),
        ("1930/", True, "contested", "contested"),
        ("1930/..", True, "holds", "refuted"),
        ("../1939", True, "holds", "refuted"),
    ],
)
def test_exists_and_never(date, complete, exists, never):
    """An act certainly in the period decides; a possible one contests; nothing decides only where all is known."""
    coverage = EVER if complete else ()
    for quantifier, outcome in (("exists", exists), ("never", never)):
        asked = reading(quantifier, "nonaggression", "poland", "germany", "1933/1939")

        assert given(asked, pact(date), coverage=coverage).outcome == outcome


@pytest.mark.parametrize(
    ("kind", "date", "outcome"),
    [
        ("treaty", SURE, "refuted"),
        ("trade", SURE, "contested"),
        ("recognition", SURE, "contested"),
        ("negotiation", SURE, "holds"),
        ("statement.friendly", SURE, "holds"),
        ("treaty", "1932~", "contested"),
        ("treaty", OUTSIDE, "holds"),
    ],
)
def test_always_opposed_falls_by_what_weighs(kind, date, outcome):
    """Material cooperation and agreements contradict it; trade goes on between adversaries; talks and kind words weigh nothing."""
    attack = act("attack", "germany", "poland", "attack", "1939-09-01", mutual=False)
    other = act("other", "germany", "poland", kind, date)

    assert (
        given(reading("always", "opposed", "poland", "germany", "1933/1939"), attack, other, coverage=ALL).outcome
        == outcome
    )


def test_always_opposed_is_open_where_nothing_happened():
    """To hold it needs an act that bears it out."""
    assert given(reading("always", "opposed", "poland", "germany", "1933/1939"), coverage=ALL).outcome == "open"


@pytest.mark.parametrize(
    ("dates", "outcome", "gaps"),
    [
        (["1930/1945"], "holds", 0),
        (["1930/1935", "1936/1945"], "holds", 0),
        (["1930/1935-06-30", "1935-07-02/1945"], "refuted", 1),
        (["1934/1945"], "refuted", 1),
        (["1930/.."], "holds", 0),
        (["../1945"], "holds", 0),
        (["1930/1934", "1936/1937", "1939/1945"], "refuted", 2),
        (["1930/1933~"], "refuted", 1),
        (["19XX"], "contested", 0),
        (["[1930..1945]"], "contested", 0),
        (["1930/1945?"], "holds", 0),
        (["1930/"], "contested", 0),
        ([], "refuted", 1),
    ],
)
def test_always_of_a_state_falls_by_a_day_that_nothing_covers(dates, outcome, gaps):
    """Acts that follow each other leave no gap; a single day is one."""
    acts = [pact(date, name=f"p{number}") for number, date in enumerate(dates)]
    verdict = given(reading("always", "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=EVER)

    assert verdict.outcome == outcome
    assert len(verdict.gaps) == gaps
    silent = given(reading("always", "nonaggression", "poland", "germany", "1933/1939"), *acts).outcome

    assert silent == ("open" if outcome == "refuted" else outcome)


def test_an_open_end_leaves_no_gap_in_an_open_period():
    """What has not ended covers a period that has no end, and no year of the far future is named."""
    asked = reading("always", "nonaggression", "austria", "germany", "1933/..")
    found = given(asked, act("p", "austria", "germany", PACT, "1930/.."), coverage=(covering("1900/.."),))

    assert (found.outcome, found.gaps, found.robustness.works) == ("holds", (), 1)


@pytest.mark.parametrize(
    ("own", "other", "outcome", "why"),
    [
        ("1934", "1933-03-01", "refuted", "before"),
        ("1934-01-26", "1935", "holds", "nobody else"),
        ("1934-01-26", "1934", "contested", "order"),
        ("1934-01-26", "1932-12-31", "holds", "nobody else"),
        (None, "1935", "refuted", "no such thing"),
        ("1932~", "1950", "contested", "not certain"),
    ],
)
def test_first_is_decided_by_the_order(own, other, outcome, why):
    """Acts that begin in the period count; those before it do not."""
    acts = [*([pact(own)] if own else []), pact(other, actor="france", name="other")]
    verdict = given(reading("first", "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=EVER)

    assert verdict.outcome == outcome
    assert why in verdict.because
    assert "0 acts" not in verdict.because


@pytest.mark.parametrize(
    ("own", "other", "outcome"),
    [
        (SURE, SURE, "refuted"),
        (SURE, OUTSIDE, "holds"),
        (SURE, "1932~", "contested"),
        (OUTSIDE, OUTSIDE, "refuted"),
        ("1932~", OUTSIDE, "contested"),
    ],
)
def test_only_is_decided_by_the_others(own, other, outcome):
    """Somebody else who did so too refutes it; so does a subject that did not."""
    acts = [pact(own), pact(other, actor="france", name="other")]
    verdict = given(reading("only", "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=EVER)

    assert verdict.outcome == outcome


def test_a_kind_too_coarse_to_tell_contests_and_no_more():
    """Both sides of a clash are coded alike: who attacked is not said. Where all attacks are recorded, none was."""
    clash = act("clash", "poland", "germany", "dispute.force", "1938", mutual=False)
    disputes = (covering("1816/2018", DISPUTES),)
    for quantifier, decided in (("exists", "refuted"), ("never", "holds")):
        asked = reading(quantifier, "attacked", "poland", "germany", "1933/1939")

        assert given(asked, clash, coverage=disputes).outcome == "contested"
        assert given(asked, clash, coverage=ALL).outcome == decided


def test_direction_matters_where_it_does():
    """Germany's attack on Poland is not Poland's on Germany."""
    attack = act("attack", "germany", "poland", "attack", "1939-09-01", mutual=False)

    assert (
        given(reading("never", "attacked", "germany", "poland", "1933/1939"), attack, coverage=ALL).outcome == "refuted"
    )
    assert (
        given(reading("never", "attacked", "poland", "germany", "1933/1939"), attack, coverage=ALL).outcome == "holds"
    )


@pytest.mark.parametrize(
    ("channel", "asked", "outcome"),
    [
        ("open", "open", "refuted"),
        ("open", "secret", "holds"),
        ("secret", "open", "holds"),
        ("secret", "secret", "refuted"),
        ("unknown", "open", "contested"),
        ("unknown", "any", "refuted"),
    ],
)
def test_a_channel_counts_its_own_acts(channel, asked, outcome):
    """What may have been either is possibly the one asked for."""
    one = reading("never", "nonaggression", "poland", "germany", "1933/1939", channel=asked)

    assert given(one, pact(SURE, channel=channel), coverage=EVER).outcome == outcome


@pytest.mark.parametrize(
    ("known_by", "outcome"), [("1934-01-25", "holds"), ("1945", "holds"), ("1946", "contested"), ("1947", "refuted")]
)
def test_what_was_secret_counts_from_when_it_was_known(known_by, outcome):
    """Known some day of 1946: by mid-1946 possibly, by its last day certainly."""
    from valla.dates import parse

    known = {"1946": "1946-06-30"}.get(known_by, known_by)
    one = reading("never", "nonaggression", "poland", "germany", "1933/1939", known_by=known)

    assert given(one, pact(SURE, channel="secret", known_from=parse("1946")), coverage=EVER).outcome == outcome
