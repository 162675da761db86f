"""Stage 7: confirm, suggest or drop, by two thresholds."""

from __future__ import annotations

from valla.scan.model import Decision, Settings
from valla.scan.stages.rerank import Scored

__all__ = ["CONFIRM_SHARED", "SUGGEST_SHARED", "decided"]

CONFIRM_SHARED = 3
"""What shares fewer terms with the claim is never confirmed: "What a paradox!" is nobody's claim."""

SUGGEST_SHARED = 2
"""What shares fewer is dropped."""


def decided(found: Scored, settings: Settings, *, is_doubted: bool = False) -> Decision | None:
    """Return what the thresholds say of a sentence and a claim; None where it is dropped.

    Args:
        found: the pair with its probability.
        settings: the thresholds.
        is_doubted: whether the claim is about who did what to whom, and the sentence does not say it: never more than a suggestion.
    """
    if found.probability < settings.suggest or found.shared < SUGGEST_SHARED:
        return None
    sure = found.probability >= settings.confirm and found.shared >= CONFIRM_SHARED and not is_doubted
    return Decision.CONFIRM if sure else Decision.SUGGEST
