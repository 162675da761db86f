"""What "until", "since", "from ... to" and the year of the first one make of a claim, once it is known how the claim sweeps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from valla.claims.cues import Found, said
from valla.claims.kinds import relation
from valla.claims.model import Quantifier
from valla.claims.periods import Stretch
from valla.dates import Window, day_text
from valla.errors import ClaimError

__all__ = ["Placed", "placed"]

_A_YEAR = 366


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim in its time.

    Args:
        period: the days that it is about.
        quantifier: how it sweeps over them.
        note: how that was taken.
        partial: whether the words say more than that.
        then: the days in which they say that it was so after all.
    """

    period: Stretch | None
    quantifier: Quantifier
    note: str = ""
    partial: bool = False
    then: Window | None = None


def _lasts(found: Found) -> bool:
    """Whether the relation is a state, which a time with two edges says to have lasted."""
    cue = found.piece.cue
    return cue is not None and relation(cue.relation).state and not relation(cue.relation).contradicted


def _dates_an_act(period: Stretch) -> bool:
    """Whether a time is that of one act, as a year is, rather than a horizon, as a century is."""
    first, last = period.window.begin, period.window.end
    short = first is not None and last is not None and last - first <= _A_YEAR
    return period.single and short and not period.order


def placed(period: Stretch | None, quantifier: Quantifier, found: Found) -> Placed:
    """Settle what the words of time ask for.

    Args:
        period: the time that the claim names.
        quantifier: how it sweeps.
        found: its relation.

    Raises:
        ClaimError: if something is said to have been so until a time, and not from when.
    """
    if period is None:
        return Placed(None, quantifier)
    if period.until or (period.eve is not None and quantifier is Quantifier.NEVER):
        return _until(period, quantifier, found)
    if period.lasting and quantifier is Quantifier.EXISTS and _lasts(found):
        return _through(period)
    if period.since and quantifier is Quantifier.ALWAYS and period.start_ends is not None and not period.whole:
        window = Window(period.start_ends, period.window.end)
        note = f"it may have begun on any day of the time that is named: asked is every day from {day_text(period.start_ends)} on"
        return Placed(replace(period, window=window, begin_by_year=False), quantifier, note)
    if quantifier is Quantifier.FIRST and _dates_an_act(period):
        window = Window(None, period.window.end)
        note = "the time is that of the first one's own act; all before it counts"
        return Placed(replace(period, window=window, order=True), quantifier, note)
    return Placed(period, quantifier)


def _until(period: Stretch, quantifier: Quantifier, found: Found) -> Placed:
    """Not until 1941: not before 1941, and then it was so; was so until 1941: up to then, and no longer."""
    if quantifier is Quantifier.NEVER and period.eve is not None:
        note = f"asked is whether it was so before {period.named!r}, and whether it was so then"
        window = Window(period.window.begin, period.eve)
        return Placed(replace(period, window=window), quantifier, note, partial=True, then=period.reached)
    if quantifier is Quantifier.ALWAYS:
        note = f"that it was no longer so after {period.named!r} is not judged"
        return Placed(period, quantifier, note, partial=True)
    plain = said(found.piece.cue.relation) if found.piece.cue else "it was so"
    raise ClaimError(
        f"{period.text!r} says that it was so up to then and no longer, and not from when",
        allowed="'from 1922 to 1939', 'never before 1939', 'in 1938'",
        repair=f"say from when: '{plain} ... from 1922 to 1939'",
    )


def _through(period: Stretch) -> Placed:
    """From 1902 to 1921: it began in the one year and ended in the other; asked is every day that lies between for certain."""
    first, last = period.start_ends, period.end_begins
    if first is None or last is None or first > last:
        return Placed(period, Quantifier.EXISTS)
    note = f"asked is every day from {day_text(first)} to {day_text(last)}: it may have begun and ended on any day of the times named"
    placed_within = replace(period, window=Window(first, last), begin_by_year=False, end_by_year=False)
    return Placed(placed_within, Quantifier.ALWAYS, note)
