"""Small pictures for pages; the timeline itself is `valla.check.timeline`."""

from __future__ import annotations

from valla.check.model import Phase, Verdict
from valla.check.timeline_phases import RIBBON_PX, defs, plain, ribbon
from valla.check.timeline_scale import Scale, stretch_words
from valla.days import Window

__all__ = ["strip"]

_WIDTH_PX = 320
_GAP_PX = 4


def _span(phases: list[Phase], period: Window) -> Window | None:
    """The days that the strip shows: the period, and the phases where it is unbounded."""
    windows = [period, *(phase.window for phase in phases)]
    begins = [window.begin for window in windows if window.begin is not None]
    ends = [window.end for window in windows if window.end is not None]
    begin = period.begin if period.begin is not None else min(begins, default=None)
    end = period.end if period.end is not None else max(ends, default=None)
    return Window(begin, end) if begin is not None and end is not None and begin <= end else None


def strip(verdict: Verdict, key: str) -> str:
    """Return the phases of a verdict as two thin ribbons, open above secret; nothing where there are none.

    Args:
        verdict: what a check gave back.
        key: a prefix that makes its ids unique on the page.
    """
    shown = {channel: [phase for phase in verdict.phases if phase.channel == channel] for channel in ("open", "secret")}
    span = _span([phase for phases in shown.values() for phase in phases], verdict.reading.period.window)
    if span is None or not any(shown.values()):
        return ""
    scale = Scale(span.begin or 0, span.end or 0, 0.5, _WIDTH_PX - 0.5)
    high = 2 * RIBBON_PX + _GAP_PX
    rows = (ribbon(phases, at * (RIBBON_PX + _GAP_PX), scale, key, 0) for at, phases in enumerate(shown.values()))
    title = f"Phases, open above and secret below, {stretch_words(span)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="vt strip" viewBox="0 -1 {_WIDTH_PX} {high + 2}" role="img" '
        f'aria-labelledby="{key}-title"><title id="{key}-title">{plain(title)}</title>{defs(key)}{"".join(rows)}</svg>'
    )
