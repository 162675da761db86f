"""Who led which state, and when: a dataset of leaders to people with terms."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from valla.actors.catalogue import Catalogue, catalogue
from valla.actors.leaders import People
from valla.actors.model import Actor, ActorKind
from valla.actors.passage import cut
from valla.actors.tables import Membership
from valla.actors.words import folded
from valla.dates import Window, year_of
from valla.errors import RecordError
from valla.record.cells import clean, span_of_cell
from valla.record.coverage import merge
from valla.record.leader_mapping import LeaderMapping
from valla.record.limits import LIMITS, Limits
from valla.record.lines import Aside
from valla.record.rows import read_rows
from valla.record.schema import Coverage
from valla.record.seats import Seat, seats_of
from valla.record.sieve import ASIDE_SCHEMA

__all__ = ["TERM_SCHEMA", "LoadedLeaders", "load_leaders", "people_of", "terms_content"]

TERM_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("state", pa.string()),
        ("begin", pa.int32()),
        ("end", pa.int32()),
        ("dataset", pa.string()),
        ("dataset_row", pa.int64()),
    ]
)
"""The schema of a table of terms on disk; a begin or end that is null has no bound."""

_SAID = ("id", "name", "state", "begin", "end")
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class LoadedLeaders:
    """What a file of leaders says.

    Args:
        terms: the terms, with the columns of `TERM_SCHEMA`.
        rows: how many rows the file holds.
        aside: what was set aside: row, reason, found; in order of rows.
        coverage: nothing: leaders are no acts.
    """

    terms: pa.Table
    rows: int
    aside: pa.Table
    coverage: tuple[Coverage, ...] = ()

    def reasons(self) -> dict[str, int]:
        """Count what was set aside by reason, most frequent first."""
        return dict(Counter(self.aside["reason"].to_pylist()).most_common())

    @property
    def leaders(self) -> int:
        """How many people there are."""
        return len(set(self.terms["id"].to_pylist()))


@dataclass(frozen=True, slots=True)
class _Term:
    """One row's stretch in one state."""

    row: int
    person: str
    name: str
    state: str
    window: Window


def load_leaders(
    mapping: LeaderMapping, path: Path, known: Catalogue | None = None, limits: Limits = LIMITS
) -> LoadedLeaders:
    """Turn a file into people and their terms.

    Args:
        mapping: what its columns mean.
        path: CSV, TSV or Parquet; text also in gzip or zip.
        known: the actors; Valla's own by default.
        limits: how much is read.

    Raises:
        InputError: if the file cannot be read, or is too large.
        RecordError: if it has other columns, or no row names a leader of a known state.
    """
    actors = known or catalogue()
    rows = read_rows(path, mapping.layouts(), limits)
    table = clean(rows, mapping.missing)
    terms, aside = [], list(rows.aside)
    for row in table.to_pylist():
        found = _read_row(row, mapping, actors)
        if isinstance(found, Aside):
            aside.append(found)
        else:
            terms += found
    if not terms:
        reason = aside[0].reason if aside else "no rows"
        raise RecordError("no row names a leader of a known state", where=str(path), found=reason)
    listed = sorted(aside, key=lambda one: (one.row, one.reason))
    return LoadedLeaders(
        _table(terms, mapping.dataset.id, actors),
        table.num_rows + len(rows.aside),
        pa.Table.from_pylist([asdict(one) for one in listed], ASIDE_SCHEMA),
    )


def _read_row(row: dict[str, Any], mapping: LeaderMapping, known: Catalogue) -> list[_Term] | Aside:
    """The terms of a row, one for each state that its code stands for in that time; or why there is none."""
    window = _window(row, mapping.dates)
    if isinstance(window, Aside):
        return window
    if not row["name"]:
        return Aside(row["row"], "the leader has no name")
    seats = seats_of(row["state"] or "", window, mapping.leaders.by, known)
    if not seats:
        return Aside(row["row"], "the state: nobody is known by that code or name", row["state"] or "")
    return [_term(row, seat) for seat in seats]


def _term(row: dict[str, Any], seat: Seat) -> _Term:
    person = f"{row.get('person') or seat.state}|{row['name']}"
    return _Term(row["row"], person, row["name"], seat.state, seat.window)


def _window(row: dict[str, Any], formats: Sequence[str]) -> Window | Aside:
    """The days from begin to end; without an end the term goes on."""
    begin = span_of_cell(row["begin"] or "", formats) if row["begin"] else None
    end = span_of_cell(row["end"] or "", formats) if row["end"] else None
    if begin is None or begin.extent.begin is None:
        return Aside(row["row"], "the begin of the term is unknown or no date", row["begin"] or "")
    if row["end"] and end is None:
        return Aside(row["row"], "the end of the term is no date", row["end"])
    window = Window(begin.extent.begin, end.extent.end if end else None)
    return (
        Aside(row["row"], "the term ends before it begins", f"{row['begin']}/{row['end']}") if window.empty else window
    )


def _table(terms: list[_Term], dataset: str, known: Catalogue) -> pa.Table:
    ids = _named(terms, known)
    rows = [
        {
            "id": ids[term.person],
            "name": term.name,
            "state": term.state,
            "begin": term.window.begin,
            "end": term.window.end,
            "dataset": dataset,
            "dataset_row": term.row,
        }
        for term in terms
    ]
    return pa.Table.from_pylist(rows, TERM_SCHEMA)


def _named(terms: list[_Term], known: Catalogue) -> dict[str, str]:
    """An id for each person: that of the one whom Valla knows, or name and state; of namesakes the later has his first year too."""
    persons: dict[str, list[_Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda one: (one.window.begin or 0, one.row)):
        persons[term.person].append(term)
    own = _own_people(known)
    ids: dict[str, str] = {}
    for person, held in persons.items():
        ids[person] = _known_person(held, own, known) or _free(held, set(ids.values()) | set(known.actors))
    return ids


def _folded(name: str) -> str:
    return " ".join(folded(word) for word in cut(name).words)


def _own_people(known: Catalogue) -> dict[str, list[Actor]]:
    """The people whom Valla knows, by each of their names and by its last word, which is how lists of leaders name them."""
    people: dict[str, list[Actor]] = defaultdict(list)
    for name in known.names:
        actor = known.actors[name.actor]
        if actor.kind is ActorKind.PERSON:
            whole = _folded(name.text)
            for text in dict.fromkeys((whole, whole.rpartition(" ")[2])):
                people[text].append(actor)
    return people


def _known_person(held: list[_Term], own: dict[str, list[Actor]], known: Catalogue) -> str | None:
    """The person of that name whom Valla knows in office in the same state on some of the same days."""
    states = {known.state_of(term.state).id for term in held}
    for actor in own.get(_folded(held[0].name), ()):
        together = any(not term.window.meet(life).empty for term in held for life in actor.life)
        if together and known.state_of(actor.id).id in states:
            return actor.id
    return None


def _free(held: list[_Term], taken: set[str]) -> str:
    name = _NO_LETTER.sub("-", _folded(held[0].name)).strip("-") or "leader"
    plain = f"{name}-of-{held[0].state}"
    year = year_of(held[0].window.begin or 0)
    dated = [plain, *(f"{plain}-{year}{suffix}" for suffix in ("", *(f"-{number}" for number in range(2, 100))))]
    return next(slug for slug in dated if slug not in taken)


def terms_content(terms: pa.Table) -> str:
    """Return a hash of terms that does not depend on their order; it adds up over files like that of acts."""
    rows = terms.select(list(_SAID)).to_pylist()
    hashes = (hashlib.sha256(repr(sorted(row.items())).encode()).digest() for row in rows)
    return f"{sum(int.from_bytes(one, 'big') for one in hashes) % 2**256:064x}"


def people_of(tables: Iterable[pa.Table]) -> People:
    """Return the people of tables of terms; those whom Valla knows stay as Valla knows them.

    Args:
        tables: with the columns of `TERM_SCHEMA`.
    """
    terms: dict[str, list[dict[str, Any]]] = defaultdict(list)
    known = catalogue()
    for table in tables:
        for row in table.to_pylist():
            if row["id"] not in known.actors and row["state"] in known.actors:
                terms[row["id"]].append(row)
    made = [_person(slug, held) for slug, held in sorted(terms.items())]
    memberships = tuple(membership for _, others in made for membership in others)
    return People(tuple(person for person, _ in made), memberships)


def _person(slug: str, held: list[dict[str, Any]]) -> tuple[Actor, tuple[Membership, ...]]:
    """A person is part of the state that he led longest, and belongs to the others while he led them."""
    states: dict[str, list[Window]] = defaultdict(list)
    for row in held:
        states[row["state"]].append(Window(row["begin"], row["end"]))
    home = max(states, key=lambda state: (_days(states[state]), state))
    life = merge(window for windows in states.values() for window in windows)
    person = Actor(slug, held[0]["name"], ActorKind.PERSON, life=life, part_of=home, source=held[0]["dataset"])
    others = ((state, window) for state, windows in states.items() if state != home for window in windows)
    return person, tuple(Membership(slug, state, window) for state, window in others)


def _days(windows: Iterable[Window]) -> float:
    lengths: Iterator[float] = (
        float("inf") if one.end is None or one.begin is None else one.end - one.begin + 1 for one in windows
    )
    return sum(lengths)
