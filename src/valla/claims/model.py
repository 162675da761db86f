"""A claim made formal: quantifier, relation, subjects, objects, period, channel, known-by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valla.claims.kinds import Aspect
from valla.dates import Window

__all__ = ["Channel", "Period", "Quantifier", "Reading"]


_ANY_TIME = Window()


class Quantifier(StrEnum):
    """How a claim sweeps."""

    ALWAYS = "always"
    NEVER = "never"
    FIRST = "first"
    ONLY = "only"
    EXISTS = "exists"


class Channel(StrEnum):
    """Whether an act was done openly or in secret; `any` in a reading means that either counts."""

    ANY = "any"
    OPEN = "open"
    SECRET = "secret"  # noqa: S105  a channel, no password
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a claim is about.

    Args:
        window: first and last day; a side that is None is not named and is filled from the record's coverage.
        origin: `text` (the claim names it), `actors` (their names imply it), `coverage` (the record's own) or `editor` (whoever wrote
            the reading down set it).
        text: the words or names that it was taken from.
        begin_by_year: whether its first day is that of a year, decade or century that is named, so that sources which code years
            are compared with it by years; a date, a regime or a war has days.
        end_by_year: likewise of its last day.
    """

    window: Window = _ANY_TIME
    origin: str = "coverage"
    text: str = ""
    begin_by_year: bool = False
    end_by_year: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim made formal.

    Args:
        quantifier: how it sweeps.
        relation: the id of a relation in `data/relations.toml`.
        subjects: ids of the actors who are said to do it: each of them, unless `any_subject` says otherwise.
        objects: ids of the actors toward whom: each of them, unless `any_object` says otherwise; None means anybody.
        period: when.
        channel: `any`, `open` or `secret`.
        known_by: only acts that were public on that day count; None counts all.
        assumptions: each thing that the words left open and how it was settled, one clause each.
        score: how likely this reading is, 0 to 1, for ranking.
        text: the claim as it was written.
        denied: whether the text denies the claim that this reading states: "was not always", "it is a myth that".
        aspect: whether it is said to begin ("signed") or to hold ("had") in the period; None: as the relation has it.
        any_subject: whether one of several subjects is enough: "Germany or Italy".
        any_object: whether one of several objects is enough.
        partial: whether the claim says more than the reading judges, so that it can fall by it, but not stand: "not until 1941".
        then: the days in which the words say that it was so after all: "not until 1941" says that it was so in 1941.
        members: ids of the organisations whose members' acts count as well: "members of NATO".
    """

    quantifier: Quantifier
    relation: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...] | None = None
    period: Period = Period()
    channel: Channel = Channel.ANY
    known_by: int | None = None
    assumptions: tuple[str, ...] = ()
    score: float = 1.0
    text: str = ""
    denied: bool = False
    aspect: Aspect | None = None
    any_subject: bool = False
    any_object: bool = False
    partial: bool = False
    then: Window | None = None
    members: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Everybody whom it names, on either side."""
        return (*self.subjects, *(self.objects or ()))
