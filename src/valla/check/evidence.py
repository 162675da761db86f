"""Acts weighed against the terms of a reading, as columns: what each does to the claim, and how certainly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from valla.actors.catalogue import Catalogue
from valla.actors.model import LIST_BEGINS
from valla.check.coded import Coded, coded, coded_alike, either, whole_numbers
from valla.check.members import Members, hull
from valla.check.terms import Terms
from valla.check.years import first_of_year, year_numbers
from valla.claims.kinds import Aspect, kinds
from valla.claims.model import Channel
from valla.dates import Window, year_of

__all__ = ["FAR", "Evidence", "weigh"]

Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int64]

FAR = 2**40
"""A day beyond all days: stands for a bound that is unknown."""

_BONDS = frozenset(name for name, kind in kinds().items() if kind.form == "state" and kind.agreement)
"""Kinds of act that bind two sides until one of them breaks the bond."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The acts that may bear on a claim, one entry for each side that an act is counted for.

    Args:
        row: where the act stands in the table that was fetched.
        side: id of the side that it is counted for.
        ours: whether that side is the claim's subject.
        strong: whether its kind realises the relation.
        weak: whether its kind only may.
        contradicts: whether its kind contradicts the relation.
        sustains: whether its kind bears the relation out on every day on which it certainly lasts.
        doubted: whether its kind may contradict the relation, being compatible with it.
        near: whether its kind realises the relation or may, in the period or in the year before or after: a list of disputes files an
            action under another year or as a lesser one than it was, so that its silence beside such an act shows nothing.
        certain: whether it was so in the period, as the reading asks, for every admissible choice of its dates, by an act that no
            witness disputes.
        begins_certain: whether it began in the period for every choice.
        begins_possible: whether it did so for at least one.
        earliest: the earliest day in the period on which it may have begun.
        latest: the latest day on which it may have begun.
        first_day: the first day that it may have covered.
        last_day: the last.
        sure_first: the first day that it certainly covered; none where that is after the last.
        sure_last: the last.
        sources: the keys of the sources that support it, with spaces between.
        dataset: its dataset.
    """

    row: Days
    side: Coded
    ours: Flags
    strong: Flags
    weak: Flags
    contradicts: Flags
    sustains: Flags
    doubted: Flags
    near: Flags
    certain: Flags
    begins_certain: Flags
    begins_possible: Flags
    earliest: Days
    latest: Days
    first_day: Days
    last_day: Days
    sure_first: Days
    sure_last: Days
    sources: Coded
    dataset: Coded

    def only(self, kept: Flags) -> Evidence:
        """Return the entries that a mask keeps."""
        return replace(self, **{field.name: getattr(self, field.name)[kept] for field in fields(self)})

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of the fetched table that are weighed."""

    actor: Coded
    target: Coded
    kind: Coded
    mutual: Flags
    begin_min: Days
    begin_max: Days
    end_min: Days
    end_max: Days
    channel: Coded
    known_min: Days
    known_max: Days
    disputed: Flags
    sources: Coded
    dataset: Coded

    def take(self, rows: Days) -> _Columns:
        return _Columns(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def latest_begin(self) -> Days:
        return np.minimum(self.begin_max, self.end_max)

    @property
    def earliest_end(self) -> Days:
        return np.maximum(self.end_min, self.begin_min)


def _columns(table: pa.Table) -> _Columns:
    actor, target = coded_alike(table, "actor", "target")
    return _Columns(
        actor=actor,
        target=target,
        **{name: coded(table, name) for name in ("kind", "channel", "sources", "dataset")},
        mutual=table["mutual"].to_numpy().astype(bool),
        disputed=_flags(table, "disputed"),
        begin_min=whole_numbers(table["begin_min"], -FAR),
        begin_max=whole_numbers(table["begin_max"], FAR),
        end_min=whole_numbers(table["end_min"], -FAR),
        end_max=whole_numbers(table["end_max"], FAR),
        known_min=whole_numbers(table["known_min"], -FAR),
        known_max=whole_numbers(table["known_max"], FAR),
    )


def _flags(table: pa.Table, name: str) -> Flags:
    """A column of truth values; one that a table lacks, or a cell that is empty, is false."""
    if name not in table.column_names:
        return np.zeros(table.num_rows, dtype=bool)
    return whole_numbers(table[name].cast(pa.int8()), 0).astype(bool)


def _edges(window: Window) -> tuple[int, int]:
    return (-FAR if window.begin is None else window.begin, FAR if window.end is None else window.end)


def _overlap(acts: _Columns, window: Window) -> tuple[Flags, Flags]:
    """Whether acts possibly and certainly have a day in a window: `dates.overlaps` by columns.

    A bond is over on the day on which it is broken: a pact that ends on the day of an attack does not reach into the war.
    """
    begin, end = _edges(window)
    over = (acts.kind.among(_BONDS) & (acts.end_min == acts.end_max) & (acts.end_min > acts.begin_max)).astype(np.int64)
    possible = (acts.begin_min <= end) & (acts.end_max - over >= begin)
    return possible, possible & (acts.latest_begin <= end) & (acts.earliest_end - over >= begin)


def _begin(acts: _Columns, window: Window) -> tuple[Flags, Flags]:
    """Whether acts possibly and certainly begin in a window: `dates.begins_in` by columns."""
    begin, end = _edges(window)
    possible = (acts.begin_min <= end) & (acts.latest_begin >= begin)
    return possible, possible & (acts.latest_begin <= end) & (acts.begin_min >= begin)


Pairs = tuple[tuple[tuple[str, str], Days], ...]
Test = Callable[[_Columns, Window], tuple[Flags, Flags]]


def _tested(acts: _Columns, test: Test, window: Window) -> tuple[Flags, Flags]:
    if window.empty:
        nothing = np.zeros(len(acts.kind), dtype=bool)
        return nothing, nothing.copy()
    return test(acts, window)


def _in_period(acts: _Columns, test: Test, terms: Terms, within: Window) -> tuple[Flags, Flags]:
    """A test against the period, as far as it lies within a window."""
    # nothing is known before it begins, so that what begins later cannot count
    known = Window(None, terms.reading.known_by if test is _begin else None)
    return _tested(acts, test, terms.period.meet(within).meet(known))


def _windows(name: str, members: Members | None) -> tuple[Window, ...]:
    return (Window(),) if members is None else members.get(name, (Window(),))


def _bounded_pairs(side: Coded, other: Coded, terms: Terms) -> Iterator[tuple[tuple[str, str], Days]]:
    """The pairs of sides of which one counts in certain windows only, with their rows."""
    bounded = {
        name
        for members in (terms.subjects, terms.objects or {})
        for name, windows in members.items()
        if windows != (Window(),)
    }
    special = side.among(bounded) | other.among(bounded)
    for pair in set(zip(side[special], other[special], strict=True)):
        yield pair, np.flatnonzero(side.equal(pair[0]) & other.equal(pair[1]))


def _counting(acts: _Columns, pairs: Pairs, terms: Terms) -> tuple[Days, Days]:
    """The first and last day on which each act can count: of the period, and of the windows of its two sides taken as a whole."""
    begin, end = _edges(terms.period)
    begins, ends = np.full(len(acts.kind), begin), np.full(len(acts.kind), end)
    for pair, rows in pairs:
        mine, theirs = (
            hull(_windows(name, members)) for name, members in zip(pair, (terms.subjects, terms.objects), strict=True)
        )
        begins[rows], ends[rows] = _edges(terms.period.meet(mine).meet(theirs))
    return begins, ends


def _held(acts: _Columns, pairs: Pairs, test: Test, terms: Terms) -> tuple[Flags, Flags]:
    """A test against the period and against the windows in which each member counts."""
    possible, certain = _in_period(acts, test, terms, Window())
    for pair, rows in pairs:
        tests = [
            _in_period(acts.take(rows), test, terms, mine.meet(theirs))
            for mine in _windows(pair[0], terms.subjects)
            for theirs in _windows(pair[1], terms.objects)
            if not mine.meet(theirs).empty
        ]
        possible[rows] = np.any([found[0] for found in tests], axis=0) if tests else False
        certain[rows] = np.any([found[1] for found in tests], axis=0) if tests else False
    return possible, certain


def _channel(acts: _Columns, terms: Terms) -> tuple[Flags, Flags]:
    """Whether acts possibly and certainly went by the channel that the reading asks for."""
    wanted = terms.reading.channel
    everything = np.ones(len(acts.kind), dtype=bool)
    if wanted is Channel.ANY:
        return everything, everything
    certain = acts.channel.equal(str(wanted))
    return certain | acts.channel.equal("unknown"), certain


def _known(acts: _Columns, terms: Terms) -> tuple[Flags, Flags]:
    """Whether acts were possibly and certainly public on the day that the reading asks for.

    An open act is known from the day it begins, whatever else is said of it; any other from the date given, which may be missing.
    """
    day = terms.reading.known_by
    if day is None:
        everything = np.ones(len(acts.kind), dtype=bool)
        return everything, everything
    plain = acts.channel.equal("open")
    earliest = np.maximum(np.where(plain, acts.begin_min, acts.known_min), acts.begin_min)
    latest = np.where(plain, acts.latest_begin, np.maximum(acts.known_max, acts.latest_begin))
    return earliest <= day, latest <= day


def _sides(acts: _Columns, terms: Terms) -> tuple[Days, Flags]:
    """The rows to count and whether each is turned round, once for each side that an act is counted for."""
    subjects, objects = (None if terms.toward else terms.subjects), terms.objects
    anybody = np.ones(len(acts.kind), dtype=bool)

    def party(texts: Coded, members: Members | None) -> Flags:
        return anybody if members is None else texts.among(members)

    forward = party(acts.actor, subjects) & party(acts.target, objects)
    backward = party(acts.target, subjects) & party(acts.actor, objects)
    if not terms.relation.symmetric:
        backward = backward & acts.mutual
    if not terms.toward:
        backward = backward & ~forward
    rows = np.concatenate([np.flatnonzero(forward), np.flatnonzero(backward)])
    turned = np.repeat([False, True], [int(forward.sum()), int(backward.sum())])
    return rows, turned


def _is_a_year(low: Days, high: Days) -> Flags:
    """Whether two bounds are the first and the last day of one year: a date that a source gives as a year."""
    years = year_numbers(low)
    whole: Flags = (first_of_year(years) == low) & (first_of_year(years + 1) - 1 == high)
    return whole


def _surely(acts: _Columns, terms: Terms) -> tuple[Days, Days]:
    """The first and last day that each act covered for every choice of its dates.

    A source that codes years is compared by years: what it dates to a year covers the year. Only in a year in which the period has an
    edge that is a day is the unknown day of the source any day of it (design 4).
    """
    edges = [
        day
        for day, by_year in (
            (terms.period.begin, terms.reading.period.begin_by_year),
            (terms.period.end, terms.reading.period.end_by_year),
        )
        if day is not None and not by_year
    ]

    def by_year(low: Days, high: Days) -> Flags:
        whole = _is_a_year(low, high)
        for day in edges:
            whole &= (day < low) | (high < day)
        return whole

    first = np.where(by_year(acts.begin_min, acts.begin_max), acts.begin_min, acts.begin_max)
    last = np.where(by_year(acts.end_min, acts.end_max), acts.end_max, acts.end_min)
    return first, last


def _censored(acts: _Columns, who: Catalogue) -> Flags:
    """Whether a bond may be older than the year in which a source that codes years first has it: the first year of a side in the list."""
    years = year_numbers(acts.begin_min)
    yearly: Flags = acts.kind.among(_BONDS) & _is_a_year(acts.begin_min, acts.begin_max)
    found: Flags = yearly & (years <= year_of(LIST_BEGINS))
    for side in (acts.actor, acts.target):
        for name in side[yearly].distinct():
            listed = [year_of(life.begin) for life in who.life(who.state_of(name).id) if life.begin is not None]
            found |= yearly & side.equal(name) & np.isin(years, listed)
    return found


def weigh(table: pa.Table, terms: Terms, who: Catalogue) -> Evidence:
    """Weigh acts against the terms of a reading.

    Args:
        table: acts as `Engine.fetch` returns them.
        terms: what they are weighed against.
        who: the catalogue of actors.

    Returns:
        The acts that possibly bear on the claim; every other act is left out.
    """
    columns = _columns(table)
    rows, turned = _sides(columns, terms)
    acts = columns.take(rows)
    side, other = either(turned, acts.target, acts.actor), either(turned, acts.actor, acts.target)
    pairs = tuple(_bounded_pairs(side, other, terms))
    holds = _held(acts, pairs, _overlap, terms)
    begins = _held(acts, pairs, _begin, terms)
    begins = (begins[0], begins[1] & ~_censored(acts, who))
    strong, relation = acts.kind.among(terms.relation.realised), terms.relation
    # what may be an event of the kind that is asked for may be so on any day on which it lasts
    by_begin = strong & (terms.aspect is Aspect.EVENT)
    possible, certain = (np.where(by_begin, one, other) for one, other in zip(begins, holds, strict=True))
    channel_possible, channel_certain = _channel(acts, terms)
    known_possible, known_certain = _known(acts, terms)
    sure = channel_certain & known_certain & ~acts.disputed
    possible &= channel_possible & known_possible
    near = _tested(acts, _overlap, terms.vicinity)[0] & (strong | acts.kind.among(relation.may))
    begin, end = _counting(acts, pairs, terms)
    first, last = _surely(acts, terms)
    evidence = Evidence(
        row=rows,
        side=side,
        ours=side.among(terms.subjects),
        strong=strong & possible,
        weak=acts.kind.among(relation.may) & possible,
        contradicts=acts.kind.among(relation.contradicted) & possible,
        sustains=acts.kind.among(relation.sustained) & possible,
        doubted=acts.kind.among(relation.may_contradict) & possible,
        near=near,
        certain=certain & sure & possible,
        begins_certain=begins[1] & sure & possible,
        begins_possible=begins[0] & possible,
        earliest=np.maximum(acts.begin_min, begin),
        latest=np.minimum(acts.latest_begin, end),
        first_day=np.maximum(acts.begin_min, begin),
        last_day=np.minimum(acts.end_max, end),
        sure_first=np.where(sure, np.maximum(first, begin), FAR),
        sure_last=np.where(sure, np.minimum(last, end), -FAR),
        sources=acts.sources,
        dataset=acts.dataset,
    )
    return evidence.only(possible | near)
