"""The acts and phases of a verdict as rows of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from valla.check.model import Phase, Verdict
from valla.check.timeline_scale import date_words, stretch_words
from valla.claims.kinds import kinds
from valla.dates import Window
from valla.record.schema import Act, Witness
from valla.site.pages import ActRow, PhaseRow, WitnessRow
from valla.site.references import References, anchor
from valla.site.words import Names, what_words

__all__ = ["LISTED", "PHASES", "Listing", "Placed", "listing", "phase_rows"]

LISTED = 200
"""How many acts besides the deciding ones a page lists; the download has them all."""
PHASES = 60
"""How many phases of a channel a page lists."""

Placed = tuple[tuple[Act, str], ...]
"""Acts, each with the id of its row."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The acts that a page lists, each with the id of its row, and how many it leaves out."""

    deciding: Placed = ()
    swing: Placed = ()
    related: Placed = ()
    mentioned: Placed = ()
    unlisted: int = 0
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def all(self) -> Placed:
        """Every act that is listed."""
        return (*self.deciding, *self.swing, *self.related, *self.mentioned)

    @property
    def anchors(self) -> dict[str, str]:
        """The id of an act's row by the id of the act; the first of two that share it."""
        rows: dict[str, str] = {}
        for act, name in self.all:
            rows.setdefault(act.id, name)
        return rows

    def rows(self, acts: Iterable[tuple[Act, str]], names: Names, references: References) -> tuple[ActRow, ...]:
        """Return acts as rows, numbering their sources; only deciding acts have numbers of their own."""
        numbers = {name: number for number, (_, name) in enumerate(self.deciding, start=1)}
        return tuple(
            _row(act, name, numbers.get(name, 0), self.roles.get(name, ""), names, references) for act, name in acts
        )

    def chronology(self, rows: Iterable[ActRow]) -> tuple[ActRow, ...]:
        """Return rows in the order of time; those without a date last."""
        listed = (*self.deciding, *self.swing, *self.related)
        begins = {
            name: act.when.begin_min if act.when.begin_min is not None else act.when.begin_max for act, name in listed
        }
        return tuple(sorted(rows, key=lambda row: (begins[row.anchor] is None, begins[row.anchor] or 0, row.anchor)))


def listing(verdict: Verdict | None, mentioned: Iterable[str] = (), record: Iterable[Act] = ()) -> Listing:
    """Return the acts that a page lists.

    All that decide or may; others between the two up to a limit, those that the prose mentions first; and what else it mentions.

    Args:
        verdict: what a check gave back.
        mentioned: ids of the acts that the prose links to.
        record: the casebook's own acts, among which the prose may mention any.
    """
    wanted = set(mentioned)
    told = [act for act in record if act.id in wanted]
    decisive = (verdict.deciding, verdict.swing) if verdict else ((), ())
    others = sorted(verdict.related if verdict else (), key=lambda act: act.id not in wanted)
    seen: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    tiers: list[list[Act]] = [*([weighed.act for weighed in tier] for tier in decisive), others, told]
    placed = [tuple((act, name) for act in tier if (name := _claimed(act, seen, taken))) for tier in tiers]
    roles = {
        seen[weighed.act.dataset, weighed.act.id]: weighed.role.value for tier in decisive for weighed in reversed(tier)
    }
    unseen = max(verdict.n_deciding - len(verdict.deciding), 0) if verdict else 0
    return Listing(placed[0], placed[1], placed[2][:LISTED], placed[3], max(len(placed[2]) - LISTED, 0) + unseen, roles)


def _claimed(act: Act, seen: dict[tuple[str, str], str], taken: set[str]) -> str:
    """A free id for the row of an act, or nothing if the act has one already."""
    if (act.dataset, act.id) in seen:
        return ""
    name = first = anchor("act", act.id)
    while name in taken:
        name = f"{first}-{len(taken)}"
    taken.add(name)
    seen[act.dataset, act.id] = name
    return name


def _who(act: Act, names: Names) -> str:
    # by the names of the day on which it began, as the terminal has them
    when = act.when.extent
    begun = Window(when.begin, when.begin) if when.begin is not None else when
    told = [names(slug, begun) for slug in (act.actor, act.target) if slug]
    return (" and " if act.mutual else " → ").join(told)


def _unbroken(date: str) -> str:
    """A date that a line can only break between its two ends."""
    return date.replace(" ", "\N{NO-BREAK SPACE}").replace("\N{EN DASH}\N{NO-BREAK SPACE}", "\N{EN DASH} ")


def _told(said: Witness) -> tuple[str, str, str, str]:
    return said.locator, said.quote, said.says, said.note


def _row(act: Act, name: str, number: int, role: str, names: Names, references: References) -> ActRow:  # noqa: PLR0913, PLR0917
    known = kinds().get(act.kind)
    return ActRow(
        anchor=name,
        number=number,
        date=_unbroken(date_words(act.when)),
        edtf=act.when.text,
        who=_who(act, names),
        what=what_words(act),
        title=act.title,
        summary=act.summary,
        channel=act.channel,
        tenor=known.tenor if known else "",
        known_from=date_words(act.known_from) if act.known_from else "",
        witnesses=tuple(
            WitnessRow(references.cite(said.source) if said.source else None, *_told(said)) for said in act.witnesses
        ),
        dataset=act.dataset,
        reason=act.reason,
        role=role,
    )


def phase_rows(phases: Iterable[Phase], channel: str) -> tuple[PhaseRow, ...]:
    """Return the phases of one channel up to a limit; the download has them all."""
    mine = (phase for phase in phases if phase.channel == channel)
    return tuple(
        PhaseRow(stretch_words(phase.window), phase.tenor.value, len(phase.acts)) for phase in islice(mine, PHASES)
    )
