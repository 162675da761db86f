"""Tests of the catalogue of actors."""

from __future__ import annotations

import csv
import gzip
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.actors.catalogue import catalogue
from valla.actors.model import ActorKind
from valla.days import Window, day_number
from valla.errors import ActorError

BOOK = catalogue()
ACTORS = sorted(BOOK.actors)
LAST_DAY_OF_THE_LIST = (2016, 12, 31)


def named(kind):
    """Ids of the actors of a kind."""
    return sorted(actor.id for actor in BOOK.actors.values() if actor.kind is kind)


@pytest.fixture
def state_list(shared):
    """The rows of the Correlates of War list of states."""
    with gzip.open(shared / "data" / "record" / "cow_states.csv.gz", "rt", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def day(row, edge):
    """The ordinal of a row's begin or end; None for an end that is only the list's own."""
    date = tuple(int(row[f"{edge}{part}"]) for part in ("year", "month", "day"))
    return None if date == LAST_DAY_OF_THE_LIST else day_number(*date)


def test_every_spell_of_the_state_list_is_the_life_of_its_state(state_list):
    """Every code of the list has a state, and that state lives exactly as the list says."""
    for code in {int(row["ccode"]) for row in state_list}:
        rows = [row for row in state_list if int(row["ccode"]) == code]

        assert tuple(Window(day(row, "st"), day(row, "end")) for row in rows) == BOOK.by_cow(code).life


def test_every_abbreviation_of_the_state_list_leads_to_its_code(state_list):
    """Every abbreviation of the list names the state with the list's code."""
    for row in state_list:
        assert int(row["ccode"]) == BOOK.codes(BOOK.abbreviations[row["stateabb"]])


@given(st.sampled_from(ACTORS))
def test_an_actor_is_found_by_its_id(slug):
    """The id of an actor leads back to it."""
    assert slug == BOOK.actor(slug).id


@given(st.sampled_from(ACTORS))
def test_references_between_actors_hold(slug):
    """Whatever an actor belongs to or is followed by exists."""
    actor = BOOK.actor(slug)

    assert {*actor.successors, actor.part_of or slug} <= set(BOOK.actors)


@given(st.sampled_from(ACTORS))
def test_no_life_ends_before_it_begins(slug):
    """The spells of a life are not empty, and follow each other."""
    life = BOOK.life(slug)

    assert not any(spell.empty for spell in life)
    assert all((left.end or 0) <= (right.begin or 0) for left, right in pairwise(life))


@given(st.sampled_from(ACTORS))
def test_deeds_begin_with_the_actor_itself(slug):
    """An actor's own deeds always count as its own, and no window is empty."""
    pairs = BOOK.expand(slug)

    assert pairs[0] == (slug, Window())
    assert not any(window.empty for _, window in pairs)
    assert len(pairs) == len(set(pairs))


@given(st.sampled_from(named(ActorKind.REGIME)))
def test_a_regime_shares_its_states_deeds_only_within_its_reach(slug):
    """Nothing but the regime itself counts as its deed outside its life and that of those which it continues."""
    life = BOOK.reach(slug)

    assert all(any(spell.holds(window) for spell in life) for _, window in BOOK.expand(slug)[1:])


@given(st.sampled_from(named(ActorKind.REGIME)))
def test_a_regime_has_its_states_code(slug):
    """A regime and its state share one code."""
    regime = BOOK.actor(slug)

    assert regime.cow == BOOK.state_of(slug).cow == BOOK.codes(slug)
    assert BOOK.state_of(slug).kind is ActorKind.STATE


@given(st.sampled_from(named(ActorKind.PERSON)))
def test_a_persons_deeds_count_as_those_of_whom_he_acts_for(slug):
    """A person in office is among the deputies of the actor that he belongs to."""
    part_of = BOOK.actor(slug).part_of

    assert part_of is not None
    assert slug in {deputy for deputy, _ in BOOK.expand(part_of)}


@pytest.mark.parametrize(
    ("whole", "part", "begin", "end"),
    [
        ("nazi-germany", "germany", (1933, 1, 30), (1945, 5, 8)),
        ("nazi-germany", "hitler", (1933, 1, 30), (1945, 4, 30)),
        ("ussr", "russia", (1917, 11, 7), (1991, 12, 26)),  # what Soviet Russia did counts as its own
        ("ussr", "stalin", (1922, 4, 3), (1953, 3, 5)),
        ("russia", "stalin", (1922, 4, 3), (1953, 3, 5)),
        ("russia", "ussr", (1922, 12, 30), (1991, 12, 26)),
        ("germany", "reichswehr", (1919, 3, 6), (1935, 5, 21)),
        ("central-powers", "bulgaria", (1915, 10, 14), (1918, 9, 29)),
        ("west-germany", "kohl", (1982, 10, 1), (1990, 10, 2)),
    ],
)
def test_deeds_count_within_their_window(whole, part, begin, end):
    """Leaders, organs, members and states count from the first to the last day of the tie."""
    window = Window(day_number(*begin), day_number(*end) if end else None)

    assert (part, window) in BOOK.expand(whole)


@pytest.mark.parametrize(
    ("whole", "part"), [("league-of-nations", "germany"), ("comintern", "kpd"), ("germany", "kpd")]
)
def test_a_body_does_not_answer_for_its_members(whole, part):
    """The deeds of the members of a body or party are not its own, nor a party's its state's."""
    assert part not in {slug for slug, _ in BOOK.expand(whole)}


def test_a_person_answers_only_for_himself():
    """A person's deeds are his own alone."""
    assert BOOK.expand("stalin") == (("stalin", Window()),)


@pytest.mark.parametrize(
    ("whole", "member"), [("warsaw-pact", "poland"), ("nato", "spain"), ("european-union", "sweden")]
)
def test_an_organisation_has_done_what_is_said_of_it(whole, member):
    """What a member did is its own, unless the members are asked for."""
    assert member not in dict(BOOK.expand(whole))
    assert member in dict(BOOK.expand(whole, members=True))


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("germany", 255),
        ("ussr", 365),
        ("stalin", 365),
        ("wehrmacht", 255),
        ("prussia", 255),
        ("nato", None),
        ("tibet", None),
    ],
)
def test_codes_are_those_of_the_state(slug, code):
    """Regimes, people and organs have the code of their state; others have none."""
    assert BOOK.codes(slug) == code


def test_an_unknown_id_names_the_nearest():
    """A mistyped id is answered with the nearest one."""
    with pytest.raises(ActorError, match=r"no actor has the id 'germny'; did you mean 'germany'\?"):
        BOOK.actor("germny")


def test_an_unknown_code_is_refused():
    """A number that the list does not have is refused."""
    with pytest.raises(ActorError, match="no state has the Correlates of War code 711"):
        BOOK.by_cow(711)


def test_articles_belong_to_the_phrase():
    """The article stands in the phrase and not in the name."""
    assert BOOK.actor("united-states").phrase == "the United States"
    assert BOOK.actor("germany").phrase == "Germany"
    assert not any(actor.name.startswith("the ") for actor in BOOK.actors.values())
