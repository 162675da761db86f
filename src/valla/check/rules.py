"""The rules of design 6: one small class a quantifier, from weighed acts to an outcome.

A rule looks at nothing but the evidence and the terms, so that it can be asked again with something left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from valla.check.evidence import FAR, Days, Evidence, Flags
from valla.check.model import Outcome
from valla.check.terms import Terms
from valla.claims.model import Quantifier
from valla.dates import OPEN_BEGIN, OPEN_END, Window
from valla.record.coverage import merge

__all__ = ["Finding", "Rule", "rule_for"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Args:
        outcome: refuted, contested, holds or open.
        because: the id of a sentence in `data/because.toml`.
        deciding: entries of the evidence that decide it.
        swing: entries that would decide it if an uncertain date or kind fell otherwise.
        alone: whether each deciding act decides it alone.
        gaps: the stretches that no act covers.
    """

    outcome: Outcome
    because: str
    deciding: Days
    swing: Days
    alone: bool = True
    gaps: tuple[Window, ...] = ()


class Rule(Protocol):
    """Decides one quantifier."""

    def judge(self, evidence: Evidence, terms: Terms) -> Finding:
        """Return what the evidence says of the claim."""
        ...


def _at(*flags: Flags) -> Days:
    return np.flatnonzero(np.logical_and.reduce(flags))


_NONE = np.empty(0, dtype=np.int64)


def _sure_and_maybe(evidence: Evidence) -> tuple[Days, Days]:
    """Entries that certainly realise the relation in the period, and those that only may."""
    sure = evidence.strong & evidence.certain
    return np.flatnonzero(sure), _at(evidence.strong | evidence.weak, ~sure)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """It was so at least once, or it was not so on any day: two sides of one question.

    Args:
        quantifier: `exists` or `never`, as the sentences in `data/because.toml` name it.
        found: the outcome where an act certainly was.
        absent: the outcome where a complete record has none.
    """

    quantifier: str
    found: Outcome
    absent: Outcome

    def judge(self, evidence: Evidence, terms: Terms) -> Finding:
        """Return what one certain act decides; without any, only a complete record decides."""
        sure, maybe = _sure_and_maybe(evidence)
        if len(sure):
            return self._finding(self.found, sure, _NONE)
        if len(maybe):
            return self._finding(Outcome.CONTESTED, _NONE, maybe)
        return self._finding(self.absent if terms.complete else Outcome.OPEN, _NONE, _NONE)

    def _finding(self, outcome: Outcome, deciding: Days, swing: Days) -> Finding:
        return Finding(outcome, f"{self.quantifier}.{outcome}", deciding, swing)


@dataclass(frozen=True, slots=True)
class AlwaysUncontradicted:
    """Always, of a relation that some kinds contradict."""

    def judge(self, evidence: Evidence, terms: Terms) -> Finding:
        """Return refuted for an act that certainly contradicts it."""
        against = evidence.contradicts & evidence.certain
        if against.any():
            return Finding(Outcome.REFUTED, "always.refuted", np.flatnonzero(against), _NONE)
        if evidence.contradicts.any():
            return Finding(Outcome.CONTESTED, "always.contested", _NONE, np.flatnonzero(evidence.contradicts))
        realised = _at(evidence.strong, evidence.certain)
        if terms.complete and len(realised):
            return Finding(Outcome.HOLDS, "always.holds", realised, _NONE)
        return Finding(Outcome.OPEN, "always.open", realised, _NONE)


def _gaps(evidence: Evidence, covering: Flags, existence: tuple[Window, ...]) -> tuple[Window, ...]:
    """The stretches of the days looked at that none of the acts may cover."""
    order = np.argsort(evidence.first_day[covering], kind="stable")
    first, last = evidence.first_day[covering][order], evidence.last_day[covering][order]
    gaps: list[Window] = []
    for stretch in existence:
        begin = OPEN_BEGIN if stretch.begin is None else stretch.begin
        end = OPEN_END if stretch.end is None else stretch.end
        reached = np.maximum.accumulate(np.concatenate([[begin - 1], last]))
        starts = np.append(first, end + 1)
        gaps += [
            Window(max(int(reached[here]) + 1, begin), min(int(starts[here]) - 1, end))
            for here in np.flatnonzero(starts > reached + 1)
        ]
    return merge(_bounded(gap) for gap in gaps if not gap.empty)


def _bounded(gap: Window) -> Window:
    """A gap whose end lies beyond all days has none."""
    return Window(None if gap.begin == OPEN_BEGIN else gap.begin, None if gap.end == OPEN_END else gap.end)


@dataclass(frozen=True, slots=True)
class AlwaysState:
    """Always, of a state: on every day of the period."""

    def judge(self, evidence: Evidence, terms: Terms) -> Finding:
        """Return refuted for a day that no act can cover, holds for no such day; both only where the record is complete."""
        realising = np.flatnonzero(evidence.strong)
        gaps = _gaps(evidence, evidence.strong | evidence.weak, terms.existence)
        if not terms.complete:
            return Finding(Outcome.OPEN, "state.open", realising, _NONE, alone=False, gaps=gaps)
        if gaps:
            return Finding(Outcome.REFUTED, "state.refuted", realising, _NONE, alone=False, gaps=gaps)
        if evidence.weak.any() and _gaps(evidence, evidence.strong, terms.existence):
            return Finding(Outcome.CONTESTED, "state.contested", realising, np.flatnonzero(evidence.weak), alone=False)
        return Finding(Outcome.HOLDS, "state.holds", realising, _NONE, alone=False)


def _least(days: Days) -> int:
    return int(days.min()) if len(days) else FAR


def _shared(evidence: Evidence, ours: Flags) -> Flags:
    """Entries of acts that the subject shares: the other side of one's own act is never earlier than oneself.

    Only where the subject's side counts on every day on which the other does: a leader out of office shares nothing.
    """
    own = {int(evidence.row[at]): at for at in np.flatnonzero(ours)}
    shared = np.zeros(len(evidence), dtype=bool)
    for at in np.flatnonzero(np.isin(evidence.row, list(own)) & ~ours):
        mine = own[int(evidence.row[at])]
        shared[at] = evidence.earliest[mine] <= evidence.earliest[at] and evidence.latest[mine] >= evidence.latest[at]
    return shared


@dataclass(frozen=True, slots=True)
class First:
    """Nobody did it earlier; acts that begin in the period count."""

    def judge(self, evidence: Evidence, terms: Terms) -> Finding:
        """Return refuted where somebody else certainly began before; the order of uncertain dates makes it contested."""
        sure = evidence.strong & evidence.begins_certain
        maybe = (evidence.strong | evidence.weak) & evidence.begins_possible
        ours, others = evidence.ours, ~evidence.ours
        if not (ours & maybe).any():
            return self._without_ours(evidence, terms, others & maybe)
        own_earliest = _least(evidence.earliest[ours & maybe])
        own_latest = _least(evidence.latest[ours & sure])
        before = others & sure & (evidence.latest < own_earliest)
        if before.any():
            own = ours & maybe & (evidence.earliest == own_earliest)
            return Finding(Outcome.REFUTED, "first.refuted", np.flatnonzero(before | own), _NONE, alone=False)
        rival = others & maybe & (evidence.earliest < own_latest) & ~_shared(evidence, ours & maybe)
        firsts = np.flatnonzero(ours & maybe & (evidence.earliest <= own_latest))
        if rival.any():
            return Finding(Outcome.CONTESTED, "first.contested", firsts, np.flatnonzero(rival))
        if own_latest == FAR:
            return Finding(Outcome.CONTESTED, "first.doubtful", _NONE, firsts)
        if terms.complete:
            return Finding(Outcome.HOLDS, "first.holds", firsts, _NONE)
        return Finding(Outcome.OPEN, "first.open", firsts, _NONE)

    def _without_ours(self, evidence: Evidence, terms: Terms, others: Flags) -> Finding:
        """The subject has none: the claim falls where the record is complete."""
        if terms.complete:
            return Finding(Outcome.REFUTED, "first.none", _NONE, _NONE)
        return Finding(Outcome.OPEN, "first.open", np.flatnonzero(others & evidence.begins_certain), _NONE)


@dataclass(frozen=True, slots=True)
class Only:
    """Nobody else did it."""

    def judge(self, evidence: Evidence, terms: Terms) -> Finding:
        """Return refuted where another certainly did too, or the subject has none in a complete record."""
        sure = evidence.strong & evidence.certain
        maybe = evidence.strong | evidence.weak
        ours, others = evidence.ours, ~evidence.ours
        if (others & sure).any():
            return Finding(Outcome.REFUTED, "only.refuted", _at(others, sure), _NONE)
        if not (ours & maybe).any() and terms.complete:
            return Finding(Outcome.REFUTED, "only.none", _NONE, _NONE)
        if (others & maybe).any() or ((ours & maybe).any() and not (ours & sure).any()):
            return Finding(Outcome.CONTESTED, "only.contested", _at(ours, sure), _at(maybe, ~sure))
        if terms.complete:
            return Finding(Outcome.HOLDS, "only.holds", _at(ours, sure), _NONE)
        return Finding(Outcome.OPEN, "only.open", _at(ours, sure), _NONE)


_RULES: dict[Quantifier, Rule] = {
    Quantifier.EXISTS: Occurrence("exists", found=Outcome.HOLDS, absent=Outcome.REFUTED),
    Quantifier.NEVER: Occurrence("never", found=Outcome.REFUTED, absent=Outcome.HOLDS),
    Quantifier.FIRST: First(),
    Quantifier.ONLY: Only(),
}


def rule_for(terms: Terms) -> Rule:
    """Return the rule that decides a reading."""
    if terms.reading.quantifier is not Quantifier.ALWAYS:
        return _RULES[terms.reading.quantifier]
    return AlwaysUncontradicted() if terms.relation.contradicted else AlwaysState()
