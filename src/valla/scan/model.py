"""What a scan gives back: sightings, and the settings that they depend on."""

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
        confirm: a match that scores so much is confirmed.
        suggest: a match that scores so much, but less than `confirm`, is suggested; one below is dropped.
        max_file_bytes: larger files are refused before they are read.
    """

    confirm: float = 0.8
    suggest: float = 0.65
    max_file_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True)
class Sighting:
    """A passage that repeats, rebuts or reports a claim.

    Args:
        file: the path of the file; empty where a text was scanned that has none.
        claim: the id of the claim in the library.
        dossier: the number of its dossier; None where it has none.
        start: offset of the first character of the passage in the text as read.
        end: offset after its last character.
        text: the characters themselves.
        score: how much of the claim the passage says, 0 to 1; not a probability.
        decision: confirm or suggest.
        wording: the wording of the claim that it was matched with.
        terms: the terms that they share: stems, `~` concepts, `@` actors.
        stance: repeats, rebuts or reports; None where nothing was found that tells.
    """

    file: str
    claim: str
    dossier: int | None
    start: int
    end: int
    text: str
    score: float
    decision: Decision
    wording: str
    terms: tuple[str, ...]
    stance: Stance | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-like data."""
        return {**asdict(self), "terms": list(self.terms)}
