"""A reading settled against a record: whose acts count, in which days, and whether the record is complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from valla.actors.catalogue import Catalogue
from valla.actors.model import ActorKind
from valla.actors.naming import phrase
from valla.claims.kinds import Relation, relation
from valla.claims.model import Period, Quantifier, Reading
from valla.dates import Window, day_number, window_text, year_of
from valla.errors import ClaimError
from valla.record.coverage import complete, covered, merge
from valla.record.schema import Coverage
from valla.record.store import Record

_LIST_BEGINS = day_number(1816)

__all__ = ["Members", "Terms", "hull", "settle", "whole_years", "without_dataset"]

Members = Mapping[str, tuple[Window, ...]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reading means on a given record.

    Args:
        reading: the reading, its period filled in.
        relation: what it says was done.
        subjects: ids whose acts count as the subjects', each with the windows in which they do.
        objects: likewise of those toward whom; None means anybody.
        own: ids of the states that the subjects are or belong to.
        period: the days that are looked at.
        wide: the same in whole years, for acts that are dated no closer than a year.
        existence: the stretches of the period in which all of them exist.
        complete: whether the record is complete for the reading.
        coverage: the windows that this was judged by.
    """

    reading: Reading
    relation: Relation
    subjects: Members
    objects: Members | None
    own: frozenset[str]
    period: Window
    wide: Window
    existence: tuple[Window, ...]
    complete: bool
    coverage: tuple[Coverage, ...]

    @property
    def toward(self) -> bool:
        """Whether all actors toward the same objects are compared, not only the subjects."""
        return self.reading.quantifier in {Quantifier.FIRST, Quantifier.ONLY}


def _acts_for_a_state(name: str, catalogue: Catalogue) -> bool:
    actor = catalogue.actor(name)
    return actor.kind is ActorKind.PERSON and actor.part_of is not None and bool(actor.life)


def _whose(name: str, catalogue: Catalogue) -> Iterator[tuple[str, Window]]:
    """Whose acts count as an actor's, and when; a person in office is told to have done what the state did."""
    yield from catalogue.expand(name)
    if _acts_for_a_state(name, catalogue):
        for member, window in catalogue.expand(catalogue.state_of(name).id):
            yield from ((member, window.meet(term)) for term in catalogue.life(name))


def _members(ids: Iterable[str], catalogue: Catalogue) -> dict[str, tuple[Window, ...]]:
    members: dict[str, tuple[Window, ...]] = {}
    for name in ids:
        for member, window in _whose(name, catalogue):
            if not window.empty:
                members[member] = merge([*members.get(member, ()), window])
    return members


def _in_office(reading: Reading, catalogue: Catalogue) -> Iterator[str]:
    """Spell out that persons stand for their states."""
    for name in (*reading.subjects, *(reading.objects or ())):
        if _acts_for_a_state(name, catalogue):
            state, terms = (
                phrase(catalogue.state_of(name).id, catalogue),
                ", ".join(map(window_text, catalogue.life(name))),
            )
            yield f"what {state} did in {terms} counts as {phrase(name, catalogue)}'s, who acted for it then"


def whole_years(window: Window) -> Window:
    """Return a window in whole calendar years: actors are limited to the years in which they exist (design 6)."""
    begin = None if window.begin is None else day_number(year_of(window.begin))
    end = None if window.end is None else day_number(year_of(window.end), 12, 31)
    return Window(begin, end)


def _lives(ids: Iterable[str], catalogue: Catalogue) -> tuple[Window, ...]:
    """The years in which any of the actors exists; those whose life is not known are taken to exist throughout."""
    lives = (life for name in ids for life in (catalogue.life(name) or (Window(),)))
    return merge(whole_years(_before_the_list(life)) for life in lives)


def _before_the_list(life: Window) -> Window:
    """A life without a begin that is only the first day of the list of states: who stands in it then was there before."""
    return Window(None, life.end) if life.begin == _LIST_BEGINS else life


def _meeting(one: Iterable[Window], other: Iterable[Window]) -> tuple[Window, ...]:
    others = tuple(other)
    return merge(first.meet(second) for first in one for second in others)


def hull(windows: tuple[Window, ...]) -> Window:
    """Return the window from the begin of the first to the end of the last; of none, the unbounded one."""
    return Window(windows[0].begin, windows[-1].end) if windows else Window()


def _recorded(record: Record, measured: frozenset[str], actors: frozenset[str] | None) -> tuple[Window, str]:
    """The part of the record's coverage to fill an unnamed side of a period from, and a clause that says so."""
    windows = covered(record.coverage, measured, actors) or covered(record.coverage, measured, None)
    if windows:
        whole = hull(windows)
        return whole, f"the record's coverage, {window_text(whole)}"
    span = Window(*record.span) if record.span else Window()
    return span, f"the span of the record's acts, {window_text(span)}, for it covers nothing completely here"


def _named_actors(reading: Reading, catalogue: Catalogue) -> frozenset[str] | None:
    """The states between whom coverage is needed; None where everybody is compared or meant."""
    if reading.objects is None or reading.quantifier in {Quantifier.FIRST, Quantifier.ONLY}:
        return None
    return frozenset(catalogue.state_of(name).id for name in (*reading.subjects, *reading.objects))


def _filled(
    reading: Reading, recorded: Window, clause: str, lives: tuple[Window, ...]
) -> tuple[Window, tuple[str, ...]]:
    """The period with its unnamed sides filled, and the assumption that was made.

    Where the coverage does not reach what is named, the sides are those of the actors' lives: the verdict is then open, not an error.
    """
    named = reading.period.window
    if named.begin is not None and named.end is not None:
        return named, ()
    existing = _meeting(lives, [named])
    within = _meeting(existing, [recorded])
    own = hull(within or existing)
    if not within:
        clause = f"the years in which the actors exist, for {clause}, does not reach them"
    begin = named.begin if named.begin is not None else own.begin
    end = named.end if named.end is not None else own.end
    side = "period" if named == Window() else "begin of the period" if named.begin is None else "end of the period"
    suffix = ", as far as the actors exist" if within else ""
    return Window(begin, end), (f"the {side} is taken from {clause}{suffix}",)


def settle(reading: Reading, record: Record, catalogue: Catalogue) -> Terms:
    """Settle a reading against a record.

    Args:
        reading: what is to be checked.
        record: the acts and where they are complete.
        catalogue: who is who.

    Raises:
        ClaimError: if its period is empty, its actors never exist together in it, or the quantifier does not fit the relation.
    """
    wanted = relation(reading.relation)
    _refuse_unfit(reading, wanted)
    _refuse_same_side(reading, catalogue)
    lives = _lives(reading.subjects, catalogue)
    if reading.objects is not None:
        lives = _meeting(lives, _lives(reading.objects, catalogue))
    actors = _named_actors(reading, catalogue)
    recorded, clause = _recorded(record, wanted.measured, actors)
    _refuse_backward(reading.period.window)
    if not _meeting(lives, [reading.period.window]):
        raise _never_together(reading, catalogue)
    period, assumed = _filled(reading, recorded, clause, lives)
    existence = _meeting(lives, [period])
    filled = replace(
        reading,
        period=Period(period, reading.period.origin, reading.period.text),
        assumptions=(
            *reading.assumptions,
            *_in_office(reading, catalogue),
            *assumed,
            *_limits(reading, period, existence),
        ),
    )
    return Terms(
        reading=filled,
        relation=wanted,
        subjects=_members(reading.subjects, catalogue),
        objects=None if reading.objects is None else _members(reading.objects, catalogue),
        own=frozenset(catalogue.state_of(name).id for name in reading.subjects),
        period=period,
        wide=_wide(reading, period, catalogue),
        existence=existence,
        complete=all(complete(record.coverage, wanted.measured, stretch, actors) for stretch in existence),
        coverage=record.coverage,
    )


def _wide(reading: Reading, period: Window, catalogue: Catalogue) -> Window:
    """The period with those of its sides in whole years that names imply rather than words."""
    lives = [life for name in (*reading.subjects, *(reading.objects or ())) for life in catalogue.life(name)]
    implied, years = reading.period.origin == "actors", whole_years(period)
    return Window(
        years.begin if implied or period.begin in {life.begin for life in lives} else period.begin,
        years.end if implied or period.end in {life.end for life in lives} else period.end,
    )


def _limits(reading: Reading, period: Window, existence: tuple[Window, ...]) -> Iterator[str]:
    """What a reader may not expect of the period and of several actors on one side."""
    if whole_years(period) != whole_years(hull(existence)):
        yield f"the actors exist together only in {window_text(hull(existence))}"
    many = len(reading.subjects) > 1 or len(reading.objects or ()) > 1
    if many and reading.quantifier in {Quantifier.EXISTS, Quantifier.ALWAYS}:
        yield "several actors stand on one side: what any of them did counts"


def without_dataset(terms: Terms, dataset: str, catalogue: Catalogue) -> Terms:
    """Return the terms without the coverage that a dataset claims."""
    coverage = tuple(entry for entry in terms.coverage if entry.dataset != dataset)
    actors = _named_actors(terms.reading, catalogue)
    still = all(complete(coverage, terms.relation.measured, stretch, actors) for stretch in terms.existence)
    return replace(terms, coverage=coverage, complete=still)


def _refuse_unfit(reading: Reading, wanted: Relation) -> None:
    if reading.quantifier is Quantifier.ALWAYS and not wanted.state and not wanted.contradicted:
        raise ClaimError(
            f"'always' cannot be tested of {wanted.id!r}: it happens and is over, and nothing contradicts it",
            allowed="always with a state (allied, war, pact...) or with opposed, cooperated",
            repair="ask whether it was never so, or whether it was so at all",
        )


def _refuse_same_side(reading: Reading, catalogue: Catalogue) -> None:
    if not reading.subjects:
        raise ClaimError("the reading has no subject", repair="name who is said to have done it")
    sides = [{catalogue.state_of(name).id for name in side} for side in (reading.subjects, reading.objects or ())]
    both = sorted(sides[0] & sides[1])
    if both:
        raise ClaimError(f"{phrase(both[0], catalogue)} is on both sides", repair="name two different actors")


def _refuse_backward(period: Window) -> None:
    if period.empty:
        raise ClaimError(
            f"the period {window_text(period)} ends before it begins", repair="name a period that has at least one day"
        )


def _never_together(reading: Reading, catalogue: Catalogue) -> ClaimError:
    names = " and ".join(phrase(name, catalogue) for name in (*reading.subjects, *(reading.objects or ())))
    when = window_text(reading.period.window)
    return ClaimError(f"{names} never exist together in {when}", repair="name a period in which they do")
