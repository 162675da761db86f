"""Whose acts count as an actor's, and when; when an actor is there to act at all, and when a list of states counts him."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from valla.actors.catalogue import Catalogue
from valla.actors.model import LIST_BEGINS, ActorKind
from valla.actors.naming import phrase
from valla.claims.model import Reading
from valla.dates import Window, day_number, window_text, year_of
from valla.record.coverage import merge

__all__ = [
    "Members",
    "hull",
    "in_office",
    "is_dated",
    "lives",
    "meeting",
    "members_of",
    "seats",
    "whole_years",
]

Members = Mapping[str, tuple[Window, ...]]

_DATED = frozenset({ActorKind.REGIME, ActorKind.PERSON})


def _acts_for_a_state(name: str, catalogue: Catalogue) -> bool:
    """Whether what the state did is said of somebody: a person in office, an army."""
    actor = catalogue.actor(name)
    stands = actor.kind is ActorKind.PERSON or name in catalogue.armies
    return stands and actor.part_of is not None and bool(actor.life)


def _whose(name: str, catalogue: Catalogue, *, members: bool) -> Iterator[tuple[str, Window]]:
    """Whose acts count as an actor's, and when; a person in office, an army is told to have done what the state did."""
    yield from catalogue.expand(name, members=members)
    if _acts_for_a_state(name, catalogue):
        for member, window in catalogue.expand(catalogue.state_of(name).id):
            yield from ((member, window.meet(term)) for term in catalogue.life(name))


def members_of(ids: Iterable[str], reading: Reading, catalogue: Catalogue) -> dict[str, tuple[Window, ...]]:
    """Return everybody whose acts count as one's of some actors, each with the windows in which they do.

    Args:
        ids: the actors.
        reading: it says of which organisations the members count.
        catalogue: who is who.
    """
    found: dict[str, tuple[Window, ...]] = {}
    for name in ids:
        for member, window in _whose(name, catalogue, members=name in reading.members):
            if not window.empty:
                found[member] = merge([*found.get(member, ()), window])
    return found


def in_office(reading: Reading, catalogue: Catalogue) -> Iterator[str]:
    """Spell out that persons stand for their states."""
    for name in reading.named:
        if _acts_for_a_state(name, catalogue):
            who, state = phrase(name, catalogue), phrase(catalogue.state_of(name).id, catalogue)
            terms = ", ".join(map(window_text, catalogue.life(name)))
            if name in catalogue.armies:
                yield f"what {state} did in {terms} counts as done by {who}, its armed forces"
            else:
                yield f"what {state} did in {terms} counts as {who}'s, who acted for it then"


def whole_years(window: Window) -> Window:
    """Return a window in whole calendar years: actors are limited to the years in which they exist (design 6)."""
    begin = None if window.begin is None else day_number(year_of(window.begin))
    end = None if window.end is None else day_number(year_of(window.end), 12, 31)
    return Window(begin, end)


def hull(windows: tuple[Window, ...]) -> Window:
    """Return the window from the begin of the first to the end of the last; of none, the unbounded one."""
    return Window(windows[0].begin, windows[-1].end) if windows else Window()


def meeting(one: Iterable[Window], other: Iterable[Window]) -> tuple[Window, ...]:
    """Return the days that both have."""
    others = tuple(other)
    return merge(first.meet(second) for first in one for second in others)


def is_dated(name: str, catalogue: Catalogue) -> bool:
    """Whether an actor is there in its own days alone: a regime, a person; a state outlives occupation and exile."""
    return catalogue.actor(name).kind in _DATED


def lives(ids: Iterable[str], catalogue: Catalogue, *, dated: bool) -> tuple[Window, ...]:
    """Return when any of some actors is there.

    A state is there from its first entry in the list to its last: that it is missing in between, while occupied or in exile, does not
    end it. What the list begins with was there before.

    Args:
        ids: the actors.
        catalogue: who is who.
        dated: whether the days of regimes and persons alone count; a state is then taken to be there at all times.
    """
    return merge(window for name in ids for window in _life(name, catalogue, dated=dated))


def _life(name: str, catalogue: Catalogue, *, dated: bool) -> tuple[Window, ...]:
    life = catalogue.reach(name)
    if is_dated(name, catalogue):
        return life or (Window(),)
    if dated or not life:
        return (Window(),)
    whole = whole_years(hull(life))
    return (Window(None if whole.begin is not None and whole.begin <= LIST_BEGINS else whole.begin, whole.end),)


def seats(ids: Iterable[str], catalogue: Catalogue) -> tuple[Window, ...]:
    """Return the stretches in which all of some actors' states were members of the state system.

    The year in which a state first comes in, and that in which it goes out for good, count whole; a stretch of occupation or exile
    begins and ends on its days.
    """
    common: tuple[Window, ...] = (Window(),)
    for name in ids:
        common = meeting(common, _seats_of(name, catalogue))
    return common


def _seats_of(name: str, catalogue: Catalogue) -> tuple[Window, ...]:
    state = catalogue.state_of(name)
    if state.kind is not ActorKind.STATE or state.cow is None:
        return ()
    life = catalogue.life(state.id)
    whole = whole_years(hull(life))
    begins = [whole.begin, *(window.begin for window in life[1:])]
    ends = [*(window.end for window in life[:-1]), whole.end]
    return tuple(Window(begin, end) for begin, end in zip(begins, ends, strict=True)) if life else ()
