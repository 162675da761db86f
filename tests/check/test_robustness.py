"""What would overturn a verdict: sources, datasets and acts left out. The oracle tests that each is what a check would say."""

from dataclasses import replace

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st
from made import act, covering, given, reading

from valla.check.engine import check
from valla.check.robustness import independent
from valla.record.schema import Witness
from valla.record.sources import Source
from valla.record.store import record_of

PACT = "alliance.nonaggression"
EVER = (covering("1816/2018"),)


def never(*acts, coverage=EVER):
    """The verdict on whether Poland never had such a pact with Germany."""
    return given(reading("never", "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=coverage)


def pact(name, source, **rest):
    """A pact that a source reports."""
    return act(name, "poland", "germany", PACT, "1934-01-26", source=source, **rest)


def test_two_sources_must_both_be_wrong():
    """Two rows of one source are one source."""
    found = never(pact("a", "one"), pact("b", "one"), pact("c", "two")).robustness

    assert found.works == 2
    assert {str(outcome) for outcome in found.sources.values()} == {"refuted"}
    assert not found.acts


def test_a_single_source_carries_the_verdict():
    """Without it the record, still complete, has nothing."""
    found = never(pact("a", "one")).robustness

    assert found.works == 1
    assert {name: str(outcome) for name, outcome in found.sources.items()} == {"one": "holds"}
    assert {name: str(outcome) for name, outcome in found.acts.items()} == {"a": "holds"}


def test_without_a_dataset_its_coverage_goes_too():
    """Then silence proves nothing."""
    found = never(pact("a", "one")).robustness

    assert {name: str(outcome) for name, outcome in found.datasets.items()} == {"made": "open"}


def test_a_verdict_from_absence_counts_no_sources():
    """No source states that nothing happened."""
    verdict = never()

    assert verdict.outcome == "holds"
    assert verdict.robustness.works is None


def test_a_state_that_lasted_is_as_well_sourced_as_its_thinnest_day():
    """Three sources for the first half and one for the second make one."""
    acts = [
        *(act(f"a{at}", "poland", "germany", PACT, "1933/1936", source=f"s{at}") for at in range(3)),
        act("b", "poland", "germany", PACT, "1937/1939", source="other"),
    ]
    verdict = given(reading("always", "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=EVER)

    assert verdict.outcome == "holds"
    assert verdict.robustness.works == 1
    assert verdict.robustness.sources["other"] == "refuted"


def test_who_came_first_is_refuted_by_those_before_alone():
    """The subject's own source does not count against it."""
    acts = [
        act("own", "poland", "germany", PACT, "1934-01-26", source="own"),
        act("other", "france", "germany", PACT, "1933-05-01", source="other"),
    ]
    verdict = given(reading("first", "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=EVER)

    assert verdict.outcome == "refuted"
    assert verdict.robustness.works == 1


def test_an_act_with_another_witness_stays_when_one_is_left_out():
    """Only the act that nobody else supports goes with its source."""
    witnesses = (Witness("one"), Witness("two"), Witness("three", says="disputes"))
    both = never(pact("a", "", witnesses=witnesses[:2])).robustness
    one = never(pact("a", "", witnesses=(witnesses[0], witnesses[0]))).robustness

    assert {name: str(outcome) for name, outcome in both.sources.items()} == {"one": "refuted", "two": "refuted"}
    assert both.works == 2
    assert {name: str(outcome) for name, outcome in one.sources.items()} == {"one": "holds"}
    assert one.works == 1


witnessed = st.lists(
    st.tuples(
        st.sampled_from(["1932", "1933-05-01", "1934~", "1936/1941"]),
        st.lists(
            st.builds(Witness, st.sampled_from("xyz"), says=st.sampled_from(["supports", "disputes"])), max_size=3
        ),
    ),
    max_size=4,
)


def without(source, acts):
    """The acts that are left where one of their sources had said nothing for them."""
    for one in acts:
        gone = {said for said in one.witnesses if said.source == source and said.says == "supports"}
        left = replace(one, witnesses=tuple(said for said in one.witnesses if said not in gone))
        if left.supporting or not gone:
            yield left


@given_any(witnessed, st.sampled_from(["never", "exists", "always"]))
def test_without_a_source_the_verdict_is_that_of_the_acts_that_others_support(drawn, quantifier):
    """As a fresh check of them finds it."""
    asked = reading(quantifier, "nonaggression", "poland", "germany", "1933/1939")
    acts = [
        act(f"a{at}", "poland", "germany", PACT, date, witnesses=tuple(said)) for at, (date, said) in enumerate(drawn)
    ]
    found = check(asked, record_of(acts, EVER)).robustness.sources

    assert found == {name: check(asked, record_of(without(name, acts), EVER)).outcome for name in found}


def sources(**rests_on):
    """Sources with what they are declared to rest on."""
    return {key: Source(key, key, rests_on=on) for key, on in rests_on.items()}


@pytest.mark.parametrize(
    ("declared", "number"),
    [
        (sources(a=(), b=()), 2),
        (sources(a=(), b=None), None),
        (sources(a=()), None),
        (sources(a=(), b=("a",)), 1),
        (sources(a=(), b=("c",), c=("a",)), 1),
        (sources(a=("c",), b=("c",), c=()), 1),
        (sources(a=("c",), b=("d",), c=(), d=()), 2),
        (sources(a=("c",), b=(), c=None), None),
        (sources(a=("gone",), b=()), None),
        (sources(a=("b",), b=("a",)), 1),
    ],
)
def test_sources_are_independent_only_as_far_as_is_declared(declared, number):
    """Of each, and of all that it rests on; whoever rests on another, or on the same third, counts with it."""
    assert independent({"a", "b"}, declared) == number


def test_nothing_is_independent_of_nothing():
    """Without sources there is no number."""
    assert independent(set(), {}) is None


def test_a_verdict_counts_the_independent_works_that_its_record_declares():
    """The sources of the record say what rests on what."""
    asked = reading("never", "nonaggression", "poland", "germany", "1933/1939")
    acts = [pact("a", "one"), pact("b", "two"), pact("c", "three")]
    record = record_of(acts, EVER, sources(one=(), two=("one",), three=()))

    assert check(asked, record).robustness.works == 3
    assert check(asked, record).robustness.independent == 2
    assert check(asked, record_of(acts, EVER)).robustness.independent is None
