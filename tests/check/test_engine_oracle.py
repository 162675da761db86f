"""The engine agrees with the brute-force oracle, and obeys the laws that a verdict must obey."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import YEARS, Deed, Question, Window, World, can_be_asked, verdict
from strategies import FIRST_YEAR, catalogue_of, deeds, questions, reading_of, record_in, worlds

from valla.check import evidence, members, silence, terms
from valla.check.engine import check
from valla.check.model import Verdict
from valla.dates import day_number

QUANTIFIERS = ("exists", "never", "always", "first", "only")


@pytest.fixture(autouse=True)
def _short_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the list of states begin with the oracle's first year, and our time with its last."""
    for module in (evidence, members, terms):
        monkeypatch.setattr(module, "LIST_BEGINS", day_number(FIRST_YEAR))
    monkeypatch.setattr(silence, "_RECENT", FIRST_YEAR + YEARS - 1)


@st.composite
def records(draw: st.DrawFn) -> list[Deed]:
    """Draw up to three acts."""
    return [draw(deeds(number)) for number in range(draw(st.integers(0, 3)))]


def checked(question: Question, drawn: list[Deed], world: World, *, details: bool = False) -> Verdict:
    """Return the engine's verdict in a drawn world."""
    return check(reading_of(question), record_in(world, drawn), details=details, who=catalogue_of(world))


@pytest.mark.parametrize("quantifier", QUANTIFIERS)
@given(data=st.data())
def test_the_engine_and_the_oracle_agree(quantifier: str, data: st.DataObject) -> None:
    """For every drawn world, record and reading, both come to the same verdict; four readings are asked of each record."""
    world, drawn = data.draw(worlds()), data.draw(records())
    asked = [data.draw(questions(quantifier, drawn)) for _ in range(4)]
    for question in (one for one in asked if can_be_asked(one, world)):
        assert verdict(question, drawn, world) == str(checked(question, drawn, world).outcome)


@pytest.mark.parametrize("quantifier", QUANTIFIERS)
@given(data=st.data())
def test_the_order_of_the_acts_changes_nothing(quantifier: str, data: st.DataObject) -> None:
    """A record is a set of acts."""
    world, drawn = data.draw(worlds()), data.draw(records())
    question = data.draw(questions(quantifier, drawn))
    assume(can_be_asked(question, world))
    found, turned = checked(question, drawn, world), checked(question, drawn[::-1], world)

    assert found.outcome == turned.outcome
    assert found.because == turned.because
    assert found.fingerprint == turned.fingerprint
    assert {item.act.id for item in found.deciding} == {item.act.id for item in turned.deciding}


@pytest.mark.parametrize("quantifier", ["never", "always"])
@given(data=st.data())
def test_more_acts_never_save_a_claim_that_an_act_refutes(quantifier: str, data: st.DataObject) -> None:
    """What an act refutes stays refuted whatever else is found."""
    world, drawn = data.draw(worlds()), data.draw(records())
    question = data.draw(questions(quantifier, drawn))
    assume(can_be_asked(question, world))
    found = checked(question, drawn, world)
    assume(found.outcome == "refuted" and found.n_deciding and not found.gaps)

    assert checked(question, [*drawn, data.draw(deeds(9))], world).outcome == "refuted"


@given(data=st.data())
def test_never_and_exists_are_opposites(data: st.DataObject) -> None:
    """What never was did not exist, and the other way round; what is open or contested is so for both."""
    world, drawn = data.draw(worlds()), data.draw(records())
    question = replace(data.draw(questions("never", drawn)), partial=False)  # "not always" is no opposite of "never"
    assume(can_be_asked(question, world))
    assume(not set(question.named) & world.groups and len(question.named) <= 2)  # of several, all may not, and some may
    opposite = {"refuted": "holds", "holds": "refuted", "open": "open", "contested": "contested"}
    never = checked(question, drawn, world).outcome
    exists = checked(replace(question, quantifier="exists"), drawn, world).outcome

    assert opposite[str(never)] == exists


@pytest.mark.parametrize("quantifier", QUANTIFIERS)
@given(data=st.data())
def test_wider_coverage_never_changes_a_refutation(quantifier: str, data: st.DataObject) -> None:
    """A record that claims to be complete for more cannot take back what it refuted."""
    world, drawn = data.draw(worlds()), data.draw(records())
    question = data.draw(questions(quantifier, drawn))
    assume(can_be_asked(question, world))
    assume(None not in question.period)  # a side that is not named is filled from what is covered
    assume(checked(question, drawn, world).outcome == "refuted")
    wider = replace(world, coverage=(*world.coverage, Window("d2", question.measured, (0, 5), None)))

    assert checked(question, drawn, wider).outcome == "refuted"


@pytest.mark.parametrize("quantifier", QUANTIFIERS)
@given(data=st.data())
def test_a_source_that_robustness_does_not_name_does_not_matter(quantifier: str, data: st.DataObject) -> None:
    """Without the acts of a source that neither decides nor stands in the way, the verdict stays."""
    world, drawn = data.draw(worlds()), data.draw(records())
    question = data.draw(questions(quantifier, drawn))
    assume(can_be_asked(question, world))
    found = checked(question, drawn, world, details=True)
    assume(found.robustness is not None)  # of several parts nothing is said
    for source in {deed.source for deed in drawn} - set(found.robustness.sources):
        rest = [deed for deed in drawn if deed.source != source]

        assert checked(question, rest, world).outcome == found.outcome


@pytest.mark.parametrize("quantifier", QUANTIFIERS)
@given(data=st.data())
def test_robustness_is_what_a_check_without_the_thing_says(quantifier: str, data: st.DataObject) -> None:
    """Each verdict that robustness reports is the one that a fresh check of the smaller record gives."""
    world, drawn = data.draw(worlds()), data.draw(records())
    question = data.draw(questions(quantifier, drawn))
    assume(can_be_asked(question, world))
    verdict_now = checked(question, drawn, world, details=True)
    found = verdict_now.robustness
    assume(found is not None and not question.partial)  # of several parts nothing is said
    for source in {deed.source for deed in drawn}:
        without = checked(question, [deed for deed in drawn if deed.source != source], world).outcome
        assert without == found.sources.get(source, verdict_now.outcome)
    # a side of the period that is not named is filled from what is covered, so that it is another without a dataset
    for dataset, outcome in found.datasets.items() if None not in question.period else ():
        smaller = replace(world, coverage=tuple(entry for entry in world.coverage if entry.dataset != dataset))
        rest = [deed for deed in drawn if deed.dataset != dataset]
        assert outcome == checked(question, rest, smaller).outcome
    for left_out in drawn:
        without = checked(question, [deed for deed in drawn if deed is not left_out], world).outcome
        assert without == found.acts.get(left_out.id, verdict_now.outcome)


@pytest.mark.parametrize("quantifier", ["exists", "never", "always", "only"])
@given(data=st.data())
def test_the_counted_sources_would_all_have_to_be_wrong(quantifier: str, data: st.DataObject) -> None:
    """What two sources attest alike stands without either of them, where robustness counts two."""
    world, deed = data.draw(worlds()), data.draw(deeds(0))
    question = data.draw(questions(quantifier, [deed]))
    assume(can_be_asked(question, world))
    drawn = [replace(deed, source="s1"), replace(deed, id="act-1", source="s2")]
    found = checked(question, drawn, world, details=True)
    assume(found.robustness is not None)  # of several parts nothing is said
    if found.robustness.works is None:
        return
    assert found.robustness.works == 2
    for left in drawn:
        assert checked(question, [left], world).outcome == found.outcome


def _year(verdicts: Verdict) -> list[tuple[int | None, int | None]]:
    return [(phase.window.begin, phase.window.end) for phase in verdicts.phases if phase.channel == "any"]


@given(data=st.data())
def test_phases_fill_the_period_without_gap_or_overlap(data: st.DataObject) -> None:
    """Phases follow each other from the first day of the period to the last."""
    world, drawn = data.draw(worlds()), data.draw(records())
    question = data.draw(questions("never", drawn))
    assume(can_be_asked(question, world))
    found = checked(question, drawn, world, details=True)
    windows = _year(found)
    assume(windows)  # nobody was there before the period ended

    assert windows[0][0] == found.reading.period.window.begin
    assert windows[-1][1] == found.reading.period.window.end
    assert all(before[1] + 1 == after[0] for before, after in pairwise(windows))
