"""Every actor by id and by code, whose deeds count as whose, and the names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from valla.actors.model import Actor, ActorKind, Name, NameRole
from valla.actors.tables import (
    Membership,
    read_abbreviations,
    read_actors,
    read_armies,
    read_blocs,
    read_memberships,
    read_names,
)
from valla.days import Window
from valla.errors import ActorError, nearest

__all__ = ["Catalogue", "catalogue"]

_ALWAYS = Window()
_WIDENED = 0.8
"""The weight of a state under the name of a regime: below the regime's own, above a regime that does not hold the period."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The actors that Valla knows.

    Args:
        actors: every actor by its id.
        abbreviations: ids of states by their Correlates of War abbreviation.
        names: every name, regimes' names also for their states.
        memberships: who belonged to what, by the whole's id.
        blocs: ids of the groups of countries that act through their members alone.
        armies: ids of armed forces, of which is said what is said of their state.
    """

    actors: dict[str, Actor]
    abbreviations: dict[str, str]
    names: tuple[Name, ...]
    memberships: dict[str, tuple[Membership, ...]]
    blocs: frozenset[str]
    armies: frozenset[str]
    _codes: dict[int, str] = field(repr=False)
    _parts: dict[str, tuple[Actor, ...]] = field(repr=False)

    def actor(self, slug: str) -> Actor:
        """Return the actor of that id.

        Raises:
            ActorError: if there is none.
        """
        if slug in self.actors:
            return self.actors[slug]
        near = nearest(slug, self.actors)
        raise ActorError(f"no actor has the id {slug!r}", repair=f"did you mean {near!r}?" if near else None)

    def by_cow(self, code: int) -> Actor:
        """Return the state of a Correlates of War code.

        Raises:
            ActorError: if the list has no such code.
        """
        if code in self._codes:
            return self.actors[self._codes[code]]
        raise ActorError(f"no state has the Correlates of War code {code}", allowed="2 to 990, as in the state list")

    def state_of(self, slug: str) -> Actor:
        """Return the state that a regime, person or organ belongs to, or the actor itself where it belongs to none.

        Raises:
            ActorError: if there is no such actor.
        """
        actor = self.actor(slug)
        while actor.part_of:
            actor = self.actor(actor.part_of)
        return actor

    def codes(self, slug: str) -> int | None:
        """Return the Correlates of War code of an actor's state; None where it has none.

        Raises:
            ActorError: if there is no such actor.
        """
        return self.state_of(slug).cow

    def life(self, slug: str) -> tuple[Window, ...]:
        """Return the stretches in which an actor exists, or a person is in office; empty where unknown.

        Raises:
            ActorError: if there is no such actor.
        """
        return self.actor(slug).life

    def reach(self, slug: str) -> tuple[Window, ...]:
        """Return the stretches of which an actor's name is used: its life, and that of the regime which it continues.

        Raises:
            ActorError: if there is no such actor.
        """
        actor = self.actor(slug)
        if actor.continues is None or not actor.life:
            return actor.life
        before = self.actor(actor.continues).life
        return (Window(before[0].begin, actor.life[0].end), *actor.life[1:])

    def expand(self, slug: str, *, members: bool = False) -> tuple[tuple[str, Window], ...]:
        """Return every actor whose deeds count as this one's, with the days in which they do.

        A state: itself, its regimes, its leaders and organs in their time. A regime: the same within its life. A group of countries: its
        members while they belong. An organisation: itself and those who act for it. A person: himself.

        Args:
            slug: the id of the actor.
            members: whether the deeds of an organisation's members count as well.

        Raises:
            ActorError: if there is no such actor.
        """
        actor = self.actor(slug)
        deputies = self._deputies(actor, members=members)
        others = {pair: None for pair in deputies if pair[0] != slug and not pair[1].empty}
        return ((slug, _ALWAYS), *others)

    def with_people(self, people: Iterable[Actor], memberships: Iterable[Membership] = ()) -> Catalogue:
        """Return the catalogue with further people; who is in it already stays as he is.

        Args:
            people: persons, each part of a state, with their days in office.
            memberships: the other actors for whom they act, and when.
        """
        new = {person.id: person for person in people if person.id not in self.actors}
        actors = self.actors | new
        own = (membership for whole in self.memberships.values() for membership in whole)
        added = (membership for membership in memberships if membership.member in new)
        return replace(
            self,
            actors=actors,
            names=(*self.names, *(Name(person.name, person.id, NameRole.LEADER) for person in new.values())),
            memberships=_grouped_memberships([*own, *added]),
            _parts=_grouped_parts(actors.values()),
        )

    def members(self, slug: str, window: Window) -> tuple[str, ...]:
        """Return who belongs to an organisation or group on a day of a window."""
        joined = (one for one in self.memberships.get(slug, ()) if not one.window.meet(window).empty)
        return tuple(dict.fromkeys(one.member for one in joined if not self._acts_for(one)))

    def _deputies(self, actor: Actor, *, members: bool) -> Iterator[tuple[str, Window]]:
        if actor.kind is ActorKind.REGIME and actor.part_of:
            yield from _within(self.expand(actor.part_of), self.reach(actor.id))
            return
        for part in self._parts.get(actor.id, ()):
            yield from self._own(part)
        for membership in self.memberships.get(actor.id, ()):
            yield from self._of_member(actor, membership, members=members)

    def _own(self, part: Actor) -> Iterable[tuple[str, Window]]:
        """A part in its life, with those who act for it; it does not bring its state along, which asks for it."""
        for deputy in (part, *self._parts.get(part.id, ())):
            yield from _within(((deputy.id, _ALWAYS),), deputy.life or (_ALWAYS,))
        yield from ((one.member, one.window) for one in self.memberships.get(part.id, ()) if self._acts_for(one))

    def _of_member(self, whole: Actor, membership: Membership, *, members: bool) -> Iterator[tuple[str, Window]]:
        if members or whole.id in self.blocs:
            yield from _within(self.expand(membership.member), (membership.window,))
        elif self._acts_for(membership):
            yield membership.member, membership.window

    def _acts_for(self, membership: Membership) -> bool:
        return self.actors[membership.member].kind is ActorKind.PERSON


def _within(pairs: Iterable[tuple[str, Window]], windows: Iterable[Window]) -> Iterator[tuple[str, Window]]:
    stretches = tuple(windows)
    return ((slug, window.meet(stretch)) for slug, window in pairs for stretch in stretches)


def _widened(names: Iterable[Name], actors: dict[str, Actor]) -> Iterator[Name]:
    """Let the name of a regime stand for its state too, for periods that the regime does not hold; a name of an era cannot."""
    for name in names:
        actor = actors[name.actor]
        if actor.kind is ActorKind.REGIME and actor.part_of and not actor.era and name.window == _ALWAYS:
            role = name.role if name.role is NameRole.DEMONYM else NameRole.FORMER
            yield replace(name, actor=actor.part_of, role=role, weight=name.weight * _WIDENED)


def _grouped_parts(actors: Iterable[Actor]) -> dict[str, tuple[Actor, ...]]:
    parts: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        if actor.part_of:
            parts[actor.part_of].append(actor)
    return {slug: tuple(found) for slug, found in parts.items()}


def _grouped_memberships(memberships: Iterable[Membership]) -> dict[str, tuple[Membership, ...]]:
    wholes: dict[str, list[Membership]] = defaultdict(list)
    for membership in memberships:
        wholes[membership.organisation].append(membership)
    return {slug: tuple(found) for slug, found in wholes.items()}


@cache
def catalogue() -> Catalogue:
    """Return the actors that Valla knows, read once from `data/`."""
    actors = read_actors()
    names = read_names()
    return Catalogue(
        actors=actors,
        abbreviations=read_abbreviations(),
        names=(*names, *_widened(names, actors)),
        memberships=_grouped_memberships(read_memberships()),
        blocs=read_blocs(),
        armies=read_armies(),
        _codes={actor.cow: actor.id for actor in actors.values() if actor.kind is ActorKind.STATE and actor.cow},
        _parts=_grouped_parts(actors.values()),
    )
