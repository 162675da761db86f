"""What would overturn a verdict: sources, datasets and acts left out. The oracle tests that each is what a check would say."""

from made import act, covering, given, reading

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
