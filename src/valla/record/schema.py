"""The acts of a record: one dated, witnessed thing each, and the windows in which a record is complete."""

from __future__ import annotations

from dataclasses import dataclass, field

from valla.dates import Span, Window

__all__ = ["COLUMNS", "EDITED", "FORMER", "SAYS", "WITNESSED", "Act", "Coverage", "Witness"]

EDITED = (
    "id",
    "title",
    "actor",
    "target",
    "kind",
    "mutual",
    "date",
    "channel",
    "known_from",
    "place",
    "summary",
    "reason",
)
"""The columns of a casebook's `acts.csv`, as an editor writes them; `reason` says why a date was inferred."""

FORMER = ("source", "locator", "quote")
"""Columns that `acts.csv` had when each row had one source; they are still read, and `valla lint --fix` moves them."""

WITNESSED = ("act", "source", "locator", "quote", "says", "note")
"""The columns of a casebook's `witnesses.csv`: who reports which act."""

SAYS = ("supports", "disputes")
"""What a witness may say of an act."""

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
    "title": "string",
    "sources": "string",
    "disputed": "boolean",
    "witnesses": "string",
    "dataset": "string",
    "dataset_row": "int64",
}
"""The columns of the table of acts; the bounds are days of the proleptic Gregorian calendar, null where unknown.

`source`, `locator` and `quote` are those of the first witness who supports the act; `sources` are the keys of all who do, with spaces
between; `witnesses` are all that is said of it, as JSON.
"""


@dataclass(frozen=True, slots=True)
class Witness:
    """A source that reports an act.

    Args:
        source: its key.
        locator: page or number in it; empty where it is not certain.
        quote: its own words.
        says: whether it `supports` or `disputes` the act.
        note: what else there is to say of its report.
    """

    source: str
    locator: str = ""
    quote: str = ""
    says: str = "supports"
    note: str = ""


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
        witnesses: the sources that report it, the weightiest first.
        reason: why the date was inferred, where it was.
        title: a short name, as handbooks use: `Treaty of Rapallo`.
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
    witnesses: tuple[Witness, ...] = ()
    reason: str = ""
    title: str = ""
    dataset: str = ""
    dataset_row: int = 0

    @property
    def supporting(self) -> tuple[Witness, ...]:
        """The witnesses who support it."""
        return tuple(witness for witness in self.witnesses if witness.says == "supports")

    @property
    def disputed(self) -> bool:
        """Whether a witness disputes it: it then decides nothing alone."""
        return any(witness.says == "disputes" for witness in self.witnesses)

    @property
    def source(self) -> str:
        """The key of the first source that supports it; empty where there is none."""
        return self.supporting[0].source if self.supporting else ""

    @property
    def locator(self) -> str:
        """Where the first source that supports it says so."""
        return self.supporting[0].locator if self.supporting else ""

    @property
    def quote(self) -> str:
        """The words of the first source that supports it."""
        return self.supporting[0].quote if self.supporting else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of all sources that support it, each once."""
        return tuple(dict.fromkeys(witness.source for witness in self.supporting if witness.source))


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
