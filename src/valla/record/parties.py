"""What a dataset calls a side to the id of an actor; what nobody knows is said, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from valla.actors.catalogue import Catalogue, catalogue
from valla.actors.model import NameRole
from valla.actors.resolve import resolve
from valla.dates import Window
from valla.errors import ActorError
from valla.record.codes import listed
from valla.record.mapping import Actors
from valla.record.seats import seats_of
from valla.record.spellings import spellings, two_names

__all__ = ["Finder", "Found", "Party", "finder"]

_BRACKETED = re.compile(r"(?P<sector>.+) \((?P<country>[^()]+)\)")
_NOBODY = "nobody is known by that name"
_SEVERAL = "several are known by that name"
_NOT_A_SIDE = frozenset({NameRole.CAPITAL, NameRole.DEMONYM})
"""Names that stand for an actor in prose only: in a cell, `The Hague` is a town."""

_EVER = Window()


@dataclass(frozen=True, slots=True)
class Party:
    """The cells that say who a side is.

    Args:
        name: its code or name.
        country: the country that it belongs to, where the dataset has a column for that.
        sectors: the parts of a state that it belongs to, separated by commas, where the dataset has a column for those.
        days: when it did what the row says, where a code stands for one state in some days and for another in others.
    """

    name: str
    country: str = ""
    sectors: str = ""
    days: Window = _EVER


@dataclass(frozen=True, slots=True)
class Found:
    """Who a side is, or why nobody can say.

    Args:
        actor: the id; empty where nobody was found.
        reason: why, where nobody was found.
        state: the id of the state that the actor belongs to, or its own.
    """

    actor: str = ""
    reason: str = ""
    state: str = ""


Finder = Callable[[Party], Found]
_Named = Callable[[str], Found]


def finder(rule: Actors, known: Catalogue, on: Window) -> Finder:
    """Return the function that finds actors as a mapping says.

    Args:
        rule: how the dataset names them.
        known: the actors.
        on: the days that the file is about, by which dated names are weighed.
    """
    added = _added_names(known)
    named: dict[str, _Named] = {
        "cow": lambda text: _by_cow(text, known),
        "iso3": lambda text: _by_iso3(text, known),
        "id": lambda text: _known(text, known) if text in known.actors else Found(reason="no actor has that id"),
        "name": lambda text: _as_listed(
            text, lambda name: _by_name(_listed_names().get(name.casefold(), name), known, on, added), known
        ),
        "sector": lambda text: _by_name(text, known, on, added),
    }
    if rule.by == "gw":
        return lambda party: _by_gw(party, known)
    named_as, whole = named[rule.by], _folded(rule.whole)
    if rule.by == "sector":
        return lambda party: _of_sector(party, whole, named_as)
    return lambda party: _whole(party, whole, named_as)


def _known(slug: str, known: Catalogue) -> Found:
    return Found(slug, state=known.state_of(slug).id)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names)


def _by_cow(text: str, known: Catalogue) -> Found:
    try:
        return _known(known.by_cow(int(text)).id, known)
    except (ValueError, ActorError):
        return Found(reason="no state has that Correlates of War code")


def _by_gw(party: Party, known: Catalogue) -> Found:
    """The state that a code stood for; of two that follow each other in these days, the one with which they begin."""
    seats = seats_of(party.name, party.days, "gw", known)
    first = min(seats, key=lambda seat: _from(seat.window), default=None)
    return _known(first.state, known) if first else Found(reason="no state has that Gleditsch-Ward code then")


def _from(window: Window) -> float:
    return float("-inf") if window.begin is None else window.begin


@cache
def _iso3() -> dict[str, int]:
    table: dict[str, int] = listed("iso3")["iso3"]
    return table


def _by_iso3(text: str, known: Catalogue) -> Found:
    code = _iso3().get(text.upper())
    return _by_cow(str(code), known) if code else Found(reason="no state has that country code")


@cache
def _names() -> frozenset[str]:
    """Every name that stands for a side, to pass over the unknown without a search for the nearest."""
    return frozenset(name.text.casefold() for name in catalogue().names if name.role not in _NOT_A_SIDE)


def _added_names(known: Catalogue) -> dict[str, frozenset[str]]:
    """The people beside those that Valla knows, by their names."""
    added: dict[str, frozenset[str]] = {}
    for name in known.names[len(catalogue().names) :]:
        key = name.text.casefold()
        added[key] = added.get(key, frozenset()) | {name.actor}
    return added


def _by_name(text: str, known: Catalogue, on: Window, added: dict[str, frozenset[str]]) -> Found:
    if text.casefold() not in _names():
        bearers = sorted(added.get(text.casefold(), ()))
        if len(bearers) == 1:
            return _known(bearers[0], known)
        return Found(reason=_SEVERAL if bearers else _NOBODY)
    try:
        candidate = resolve(text, on=on)
    except ActorError:
        return Found(reason=_SEVERAL)
    if candidate.name.role in _NOT_A_SIDE:
        return Found(reason=_NOBODY)
    return _known(candidate.actor.id, known)


def _as_listed(text: str, named: _Named, known: Catalogue) -> Found:
    """A side by name as lists of countries write it; two states are never taken for one.

    First the text as it is, then its other spellings, which must all name one state, then both of two names, which must have one state
    in common: `Yemen (Aden)` is the Yemen of which Aden was the capital.
    """
    found = named(text)
    if found.actor or found.reason != _NOBODY:
        return found
    others = [other for other in map(named, spellings(text)) if other.reason != _NOBODY]
    if not others:
        names = two_names(text)
        others = [_known(state, known) for state in _shared(*names, known)] if names else []
    if len({other.actor for other in others}) > 1:
        return Found(reason=_SEVERAL)
    return others[0] if others else found


def _shared(one: str, other: str, known: Catalogue) -> frozenset[str]:
    """The states that bear both names, in whatever time and role, or whose regimes do."""
    return frozenset.intersection(*(_bearers(name, known) for name in (one, other)))


def _bearers(text: str, known: Catalogue) -> frozenset[str]:
    forms = {form.casefold() for form in (text, *spellings(text))}
    return frozenset(known.state_of(one.actor).id for one in known.names if one.text.casefold() in forms)


@cache
def _listed_names() -> dict[str, str]:
    """Names that only lists of countries have, which no rule turns into one that is spoken, by what they stand for."""
    return {name.casefold(): actor for name, actor in listed("names")["name"].items()}


def _whole(party: Party, whole: frozenset[str], named: _Named) -> Found:
    """A coded side: a country with a sector that is not the state's is not the state."""
    if party.sectors and whole.isdisjoint(_folded(party.sectors.split(","))):
        return Found(reason="not the state, but a sector of its people")
    return named(party.name)


def _of_sector(party: Party, whole: frozenset[str], named: _Named) -> Found:
    """A side by name: a state, a known person, or a part of a state, which acts for the state if it is one of those named."""
    bracketed = _BRACKETED.fullmatch(party.name)
    sectors = _folded([*party.sectors.split(","), bracketed["sector"] if bracketed else ""])
    country = party.country or (bracketed["country"] if bracketed else "")
    if country and not whole.isdisjoint(sectors):
        return named(country)
    if bracketed:
        return Found(reason="not the state, but a sector of its people")
    return named(party.name)
