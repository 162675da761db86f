"""Robustness: what the verdict would be with a source, a dataset or an act left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from valla.check.coded import Coded
from valla.check.evidence import Days, Evidence, Flags
from valla.check.model import Outcome, Robustness
from valla.check.rules import Finding, Rule
from valla.check.terms import Terms, without_dataset
from valla.dates import OPEN_BEGIN, OPEN_END
from valla.record.sources import Source

__all__ = ["Case", "independent", "robustness"]

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


def robustness(case: Case, ids: list[str], sources: Mapping[str, Source]) -> Robustness:
    """Ask the rule again with each thing left out.

    Args:
        case: the evidence and what was found with all of it.
        ids: the ids of the acts, by their row in the fetched table.
        sources: what is known of the sources, by key.

    Returns:
        The verdict without each source that a deciding or swinging act names, each dataset, and each act that changes it.
    """
    evidence = case.evidence
    # what stands near in time or kind may be why silence shows nothing
    named = np.concatenate([case.finding.deciding, case.finding.swing, np.flatnonzero(evidence.near)])
    cited = sorted(_keys(evidence.sources[named]))
    works = _works(evidence, case.finding, case.terms)
    datasets = sorted({*evidence.dataset.distinct(), *(entry.dataset for entry in case.terms.coverage)})
    return Robustness(
        # an act that others support as well stays
        sources={name: case.with_only(~evidence.sources.equal(name)) for name in cited},
        datasets={
            name: case.with_only(~evidence.dataset.equal(name), without_dataset(case.terms, name)) for name in datasets
        },
        acts=_without_acts(case, named, ids),
        works=works,
        independent=independent(_keys(evidence.sources[case.finding.deciding]), sources) if works is not None else None,
    )


def _keys(column: Coded) -> set[str]:
    """The keys that occur in a column of sources."""
    return {key for text in column.distinct() for key in text.split()} if len(column) else set()


def _without_acts(case: Case, named: Days, ids: list[str]) -> dict[str, Outcome]:
    rows = dict.fromkeys(case.evidence.row[named].tolist())
    # an act may be counted for both of its sides, so that its entries are not as many acts
    deciding = len(np.unique(case.evidence.row[case.finding.deciding]))
    if len(rows) > MAX_ACTS or (case.finding.because in _EACH_ALONE and deciding > 1):
        return {}
    outcomes = {ids[row]: case.with_only(case.evidence.row != row) for row in rows}
    return {name: outcome for name, outcome in outcomes.items() if outcome is not case.finding.outcome}


def _works(evidence: Evidence, finding: Finding, terms: Terms) -> int | None:
    """How many works would all have to be wrong; None where the verdict rests on what is absent."""
    absent = finding.because.endswith(".none") or bool(finding.gaps) or not len(finding.deciding)
    if absent or finding.outcome not in {Outcome.REFUTED, Outcome.HOLDS}:
        return None
    if finding.because == "state.holds":
        return _thinnest(evidence, finding.deciding, terms)
    if finding.outcome is Outcome.HOLDS and finding.because != "exists.holds":
        return None
    sources, ours = evidence.sources[finding.deciding], evidence.ours[finding.deciding]
    if finding.because != "first.refuted":
        return len(_keys(sources))
    others = len(_keys(sources[~ours]))
    # without any act of its own the subject was not first either, if the record is complete; else that is open
    return others if terms.complete else min(others, len(_own_sources(evidence)))


def _own_sources(evidence: Evidence) -> set[str]:
    """The sources of every act that may be the subject's own."""
    return _keys(evidence.sources[evidence.ours & evidence.begins_possible & (evidence.strong | evidence.weak)])


def _thinnest(evidence: Evidence, covering: Days, terms: Terms) -> int | None:
    """The fewest sources that cover any one day of a state that is said to have lasted."""
    first, last = evidence.sure_first[covering], evidence.sure_last[covering]
    days = {int(day) for day in (*first, *(last + 1)) if OPEN_BEGIN < day <= OPEN_END}
    days |= {stretch.begin for stretch in terms.existence if stretch.begin is not None}
    looked_at = [day for day in days if any(_within(day, stretch.begin, stretch.end) for stretch in terms.existence)]
    counts = [len(_keys(evidence.sources[covering][(first <= day) & (last >= day)])) for day in looked_at]
    return min(counts, default=None)


def _within(day: int, begin: int | None, end: int | None) -> bool:
    return (begin is None or begin <= day) and (end is None or day <= end)


def _roots(key: str, sources: Mapping[str, Source]) -> set[str] | None:
    """A source and all that it rests on, directly or through others; None where that is not declared to the end."""
    found, left = {key}, [key]
    while left:
        source = sources.get(left.pop())
        if source is None or source.rests_on is None:
            return None
        new = set(source.rests_on) - found
        found |= new
        left += new
    return found


def independent(keys: set[str], sources: Mapping[str, Source]) -> int | None:
    """Return how many of some sources are independent of each other; None where it is not declared what each rests on.

    Two that rest on one another, or on one and the same third, are not independent.

    Args:
        keys: the keys of the sources.
        sources: what is known of them and of those that they rest on.
    """
    groups: list[set[str]] = []
    for key in sorted(keys):
        roots = _roots(key, sources)
        if roots is None:
            return None
        shared = [group for group in groups if group & roots]
        groups = [group for group in groups if group not in shared] + [roots.union(*shared)]
    return len(groups) or None
