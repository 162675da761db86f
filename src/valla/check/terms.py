"""A reading settled against a record: whose acts count, in which days, and what the record's silence shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from valla.actors.catalogue import Catalogue
from valla.actors.model import LIST_BEGINS
from valla.actors.naming import phrase
from valla.check.members import (
    Members,
    hull,
    in_office,
    is_dated,
    lives,
    meeting,
    members_of,
    seats,
    whole_years,
)
from valla.check.silence import Silence, reaches, silence
from valla.claims.kinds import Aspect, Relation, relation
from valla.claims.model import Period, Quantifier, Reading
from valla.dates import Window, day_number, window_text, year_of
from valla.errors import ClaimError
from valla.record.coverage import EVERYBODY, Among, covered
from valla.record.schema import Coverage
from valla.record.store import Record

__all__ = ["Terms", "settle", "without_dataset"]

_OF_ALL = frozenset({Quantifier.FIRST, Quantifier.ONLY})


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
        existence: the stretches of the period in which the regimes and persons that are named were there; of the years with which it
            begins and ends, where it is given by years, no more than a day.
        silence: what it shows that nothing is recorded.
        among: between whom the record had to be complete.
        coverage: the windows that this was judged by.
    """

    reading: Reading
    relation: Relation
    subjects: Members
    objects: Members | None
    own: frozenset[str]
    period: Window
    existence: tuple[Window, ...]
    silence: Silence
    among: Among
    coverage: tuple[Coverage, ...]

    @property
    def toward(self) -> bool:
        """Whether all actors toward the same objects are compared, not only the subjects."""
        return self.reading.quantifier in _OF_ALL

    @property
    def complete(self) -> bool:
        """Whether the record is complete for the reading."""
        return self.silence.complete

    @property
    def vicinity(self) -> Window:
        """The period, and where a coarse list may show that something was not so, the years beside it that must be silent as well."""
        if not self.relation.bounded:
            return self.period
        years = whole_years(self.period)
        begin = None if years.begin is None else day_number(year_of(years.begin) - 1)
        end = None if years.end is None else day_number(year_of(years.end) + 1, 12, 31)
        return Window(begin, end)

    @property
    def aspect(self) -> Aspect:
        """Whether it counts where it begins in the period or where it holds; what always was so held."""
        if self.reading.quantifier is Quantifier.ALWAYS:
            return Aspect.STATE
        return self.reading.aspect or self.relation.aspect


def _among(reading: Reading, catalogue: Catalogue) -> Among:
    """Between whom coverage is needed: with everybody, where all are compared or nobody is named toward whom."""
    states = frozenset(catalogue.state_of(name).id for name in reading.named)
    everybody = reading.objects is None or reading.quantifier in _OF_ALL
    return Among(None if everybody else states, seats(reading.named, catalogue))


def _horizon(record: Record, wanted: Relation) -> tuple[Window, str]:
    """The days to fill an unnamed side of a period from, and a clause that says so."""
    entries = tuple(replace(entry, threshold="", actors=None, among_states=False) for entry in record.coverage)
    windows = covered(entries, wanted.measured, EVERYBODY) or covered(entries, wanted.bounded, EVERYBODY)
    if windows:
        whole = hull(windows)
        return whole, f"the record's coverage, {window_text(whole)}"
    span = Window(*record.span) if record.span else Window()
    return span, f"the span of the record's acts, {window_text(span)}, for it covers nothing completely here"


def _filled(
    reading: Reading, recorded: Window, clause: str, there: tuple[Window, ...]
) -> tuple[Window, tuple[str, ...]]:
    """The period with its unnamed sides filled, and the assumption that was made.

    Where the coverage does not reach what is named, the sides are those of the actors' lives: the verdict is then open, not an error.
    """
    named = reading.period.window
    if named.begin is not None and named.end is not None:
        return named, ()
    existing = meeting(there, [named])
    within = meeting(existing, [recorded])
    own = hull(within or existing or (named,))
    if not within:
        clause = f"the years in which the actors exist, for {clause}, does not reach them"
    begin = named.begin if named.begin is not None else own.begin
    end = named.end if named.end is not None else own.end
    side = "period" if named == Window() else "begin of the period" if named.begin is None else "end of the period"
    suffix = ", as far as the actors exist" if within else ""
    return Window(begin, end), (f"the {side} is taken from {clause}{suffix}",)


def _edges(reading: Reading, period: Window) -> Period:
    """The period as it was filled: a side that the record gives is in years."""
    named = reading.period
    return replace(
        named,
        window=period,
        begin_by_year=named.begin_by_year or (named.window.begin is None and whole_years(period).begin == period.begin),
        end_by_year=named.end_by_year or (named.window.end is None and whole_years(period).end == period.end),
    )


def _there(reading: Reading, catalogue: Catalogue, *, dated: bool) -> tuple[Window, ...]:
    """When both sides are there."""
    stretches = lives(reading.subjects, catalogue, dated=dated)
    if reading.objects is not None:
        stretches = meeting(stretches, lives(reading.objects, catalogue, dated=dated))
    return stretches


def _met(reading: Reading, catalogue: Catalogue) -> bool:
    """Whether both sides were ever there at once; a state may have been there before the list has it, but not after its last day."""
    sides = [side for side in (reading.subjects, reading.objects) if side]
    ends = Window()
    for side in sides:
        ends = ends.meet(Window(None, hull(lives(side, catalogue, dated=False)).end))
    return all(meeting(lives(side, catalogue, dated=True), [ends]) for side in sides)


def _wanted(reading: Reading) -> Relation:
    """The relation, as "signed" asks for it where the reading says that an agreement began."""
    plain = relation(reading.relation)
    signed = reading.aspect is Aspect.EVENT and plain.state and reading.quantifier is not Quantifier.ALWAYS
    return plain.signed() if signed else plain


def settle(reading: Reading, record: Record, catalogue: Catalogue) -> Terms:
    """Settle a reading against a record.

    Args:
        reading: what is to be checked.
        record: the acts and where they are complete.
        catalogue: who is who.

    Raises:
        ClaimError: if its period is empty, its actors never exist together in it, or the quantifier does not fit the relation.
    """
    wanted = _wanted(reading)
    _refuse_unfit(reading, wanted)
    _refuse_same_side(reading, catalogue)
    _refuse_backward(reading.period.window)
    dated = _there(reading, catalogue, dated=True)
    if not meeting(dated, [reading.period.window]) or not _met(reading, catalogue):
        raise _never_together(reading, catalogue)
    recorded, clause = _horizon(record, wanted)
    period, assumed = _filled(reading, recorded, clause, _there(reading, catalogue, dated=False))
    existence = meeting(dated, [period])
    edges = _edges(reading, period)
    among = _among(reading, catalogue)
    notes = (*in_office(reading, catalogue), *assumed, *_limits(reading, period, existence))
    return Terms(
        reading=replace(reading, period=edges, assumptions=tuple(dict.fromkeys((*reading.assumptions, *notes)))),
        relation=wanted,
        subjects=members_of(reading.subjects, reading, catalogue),
        objects=None if reading.objects is None else members_of(reading.objects, reading, catalogue),
        own=frozenset(catalogue.state_of(name).id for name in reading.subjects),
        period=period,
        # whoever was there in a year with which it begins or ends alone is asked of that
        existence=meeting(dated, [_for_certain(edges)]) or existence,
        silence=silence(
            record.coverage, wanted, period, among, whole=_is_whole(reading, wanted, period, among, catalogue)
        ),
        among=among,
        coverage=record.coverage,
    )


def _for_certain(period: Period) -> Window:
    """The days of a period that are meant for certain: of the years with which it begins and ends, the last and the first day.

    "From 1937 to 1945" is so of a war that began in July 1937: what names years is no finer than that (design 4).
    """
    window, years = period.window, whole_years(period.window)
    if window.begin is None or window.end is None or year_of(window.begin) == year_of(window.end):
        return window
    begin = (
        day_number(year_of(window.begin), 12, 31)
        if period.begin_by_year and years.begin == window.begin
        else window.begin
    )
    end = day_number(year_of(window.end)) if period.end_by_year and years.end == window.end else window.end
    return Window(begin, end)


def _is_whole(reading: Reading, wanted: Relation, period: Window, among: Among, catalogue: Catalogue) -> bool:
    """Whether the period reaches as far as the claim.

    The days of a regime or person are all that is said of it; and agreements are made by states, so that there were none before they were.
    """
    days = [life for name in reading.named if is_dated(name, catalogue) for life in catalogue.reach(name)]
    named = reading.period.window
    begin = named.begin is None and period.begin not in {life.begin for life in days}
    if begin and wanted.agreed and among.seats and period.begin is not None:
        first = among.seats[0].begin
        begin = first is None or period.begin > first
    end = named.end is None and period.end not in {life.end for life in days}
    return reaches(period, begin=begin, end=end, oldest=LIST_BEGINS)


def _limits(reading: Reading, period: Window, existence: tuple[Window, ...]) -> Iterator[str]:
    """What a reader may not expect of the period and of several actors on one side."""
    if whole_years(period) != whole_years(hull(existence)):
        yield f"the actors exist together only in {window_text(hull(existence))}"
    many = len(reading.subjects) > 1 or len(reading.objects or ()) > 1
    if many and reading.quantifier in _OF_ALL:
        yield "several actors stand on one side: what any of them did counts"


def without_dataset(terms: Terms, dataset: str) -> Terms:
    """Return the terms without the coverage that a dataset claims."""
    coverage = tuple(entry for entry in terms.coverage if entry.dataset != dataset)
    left = silence(coverage, terms.relation, terms.period, terms.among, whole=terms.silence.whole)
    return replace(terms, coverage=coverage, silence=left)


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
    names = " and ".join(phrase(name, catalogue) for name in reading.named)
    when = window_text(reading.period.window)
    return ClaimError(f"{names} never exist together in {when}", repair="name a period in which they do")
