"""The tables of `data/`: states, regimes, people, organisations, memberships, names and shields, read into values."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from valla.actors.model import Actor, ActorKind, Name, NameRole
from valla.days import Window, day_number, month_length

__all__ = [
    "Membership",
    "Shield",
    "read_abbreviations",
    "read_actors",
    "read_armies",
    "read_blocs",
    "read_memberships",
    "read_names",
    "read_shields",
]

_BLOCS = frozenset({"bloc"})
_OPEN = frozenset({"", ".."})


@dataclass(frozen=True, slots=True)
class Membership:
    """A stretch in which one actor belongs to another, or a person acts for one.

    Args:
        member: id of who belongs.
        organisation: id of what it belongs to.
        window: the days.
    """

    member: str
    organisation: str
    window: Window


@dataclass(frozen=True, slots=True)
class Shield:
    """Words that keep a name from being read as an actor.

    Args:
        rule: `phrase` (the whole names nobody), `before` or `after` (words beside a name), `shout` (no name in a text all in capitals),
            `title` (no first name, though it stands before a surname).
        role: for `before` and `after`, the role of the names that they disarm.
        text: the words.
    """

    rule: str
    role: str
    text: str


def _rows(table: str) -> Iterator[list[str]]:
    text = files("valla.actors").joinpath("data", table).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    yield from rows


@lru_cache(maxsize=4096)
def _edge(text: str, *, last: bool) -> int | None:
    """First or last day of a plain year, month or day; the full EDTF grammar would cost more than all the rest of the load."""
    if text in _OPEN:
        return None
    year, *rest = (int(part) for part in text.split("-"))
    month = rest[0] if rest else (12 if last else 1)
    day = rest[1] if len(rest) > 1 else (month_length(year, month) if last else 1)
    return day_number(year, month, day)


@lru_cache(maxsize=4096)
def _window(begin: str, end: str) -> Window:
    return Window(_edge(begin, last=False), _edge(end, last=True))


def _spells(text: str) -> tuple[Window, ...]:
    return tuple(_window(*spell.split("/")) for spell in text.split(";") if spell)


def _states() -> Iterator[Actor]:
    for slug, cow, _, name, article, spells, successors, source in _rows("states.csv"):
        yield Actor(
            id=slug,
            name=name,
            kind=ActorKind.STATE,
            cow=int(cow) if cow else None,
            life=_spells(spells),
            successors=tuple(successors.split(";")) if successors else (),
            source=source,
            article=article,
        )


def _regimes(codes: dict[str, int | None]) -> Iterator[Actor]:
    for slug, part_of, name, article, spells, era, continues, source in _rows("regimes.csv"):
        yield Actor(
            id=slug,
            name=name,
            kind=ActorKind.REGIME,
            cow=codes[part_of],
            life=_spells(spells),
            part_of=part_of,
            source=source,
            article=article,
            era=era == "yes",
            continues=continues or None,
        )


def _organisations() -> Iterator[Actor]:
    for slug, name, article, _, part_of, spells, source in _rows("organisations.csv"):
        yield Actor(
            id=slug,
            name=name,
            kind=ActorKind.ORGANISATION,
            life=_spells(spells),
            part_of=part_of or None,
            source=source,
            article=article,
        )


def _people() -> Iterator[Actor]:
    for slug, name, part_of, terms, office in _rows("people.csv"):
        yield Actor(id=slug, name=name, kind=ActorKind.PERSON, life=_spells(terms), part_of=part_of, source=office)


def read_actors() -> dict[str, Actor]:
    """Return every actor by its id: states, regimes, organisations, people."""
    states = {actor.id: actor for actor in _states()}
    codes = {slug: actor.cow for slug, actor in states.items()}
    others = [*_regimes(codes), *_organisations(), *_people()]
    return states | {actor.id: actor for actor in others}


def read_abbreviations() -> dict[str, str]:
    """Return the id of each state by its Correlates of War abbreviation: `RUS` to `russia`."""
    return {row[2]: row[0] for row in _rows("states.csv") if row[2]}


def read_blocs() -> frozenset[str]:
    """Return the ids of the groups of countries that act through their members alone: the Axis, the Baltic states."""
    return frozenset(row[0] for row in _rows("organisations.csv") if row[3] in _BLOCS)


def read_armies() -> frozenset[str]:
    """Return the ids of armed forces: what is said of them is said of their state."""
    return frozenset(row[0] for row in _rows("organisations.csv") if row[3] == "army")


def read_memberships() -> tuple[Membership, ...]:
    """Return who belonged to what, and when."""
    return tuple(
        Membership(member, whole, _window(begin, end)) for member, whole, begin, end in _rows("memberships.csv")
    )


def read_names() -> tuple[Name, ...]:
    """Return every name, in the order of the table."""
    roles = {str(role): role for role in NameRole}
    return tuple(
        Name(text, actor, roles[role], _window(begin, end), language, float(weight) if weight else 1.0)
        for text, actor, role, begin, end, language, weight in _rows("names.csv")
    )


def read_shields() -> tuple[Shield, ...]:
    """Return the words that keep a name from being read as an actor."""
    return tuple(Shield(rule, role, text) for rule, role, text in _rows("shields.csv"))
