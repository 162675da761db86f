"""What a record's silence shows: whether that nothing is recorded means that nothing was (design 5)."""

from __future__ import annotations

from dataclasses import dataclass

from valla.claims.kinds import Relation
from valla.dates import Window, year_of
from valla.record.coverage import Among, complete, thresholds
from valla.record.schema import Coverage

__all__ = ["Silence", "reaches", "silence"]

_RECENT = 2000
"""A record that ends before this year says nothing of a claim that names no end: it is told today."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What it shows that nothing is recorded.

    Args:
        measured: whether every kind by which the relation is measured is covered over the whole period.
        bounded: whether every coarser kind is that takes in all of it: silence then shows something only where they, too, are silent.
        whole: whether the period reaches as far as the claim: one that names no time is not answered by a part of it.
        thresholds: above what thresholds it is recorded, in words, where that is all.
    """

    measured: bool
    bounded: bool
    whole: bool
    thresholds: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the record is complete for the relation, in one way or the other."""
        return self.measured or self.bounded

    def shows(self, *, coarse: bool) -> bool:
        """Whether nothing recorded means that there was nothing, as far as the claim reaches.

        Args:
            coarse: whether something is recorded of a kind that may be the relation.
        """
        return self.whole and (self.measured or (self.bounded and not coarse))


def silence(
    coverage: tuple[Coverage, ...], relation: Relation, period: Window, among: Among, *, whole: bool
) -> Silence:
    """Return what a record's silence on a relation shows.

    Args:
        coverage: where the record claims to be complete.
        relation: the relation.
        period: the days that are looked at.
        among: between whom.
        whole: whether they are all the days that the claim is about.
    """
    return Silence(
        measured=complete(coverage, relation.measured, period, among),
        bounded=complete(coverage, relation.bounded, period, among),
        whole=whole,
        thresholds=thresholds(coverage, relation.realised | relation.measured, period, among),
    )


def reaches(period: Window, *, begin: bool, end: bool, oldest: int) -> bool:
    """Whether a period that was filled from a record reaches as far as a claim that names no time.

    Args:
        period: the days that are looked at.
        begin: whether its begin was filled.
        end: whether its end was.
        oldest: the first day of the list of states: nothing is asked of what was before.
    """
    early = not begin or (period.begin is not None and period.begin <= oldest)
    late = not end or (period.end is not None and year_of(period.end) >= _RECENT)
    return early and late
