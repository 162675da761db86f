"""Where a record is complete: outside its windows, silence proves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from valla.dates import Window
from valla.record.schema import Coverage

__all__ = ["EVERYBODY", "Among", "complete", "covered", "merge", "thresholds"]


@dataclass(frozen=True, slots=True)
class Among:
    """Between whom a record must be complete.

    Args:
        named: ids of the states that a reading names; None where everybody is compared or meant.
        seats: the stretches in which all of those it names were members of the Correlates of War state system.
    """

    named: frozenset[str] | None
    seats: tuple[Window, ...] = (Window(),)


EVERYBODY = Among(None)
"""All actors, whoever and whenever they were."""


def merge(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Join windows that overlap or touch, in order of time."""
    joined: list[Window] = []
    ordered = sorted((w for w in windows if not w.empty), key=lambda w: float("-inf") if w.begin is None else w.begin)
    for window in ordered:
        last = joined[-1] if joined else None
        if last and (last.end is None or window.begin is None or window.begin <= last.end + 1):
            joined[-1] = Window(last.begin, _later(last.end, window.end))
        else:
            joined.append(window)
    return tuple(joined)


def _later(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def _windows(entry: Coverage, among: Among) -> Iterable[Window]:
    """The stretches in which one claim to completeness holds between some actors."""
    if entry.actors is not None and (among.named is None or not among.named <= entry.actors):
        return ()
    return (entry.window.meet(seat) for seat in among.seats) if entry.among_states else (entry.window,)


def covered(coverage: Iterable[Coverage], kinds: frozenset[str], among: Among) -> tuple[Window, ...]:
    """Return the windows in which every one of the kinds is covered.

    What is recorded above a threshold only is not: its absence leaves room for what lies below.

    Args:
        coverage: what the record claims.
        kinds: the kinds that must all be covered; none of them means nowhere.
        among: between whom.
    """
    entries = tuple(entry for entry in coverage if not entry.threshold)
    common: tuple[Window, ...] | None = None
    for kind in sorted(kinds):
        windows = merge(window for entry in entries if kind in entry.kinds for window in _windows(entry, among))
        common = windows if common is None else merge(one.meet(other) for one in common for other in windows)
    return common or ()


def complete(coverage: Iterable[Coverage], kinds: frozenset[str], window: Window, among: Among) -> bool:
    """Whether every one of the kinds is covered over the whole window (design 5)."""
    return any(whole.holds(window) for whole in covered(coverage, kinds, among))


def thresholds(coverage: Iterable[Coverage], kinds: frozenset[str], window: Window, among: Among) -> tuple[str, ...]:
    """Return above what thresholds the kinds are recorded over a part of a window, in words, each once."""
    found = (
        entry.threshold
        for entry in coverage
        if entry.threshold
        and entry.kinds & kinds
        and any(not stretch.meet(window).empty for stretch in _windows(entry, among))
    )
    return tuple(dict.fromkeys(found))
