"""Phases: the stretches of time in which the conduct of two sides keeps one tenor, open and secret apart.

The grain is the calendar year: a year has the tenor of the acts that may have covered a day of it, and years that follow each other
with the same tenor are one phase. Finer grains make a phase of every silence between two acts.
"""

from __future__ import annotations

from collections.abc import Iterable

from valla.check.model import Phase, Tenor
from valla.claims.kinds import kinds
from valla.dates import Window, day_number, year_of
from valla.record.schema import Act

__all__ = ["MAX_YEARS", "phases"]

MAX_YEARS = 3000
"""Longer periods get no phases: nobody reads them."""


def _years(act: Act, period: Window, first: int, last: int) -> range:
    extent = act.when.extent.meet(period)
    if extent.empty:
        return range(0)
    begin = first if extent.begin is None else year_of(extent.begin)
    end = last if extent.end is None else year_of(extent.end)
    return range(max(begin, first), min(end, last) + 1)


def _tenor(tenors: set[str]) -> Tenor:
    if not tenors:
        return Tenor.SILENT
    return Tenor.BOTH if len(tenors) == 2 else Tenor(next(iter(tenors)))


def phases(acts: Iterable[Act], period: Window, channel: str = "any") -> tuple[Phase, ...]:
    """Return the phases of a period.

    Args:
        acts: what the two sides did toward each other.
        period: the days to divide; a period without both ends has no phases.
        channel: `open`, `secret` or `any`: which acts count.

    Returns:
        Phases that follow each other without a gap and fill the period.
    """
    if period.begin is None or period.end is None:
        return ()
    first, last = year_of(period.begin), year_of(period.end)
    if last - first > MAX_YEARS:
        return ()
    tenors: list[set[str]] = [set() for _ in range(first, last + 1)]
    names: list[list[str]] = [[] for _ in tenors]
    for act in acts:
        # a peace or a cession is neither cooperation nor conflict
        if channel in {"any", act.channel} and kinds()[act.kind].tenor != "neutral":
            for year in _years(act, period, first, last):
                tenors[year - first].add(kinds()[act.kind].tenor)
                names[year - first].append(act.id)
    return tuple(_joined(tenors, names, period, first, channel))


def _joined(
    tenors: list[set[str]], names: list[list[str]], period: Window, first: int, channel: str
) -> Iterable[Phase]:
    start = 0
    for year in range(1, len(tenors) + 1):
        if year < len(tenors) and tenors[year] == tenors[start]:
            continue
        window = Window(day_number(first + start), day_number(first + year - 1, 12, 31)).meet(period)
        acts = dict.fromkeys(name for some in names[start:year] for name in some)
        yield Phase(window, _tenor(tenors[start]), channel, tuple(acts))
        start = year
