"""How an actor is written in a sentence, on the day that the sentence is about."""

from __future__ import annotations

from functools import cache

from valla.actors.catalogue import Catalogue, catalogue
from valla.actors.model import Actor, ActorKind, NameRole
from valla.days import Window

__all__ = ["phrase", "phrase_during", "phrase_on"]


def phrase(slug: str, known: Catalogue | None = None) -> str:
    """Return an actor's name as it stands inside a sentence; an id that nobody has stays as it is."""
    actors = (known or catalogue()).actors
    return actors[slug].phrase if slug in actors else slug


@cache
def _other_names(slug: str) -> tuple[Actor, ...]:
    """The regimes under whose name a state went, where that name was another: the USSR, Persia, not the Third Republic."""
    known = catalogue()
    roles = {NameRole.NAME, NameRole.DEMONYM}
    own = {name.text for name in known.names if name.actor == slug and name.role in roles and name.weight == 1}
    own |= set(known.actors[slug].name.split())
    regimes = (regime for regime in _regimes(slug) if not regime.era)
    return tuple(regime for regime in regimes if not own & set(regime.name.split()))


@cache
def _regimes(slug: str) -> tuple[Actor, ...]:
    actors = catalogue().actors.values()
    return tuple(actor for actor in actors if actor.part_of == slug and actor.kind is ActorKind.REGIME)


def phrase_on(slug: str, day: int | None) -> str:
    """Return the name that an actor went by on a day: Russia in 1939 is the USSR.

    Args:
        slug: the actor's id.
        day: the day's number; None gives the plain name.
    """
    if day is None or slug not in catalogue().actors:
        return phrase(slug)
    for regime in _other_names(slug):
        if any(life.holds(Window(day, day)) for life in regime.life):
            return regime.phrase
    return phrase(slug)


def phrase_during(slug: str, window: Window) -> str:
    """Return the name that an actor went by in a stretch of days: `the USSR`, or `Russia (later the USSR)`.

    Args:
        slug: the actor's id.
        window: the days; of a side that is not known nothing is said.
    """
    names = dict.fromkeys(phrase_on(slug, day) for day in (window.begin, window.end) if day is not None)
    first, *later = names or [phrase(slug)]
    return f"{first} (later {later[0]})" if later else first
