"""From a reading and a record to a verdict."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from valla.actors.catalogue import Catalogue
from valla.actors.leaders import known_with
from valla.check.each import each, singly
from valla.check.evidence import Days, Evidence, weigh
from valla.check.explain import because, unjudged
from valla.check.model import Outcome, Phase, Role, Verdict, Weighed
from valla.check.phases import phases
from valla.check.robustness import Case, robustness
from valla.check.rules import Finding, rule_for
from valla.check.terms import Terms, settle
from valla.claims.model import Channel, Quantifier, Reading
from valla.record.query import Selection
from valla.record.store import Record
from valla.record.table import acts_of, indices
from valla.version import VERSION

__all__ = ["MAX_SHOWN", "check"]

MAX_SHOWN = 500
"""So many deciding acts are handed out; all of them are counted."""


def check(
    reading: Reading, record: Record, *, details: bool = True, sql: bool = False, who: Catalogue | None = None
) -> Verdict:
    """Check a reading against a record.

    Args:
        reading: what is claimed.
        record: what is known.
        details: add phases, robustness and the other acts between the two.
        sql: add the queries.
        who: the catalogue of actors; where none is given, the bundled one with the leaders that the record adds.

    Raises:
        ClaimError: if the reading cannot be checked: an empty period, actors that never meet, a quantifier that does not fit.
    """
    known = who or known_with(record.people)
    verdict = _check_each(reading, record, known, details=details, sql=sql)
    if reading.then is None or verdict.outcome is not Outcome.HOLDS:
        return _as_far_as_read(verdict, None)
    after = replace(
        reading,
        quantifier=Quantifier.EXISTS,
        period=replace(reading.period, window=reading.then),
        partial=False,
        then=None,
    )
    return _as_far_as_read(verdict, _check_each(after, record, known, details=details))


def _check_each(reading: Reading, record: Record, known: Catalogue, *, details: bool, sql: bool = False) -> Verdict:
    """The verdict on a reading of which each of several actors is meant."""
    whole = _check_as_one(reading, record, known, details=details, sql=sql)
    readings = singly(reading, whole.reading.period.window, known)
    if not readings:
        return whole
    parts = [_check_as_one(one, record, known) for one in readings]
    found = each(whole.reading, whole.outcome, [part.outcome for part in parts], known)
    # what leaving something out would change of one part it need not change of the whole: nothing is said of it
    whole = replace(whole, robustness=None)
    if found.telling is None:
        return replace(whole, outcome=found.outcome)
    part = parts[found.telling]
    if sql:
        asked = _check_as_one(readings[found.telling], record, known, details=details, sql=True)
        part = replace(part, sql=asked.sql)
    return replace(part, reading=whole.reading, outcome=found.outcome, phases=whole.phases, related=whole.related)


def _as_far_as_read(verdict: Verdict, then: Verdict | None) -> Verdict:
    """A claim of which the reading judges a part can fall by that part, and stands only where its other part does.

    Args:
        verdict: on the part that is judged.
        then: on the other part, where it can be judged: that it was so after all.
    """
    if not verdict.reading.partial or verdict.outcome is not Outcome.HOLDS:
        return verdict
    verdict = replace(verdict, robustness=None)  # it was asked of the part alone
    if then is None:
        return replace(verdict, outcome=Outcome.OPEN, because=f"{verdict.because} {unjudged()}")
    if then.outcome is Outcome.HOLDS:
        return replace(
            verdict, because=f"{verdict.because} {then.because}", deciding=then.deciding, n_deciding=then.n_deciding
        )
    return replace(then, reading=verdict.reading, phases=verdict.phases, related=verdict.related, robustness=None)


def _check_as_one(
    reading: Reading, record: Record, known: Catalogue, *, details: bool = False, sql: bool = False
) -> Verdict:
    """The verdict where what any of several actors on one side did counts."""
    terms = settle(reading, record, known)
    selection = _bearing(terms, record)
    table = record.engine.fetch(selection)
    evidence = _without_strangers(weigh(table, terms, known), terms, known)
    rule = rule_for(terms)
    finding = rule.judge(evidence, terms)
    verdict = _verdict(finding, evidence, terms, table, known)
    verdict = replace(verdict, fingerprint=record.fingerprint)
    if sql:
        asked = (selection, _between(terms, record)) if details else (selection,)
        verdict = replace(verdict, sql=tuple(record.engine.fetch_sql(one) for one in asked))
    return _with_details(verdict, Case(evidence, finding, rule, terms), record, table) if details else verdict


def _present(ids: frozenset[str], record: Record) -> frozenset[str]:
    """The ids that occur in the record; where none does, one of them, so that the query still asks."""
    return (ids & record.engine.names()) or frozenset(sorted(ids)[:1])


def _bearing(terms: Terms, record: Record) -> Selection:
    """The acts that a rule must see; what silence is judged by, too, which does not ask whether an act was open."""
    every = bool(terms.relation.bounded)
    return Selection(
        kinds=terms.relation.bearing,
        subjects=None if terms.toward else _present(frozenset(terms.subjects), record),
        objects=None if terms.objects is None else _present(frozenset(terms.objects), record),
        symmetric=terms.relation.symmetric,
        window=terms.vicinity,
        secret=every or terms.reading.channel is not Channel.OPEN,
        open=every or terms.reading.channel is not Channel.SECRET,
    )


def _without_strangers(evidence: Evidence, terms: Terms, known: Catalogue) -> Evidence:
    """Leave out sides that belong to the subject's own state but do not count as the subject."""
    if not terms.toward:
        return evidence
    own = {side for side in evidence.side.distinct() if known.state_of(side).id in terms.own}
    return evidence.only(evidence.ours | ~evidence.side.among(own))


def _roles(evidence: Evidence, entry: int) -> Role:
    if evidence.contradicts[entry]:
        return Role.CONTRADICTS
    if evidence.doubted[entry]:
        return Role.MAY_CONTRADICT
    return Role.REALISES if evidence.strong[entry] else Role.MAY_REALISE


def _weighed(entries: Days, evidence: Evidence, table: pa.Table) -> tuple[Weighed, ...]:
    """The acts of some entries, each once, in order of time."""
    rows, first = np.unique(evidence.row[entries], return_index=True)
    ids = table["id"].take(indices(rows)).to_numpy(zero_copy_only=False).astype(str)
    order = np.lexsort((ids, evidence.earliest[entries[first]]))[:MAX_SHOWN]
    ordered = list(zip(rows[order].tolist(), entries[first][order].tolist(), strict=True))
    acts = acts_of(table.take(indices(rows[order])))
    return tuple(
        Weighed(act, _roles(evidence, entry), bool(evidence.certain[entry]), evidence.side.at(entry))
        for act, (_, entry) in zip(acts, ordered, strict=True)
    )


def _verdict(finding: Finding, evidence: Evidence, terms: Terms, table: pa.Table, known: Catalogue) -> Verdict:
    return Verdict(
        reading=terms.reading,
        outcome=finding.outcome,
        because=because(finding, evidence, terms, known),
        complete=terms.complete,
        deciding=_weighed(finding.deciding, evidence, table),
        n_deciding=len(np.unique(evidence.row[finding.deciding])),
        swing=_weighed(finding.swing, evidence, table),
        gaps=finding.gaps,
        phases=(),
        robustness=None,
        related=(),
        fingerprint="",
        version=VERSION,
        sql=(),
    )


def _between(terms: Terms, record: Record) -> Selection:
    """All acts between the two sides in the period, whatever their kind."""
    return Selection(
        kinds=None,
        subjects=_present(frozenset(terms.subjects), record),
        objects=None if terms.objects is None else _present(frozenset(terms.objects), record),
        symmetric=True,
        window=terms.period,
    )


def _with_details(verdict: Verdict, case: Case, record: Record, table: pa.Table) -> Verdict:
    between = record.engine.fetch(_between(case.terms, record))
    related = acts_of(between.sort_by([("begin_min", "ascending"), ("id", "ascending")]))
    found: list[Phase] = []
    for channel in ("open", "secret", "any"):
        found += phases(related, case.terms.period, channel)
    return replace(
        verdict,
        phases=tuple(found),
        robustness=robustness(case, table["id"].to_pylist(), record.sources),
        related=related,
    )
