"""People whom a record adds to those that Valla knows: who they are, and how a text that names them is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from valla.actors.catalogue import Catalogue, catalogue
from valla.actors.model import Actor, Candidate, Mention, Name, NameRole
from valla.actors.passage import Passage, cut
from valla.actors.resolve import mentions, resolve
from valla.actors.tables import Membership
from valla.actors.words import begins_large, folded
from valla.days import Window, window_text
from valla.errors import ActorError

__all__ = ["NOBODY", "People", "finder", "known_with", "resolve_among"]

_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """People beside those that Valla knows; compared by identity, so that what is made of them can be kept.

    Args:
        actors: the people, each part of the state that he led longest, with all his days in office.
        memberships: the other states that they led, and when.
    """

    actors: tuple[Actor, ...] = ()
    memberships: tuple[Membership, ...] = ()

    def joined(self, other: People) -> People:
        """Return these people with others; of one id the first stands."""
        if not other.actors or not self.actors:
            return self if self.actors else other
        taken = {person.id for person in self.actors}
        new = tuple(person for person in other.actors if person.id not in taken)
        return People((*self.actors, *new), (*self.memberships, *other.memberships))


NOBODY = People()
"""No people: what a record without leaders adds."""


@lru_cache(maxsize=8)
def known_with(people: People) -> Catalogue:
    """Return the actors that Valla knows together with others; its own where there are no others."""
    return catalogue().with_people(people.actors, people.memberships) if people.actors else catalogue()


def _key(text: str) -> str:
    return " ".join(folded(word) for word in cut(text).words)


@lru_cache(maxsize=8)
def _by_name(people: People) -> dict[str, tuple[Actor, ...]]:
    """The people by their folded names; a name that Valla knows already is not among them."""
    known = {_key(name.text) for name in catalogue().names}
    found: dict[str, tuple[Actor, ...]] = {}
    for person in people.actors:
        key = _key(person.name)
        if key and key not in known:
            found[key] = (*found.get(key, ()), person)
    return found


def _candidate(person: Actor, text: str) -> Candidate:
    state = catalogue().actor(person.part_of).phrase if person.part_of else "nobody"
    terms = "; ".join(map(window_text, person.life))
    return Candidate(person, Name(text, person.id, NameRole.LEADER), f"{text} acted for {state}, {terms}")


def _in_office(person: Actor, on: Window | None) -> bool:
    return on is None or any(not term.meet(on).empty for term in person.life)


def _ordered(persons: tuple[Actor, ...], text: str, on: Window | None) -> tuple[Candidate, ...]:
    """Those in office on the days in question; all, the earliest first, where none is."""
    then = [person for person in persons if _in_office(person, on)] or list(persons)
    return tuple(_candidate(person, text) for person in then)


def _standing(place: int, passage: Passage, names: dict[str, tuple[Actor, ...]]) -> tuple[int, tuple[Actor, ...]]:
    """How many words the longest name has that begins at a place, and whose it is; 1 and nobody where there is none."""
    if not begins_large(passage.words[place]):
        return 1, ()
    for count in range(min(_LONGEST_NAME, len(passage.words) - place), 0, -1):
        words = passage.words[place : place + count]
        key = " ".join(folded(word) for word in words)
        if key in names and begins_large(words[-1]):
            return count, names[key]
    return 1, ()


def _added(text: str, people: People, on: Window | None) -> Iterator[Mention]:
    names, passage, place = _by_name(people), cut(text), 0
    while place < len(passage.words):
        count, persons = _standing(place, passage, names)
        if persons:
            start, end = passage.spans[place][0], passage.spans[place + count - 1][1]
            yield Mention(start, end, text[start:end], _ordered(persons, text[start:end], on))
        place += count


def finder(people: People) -> Callable[..., tuple[Mention, ...]]:
    """Return what finds the actors that Valla knows, and these people, in a text.

    A name that Valla knows stays what it is: only what is left of the text is searched for the others, by their whole names.

    Args:
        people: the people.

    Returns:
        A function like `resolve.mentions`, to be given to `read` as `find`.
    """
    if not people.actors:
        return mentions

    def found(text: str, *, on: Window | None = None) -> tuple[Mention, ...]:
        own = mentions(text, on=on)
        others = [one for one in _added(text, people, on) if not any(_overlap(one, mention) for mention in own)]
        return tuple(sorted([*own, *others], key=lambda mention: mention.start))

    return found


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def resolve_among(name: str, people: People, *, on: Window | None = None) -> Candidate:
    """Return the actor that a name, id or code stands for, among those that Valla knows and these people.

    Args:
        name: as for `resolve`, or the name or id of one of the people.
        people: the people.
        on: the days in question; None where unknown.

    Raises:
        ActorError: if nobody is so called, or several are.
    """
    by_id = next((person for person in people.actors if person.id == name), None)
    if by_id:
        return _candidate(by_id, name)
    persons = _ordered(_by_name(people).get(_key(name), ()), name, on)
    if not persons:
        return resolve(name, on=on)
    if len(persons) > 1:
        said = " or ".join(f"{one.actor.id} ({one.reason.partition(' acted for ')[2]})" for one in persons)
        raise ActorError(f"{name} may be {said}", repair="say which")
    return persons[0]
