"""What a reading means on a record: whose acts count, in which days, and whether silence proves anything."""

import pytest
from made import DISPUTES, act, covering, given, held, reading

from valla.actors.catalogue import catalogue
from valla.check.terms import settle, without_dataset
from valla.dates import day_text, window_text
from valla.errors import ClaimError

PACT = "alliance.nonaggression"
EVER = (covering("1816/2018"),)


def terms(asked, *acts, coverage=EVER):
    """Return the terms of a reading on a record."""
    return settle(asked, held(*acts, coverage=coverage), catalogue())


def test_a_period_that_a_name_implies_counts_coarse_acts_in_whole_years():
    """An act of the year 1933 is certainly of Nazi Germany's years, though the year began without it."""
    coarse = act("coarse", "nazi-germany", "poland", PACT, "1933")
    fine = act("fine", "germany", "poland", PACT, "1933-01-10")
    implied = reading("exists", "nonaggression", "germany", "poland", "1933-01-30/1945-05-08", origin="actors")
    named = reading("exists", "nonaggression", "germany", "poland", "1933-01-30/1945-05-08")

    assert given(implied, act("year", "germany", "poland", PACT, "1933"), coverage=EVER).outcome == "holds"
    assert given(named, act("year", "germany", "poland", PACT, "1933"), coverage=EVER).outcome == "contested"
    assert given(implied, fine, coverage=EVER).outcome == "refuted"
    assert given(implied, coarse, coverage=EVER).outcome == "holds"


def test_an_act_of_a_month_is_not_coarse():
    """Dated to January 1933, it may have been before the 30th."""
    implied = reading("exists", "nonaggression", "germany", "poland", "1933-01-30/1945-05-08", origin="actors")

    assert given(implied, act("month", "germany", "poland", PACT, "1933-01"), coverage=EVER).outcome == "contested"


def test_actors_that_never_coexist_are_refused():
    """Nobody can have been allied with somebody who was gone."""
    with pytest.raises(ClaimError, match="never exist together in 1933-01-30/1945-05-08"):
        terms(reading("never", "allied", "nazi-germany", "austria-hungary", "1933-01-30/1945-05-08"))


def test_two_names_of_one_state_are_refused():
    """Nobody is his own ally or enemy: a regime against its state is no claim about two actors."""
    with pytest.raises(ClaimError, match="is on both sides"):
        terms(reading("never", "allied", "nazi-germany", "prussia", "1933-01-30/1945-05-08"))


@pytest.mark.parametrize("period", ["1700/1750", "2200/2300"])
def test_a_period_in_which_an_actor_does_not_exist_is_refused(period):
    """Poland in 1700 is not in the list of states."""
    with pytest.raises(ClaimError, match=r"never exist together|name a period"):
        terms(reading("never", "allied", "nazi-germany", "poland", period))


def test_a_period_outside_all_coverage_is_open_not_refused():
    """Where both exist and nothing is recorded, silence proves nothing."""
    verdict = given(reading("never", "allied", "germany", "poland", "1930/1935"), coverage=(covering("1816/1900"),))

    assert verdict.outcome == "open"
    assert not verdict.complete


@pytest.mark.parametrize("relation", ["attacked", "traded", "negotiated", "recognised", "used_force", "threatened"])
def test_always_of_an_event_is_refused(relation):
    """What happens and is over cannot have been always so."""
    with pytest.raises(ClaimError, match="'always' cannot be tested of"):
        terms(reading("always", relation, "germany", "poland", "1930/1935"))


@pytest.mark.parametrize("relation", ["allied", "war", "pact", "opposed", "cooperated", "rivals"])
def test_always_of_a_state_or_a_conduct_is_taken(relation):
    """States last, and a conduct can be contradicted."""
    assert terms(reading("always", relation, "germany", "poland", "1930/1935")).relation.id == relation


@pytest.mark.parametrize("quantifier", ["first", "only"])
def test_first_and_only_need_a_record_of_all_actors(quantifier):
    """Coverage between two says nothing of what a third did."""
    pact = act("pact", "poland", "germany", PACT, "1934-01-26")
    asked = reading(quantifier, "nonaggression", "poland", "germany", "1933/1939")
    two = (covering("1816/2018", actors=frozenset({"germany", "poland"})),)

    assert given(asked, pact, coverage=two).outcome == "open"
    assert given(asked, pact, coverage=EVER).outcome == "holds"


@pytest.mark.parametrize("quantifier", ["never", "exists"])
def test_the_others_need_a_record_of_the_two(quantifier):
    """Coverage between the two is enough, and of one of them with a third is not."""
    asked = reading(quantifier, "nonaggression", "poland", "germany", "1933/1939")
    two = (covering("1816/2018", actors=frozenset({"germany", "poland"})),)
    others = (covering("1816/2018", actors=frozenset({"germany", "france"})),)

    assert terms(asked, coverage=two).complete
    assert not terms(asked, coverage=others).complete


def test_a_kind_that_is_not_covered_makes_a_record_incomplete():
    """Every kind by which a relation is measured must be covered."""
    asked = reading("never", "opposed", "poland", "germany", "1933/1939")
    alliances, disputes, war = (
        covering("1816/2018"),
        covering("1816/2018", DISPUTES),
        covering("1816/2018", frozenset({"war"})),
    )

    assert terms(asked, coverage=(alliances, disputes, war)).complete
    assert not terms(asked, coverage=(alliances, disputes)).complete
    assert not terms(asked, coverage=(alliances, war)).complete


def test_windows_that_touch_cover_together():
    """Two datasets that follow each other leave no gap; two with a day between do."""
    asked = reading("never", "nonaggression", "poland", "germany", "1920/1939")

    assert terms(asked, coverage=(covering("1900/1929"), covering("1930/1950"))).complete
    assert not terms(asked, coverage=(covering("1900/1929"), covering("1930-01-02/1950"))).complete


def test_completeness_is_asked_only_where_both_exist():
    """Czechoslovakia ends in 1992: what is not covered after that does not matter."""
    asked = reading("never", "nonaggression", "czechoslovakia", "germany", "1920/2010")
    existence = terms(asked, coverage=(covering("1900/1992"),))

    assert existence.complete


def test_what_stalin_did_counts_as_the_soviet_unions():
    """Within his years, and not for Russia after him."""
    asked = reading("exists", "nonaggression", "russia", "germany", "1900/2018")

    for date, outcome in (("1939-08-23", "holds"), ("1960-01-01", "refuted")):
        verdict = given(asked, act("a", "stalin", "germany", PACT, date), coverage=EVER)

        assert verdict.outcome == outcome, date


def test_what_the_state_did_counts_as_its_leaders_in_office():
    """Stalin had a pact with Hitler: their states signed it while they led them."""
    pact = act("pact", "russia", "germany", PACT, "1939-08-23")
    later = act("later", "russia", "germany", PACT, "1970-08-12")
    asked = reading("never", "nonaggression", "stalin", "hitler")

    assert given(asked, pact, coverage=EVER).outcome == "refuted"
    assert given(asked, later, coverage=EVER).outcome == "holds"
    assert any("counts as" in words for words in terms(asked).reading.assumptions)


def test_an_act_of_russia_counts_as_the_soviet_unions_only_while_it_was_that():
    """The USSR is Russia from the end of 1922 to the end of 1991."""
    asked = reading("exists", "nonaggression", "ussr", "germany", "1900/2018")

    for date, outcome in (
        ("1914-01-01", "refuted"),
        ("1926-04-24", "holds"),
        ("1991-01-01", "holds"),
        ("1995", "refuted"),
    ):
        assert given(asked, act("a", "russia", "germany", PACT, date), coverage=EVER).outcome == outcome, date


def test_a_side_that_is_not_named_is_filled_from_the_coverage():
    """'Since 1920' runs to the end of what the record covers, and says so."""
    filled = terms(reading("never", "nonaggression", "poland", "germany", "1920/.."), coverage=(covering("1816/2018"),))

    assert window_text(filled.period) == "1920/2018"
    assert any("end of the period" in words and "1816/2018" in words for words in filled.reading.assumptions)


def test_a_beginning_that_is_not_named_is_filled_as_far_as_the_actors_exist():
    """'Until 1930' begins when Poland does, within what is covered."""
    filled = terms(reading("never", "nonaggression", "poland", "germany", "../1930"), coverage=(covering("1816/2018"),))

    assert day_text(filled.period.begin)[:4] == "1918"
    assert window_text(filled.period).endswith("/1930")


def test_without_coverage_the_span_of_the_acts_fills_a_period():
    """And the reading says that nothing is covered."""
    acts = (
        act("one", "poland", "germany", PACT, "1934-01-26"),
        act("two", "poland", "germany", "treaty", "1938-05-01"),
    )
    filled = terms(reading("never", "nonaggression", "poland", "germany"), *acts, coverage=())

    assert window_text(filled.period) == "1934-01-26/1938-05-01"
    assert any("covers nothing completely" in words for words in filled.reading.assumptions)


def test_a_begin_after_all_coverage_is_no_error():
    """Both exist, only nobody has recorded it: the period stays as named, and the record is not complete."""
    filled = terms(reading("never", "nonaggression", "poland", "germany", "2030/.."), coverage=(covering("1816/2018"),))

    assert window_text(filled.period) == "2030/.."
    assert not filled.complete
    assert any("does not reach" in words for words in filled.reading.assumptions)


def test_without_a_dataset_its_coverage_is_gone():
    """Robustness asks what a record would be worth without it."""
    whole = terms(reading("never", "nonaggression", "poland", "germany", "1920/1939"))

    assert whole.complete
    assert not without_dataset(whole, "made", catalogue()).complete
    assert without_dataset(whole, "another", catalogue()).complete
