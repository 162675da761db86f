"""Stage 7: confirm, suggest or drop, by two thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from valla.scan.model import Decision, Settings, Stance
from valla.scan.stages.candidate import Candidate

__all__ = ["CONFIRM_SHORT", "LONG_WEIGHT", "Decide"]

LONG_WEIGHT = 20.0
"""A wording that weighs less is short: chance brings its terms together more easily."""

CONFIRM_SHORT = 0.95
"""What a match with a short wording must score to be confirmed."""


class Decide:
    """Decides by score.

    A passage that rebuts the claim is never confirmed: it is shown to an editor as a suggestion. Nor is one that shares no more than
    a short wording (two actors and one relation, as in "Poland was an ally of Germany") unless it says hardly anything else.

    Args:
        settings: the thresholds.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def sift(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield the candidates that are confirmed or suggested."""
        for candidate in candidates:
            decision = self._decision(candidate)
            if decision:
                yield replace(candidate, decision=decision)

    def _decision(self, candidate: Candidate) -> Decision | None:
        if candidate.score < self._settings.suggest:
            return None
        is_long = candidate.wordings[0].total >= LONG_WEIGHT
        enough = self._settings.confirm if is_long else max(self._settings.confirm, CONFIRM_SHORT)
        if candidate.score < enough or candidate.stance is Stance.REBUTS:
            return Decision.SUGGEST
        return Decision.CONFIRM
