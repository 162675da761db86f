"""The actors that Valla knows, as a scan spots them: each by its state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from valla.actors.catalogue import catalogue
from valla.actors.model import Candidate
from valla.actors.resolve import mentions
from valla.scan.history.lexicon import ACTOR
from valla.scan.history.spotting import Spot

__all__ = ["KnownActors"]


@lru_cache(maxsize=16_384)
def _state(actor: str) -> str:
    return ACTOR + catalogue().state_of(actor).id


def _terms(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_state(candidate.actor.id) for candidate in candidates))


class KnownActors:
    """Spots every actor of the catalogue.

    A regime, a leader and an organ count as their state: a myth told of Nazi Germany is repeated by one told of Hitler or of Germany.
    """

    def spots(self, text: str) -> Sequence[Spot]:
        """Return the stretches of a text that name an actor, likeliest state first."""
        return [Spot(found.start, found.end, _terms(found.candidates)) for found in mentions(text)]

    def names(self) -> Iterable[tuple[str, str]]:
        """Return every name of the catalogue with its state."""
        return ((name.text, _state(name.actor)) for name in catalogue().names)
