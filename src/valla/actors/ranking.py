"""Whom a name stands for, likeliest first, given the days that a text is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from valla.actors.catalogue import catalogue
from valla.actors.model import Actor, ActorKind, Candidate, Name, NameRole
from valla.days import Window, window_text

__all__ = ["Weighed", "faint", "rank"]

_REGIME = 1.5  # a regime that holds all the days in question says more than its state
_PARTLY = 0.7  # the actor exists on some of the days
_ABSENT = 0.1  # the actor exists on none of them
_RARE = 0.25  # the weight of a name that hardly ever stands for the actor: Victoria for the Seychelles
_LIGHT = 0.5  # the weight below which a name needs its days: Munich for Bavaria
_FLOOR = 0.15  # share of the best score below which a candidate is not worth naming


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its score.

    Args:
        candidate: the candidate.
        score: how likely it is, for comparison with the others of the same name only.
    """

    candidate: Candidate
    score: float


def _tier(name: Name, on: Window | None) -> int:
    """0 where the name holds all the days, or still holds where no days are given; 1 for some of them; 2 for none.

    "Before 1939" begins with the name; "since 1945" goes on until today, and so beyond a name that has lapsed.
    """
    if on is None:
        return 0 if name.window.end is None else 2
    if name.window.meet(on).empty:
        return 2
    return 0 if name.window.holds(_filled(on, name.window.begin, None)) else 1


def _filled(on: Window, begin: int | None, end: int | None) -> Window:
    """The days with the sides that a text leaves open taken from elsewhere."""
    return Window(begin if on.begin is None else on.begin, end if on.end is None else on.end)


def _within(on: Window, spell: Window) -> bool:
    return not spell.meet(on).empty and spell.holds(_filled(on, spell.begin, spell.end))


def faint(name: Name, on: Window | None) -> bool:
    """Whether a name in running text most likely means something else than the actor, such as a city that was a capital long ago."""
    if name.role is NameRole.CAPITAL and name.weight < _RARE:
        return True
    return name.weight < _LIGHT and _tier(name, on) == 2


def _presence(actor: Actor, on: Window | None) -> float:
    if on is None or not actor.life:
        return 1.0
    if any(_within(on, spell) for spell in actor.life):
        return _REGIME if actor.kind is ActorKind.REGIME else 1.0
    return _ABSENT if all(spell.meet(on).empty for spell in actor.life) else _PARTLY


def _dated(name: Name) -> str:
    return "" if name.window == Window() else f", {window_text(name.window)}"


def _spells(actor: Actor) -> str:
    return f", {'; '.join(window_text(spell) for spell in actor.life)}" if actor.life else ""


def _reason(name: Name, actor: Actor) -> str:
    if actor.kind is ActorKind.PERSON and actor.part_of:
        return f"{name.text} acted for {catalogue().actor(actor.part_of).phrase}{_spells(actor)}"
    forms = {
        NameRole.CAPITAL: f"{name.text} is the capital of {actor.phrase}",
        NameRole.DEMONYM: f"{name.text} is said of {actor.phrase}",
        NameRole.FORMER: f"{name.text} is a former name of {actor.phrase}",
    }
    said = forms.get(name.role, actor.phrase if name.text == actor.name else f"{name.text} names {actor.phrase}")
    return said + (_dated(name) or (_spells(actor) if actor.kind is ActorKind.REGIME else ""))


def _best(names: Iterable[tuple[float, Name]]) -> list[tuple[float, Name, Actor]]:
    """The best name of each actor, and of a state and its regimes only the best one: they are one party."""
    book = catalogue()
    kept: dict[str, tuple[float, Name, Actor]] = {}
    for score, name in names:
        actor = book.actor(name.actor)
        one_party = actor.kind in {ActorKind.STATE, ActorKind.REGIME}
        kept.setdefault(book.state_of(actor.id).id if one_party else actor.id, (score, name, actor))
    return list(kept.values())


def _order(pair: tuple[float, Name]) -> tuple[float, bool]:
    """Best score first; of equals the state before its regime, since it claims less."""
    return -pair[0], catalogue().actor(pair[1].actor).kind is ActorKind.REGIME


def rank(names: Sequence[Name], on: Window | None = None) -> tuple[Weighed, ...]:
    """Weigh the actors that bear a name.

    A name that holds on all the days drives out those that hold on some or none; then its own weight counts, and whether the actor existed.

    Args:
        names: the rows of the name.
        on: the days that the text is about; None where it does not say.

    Returns:
        The candidates, likeliest first.
    """
    if not names:
        return ()
    tier = min(_tier(name, on) for name in names)
    actors = catalogue().actors
    scored = [(name.weight * _presence(actors[name.actor], on), name) for name in names if _tier(name, on) == tier]
    kept = _best(sorted(scored, key=_order))
    floor = kept[0][0] * _FLOOR
    return tuple(
        Weighed(Candidate(actor, name, _reason(name, actor)), score) for score, name, actor in kept if score >= floor
    )
