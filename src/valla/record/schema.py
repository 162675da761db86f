"""The acts of a record: one dated, sourced thing each, and the windows in which a record is complete."""

from __future__ import annotations

from dataclasses import dataclass, field

from valla.dates import Span, Window

__all__ = ["COLUMNS", "EDITED", "Act", "Coverage"]

EDITED = (
    "id",
    "actor",
    "target",
    "kind",
    "mutual",
    "date",
    "channel",
    "known_from",
    "place",
    "summary",
    "source",
    "locator",
    "quote",
    "reason",
)
"""The columns of a casebook's `acts.csv`, as an editor writes them; `reason` says why a date was inferred."""

COLUMNS: dict[str, str] = {
    "id": "string",
    "actor": "string",
    "target": "string",
    "kind": "string",
    "mutual": "boolean",
    "date": "string",
    "begin_min": "int32",
    "begin_max": "int32",
    "end_min": "int32",
    "end_max": "int32",
    "channel": "string",
    "known_from": "string",
    "known_min": "int32",
    "known_max": "int32",
    "place": "string",
    "summary": "string",
    "source": "string",
    "locator": "string",
    "quote": "string",
    "reason": "string",
    "dataset": "string",
    "dataset_row": "int64",
}
"""The columns of the table of acts; the bounds are days of the proleptic Gregorian calendar, null where unknown."""


@dataclass(frozen=True, slots=True)
class Act:
    """One dated, sourced thing.

    Args:
        id: unique within its dataset.
        actor: id of who did it.
        target: id of toward whom.
        kind: id of a kind of act.
        mutual: whether both did it alike.
        when: the date as written, with its bounds.
        channel: `open`, `secret` or `unknown`.
        known_from: when it became public, where that is known.
        place: where it was done.
        summary: what was done, in one sentence.
        source: key of the source.
        locator: page or number in the source; empty where it is not certain.
        quote: the source's own words.
        reason: why the date was inferred, where it was.
        dataset: the casebook or dataset that it comes from.
        dataset_row: its row there.
    """

    id: str
    actor: str
    target: str
    kind: str
    mutual: bool
    when: Span
    channel: str = "open"
    known_from: Span | None = None
    place: str = ""
    summary: str = ""
    source: str = ""
    locator: str = ""
    quote: str = ""
    reason: str = ""
    dataset: str = ""
    dataset_row: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """A window in which a record claims to be complete.

    Args:
        dataset: whose claim it is.
        kinds: the kinds of act.
        window: the first and last day.
        actors: the actors between whom; None means all.
        among_states: whether it holds between members of the Correlates of War state system alone, in the years of their membership.
        threshold: what an act must reach to be recorded, in words; silence below it proves nothing.
    """

    dataset: str
    kinds: frozenset[str]
    window: Window
    actors: frozenset[str] | None = field(default=None)
    among_states: bool = False
    threshold: str = ""
