"""Robustness: what the verdict would be with a source, a dataset or an act left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valla.actors.catalogue import Catalogue
from valla.check.evidence import Days, Evidence, Flags
from valla.check.model import Outcome, Robustness
from valla.check.rules import Finding, Rule
from valla.check.terms import Terms, without_dataset
from valla.dates import OPEN_BEGIN, OPEN_END

__all__ = ["Case", "robustness"]

MAX_ACTS = 200
"""So many deciding acts are left out one by one; among more of them no single act decides."""


_EACH_ALONE = frozenset({"exists.holds", "never.refuted", "always.refuted", "only.refuted"})
"""Findings that any one of their deciding acts would make by itself: of two of them neither can be missed."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule needs to be asked again.

    Args:
        evidence: what was weighed.
        finding: what the rule found with everything.
        rule: the rule.
        terms: the reading on the record.
    """

    evidence: Evidence
    finding: Finding
    rule: Rule
    terms: Terms

    def with_only(self, kept: Flags, terms: Terms | None = None) -> Outcome:
        """Return the outcome with only some of the evidence."""
        return self.rule.judge(self.evidence.only(kept), terms or self.terms).outcome


def robustness(case: Case, catalogue: Catalogue, ids: list[str]) -> Robustness:
    """Ask the rule again with each thing left out.

    Args:
        case: the evidence and what was found with all of it.
        catalogue: who is who.
        ids: the ids of the acts, by their row in the fetched table.

    Returns:
        The verdict without each source that a deciding or swinging act names, each dataset, and each act that changes it.
    """
    evidence, named = case.evidence, np.concatenate([case.finding.deciding, case.finding.swing])
    sources = sorted(evidence.source[named].distinct()) if len(named) else []
    datasets = sorted({*evidence.dataset.distinct(), *(entry.dataset for entry in case.terms.coverage)})
    return Robustness(
        sources={name: case.with_only(~evidence.source.equal(name)) for name in sources},
        datasets={
            name: case.with_only(~evidence.dataset.equal(name), without_dataset(case.terms, name, catalogue))
            for name in datasets
        },
        acts=_without_acts(case, named, ids),
        independent=_independent(evidence, case.finding, case.terms),
    )


def _without_acts(case: Case, named: Days, ids: list[str]) -> dict[str, Outcome]:
    rows = dict.fromkeys(case.evidence.row[named].tolist())
    # an act may be counted for both of its sides, so that its entries are not as many acts
    deciding = len(np.unique(case.evidence.row[case.finding.deciding]))
    if len(rows) > MAX_ACTS or (case.finding.because in _EACH_ALONE and deciding > 1):
        return {}
    outcomes = {ids[row]: case.with_only(case.evidence.row != row) for row in rows}
    return {name: outcome for name, outcome in outcomes.items() if outcome is not case.finding.outcome}


def _independent(evidence: Evidence, finding: Finding, terms: Terms) -> int | None:
    """How many sources would all have to be wrong; None where the verdict rests on what is absent."""
    absent = finding.because.endswith(".none") or bool(finding.gaps) or not len(finding.deciding)
    if absent or finding.outcome not in {Outcome.REFUTED, Outcome.HOLDS}:
        return None
    if finding.because == "state.holds":
        return _thinnest(evidence, finding.deciding, terms)
    if finding.outcome is Outcome.HOLDS and finding.because != "exists.holds":
        return None
    sources, ours = evidence.source[finding.deciding], evidence.ours[finding.deciding]
    if finding.because != "first.refuted":
        return len(sources.distinct())
    others = len(sources[~ours].distinct())
    # without any act of its own the subject was not first either, if the record is complete; else that is open
    return others if terms.complete else min(others, len(_own_sources(evidence)))


def _own_sources(evidence: Evidence) -> set[str]:
    """The sources of every act that may be the subject's own."""
    return evidence.source[evidence.ours & evidence.begins_possible & (evidence.strong | evidence.weak)].distinct()


def _thinnest(evidence: Evidence, covering: Days, terms: Terms) -> int | None:
    """The fewest sources that cover any one day of a state that is said to have lasted."""
    first, last = evidence.first_day[covering], evidence.last_day[covering]
    days = {int(day) for day in (*first, *(last + 1)) if OPEN_BEGIN < day <= OPEN_END}
    days |= {stretch.begin for stretch in terms.existence if stretch.begin is not None}
    looked_at = [day for day in days if any(_within(day, stretch.begin, stretch.end) for stretch in terms.existence)]
    counts = [len(evidence.source[covering][(first <= day) & (last >= day)].distinct()) for day in looked_at]
    return min(counts, default=None)


def _within(day: int, begin: int | None, end: int | None) -> bool:
    return (begin is None or begin <= day) and (end is None or day <= end)
