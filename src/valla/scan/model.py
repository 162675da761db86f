"""What a scan gives back: sightings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Decision", "Settings", "Sighting", "Stance"]


class Decision(StrEnum):
    """What the thresholds say of a match."""

    CONFIRM = "confirm"
    SUGGEST = "suggest"


class Stance(StrEnum):
    """What a passage does with a claim."""

    REPEATS = "repeats"
    REBUTS = "rebuts"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set for a scan.

    Args:
        confirm: a match so probable is confirmed.
        suggest: a match so probable, but less than `confirm`, is suggested; one below is dropped.
    """

    confirm: float = 0.8
    suggest: float = 0.5


@dataclass(frozen=True, slots=True)
class Sighting:
    """A passage that repeats, rebuts or reports a claim.

    Args:
        document: the id of the document; empty where a text was scanned that has none.
        claim: the id of the claim in the library.
        dossier: the number of its dossier; None where it has none.
        start: offset of the first character of the passage in the document.
        end: offset after its last character.
        quotation: the characters themselves.
        prefix: what stands directly before it, at most 32 characters.
        suffix: what stands directly after it, at most 32 characters.
        probability: that an editor would say that it is about this claim, 0 to 1.
        decision: confirm or suggest.
        stance: repeats, rebuts or reports.
        wording: the wording of the claim that it is nearest to.
    """

    document: str
    claim: str
    dossier: int | None
    start: int
    end: int
    quotation: str
    prefix: str
    suffix: str
    probability: float
    decision: Decision
    stance: Stance
    wording: str

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-like data."""
        return asdict(self)
