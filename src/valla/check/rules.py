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


def _bearing(evidence: Evidence, terms: Terms) -> Flags:
    """Entries that realise the relation or may; where every act of the relation's own kinds is recorded, no other kind may be one."""
    return evidence.strong if terms.silence.measured else evidence.strong | evidence.weak


def _silent(evidence: Evidence, terms: Terms, whose: Flags) -> bool:
    """Whether it shows that there was nothing, that nothing is recorded of some entries: no act near them may be one."""
    return terms.silence.shows(coarse=bool((evidence.near & whose).any()))


def _absent(evidence: Evidence, terms: Terms, name: str, decided: Outcome) -> Finding:
    """What it shows that nothing is recorded: the outcome of absence where silence shows it, else open for the reason why not."""
    if _silent(evidence, terms, np.ones(len(evidence), dtype=bool)):
        return Finding(decided, f"{name}.{decided}", _NONE, _NONE)
    if terms.silence.complete and not terms.silence.whole:
        return Finding(Outcome.OPEN, f"{name}.outside", _NONE, _NONE)
    if terms.silence.complete:
        return Finding(Outcome.OPEN, f"{name}.near", _NONE, _NONE)
    return Finding(Outcome.OPEN, f"{name}.threshold" if terms.silence.thresholds else f"{name}.open", _NONE, _NONE)


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
        sure = evidence.strong & evidence.certain
        if sure.any():
            return self._finding(self.found, np.flatnonzero(sure), _NONE)
        maybe = _bearing(evidence, terms)
        if maybe.any():
            return self._finding(Outcome.CONTESTED, _NONE, np.flatnonzero(maybe))
        return _absent(evidence, terms, self.quantifier, self.absent)

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
        perhaps = evidence.contradicts | evidence.doubted
        if perhaps.any():
            return Finding(Outcome.CONTESTED, "always.contested", _NONE, np.flatnonzero(perhaps))
        realised = _at(evidence.strong, evidence.certain)
        if terms.silence.measured and len(realised):
            return Finding(Outcome.HOLDS, "always.holds", realised, _NONE)
        lasting = _kept_up(evidence, terms)
        if lasting.any():
            return Finding(Outcome.HOLDS, "always.sustained", np.flatnonzero(lasting), _NONE, alone=False)
        return Finding(Outcome.OPEN, "always.open", realised, _NONE)


def _kept_up(evidence: Evidence, terms: Terms) -> Flags:
    """The acts that bear a conduct out on every day: a war through the whole period; none where a day is left."""
    lasting = evidence.sustains & evidence.certain
    if _gaps(evidence.sure_first[lasting], evidence.sure_last[lasting], terms.existence):
        return np.zeros(len(evidence), dtype=bool)
    return lasting


def _gaps(first_days: Days, last_days: Days, existence: tuple[Window, ...]) -> tuple[Window, ...]:
    """The stretches of the days looked at that none of some stretches of days covers."""
    order = np.argsort(first_days, kind="stable")
    first, last = first_days[order], last_days[order]
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
        """Return refuted for a day that no act can cover, where the record is complete; holds where acts certainly cover each day."""
        bearing, realising = _bearing(evidence, terms), np.flatnonzero(evidence.strong)
        sure = evidence.strong & (evidence.sure_first <= evidence.sure_last)
        if not _gaps(evidence.sure_first[sure], evidence.sure_last[sure], terms.existence):
            return Finding(Outcome.HOLDS, "state.holds", np.flatnonzero(sure), _NONE, alone=False)
        gaps = _gaps(evidence.first_day[bearing], evidence.last_day[bearing], terms.existence)
        if gaps and terms.silence.complete:
            return Finding(Outcome.REFUTED, "state.refuted", realising, _NONE, alone=False, gaps=gaps)
        if gaps:
            return Finding(Outcome.OPEN, "state.open", realising, _NONE, alone=False, gaps=gaps)
        return Finding(Outcome.CONTESTED, "state.contested", realising, np.flatnonzero(bearing), alone=False)


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
        maybe = _bearing(evidence, terms) & evidence.begins_possible
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
        if _silent(evidence, terms, others):
            return Finding(Outcome.HOLDS, "first.holds", firsts, _NONE)
        return Finding(Outcome.OPEN, "first.open", firsts, _NONE)

    def _without_ours(self, evidence: Evidence, terms: Terms, others: Flags) -> Finding:
        """The subject has none: the claim falls where the record is complete."""
        if _silent(evidence, terms, evidence.ours):
            return Finding(Outcome.REFUTED, "first.none", _NONE, _NONE)
        return Finding(Outcome.OPEN, "first.open", np.flatnonzero(others & evidence.begins_certain), _NONE)


@dataclass(frozen=True, slots=True)
class Only:
    """Nobody else did it."""

    def judge(self, evidence: Evidence, terms: Terms) -> Finding:
        """Return refuted where another certainly did too, or the subject has none in a complete record."""
        sure = evidence.strong & evidence.certain
        maybe = _bearing(evidence, terms)
        ours, others = evidence.ours, ~evidence.ours
        if (others & sure).any():
            return Finding(Outcome.REFUTED, "only.refuted", _at(others, sure), _NONE)
        if not (ours & maybe).any() and _silent(evidence, terms, ours):
            return Finding(Outcome.REFUTED, "only.none", _NONE, _NONE)
        if (others & maybe).any() or ((ours & maybe).any() and not (ours & sure).any()):
            return Finding(Outcome.CONTESTED, "only.contested", _at(ours, sure), _at(maybe, ~sure))
        if _silent(evidence, terms, others):
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
