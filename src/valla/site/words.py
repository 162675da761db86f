"""What a verdict is called on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from valla.check.basis import basis_of
from valla.check.model import Outcome, Verdict
from valla.check.timeline_scale import stretch_words
from valla.claims.kinds import kinds, relations
from valla.claims.model import Channel, Period, Quantifier, Reading
from valla.days import Window
from valla.record.schema import Act

__all__ = ["BADGES", "SCALE", "Names", "actor_words", "headline", "reading_rows", "what_words"]

Names = Callable[[str, Window], str]
"""The name that an actor went by in a stretch of days, by its id."""

BADGES = {
    Outcome.REFUTED: "Refuted",
    Outcome.CONTESTED: "Contested",
    Outcome.HOLDS: "Holds",
    Outcome.OPEN: "Open",
    None: "Not yet checked",
}

SCALE = (
    (
        Outcome.REFUTED,
        "1",
        "At least one dated, sourced act, or a gap in a record that is complete, shows that the claim is false.",
    ),
    (
        Outcome.CONTESTED,
        "3",
        "The verdict turns on an act whose date or kind is uncertain: it may refute the claim or leave it standing.",
    ),
    (Outcome.HOLDS, "5", "The record bears the claim out."),
    (
        Outcome.OPEN,
        "none",
        "The record cannot decide: it holds no act that does, and it is not complete enough for silence to count.",
    ),
)
"""The rating scale: outcome, its number in ClaimReview, and what it means."""

_QUANTIFIERS = {
    Quantifier.ALWAYS: "always",
    Quantifier.NEVER: "never",
    Quantifier.FIRST: "were the first who",
    Quantifier.ONLY: "were the only ones who",
    Quantifier.EXISTS: "at some time",
}
_ORIGINS = {
    "text": "named in the claim",
    "actors": "implied by the names",
    "coverage": "the years that the record covers",
    "editor": "set by the editors",
}
_CHANNELS = {Channel.OPEN: "open acts only", Channel.SECRET: "secret acts only"}


def actor_words(ids: Iterable[str] | None, window: Window, names: Names) -> str:
    """Return actors by the names that they went by in a stretch of days; None is anybody."""
    return "anybody" if ids is None else ", ".join(names(slug, window) for slug in ids)


def what_words(act: Act) -> str:
    """Return what kind of act it is, for a reader."""
    known = kinds().get(act.kind)
    return known.label if known else act.kind


def headline(verdict: Verdict | None) -> str:
    """Return what follows the outcome's word, with the space or colon between: ` by 26 acts, 39 witnesses, 15 works`."""
    if verdict is None:
        return ": no verdict has been computed for this claim"
    basis = str(basis_of(verdict)) if verdict.deciding or verdict.swing else ""
    absent = " by a record that is complete" if verdict.complete else " on no single act"
    return {
        Outcome.REFUTED: f" by {basis}" if basis else absent,
        Outcome.CONTESTED: f": it turns on {basis}" if basis else ": the dates are uncertain",
        Outcome.HOLDS: f" by {basis}" if basis else absent,
        Outcome.OPEN: ": the record cannot decide it",
    }[verdict.outcome]


def _period_words(period: Period, note: str) -> str:
    """When, and who says so: a period that editors set is never said to be named in the claim."""
    if period.window == Window():
        return "no limit of time"
    if period.origin == "editor":
        told = f": {note}" if note else ""
    else:
        told = f" (“{period.text}”)" if period.text and "/" not in period.text else ""
    return f"{stretch_words(period.window)}: {_ORIGINS.get(period.origin, period.origin)}{told}"


def reading_rows(reading: Reading, names: Names, note: str = "") -> tuple[tuple[str, str], ...]:
    """Return how a claim was read, as terms and what they were taken for.

    Args:
        reading: the reading.
        names: says actors as a reader does.
        note: who set it and why, where editors did.
    """
    known = relations().get(reading.relation)
    said = f"{_QUANTIFIERS[reading.quantifier]} {known.label if known else reading.relation}"
    rows = [
        ("Who", actor_words(reading.subjects, reading.period.window, names)),
        ("What is claimed", said),
        ("Toward whom", actor_words(reading.objects, reading.period.window, names)),
        ("When", _period_words(reading.period, note)),
        ("What counts", _CHANNELS.get(reading.channel, "open and secret acts alike")),
    ]
    if reading.known_by is not None:
        rows.append(("Known by", stretch_words(Window(reading.known_by, reading.known_by))))
    if note and reading.period.origin != "editor":
        rows.append(("Set by the editors", note))
    return tuple(rows)
