"""The kinds of act and the relations made of them, read from `data/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from valla.errors import ClaimError, nearest

__all__ = ["Aspect", "Kind", "Relation", "kind", "kinds", "relation", "relations"]


T = TypeVar("T")

_AGREEMENTS = (
    "alliance.*",
    "guarantee",
    "treaty",
    "treaty.unratified",
    "peace",
    "armistice",
    "cession",
    "relations",
    "trade",
)
"""Kinds of act that may be the signature of an agreement of another kind."""

_GROUPS = ("realised", "may", "contradicted", "may_contradict", "sustained", "measured", "bounded")


class Aspect(StrEnum):
    """How a relation stands in time.

    An event counts where it begins in a period, a state where it holds on a day of it.
    """

    EVENT = "event"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act.

    Args:
        id: dotted, as in `alliance.defense`.
        label: for a reader.
        tenor: `cooperative`, `adverse` or `neutral`.
        mode: `verbal` or `material`.
        agreement: whether it binds.
        form: `state` or `event`.
        vague: whether the source does not say by or toward whom it was done.
    """

    id: str
    label: str
    tenor: str
    mode: str
    agreement: bool
    form: str
    vague: bool = False

    @property
    def weighty(self) -> bool:
        """Whether it is material or an agreement: enough to contradict the opposite tenor (design 6)."""
        return self.mode == "material" or self.agreement


@dataclass(frozen=True, slots=True)
class Relation:
    """What a claim says that actors did, and the kinds of act that bear on it.

    Args:
        id: as in `allied`.
        label: for a reader: `were allies`.
        realised: kinds that make it true.
        may: kinds too coarse to tell: they make a claim contested, never refuted or held.
        contradicted: kinds that make it false.
        may_contradict: kinds that only may, being compatible with it.
        sustained: kinds that bear a conduct out where they certainly last through the whole period.
        measured: kinds whose coverage, without any of them, shows that it was not so; empty: no record can.
        bounded: coarser kinds that take in all that it means: covered, without any of them or of `may`, they show that it was not so.
        aspect: whether it counts where it begins or where it holds.
        symmetric: whether direction does not matter.
    """

    id: str
    label: str
    realised: frozenset[str]
    may: frozenset[str]
    contradicted: frozenset[str]
    may_contradict: frozenset[str]
    sustained: frozenset[str]
    measured: frozenset[str]
    bounded: frozenset[str]
    aspect: Aspect
    symmetric: bool

    def signed(self) -> Relation:
        """Return the relation as "signed" asks for it: when an agreement was made.

        Lists date an agreement from its signature or from its ratification, and may enter the signature as a treaty: every agreement of
        the time may be it, and only the silence of all shows that none was signed.
        """
        agreements = _expanded(list(_AGREEMENTS)) - self.realised
        return replace(self, may=self.may | agreements, measured=frozenset(), bounded=self.measured)

    @property
    def bearing(self) -> frozenset[str]:
        """Every kind that bears on it, for or against."""
        return self.realised | self.may | self.contradicted | self.may_contradict

    @property
    def agreed(self) -> bool:
        """Whether it is realised by agreements alone, which only states make."""
        return all(kinds()[name].agreement for name in self.realised)

    @property
    def state(self) -> bool:
        """Whether it lasts rather than happens."""
        return self.aspect is Aspect.STATE


def _table(name: str, key: str) -> dict[str, dict[str, Any]]:
    text = files("valla.claims").joinpath("data", name).read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)[key]
    return table


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its id."""
    return {name: Kind(id=name, **row) for name, row in _table("kinds.toml", "kind").items()}


def _matches(known: Kind, pattern: str) -> bool:
    """Whether a kind falls under a pattern: an id, `group.*`, a tenor, or a tenor with `!` for its weighty or `?` for its vague kinds."""
    if pattern in {"cooperative", "adverse"}:
        return known.tenor == pattern and not known.vague
    if pattern in {"cooperative!", "adverse!"}:
        return known.tenor == pattern[:-1] and known.weighty and not known.vague
    if pattern in {"cooperative?", "adverse?"}:
        return known.tenor == pattern[:-1] and known.vague
    if pattern.endswith(".*"):
        return known.id.startswith(pattern[:-1])
    return known.id == pattern


def _expanded(patterns: list[str]) -> frozenset[str]:
    return frozenset(name for name, known in kinds().items() for pattern in patterns if _matches(known, pattern))


def _relation(name: str, row: dict[str, Any]) -> Relation:
    groups = {group: _expanded(row.get(group, [])) for group in _GROUPS}
    # what only may contradict is named apart from the tenor that it belongs to
    groups["contradicted"] -= groups["may_contradict"]
    return Relation(
        id=name, label=row["label"], aspect=Aspect(row["aspect"]), symmetric=row.get("symmetric", False), **groups
    )


@cache
def relations() -> dict[str, Relation]:
    """Return every relation by its id."""
    return {name: _relation(name, row) for name, row in _table("relations.toml", "relation").items()}


def _named(word: str, table: dict[str, T], thing: str) -> T:
    if word in table:
        return table[word]
    near = nearest(word, table)
    raise ClaimError(
        f"no {thing} is called {word!r}",
        allowed=", ".join(sorted(table)),
        repair=f"did you mean {near!r}?" if near else None,
    )


def kind(name: str) -> Kind:
    """Return the kind of that name.

    Raises:
        ClaimError: if there is none.
    """
    return _named(name, kinds(), "kind of act")


def relation(name: str) -> Relation:
    """Return the relation of that name.

    Raises:
        ClaimError: if there is none.
    """
    return _named(name, relations(), "relation")
