"""What would overturn a verdict: in sentences, and as rows of what leaving one thing out would change."""

from __future__ import annotations

from collections.abc import Mapping

from valla.check.basis import works_words
from valla.check.model import Outcome, Verdict
from valla.check.timeline_scale import date_words
from valla.record.schema import Act
from valla.site.pages import ChangeRow
from valla.site.references import References
from valla.site.words import BADGES, what_words

__all__ = ["change_rows", "overturn_words", "steady_words"]


def _changes(rows: Mapping[str, Outcome], kind: str, now: Outcome) -> list[ChangeRow]:
    return [
        ChangeRow(f"{kind} {name}", outcome.value, BADGES[outcome])
        for name, outcome in rows.items()
        if outcome is not now
    ]


def _called(act: Act) -> str:
    return f"of {date_words(act.when)}: {act.title or act.summary or what_words(act)}"


def change_rows(verdict: Verdict | None, references: References, acts: Mapping[str, Act]) -> tuple[ChangeRow, ...]:
    """Return each single thing whose absence would change the verdict.

    Args:
        verdict: what a check gave back.
        references: names the sources.
        acts: the listed acts by id.
    """
    if verdict is None or verdict.robustness is None:
        return ()
    found, now = verdict.robustness, verdict.outcome
    sources = {
        references.cite(key).text if references.knows(key) else key: outcome for key, outcome in found.sources.items()
    }
    told = {_called(acts[key]) if key in acts else key: outcome for key, outcome in found.acts.items()}
    rows = [
        _changes(sources, "the source", now),
        # of one dataset it goes without saying that nothing is left without it
        _changes(found.datasets if len(found.datasets) > 1 else {}, "the dataset", now),
        _changes(told, "the act", now),
    ]
    return tuple(row for part in rows for row in part)


def steady_words(verdict: Verdict | None) -> str:
    """Say what can be left out of a verdict without changing it; used where nothing changes it."""
    if verdict is None or verdict.robustness is None or verdict.outcome is Outcome.OPEN:
        return ""
    things = "source, dataset" if len(verdict.robustness.datasets) > 1 else "source"
    return f"Leaving out any single {things} or act changes nothing."


def _fall_words(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.CONTESTED:
        return "An act on which it turns, once its date or kind is certain, would settle it."
    if verdict.robustness is None:
        return ""
    absent = "The verdict rests on absence, which no source states: one certain act to the contrary would overturn it."
    return works_words(verdict.robustness) or absent


def overturn_words(verdict: Verdict | None) -> tuple[str, ...]:
    """Return in sentences what would overturn a verdict."""
    if verdict is None:
        return ()
    if verdict.outcome is Outcome.OPEN:
        return ("An act that decides, or a record that is complete for the claim, would close it.",)
    words = [_fall_words(verdict)]
    if verdict.swing:
        words.append("The acts listed as uncertain would count if their date or kind turned out otherwise.")
    if not verdict.complete:
        words.append("The record is not complete for this claim, so silence was not counted for or against it.")
    return tuple(filter(None, words))
