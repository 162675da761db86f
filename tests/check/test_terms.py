"""What a reading means on a record: whose acts count, in which days, and whether silence proves anything."""

from dataclasses import replace

import pytest
from made import act, covering, given, held, reading

from valla.actors.catalogue import catalogue
from valla.check.terms import settle, without_dataset
from valla.dates import day_text, window_text
from valla.errors import ClaimError

PACT = "alliance.nonaggression"
EVER = (covering("1816/2018"),)


def terms(asked, *acts, coverage=EVER):
    """Return the terms of a reading on a record."""
    return settle(asked, held(*acts, coverage=coverage), catalogue())


@pytest.mark.parametrize("origin", ["actors", "text"])
@pytest.mark.parametrize(
    ("date", "outcome"), [("1933", "contested"), ("1945", "contested"), ("1934", "holds"), ("1933-01-10", "refuted")]
)
def test_a_year_in_which_a_regime_begins_or_ends_is_certain_of_neither(origin, date, outcome):
    """What a source dates to 1933 may have been before 30 January: an unknown day of the year."""
    asked = reading("exists", "nonaggression", "germany", "poland", "1933-01-30/1945-05-08", origin=origin)

    assert given(asked, act("a", "germany", "poland", PACT, date), coverage=EVER).outcome == outcome


def test_years_are_compared_by_years():
    """A claim that names years and a source that codes them: 1933 is 1933, and 1933/1939 leaves no day of it out."""
    one = act("a", "germany", "poland", PACT, "1933/1939")

    for quantifier in ("exists", "always"):
        asked = reading(quantifier, "nonaggression", "germany", "poland", "1933/1939")
        assert given(asked, one, coverage=EVER).outcome == "holds"
    days = reading("always", "nonaggression", "germany", "poland", "1933-06-01/1939-06-01")
    assert given(days, one, coverage=EVER).outcome == "contested"
    inner = reading("always", "nonaggression", "germany", "poland", "1934-01-01/1938-12-31")
    assert given(inner, one, coverage=EVER).outcome == "holds"


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


@pytest.mark.parametrize(
    "relation", ["attacked", "invaded", "declared_war", "negotiated", "recognised", "used_force", "threatened"]
)
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
    asked = reading("never", "pact", "poland", "germany", "1933/1939")
    rest = frozenset({"treaty", "guarantee", "peace", "armistice"})
    alliances, treaties, cessions = (
        covering("1816/2018"),
        covering("1816/2018", rest),
        covering("1816/2018", frozenset({"cession"})),
    )

    assert terms(asked, coverage=(alliances, treaties, cessions)).silence.measured
    assert not terms(asked, coverage=(alliances, treaties)).complete
    assert not terms(asked, coverage=(alliances, cessions)).complete


def test_windows_that_touch_cover_together():
    """Two datasets that follow each other leave no gap; two with a day between do."""
    asked = reading("never", "nonaggression", "poland", "germany", "1920/1939")

    assert terms(asked, coverage=(covering("1900/1929"), covering("1930/1950"))).complete
    assert not terms(asked, coverage=(covering("1900/1929"), covering("1930-01-02/1950"))).complete


def test_a_period_that_is_named_is_not_cut_down():
    """Czechoslovakia ends in 1992: what the text says of 2010 is not answered by 1992."""
    asked = reading("never", "nonaggression", "czechoslovakia", "germany", "1920/2010")

    assert not terms(asked, coverage=(covering("1900/1992"),)).complete


def test_exile_does_not_end_a_state_and_its_silence_shows_nothing():
    """Poland from 1939 to 1945 is in no list of states: what was done is told, what is not recorded is open."""
    window = replace(covering("1816/2018"), among_states=True)
    asked = reading("exists", "nonaggression", "poland", "germany", "1940/1944")

    assert given(asked, coverage=(window,)).outcome == "open"
    assert given(asked, act("a", "poland", "germany", PACT, "1942"), coverage=(window,)).outcome == "holds"
    assert (
        given(reading("exists", "nonaggression", "poland", "germany", "1935/1936"), coverage=(window,)).outcome
        == "refuted"
    )


@pytest.mark.parametrize("actor", ["tibet", "hezbollah", "nato", "confederate-states"])
def test_who_is_in_no_list_of_states_is_in_no_window_among_states(actor):
    """The dataset's silence about a movement or an unlisted state shows nothing."""
    window = replace(covering("1816/2018"), among_states=True)

    assert given(reading("never", "nonaggression", actor, "germany", "1950/1960"), coverage=(window,)).outcome == "open"


def test_what_is_recorded_above_a_threshold_shows_nothing_below_it():
    """And the answer names the threshold."""
    window = replace(covering("1816/2018", frozenset({"war"})), threshold="wars of a thousand deaths")
    verdict = given(reading("never", "war", "poland", "germany", "1930/1935"), coverage=(window,))

    assert verdict.outcome == "open"
    assert "wars of a thousand deaths" in verdict.because


@pytest.mark.parametrize(
    ("period", "subject", "outcome"),
    [
        ("1816/2018", "sweden", "holds"),
        ("1816/1990", "sweden", "open"),
        ("1900/2018", "sweden", "open"),
        ("1816/2018", "poland", "open"),
        ("1900/1990", "nazi-germany", "holds"),
    ],
)
def test_a_claim_without_a_time_is_not_answered_by_a_part_of_time(period, subject, outcome):
    """Never means never: from the first day of the list to our time, or in a regime's own days."""
    window = replace(covering(period), among_states=True)
    other = "turkey" if subject == "nazi-germany" else "united-kingdom"
    verdict = given(reading("never", "nonaggression", subject, other), coverage=(window,))

    assert verdict.outcome == outcome


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
    assert not without_dataset(whole, "made").complete
    assert without_dataset(whole, "another").complete
