"""Acts weighed against the terms of a reading, as columns: what each does to the claim, and how certainly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from valla.check.coded import Coded, coded, coded_alike, either, whole_numbers
from valla.check.terms import Members, Terms, hull, whole_years
from valla.claims.model import Channel
from valla.dates import Window

__all__ = ["FAR", "Evidence", "weigh"]

Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int64]

FAR = 2**40
"""A day beyond all days: stands for a bound that is unknown."""

_A_YEAR = 364


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
        certain: whether it had a day in the period for every admissible choice of its dates.
        begins_certain: whether it began in the period for every choice.
        begins_possible: whether it did so for at least one.
        earliest: the earliest day in the period on which it may have begun.
        latest: the latest day on which it may have begun.
        first_day: the first day that it may have covered.
        last_day: the last.
        source: key of its source.
        dataset: its dataset.
    """

    row: Days
    side: Coded
    ours: Flags
    strong: Flags
    weak: Flags
    contradicts: Flags
    certain: Flags
    begins_certain: Flags
    begins_possible: Flags
    earliest: Days
    latest: Days
    first_day: Days
    last_day: Days
    source: Coded
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
    source: Coded
    dataset: Coded

    def take(self, rows: Days) -> _Columns:
        return _Columns(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def coarse(self) -> Flags:
        """Whether an act is dated no closer than a year."""
        return self.begin_max - self.begin_min >= _A_YEAR

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
        **{name: coded(table, name) for name in ("kind", "channel", "source", "dataset")},
        mutual=table["mutual"].to_numpy().astype(bool),
        begin_min=whole_numbers(table["begin_min"], -FAR),
        begin_max=whole_numbers(table["begin_max"], FAR),
        end_min=whole_numbers(table["end_min"], -FAR),
        end_max=whole_numbers(table["end_max"], FAR),
        known_min=whole_numbers(table["known_min"], -FAR),
        known_max=whole_numbers(table["known_max"], FAR),
    )


def _edges(window: Window) -> tuple[int, int]:
    return (-FAR if window.begin is None else window.begin, FAR if window.end is None else window.end)


def _overlap(acts: _Columns, window: Window) -> tuple[Flags, Flags]:
    """Whether acts possibly and certainly have a day in a window: `dates.overlaps` by columns."""
    begin, end = _edges(window)
    possible = (acts.begin_min <= end) & (acts.end_max >= begin)
    return possible, possible & (acts.latest_begin <= end) & (acts.earliest_end >= begin)


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
    """A test against the period; for acts that are dated no closer than a year, what names imply counts in whole years."""
    # nothing is known before it begins, so that what begins later cannot count
    known = Window(None, terms.reading.known_by if test is _begin else None)
    exact, wide = terms.period.meet(within), terms.wide.meet(whole_years(within))
    possible, certain = _tested(acts, test, exact.meet(known))
    if wide == exact:
        return possible, certain
    coarse = acts.coarse
    wide_possible, wide_certain = _tested(acts, test, wide.meet(known))
    return np.where(coarse, wide_possible, possible), np.where(coarse, wide_certain, certain)


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
    exact = _counting_in(terms.period, acts, pairs, terms)
    if terms.wide == terms.period:
        return exact
    wide, coarse = _counting_in(terms.wide, acts, pairs, terms), acts.coarse
    return np.where(coarse, wide[0], exact[0]), np.where(coarse, wide[1], exact[1])


def _counting_in(period: Window, acts: _Columns, pairs: Pairs, terms: Terms) -> tuple[Days, Days]:
    begin, end = _edges(period)
    begins, ends = np.full(len(acts.kind), begin), np.full(len(acts.kind), end)
    for pair, rows in pairs:
        mine, theirs = (
            hull(_windows(name, members)) for name, members in zip(pair, (terms.subjects, terms.objects), strict=True)
        )
        begins[rows], ends[rows] = _edges(period.meet(mine).meet(theirs))
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

    An open act is known from the day it begins; one that is not open, from the date given, which may be missing.
    """
    day = terms.reading.known_by
    if day is None:
        everything = np.ones(len(acts.kind), dtype=bool)
        return everything, everything
    plain = acts.channel.equal("open") & (acts.known_min == -FAR) & (acts.known_max == FAR)
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


def weigh(table: pa.Table, terms: Terms) -> Evidence:
    """Weigh acts against the terms of a reading.

    Args:
        table: acts as `Engine.fetch` returns them.
        terms: what they are weighed against.

    Returns:
        The acts that possibly bear on the claim; every other act is left out.
    """
    columns = _columns(table)
    rows, turned = _sides(columns, terms)
    acts = columns.take(rows)
    side, other = either(turned, acts.target, acts.actor), either(turned, acts.actor, acts.target)
    pairs = tuple(_bounded_pairs(side, other, terms))
    overlap_possible, overlap_certain = _held(acts, pairs, _overlap, terms)
    begins_possible, begins_certain = _held(acts, pairs, _begin, terms)
    channel_possible, channel_certain = _channel(acts, terms)
    known_possible, known_certain = _known(acts, terms)
    sure = channel_certain & known_certain
    begin, end = _counting(acts, pairs, terms)
    evidence = Evidence(
        row=rows,
        side=side,
        ours=side.among(terms.subjects),
        strong=acts.kind.among(terms.relation.realised),
        weak=acts.kind.among(terms.relation.may),
        contradicts=acts.kind.among(terms.relation.contradicted),
        certain=overlap_certain & sure,
        begins_certain=begins_certain & sure,
        begins_possible=begins_possible,
        earliest=np.maximum(acts.begin_min, begin),
        latest=np.minimum(acts.latest_begin, end),
        first_day=np.maximum(acts.begin_min, begin),
        last_day=np.minimum(acts.end_max, end),
        source=acts.source,
        dataset=acts.dataset,
    )
    return evidence.only(overlap_possible & channel_possible & known_possible)
