"""A second way to a verdict that shares no code with the engine: plain Python over every explicit choice of dates.

A choice settles for each act the day it began and ended, whether it was open, whether its kind did what it may have done, and the day on
which it became known. In one choice every question has a plain answer; a verdict is what all choices, or some, say.
"""

from dataclasses import dataclass, field
from itertools import product

NEVER_KNOWN = 10**6


@dataclass(frozen=True)
class Deed:
    """An act as the oracle sees it; days are positions in the test's short calendar."""

    id: str
    actor: str
    target: str
    kind: str
    mutual: bool
    begin: tuple[int, int]
    end: tuple[int, int]
    channel: str
    known: tuple[int, int] | None
    source: str
    dataset: str


@dataclass(frozen=True)
class World:
    """Who is who, and where the record is complete."""

    members: dict[str, dict[str, tuple[int, int]]]
    lives: dict[str, tuple[int, int]]
    coverage: tuple[tuple[str, frozenset[str], tuple[int, int], frozenset[str] | None], ...]


@dataclass(frozen=True)
class Question:
    """A reading as the oracle sees it."""

    quantifier: str
    realised: frozenset[str]
    may: frozenset[str]
    contradicted: frozenset[str]
    measured: frozenset[str]
    state: bool
    symmetric: bool
    subjects: tuple[str, ...]
    objects: tuple[str, ...] | None
    period: tuple[int, int]
    channel: str = "any"
    known_by: int | None = None
    also: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settled:
    """An act in one choice."""

    deed: Deed
    begin: int
    end: int
    channel: str
    does: bool
    known: int


def settlements(deed: Deed, may: frozenset[str]) -> list[Settled]:
    """List every way in which one act may have been."""
    found = []
    channels = ["open", "secret"] if deed.channel == "unknown" else [deed.channel]
    for begin, end, channel, does in product(
        range(deed.begin[0], deed.begin[1] + 1),
        range(deed.end[0], deed.end[1] + 1),
        channels,
        [True, False] if deed.kind in may else [True],
    ):
        if begin > end:
            continue
        if deed.known is not None:
            days = [max(day, begin) for day in range(deed.known[0], deed.known[1] + 1)]
        else:
            days = [begin] if deed.channel == "open" else [begin, NEVER_KNOWN]
        found += [Settled(deed, begin, end, channel, does, known) for known in days]
    return found


def lived(names: tuple[str, ...], world: World) -> set[int]:
    """Return the days on which any of the actors exists."""
    return {day for name in names for day in range(world.lives[name][0], world.lives[name][1] + 1)}


def days_looked_at(question: Question, world: World) -> list[int]:
    """Return the days of the period on which both sides exist."""
    days = set(range(question.period[0], question.period[1] + 1)) & lived(question.subjects, world)
    if question.objects is not None:
        days &= lived(question.objects, world)
    return sorted(days)


def is_complete(question: Question, world: World) -> bool:
    """Whether every measured kind is covered on every day looked at."""
    everybody = question.objects is None or question.quantifier in {"first", "only"}
    named = None if everybody else frozenset(question.subjects) | frozenset(question.objects or ())
    if not question.measured:
        return False
    for day in days_looked_at(question, world):
        for kind in question.measured:
            if not any(
                kind in kinds
                and window[0] <= day <= window[1]
                and (actors is None or (named is not None and named <= actors))
                for _, kinds, window, actors in world.coverage
            ):
                return False
    return True


def counting_days(settled: Settled, sides: tuple[str, str], question: Question, world: World) -> set[int]:
    """Return the days of an act that count for a side, toward another, in the period."""
    days = set(range(settled.begin, settled.end + 1)) & set(range(question.period[0], question.period[1] + 1))
    for name, parties in ((sides[0], question.subjects), (sides[1], question.objects or ())):
        windows = [world.members[party][name] for party in parties if name in world.members[party]]
        if windows:
            days &= {day for first, last in windows for day in range(first, last + 1)}
    return days


def orientations(deed: Deed, question: Question) -> list[tuple[str, str]]:
    """Return who did it toward whom, turned round too where that counts alike."""
    both = question.symmetric or deed.mutual
    return [(deed.actor, deed.target), *([(deed.target, deed.actor)] if both else [])]


def belongs(name: str, parties: tuple[str, ...], world: World) -> bool:
    """Whether an actor is one of the parties or a member of one."""
    return any(name in world.members[party] for party in parties)


def passes(settled: Settled, question: Question) -> bool:
    """Whether an act is of the channel and the public knowledge that are asked for."""
    if question.channel not in {"any", settled.channel}:
        return False
    return question.known_by is None or settled.known <= question.known_by


def doers(choice: tuple[Settled, ...], kinds: frozenset[str], question: Question, world: World) -> dict[str, list[int]]:
    """Return for each side the begins of what it did toward the objects in the period."""
    found: dict[str, list[int]] = {}
    for settled in choice:
        if settled.deed.kind not in kinds or not settled.does or not passes(settled, question):
            continue
        for side, other in orientations(settled.deed, question):
            if question.objects is not None and not belongs(other, question.objects, world):
                continue
            days = counting_days(settled, (side, other), question, world)
            begins_in = settled.begin in days
            if (days and question.quantifier != "first") or begins_in:
                found.setdefault(side, []).append(settled.begin)
    return found


def ours(found: dict[str, list[int]], question: Question, world: World) -> list[int]:
    """Return the begins of what the subjects did."""
    return [begin for side, begins in found.items() if belongs(side, question.subjects, world) for begin in begins]


def theirs(found: dict[str, list[int]], question: Question, world: World) -> list[int]:
    """Return the begins of what others did."""
    return [begin for side, begins in found.items() if not belongs(side, question.subjects, world) for begin in begins]


def verdict(question: Question, deeds: list[Deed], world: World) -> str:  # noqa: PLR0911  one return a row of the table
    """Return refuted, contested, holds or open, by the table of the design."""
    kinds = question.realised | question.may
    complete = is_complete(question, world)
    relevant = [deed for deed in deeds if deed.kind in kinds | question.contradicted]
    choices = list(product(*(settlements(deed, question.may) for deed in relevant)))
    if question.quantifier == "always" and question.state and not question.contradicted:
        return lasting(question, choices, world, complete=complete)
    realised = [doers(choice, kinds, question, world) for choice in choices]
    mine = [ours(found, question, world) for found in realised]
    others = [theirs(found, question, world) for found in realised]
    if question.quantifier in {"exists", "never"}:
        happened = [bool(begins) for begins in mine]
        return by_occurrence(question.quantifier, happened, complete=complete)
    if question.quantifier == "always":
        against = [
            bool(ours(doers(choice, question.contradicted, question, world), question, world)) for choice in choices
        ]
        if all(against):
            return "refuted"
        if any(against):
            return "contested"
        return "holds" if complete and all(mine) else "open"
    if question.quantifier == "only":
        return alone(mine, others, complete=complete)
    return earliest(mine, others, complete=complete)


def by_occurrence(quantifier: str, happened: list[bool], *, complete: bool) -> str:
    """Return the verdict on what did or never did happen."""
    if all(happened):
        return "holds" if quantifier == "exists" else "refuted"
    if any(happened):
        return "contested"
    if not complete:
        return "open"
    return "refuted" if quantifier == "exists" else "holds"


def alone(mine: list[list[int]], others: list[list[int]], *, complete: bool) -> str:
    """Return the verdict on what nobody else did."""
    if all(others):
        return "refuted"
    if not any(mine) and complete:
        return "refuted"
    if any(others) or (any(mine) and not all(mine)):
        return "contested"
    return "holds" if complete else "open"


def earliest(mine: list[list[int]], others: list[list[int]], *, complete: bool) -> str:
    """Return the verdict on what nobody did earlier."""
    if not any(mine):
        return "refuted" if complete else "open"
    with_mine = [(min(own), min(other, default=NEVER_KNOWN)) for own, other in zip(mine, others, strict=True) if own]
    if all(other < own for own, other in with_mine):
        return "refuted"
    if not all(mine) or any(other < own for own, other in with_mine):
        return "contested"
    return "holds" if complete else "open"


def lasting(question: Question, choices: list[tuple[Settled, ...]], world: World, *, complete: bool) -> str:
    """Return the verdict on a state that is said to have lasted: a day that no act can cover ends it."""
    if not complete:
        return "open"
    possible: set[int] = set()
    plain: set[int] = set()
    for choice in choices:
        for settled in choice:
            if not settled.does or not passes(settled, question) or settled.deed.kind in question.contradicted:
                continue
            for side, other in orientations(settled.deed, question):
                toward = question.objects is None or belongs(other, question.objects, world)
                if belongs(side, question.subjects, world) and toward:
                    days = counting_days(settled, (side, other), question, world)
                    possible |= days
                    plain |= days if settled.deed.kind in question.realised else set()
    looked_at = set(days_looked_at(question, world))
    if looked_at - possible:
        return "refuted"
    return "contested" if looked_at - plain else "holds"
