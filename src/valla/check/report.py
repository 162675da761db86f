"""A verdict as text for a reader and as data for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from textwrap import wrap
from typing import Any

from valla.actors.naming import phrase_during, phrase_on
from valla.check.basis import basis, basis_of, works_words
from valla.check.explain import counted, listed, stretch_text
from valla.check.model import Outcome, Phase, Robustness, Tenor, Verdict, Weighed
from valla.claims.kinds import kind, relation
from valla.claims.model import Channel, Reading
from valla.dates import Window, bound_text, day_text, window_text
from valla.record.schema import Act, Witness
from valla.record.sources import Source

__all__ = ["act_data", "act_line", "as_data", "as_text", "cited", "named", "reading_line"]

_FRAIL = {
    Outcome.REFUTED: "It rests on what the record does not contain, so that one new act could overturn it.",
    Outcome.HOLDS: "It rests on what the record does not contain, so that one new act could overturn it.",
    Outcome.CONTESTED: "It hangs on what is uncertain: a closer date or a clearer kind of act could settle it.",
    Outcome.OPEN: "Nothing settles it yet: one new act could, or a record that is complete here.",
}
_WOULD = {
    Outcome.REFUTED: "be refuted",
    Outcome.HOLDS: "hold",
    Outcome.CONTESTED: "be contested",
    Outcome.OPEN: "be open",
}
_LABEL = 11
_WIDTH = 110
_SHOWN = 40


def act_line(act: Act) -> str:
    """Return an act in one line: `1922-04-16  Germany and Soviet Russia: Treaty of Rapallo (treaty)`."""
    arrow = "and" if act.mutual else "→"
    when = act.when.extent
    actor, target = (
        phrase_on(name, when.end if when.begin is None else when.begin) for name in (act.actor, act.target)
    )
    return f"{act.when.text}  {actor} {arrow} {target}: {named(act)}"


def named(act: Act) -> str:
    """Return what an act is called: its title with the kind, or the kind alone."""
    label = kind(act.kind).label
    return f"{act.title} ({label})" if act.title else label


def reading_line(reading: Reading) -> str:
    """Return a reading in one line: `always · opposed · the Soviet Union → Nazi Germany · 1933/1941`."""
    days = reading.period.window
    whom = "anybody" if reading.objects is None else listed([phrase_during(name, days) for name in reading.objects])
    parts = [
        str(reading.quantifier),
        relation(reading.relation).id,
        f"{listed([phrase_during(name, days) for name in reading.subjects])} → {whom}",
        "all that the record covers" if days == Window() else window_text(days),
    ]
    if reading.channel is not Channel.ANY:
        parts.append(f"{reading.channel} only")
    if reading.known_by is not None:
        parts.append(f"as known on {day_text(reading.known_by)}")
    return " · ".join(parts)


def _labelled(label: str, text: str) -> Iterator[str]:
    for number, line in enumerate(wrap(text, _WIDTH - _LABEL) or [""]):
        yield f"{label if number == 0 else '':<{_LABEL}}{line}"


def cited(witness: Witness, sources: Mapping[str, Source]) -> str:
    """Return who reports an act and where: the source as it is cited, or by its key where nothing is known of it."""
    source = sources[witness.source].cited() if witness.source in sources else witness.source or "source not named"
    where = f"{source}, {witness.locator}" if witness.locator else source
    return f"disputed by {where}" if witness.says == "disputes" else where


def _witness_lines(act: Act, sources: Mapping[str, Source]) -> Iterator[str]:
    """Each witness in a line of his own, where the act stands behind the last."""
    told = [cited(witness, sources) for witness in act.witnesses] or ["no source"]
    for number, text in enumerate(told, start=1):
        yield f"{text} [{_row(act)}]" if number == len(told) else text


def _row(act: Act) -> str:
    """Where the act stands; the ids of a dataset begin with its name."""
    name = act.id if act.id.startswith(f"{act.dataset}:") else f"{act.dataset} {act.id}"
    return f"{name}, row {act.dataset_row}"


def _hidden(act: Act) -> str:
    """What to add to an act that was not done in the open."""
    if act.channel == "open":
        return ""
    channel = "open or secret: not known" if act.channel == "unknown" else "secret"
    return (
        f", {channel}, {f'known from {act.known_from.text}' if act.known_from else 'not recorded when it became known'}"
    )


def _weighed_lines(items: Iterable[Weighed], sources: Mapping[str, Source]) -> Iterator[str]:
    for item in items:
        act = item.act
        yield from wrap(f"{act_line(act)}{_hidden(act)}", _WIDTH, initial_indent="  ", subsequent_indent="      ")
        yield from (f"      {line}" for line in wrap(act.summary, _WIDTH - 6))
        for told in _witness_lines(act, sources):
            yield from (f"      {line}" for line in wrap(told, _WIDTH - 6))


def _phase_lines(found: list[Phase]) -> Iterator[str]:
    for phase in found[:_SHOWN]:
        many = f"({counted(len(phase.acts))})" if phase.tenor is not Tenor.SILENT else ""
        yield f"    {stretch_text(phase.window):<24}{phase.tenor} {many}".rstrip()
    if len(found) > _SHOWN:
        yield f"    … and {len(found) - _SHOWN} more; --json gives all"


def _phases(verdict: Verdict) -> Iterator[str]:
    for channel in ("open", "secret"):
        found = [phase for phase in verdict.phases if phase.channel == channel]
        if any(phase.tenor is not Tenor.SILENT for phase in found):
            yield f"  {channel}"
            yield from _phase_lines(found)


def _robust(found: Robustness, outcome: Outcome) -> Iterator[str]:
    yield from (f"  {line}" for line in wrap(works_words(found) or _FRAIL[outcome], _WIDTH - 2))
    datasets = found.datasets if len(found.datasets) > 1 else {}
    for thing, outcomes in (("source", found.sources), ("dataset", datasets), ("act", found.acts)):
        for name, changed in outcomes.items():
            if changed is not outcome:
                yield f"  Without the {thing} {name} it would {_WOULD[changed]}."


def as_text(verdict: Verdict, sources: Mapping[str, Source] | None = None) -> str:
    """Return a verdict as plain text: reading, assumptions, verdict, acts with sources, phases, robustness.

    Args:
        verdict: what to tell.
        sources: the record's sources by key; an act whose source is not among them shows the key.
    """
    cited = sources or {}
    lines = list(_labelled("Claim", verdict.reading.text)) if verdict.reading.text else []
    lines += _labelled("Reading", reading_line(verdict.reading))
    for assumption in verdict.reading.assumptions:
        lines += _labelled("", f"- {assumption}")
    whose = ", of the claim that the sentence denies" if verdict.reading.denied else ""
    lines += _labelled("Verdict", f"{verdict.outcome.upper()}{whose}. {verdict.because}")
    lines += _acts_part("Decided by", verdict.deciding, verdict.n_deciding, cited)
    lines += _acts_part("Would decide it, if they fell otherwise", verdict.swing, len(verdict.swing), cited)
    if any(phase.tenor is not Tenor.SILENT for phase in verdict.phases):
        lines += ["", "Phases, year by year", *_phases(verdict)]
    if verdict.robustness:
        lines += ["", "What would overturn it", *_robust(verdict.robustness, verdict.outcome)]
    return "\n".join([*lines, "", f"Record {verdict.fingerprint}, Valla {verdict.version}"])


def _acts_part(title: str, items: tuple[Weighed, ...], total: int, sources: Mapping[str, Source]) -> Iterator[str]:
    if items:
        yield from ("", f"{title} ({basis([item.act for item in items], total)})")
        yield from _weighed_lines(items[:_SHOWN], sources)
        if total > _SHOWN:
            yield f"  … and {total - _SHOWN} more; --json gives up to 500"


def act_data(act: Act) -> dict[str, Any]:
    """Return an act as data, with its bounds as days."""
    days = ("begin_min", "begin_max", "end_min", "end_max")
    bounds = {name: bound_text(getattr(act.when, name)) for name in days}
    plain = ("id", "title", "actor", "target", "kind", "mutual", "channel", "place", "summary", "disputed")
    return {
        **{name: getattr(act, name) for name in plain},
        "date": act.when.text,
        **bounds,
        "doubtful": act.when.doubtful,
        "known_from": act.known_from.text if act.known_from else None,
        "reason": act.reason,
        "sources": list(act.sources),
        "locator": act.locator,
        "quote": act.quote,
        "witnesses": [asdict(witness) for witness in act.witnesses],
        "dataset": act.dataset,
        "dataset_row": act.dataset_row,
    }


def _weighed_data(item: Weighed) -> dict[str, Any]:
    return {**act_data(item.act), "role": str(item.role), "certain": item.certain, "by": item.by}


def _reading_data(reading: Reading) -> dict[str, Any]:
    return {
        "quantifier": str(reading.quantifier),
        "relation": reading.relation,
        "subjects": list(reading.subjects),
        "objects": None if reading.objects is None else list(reading.objects),
        "period": window_text(reading.period.window),
        "period_from": reading.period.origin,
        "channel": str(reading.channel),
        "known_by": None if reading.known_by is None else day_text(reading.known_by),
        "assumptions": list(reading.assumptions),
        "score": reading.score,
        "denied": reading.denied,
    }


def _robustness_data(found: Robustness) -> dict[str, Any]:
    return {
        "works": found.works,
        "independent_works": found.independent,
        "without_source": {name: str(outcome) for name, outcome in found.sources.items()},
        "without_dataset": {name: str(outcome) for name, outcome in found.datasets.items()},
        "changed_without_act": {name: str(outcome) for name, outcome in found.acts.items()},
    }


def as_data(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON-like data: the same things as `as_text`, and the acts between the two sides."""
    return {
        "claim": verdict.reading.text,
        "reading": _reading_data(verdict.reading),
        "verdict": str(verdict.outcome),
        "because": verdict.because,
        "complete": verdict.complete,
        "n_deciding": verdict.n_deciding,
        "basis": asdict(basis_of(verdict)),
        "deciding": [_weighed_data(item) for item in verdict.deciding],
        "swing": [_weighed_data(item) for item in verdict.swing],
        "gaps": [window_text(gap) for gap in verdict.gaps],
        "phases": [
            {
                "channel": phase.channel,
                "tenor": str(phase.tenor),
                "period": window_text(phase.window),
                "acts": list(phase.acts),
            }
            for phase in verdict.phases
        ],
        "robustness": _robustness_data(verdict.robustness) if verdict.robustness else None,
        "related": [act_data(act) for act in verdict.related],
        "fingerprint": verdict.fingerprint,
        "version": verdict.version,
    }
