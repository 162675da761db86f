"""The period of a reading: as the claim names it, else what the actors' names imply, else the record's coverage (design 6)."""

from __future__ import annotations

from collections.abc import Sequence

from valla.actors.model import Actor, ActorKind
from valla.claims.model import Period
from valla.claims.periods import Stretch
from valla.dates import Window, window_text

__all__ = ["filled"]


def _dated(actor: Actor) -> bool:
    """Whether a name says when: a regime that is an era, or a person."""
    era = actor.kind is ActorKind.PERSON or (actor.kind is ActorKind.REGIME and actor.era)
    return era and len(actor.life) == 1


def _implied(actors: Sequence[Actor]) -> tuple[Window, str]:
    """The days in which all of those whose names say when existed, and their names."""
    window = Window()
    dated = [actor for actor in actors if _dated(actor)]
    for actor in dated:
        window = window.meet(actor.life[0])
    names = " and ".join(dict.fromkeys(actor.name for actor in dated))
    return (Window(), "") if window.empty else (window, names)


def _unnamed(implied: Window, names: str) -> tuple[Period, str]:
    if not names:
        return Period(), "no time is named: the period is what the record covers"
    note = f"no time is named: the period is what {names!r} implies, {window_text(implied)}"
    return Period(implied, "actors", names), note


def _as_named(named: Stretch, window: Window) -> Period:
    """The period that a claim names, as far as it is meant; an edge is one by year where the claim names that year."""
    begin = named.begin_by_year and window.begin == named.window.begin
    end = named.end_by_year and window.end == named.window.end
    return Period(window, "text", named.text, begin, end)


def filled(named: Stretch | None, actors: Sequence[Actor]) -> tuple[Period, str]:
    """Settle the period of a reading.

    Args:
        named: the period that the claim names.
        actors: all its actors.

    Returns:
        The period, and how it was taken.
    """
    implied, names = _implied(actors)
    if named is None:
        return _unnamed(implied, names)
    window = named.window
    note = f"{named.text!r} is taken as {window_text(window)}" + (f": {named.note}" if named.note else "")
    if window.begin is not None and window.end is not None:
        return _as_named(named, window), note
    both = window.meet(implied)
    if names and not named.order and not both.empty and both != window:
        return _as_named(named, both), f"{note}, within the time of {names}, {window_text(both)}"
    return _as_named(named, window), f"{note}; the side that is not named is filled from the record's coverage"
