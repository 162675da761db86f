"""Tests of the tables of actors and names."""

from __future__ import annotations

from collections import Counter

from valla.actors.model import ActorKind, NameRole
from valla.actors.tables import read_actors, read_blocs, read_memberships, read_names, read_shields
from valla.actors.words import WORD

ACTORS = read_actors()
NAMES = read_names()
NAMED_AFTER_THEIR_CAPITAL = {"hanover", "modena", "parma"}
RULES = {"phrase", "before", "after", "shout", "title"}


def test_every_name_belongs_to_an_actor():
    """No name dangles."""
    assert {name.actor for name in NAMES} <= set(ACTORS)


def test_no_name_is_given_twice():
    """One actor does not bear one name twice for the same days."""
    counted = Counter((name.text, name.actor, name.window) for name in NAMES)

    assert [row for row, count in counted.items() if count > 1] == []


def test_every_name_is_written_in_words():
    """A name has words, begins and ends with them (or with a full stop or hyphen), and has no blanks around it."""
    for name in NAMES:
        assert WORD.search(name.text), name
        assert name.text == name.text.strip()
        assert not name.window.empty


def test_every_state_has_a_name_a_demonym_and_a_capital():
    """A state of the Correlates of War list can be named, and its people and capital stand for it."""
    states = {actor.id for actor in ACTORS.values() if actor.cow and actor.kind is ActorKind.STATE}
    with_role = {role: {name.actor for name in NAMES if name.role is role} for role in NameRole}

    assert states <= with_role[NameRole.NAME]
    assert states <= with_role[NameRole.DEMONYM]
    assert states - with_role[NameRole.CAPITAL] == NAMED_AFTER_THEIR_CAPITAL


def test_regimes_and_people_have_dates():
    """A regime or a person without dates would imply nothing."""
    dated = (ActorKind.REGIME, ActorKind.PERSON)

    assert [actor.id for actor in ACTORS.values() if actor.kind in dated and not actor.life] == []


def test_memberships_join_known_actors():
    """Both ends of a membership exist, and a bloc has members."""
    memberships = read_memberships()

    assert {one.member for one in memberships} | {one.organisation for one in memberships} <= set(ACTORS)
    assert read_blocs() <= {one.organisation for one in memberships}


def test_shields_follow_known_rules():
    """Each shield has a rule, and a role where its rule asks for one."""
    for shield in read_shields():
        assert shield.rule in RULES
        assert (shield.role in set(NameRole)) == (shield.rule in {"before", "after"})
