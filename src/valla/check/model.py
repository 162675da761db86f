"""What a check gives back: the verdict, the acts that decide it, phases, robustness."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valla.claims.model import Reading
from valla.dates import Window
from valla.record.schema import Act

__all__ = ["Outcome", "Phase", "Robustness", "Role", "Tenor", "Verdict", "Weighed"]


class Outcome(StrEnum):
    """What the record says of a claim."""

    REFUTED = "refuted"
    CONTESTED = "contested"
    HOLDS = "holds"
    OPEN = "open"


class Role(StrEnum):
    """What an act does to a claim."""

    REALISES = "realises"
    MAY_REALISE = "may realise"
    CONTRADICTS = "contradicts"
    MAY_CONTRADICT = "may contradict"


class Tenor(StrEnum):
    """How two actors behave toward each other."""

    COOPERATIVE = "cooperative"
    ADVERSE = "adverse"
    BOTH = "both"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An act with what it does to the claim.

    Args:
        act: the act.
        role: realises, may realise or contradicts.
        certain: whether it does so for every admissible choice of its dates.
        by: id of the side that it is counted for.
    """

    act: Act
    role: Role
    certain: bool
    by: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time in which the conduct keeps one tenor.

    Args:
        window: its first and last day.
        tenor: cooperative, adverse, both or silent.
        channel: `open`, `secret` or `any`.
        acts: ids of the acts that give it its tenor.
    """

    window: Window
    tenor: Tenor
    channel: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Robustness:
    """What the verdict would be with something left out.

    Args:
        sources: the verdict without each source that a deciding act names.
        datasets: the verdict without each dataset.
        acts: the verdict without each single deciding act, where that changes it.
        works: how many works would all have to be wrong to overturn the verdict; None where it rests on absence, which no source
            states.
        independent: how many of the works that report the deciding acts are independent of each other; None where that is not declared.
    """

    sources: dict[str, Outcome]
    datasets: dict[str, Outcome]
    acts: dict[str, Outcome]
    works: int | None
    independent: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the record says of a reading.

    Args:
        reading: what was checked, its period filled in.
        outcome: refuted, contested, holds or open.
        because: one sentence for a reader.
        complete: whether the record is complete for the reading.
        deciding: the acts that decide it (at most `limit` of them).
        n_deciding: how many there are.
        swing: the acts that would decide it if an uncertain date or kind fell otherwise.
        gaps: the stretches that no act covers, for a state said to have lasted.
        phases: open, secret and taken together.
        robustness: with each thing left out.
        related: the other acts between the two in the period, for the picture and the reader.
        fingerprint: of the record.
        version: of Valla.
        sql: the queries that were run.
    """

    reading: Reading
    outcome: Outcome
    because: str
    complete: bool
    deciding: tuple[Weighed, ...]
    n_deciding: int
    swing: tuple[Weighed, ...]
    gaps: tuple[Window, ...]
    phases: tuple[Phase, ...]
    robustness: Robustness | None
    related: tuple[Act, ...]
    fingerprint: str
    version: str
    sql: tuple[str, ...]
