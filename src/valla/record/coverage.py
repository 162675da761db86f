"""Where a record is complete: outside its windows, silence proves nothing."""

from __future__ import annotations

from collections.abc import Iterable

from valla.dates import Window
from valla.record.schema import Coverage

__all__ = ["complete", "covered", "merge"]


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


def _of_kind(coverage: Iterable[Coverage], kind: str, actors: frozenset[str] | None) -> tuple[Window, ...]:
    """The windows in which one kind is covered between the actors; None asks for all actors."""
    return merge(
        entry.window
        for entry in coverage
        if kind in entry.kinds and (entry.actors is None or (actors is not None and actors <= entry.actors))
    )


def covered(coverage: Iterable[Coverage], kinds: frozenset[str], actors: frozenset[str] | None) -> tuple[Window, ...]:
    """Return the windows in which every one of the kinds is covered.

    Args:
        coverage: what the record claims.
        kinds: the kinds that must all be covered; none of them means nowhere.
        actors: the actors between whom; None means everybody.
    """
    entries = tuple(coverage)
    common: tuple[Window, ...] | None = None
    for kind in sorted(kinds):
        windows = _of_kind(entries, kind, actors)
        common = windows if common is None else merge(one.meet(other) for one in common for other in windows)
    return common or ()


def complete(
    coverage: Iterable[Coverage], kinds: frozenset[str], window: Window, actors: frozenset[str] | None
) -> bool:
    """Whether every one of the kinds is covered over the whole window (design 5)."""
    return any(whole.holds(window) for whole in covered(coverage, kinds, actors))
