"""Who: states, regimes, people and organisations, and the names they go by."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from valla.dates import Window, day_number

__all__ = ["LIST_BEGINS", "Actor", "ActorKind", "Candidate", "Mention", "Name", "NameRole"]

LIST_BEGINS = day_number(1816)
"""The first day of the list of states (Correlates of War, State System Membership): who is in it then was a state before."""

_ALWAYS = Window()


class ActorKind(StrEnum):
    """What sort of actor it is."""

    STATE = "state"
    REGIME = "regime"
    PERSON = "person"
    ORGANISATION = "organisation"


class NameRole(StrEnum):
    """How a name stands for an actor."""

    NAME = "name"
    ALIAS = "alias"
    FORMER = "former"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts.

    Args:
        id: a slug: `germany`, `nazi-germany`, `stalin`.
        name: how it is written in a sentence: `Nazi Germany`.
        kind: state, regime, person or organisation.
        cow: Correlates of War state code; a regime has its state's; None for the others.
        life: the stretches of days in which it exists; empty where unknown.
        part_of: the state that a regime is a stretch of, or the actor that a person leads; None for a state.
        successors: ids of the actors that follow it.
        source: where its dates are taken from.
        article: what a sentence puts before the name: `the` for the United States, else empty.
        era: whether the name itself says when (Nazi Germany, Imperial Japan), so that it narrows what is said of the state; the USSR
            is what the state was called then, and no era.
        continues: the regime before it that its name is used of as well: "the Soviet Union" also of Soviet Russia before 1922.
    """

    id: str
    name: str
    kind: ActorKind
    cow: int | None = None
    life: tuple[Window, ...] = ()
    part_of: str | None = None
    successors: tuple[str, ...] = ()
    source: str = ""
    article: str = ""
    era: bool = False
    continues: str | None = None

    @property
    def phrase(self) -> str:
        """The name as it stands inside a sentence: `the United States`."""
        return f"{self.article} {self.name}" if self.article else self.name


@dataclass(frozen=True, slots=True)
class Name:
    """A name, whose it is, and when.

    Args:
        text: the name as written.
        actor: the id of the actor.
        role: how the name stands for the actor.
        window: the days in which the name stands for that actor.
        language: BCP 47 tag.
        weight: how likely the name means this actor rather than another that bears it; 1 is plain.
    """

    text: str
    actor: str
    role: NameRole
    window: Window = _ALWAYS
    language: str = "en"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One actor that a mention may stand for.

    Args:
        actor: the actor.
        name: the name that led there.
        reason: one clause for a reader: `Moscow is the capital of the USSR, 1922-12-30/1991-12-26`.
    """

    actor: Actor
    name: Name
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an actor.

    Args:
        start: offset of its first character.
        end: offset after its last character.
        text: the characters themselves.
        candidates: whom it may stand for, likeliest first; more than one means ambiguous.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...] = field(default=())
