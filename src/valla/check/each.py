"""Several actors on one side: "both", "X and Y" and a group of countries mean each of them.

That none of several did it is one question; that all of them did is one for each, and so is that they alone did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from valla.actors.catalogue import Catalogue
from valla.check.model import Outcome
from valla.claims.model import Quantifier, Reading
from valla.dates import Window

__all__ = ["MAX_PAIRS", "Each", "each", "singly"]

MAX_PAIRS = 60
"""So many pairs of actors are asked one by one."""

_WEAKEST_FIRST = (Outcome.REFUTED, Outcome.OPEN, Outcome.CONTESTED)
"""Of which the first that occurs among the parts is that of the whole."""

_OF_EACH = frozenset({Quantifier.EXISTS, Quantifier.ALWAYS})


def _spelled(names: tuple[str, ...], period: Window, catalogue: Catalogue) -> tuple[str, ...]:
    """The actors of one side, a group of countries by its members in the period."""
    found: list[str] = []
    for name in names:
        members = catalogue.members(name, period) if name in catalogue.blocs else ()
        found += members or (name,)
    return tuple(dict.fromkeys(found))


def _pairs(
    reading: Reading, period: Window, catalogue: Catalogue
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...] | None]]:
    subjects, objects = reading.subjects, reading.objects
    one_by_one = [(name,) for name in _spelled(subjects, period, catalogue)]
    sides = [subjects] if reading.any_subject else one_by_one
    if reading.quantifier is Quantifier.ONLY:
        # that nobody else did it is asked of all together; that each of them did, of each
        yield from ((side, objects) for side in sides)
        return
    spelled = None if objects is None else _spelled(objects, period, catalogue)
    others = [objects] if spelled is None or reading.any_object else [(name,) for name in spelled]
    yield from product(sides, others)


def singly(reading: Reading, period: Window, catalogue: Catalogue) -> tuple[Reading, ...]:
    """Return the readings of which each must hold for the whole to hold; none where the whole is one question.

    Args:
        reading: the reading.
        period: its period, filled in.
        catalogue: who is who.
    """
    if reading.quantifier not in _OF_EACH | {Quantifier.ONLY}:
        return ()
    pairs = list(_pairs(reading, period, catalogue))
    if len(pairs) < 2 or len(pairs) > MAX_PAIRS:
        return ()
    own = Quantifier.EXISTS if reading.quantifier is Quantifier.ONLY else reading.quantifier
    return tuple(replace(reading, quantifier=own, subjects=one, objects=other) for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Each:
    """What the verdicts on each of several actors come to.

    Args:
        outcome: of all together.
        telling: the place of the part that decides it; None where all of them do.
    """

    outcome: Outcome
    telling: int | None


def each(reading: Reading, whole: Outcome, parts: Sequence[Outcome], catalogue: Catalogue) -> Each:
    """Return what the outcomes on each of several actors come to.

    Args:
        reading: the reading.
        whole: the outcome where what any of them did counts.
        parts: the outcome on each.
        catalogue: who is who.
    """
    if reading.quantifier is Quantifier.ONLY and whole is not Outcome.HOLDS:
        return Each(whole, None)
    outcome = next((one for one in _WEAKEST_FIRST if one in parts), Outcome.HOLDS)
    if outcome is Outcome.HOLDS:
        return Each(outcome, None)
    telling = parts.index(outcome)
    grouped = any(name in catalogue.blocs for name in reading.named)
    if grouped and whole is Outcome.HOLDS:
        # whether "the Allies" means each of them is not said
        return Each(Outcome.CONTESTED, telling)
    return Each(outcome, telling)
