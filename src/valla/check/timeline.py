"""A verdict as a picture: a standalone SVG with open acts above the axis, secret ones below and the phases behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from valla.actors.naming import phrase_on
from valla.check.model import Phase, Verdict
from valla.check.timeline_marks import (
    DENSITY_PX,
    FONT_PX,
    Mark,
    Style,
    density,
    drawn,
    known_days,
    placed,
    stacked,
)
from valla.check.timeline_phases import RIBBON_PX, TENORS, defs, plain, px, ribbon, tints
from valla.check.timeline_scale import Scale, stretch_words, ticks
from valla.days import Window
from valla.record.schema import Act

__all__ = ["DENSE", "NUMBERED", "timeline"]

DENSE = 150
"""From how many acts besides the deciding ones a density takes the place of single points."""

NUMBERED = 40
"""How many deciding acts are numbered and labelled; a reader cannot follow more."""

_PANELS = {"open": "In the open", "secret": "In secret", "unknown": "Open or secret: not known"}
_AXIS_PX = 26
_HEAD_PX = 20
_MARGIN_PX = 8
_LEAST_WIDTH_PX = 280
_LISTED = 20  # lines beneath a narrow picture

_SWATCH = '<g class="ph {tenor}"><rect y="1" width="22" height="13" fill="url(#{key}-{tenor})"/></g>'
_SIGNS = {
    "cooperative": ('<circle class="g cooperative" cx="11" cy="7" r="5"/>', "cooperative act"),
    "adverse": ('<rect class="g adverse" x="6" y="2" width="10" height="10"/>', "adverse act"),
    "deciding": ('<circle class="g" cx="11" cy="7" r="7"/><text class="n" x="11" y="11">1</text>', "decides"),
    "swing": (
        '<g class="swing"><circle class="g" cx="11" cy="7" r="6"/><text class="n" x="11" y="11">?</text></g>',
        "may decide",
    ),
    "whisker": ('<path class="w" d="M1 7H21M1 3v8M21 3v8"/>', "on one of these days"),
    "fade": ('<rect class="f" y="2" width="22" height="10" fill="url(#{key}-silent-in)"/>', "begin or end uncertain"),
    "gap": ('<path class="period" d="M0 7H22"/><path class="gap" d="M0 7H22"/>', "covered by no act"),
}
"""What each sign looks like, drawn at 0, 0, and means."""


def _acts(verdict: Verdict) -> Iterable[tuple[str, str, Act]]:
    """Every act with its tier and side, deciding ones first."""
    later = (*verdict.deciding[NUMBERED:], *verdict.swing[NUMBERED:])
    tiers = (("deciding", verdict.deciding[:NUMBERED]), ("swing", verdict.swing[:NUMBERED]), ("related", later))
    return chain(
        ((tier, weighed.by, weighed.act) for tier, some in tiers for weighed in some),
        (("related", "", act) for act in verdict.related),
    )


def _domain(verdict: Verdict) -> Window | None:
    """The days to draw: the period, and the acts where it is unbounded or does not hold them; None if nothing has a date."""
    period = verdict.reading.period.window
    loose = None in {period.begin, period.end}
    days = [
        day for _, _, act in _acts(verdict) if loose or act.when.extent.meet(period).empty for day in known_days(act)
    ]
    days += [day for day in (period.begin, period.end) if day is not None]
    return Window(min(days), max(days)) if days else None


def _style(domain: Window, width: int) -> Style:
    """The scale with 2% of air on each side."""
    first, last = domain.begin or 0, domain.end or 0
    air = max((last - first) // 50, 1)
    return Style(Scale(first - air, last + air, _MARGIN_PX, width - _MARGIN_PX), width, f"valla-{width}")


def _marks(verdict: Verdict, style: Style) -> list[Mark]:
    """Every dated act once, in the first of its tiers; where several sides decide, each act says whose it is."""
    several = len({weighed.by for weighed in verdict.deciding}) > 1
    rows: dict[tuple[str, str], Mark | None] = {}
    for number, (tier, by, act) in enumerate(_acts(verdict), start=1):
        if (act.dataset, act.id) not in rows:
            side = phrase_on(by, act.when.extent.begin) if several and by else ""
            rows[act.dataset, act.id] = placed(act, tier, number, style.scale, side=side)
    return [mark for mark in rows.values() if mark]


def _body(marks: Sequence[Mark], edge: float, way: int, style: Style) -> tuple[str, float]:
    """The acts of one channel, light ones next to the axis, and how far they reach from `edge`."""
    light = [mark for mark in marks if not mark.big]
    if len(light) > DENSE:
        first, deep = density(light, edge, way, style.scale), DENSITY_PX + 6.0
    else:
        rows, deep = stacked(light, 13, style)
        first = "".join(drawn(mark, edge + way * at, style) for mark, at in rows)
    heavy, deeper = stacked([mark for mark in marks if mark.big], 24, style)
    return first + "".join(drawn(mark, edge + way * (deep + at), style) for mark, at in heavy), deep + deeper


def _panel(
    channel: str, phases: Sequence[Phase], marks: Sequence[Mark], edge: float, style: Style
) -> tuple[str, float]:
    """One channel's part, drawn away from `edge` (upward where it is open), and how high it is."""
    way = -1 if channel == "open" else 1
    near = (RIBBON_PX if phases else 0) + 6
    # a heading stands above its acts: at the far end of the open part, at the near end of the others
    body, deep = _body(marks, edge + way * near + (_HEAD_PX if way > 0 else 0), way, style)
    high = near + deep + _HEAD_PX + 4
    head = edge - high + 16 if way < 0 else edge + near + 12
    note = _PANELS[channel] + ("" if marks else ": no dated act in the record")
    parts = (
        tints(phases, min(edge, edge + way * high), high, style.scale),
        ribbon(phases, min(edge, edge + way * RIBBON_PX), style.scale, style.key, FONT_PX),
        f'<text class="h" x="{px(style.scale.left)}" y="{px(head)}">{note}</text>',
        body,
    )
    return f'<g class="panel {channel}">{"".join(parts)}</g>', high


def _axis(y: float, verdict: Verdict, style: Style) -> str:
    """The line of days with its ticks; the period of the claim is a thick stretch of it, hollow where no act covers it."""
    scale, period = style.scale, verdict.reading.period.window
    marks = "".join(
        f'<path class="k" d="M{px(x)} {px(y)}v5"/><text class="a" x="{px(x)}" y="{px(y + 18)}" text-anchor="middle">{word}</text>'
        for x, word in ticks(scale, FONT_PX)
    )
    begin, end = scale.stretch(period)
    title = f"<title>The period of the claim: {stretch_words(period)}</title>"
    span = f'<path class="period" d="M{px(begin)} {px(y + 1)}H{px(end)}">{title}</path>'
    for gap in verdict.gaps:
        begin, end = scale.stretch(gap)
        title = f"<title>Covered by no act: {stretch_words(gap)}</title>"
        span += f'<path class="gap" d="M{px(begin)} {px(y + 1)}H{px(max(end, begin + 2))}">{title}</path>'
    return f'<g class="axis"><path class="k" d="M{px(scale.left)} {px(y)}H{px(scale.right)}"/>{span}{marks}</g>'


def _numbers(marks: Sequence[Mark], y: float, style: Style) -> tuple[str, float]:
    """What the numbers stand for, where labels have no room beside them."""
    rows = sorted((mark for mark in marks if mark.big), key=lambda mark: mark.number) if style.narrow else []
    letters = int((style.width - 40) / style.letter)
    lines = [(f'<tspan class="o">{mark.number}</tspan> ', mark.short(letters)) for mark in rows[:_LISTED]]
    lines += [("", f"… and {len(rows) - _LISTED} more")] if len(rows) > _LISTED else []
    text = "".join(
        f'<text class="l" x="{_MARGIN_PX}" y="{px(y + 20 * at)}">{number}{plain(words)}</text>'
        for at, (number, words) in enumerate(lines, start=1)
    )
    return text, 20.0 * len(lines) + (10 if lines else 0)


def _entries(marks: Sequence[Mark], verdict: Verdict, key: str) -> list[tuple[str, str]]:
    """What there is to explain in this picture: a sign drawn at 0, 0 and what it means."""
    tenors = {phase.tenor.value for phase in verdict.phases if phase.channel in _PANELS}
    shown = {mark.tenor for mark in marks} | {mark.tier for mark in marks}
    shown |= {"whisker" for mark in marks if mark.point and mark.x1 - mark.x0 >= 3}
    shown |= {"fade" for mark in marks if not mark.point and mark.c0 - mark.x0 + mark.x1 - mark.c1 >= 1}
    shown |= {"gap" for _ in verdict.gaps}
    swatches = [(_SWATCH.format(key=key, tenor=tenor), f"phase: {tenor}") for tenor in TENORS if tenor in tenors]
    return swatches + [(sign.format(key=key), word) for name, (sign, word) in _SIGNS.items() if name in shown]


def _legend(entries: Sequence[tuple[str, str]], y: float, style: Style) -> tuple[str, float]:
    """What the signs mean, in as many rows as they need."""
    x, row, parts = style.scale.left, 0, []
    for sign, word in entries:
        long = 30 + len(word) * style.letter + 14
        if x + long > style.scale.right + 14 and x > style.scale.left:
            x, row = style.scale.left, row + 1
        parts.append(
            f'<g transform="translate({px(x)} {px(y + 14 + 21 * row)})">{sign}<text class="a" x="28" y="11">{word}</text></g>'
        )
        x += long
    return f'<g class="legend">{"".join(parts)}</g>', 21.0 * (row + 1) + 20 if parts else 8.0


def _described(verdict: Verdict, marks: Sequence[Mark]) -> str:
    """What the picture shows, for who cannot see it."""
    counts = [(name.lower(), sum(mark.act.channel == channel for mark in marks)) for channel, name in _PANELS.items()]
    told = "; ".join(f"{count:,} {name}" for name, count in counts if count) or "none"
    undated = sum(1 for _, _, act in _acts(verdict) if not known_days(act))
    unseen = f" Acts without a date, not shown: {undated:,}." if undated else ""
    return f"{verdict.because} Dated acts shown: {told}. Acts that decide: {verdict.n_deciding:,}.{unseen}"


@cache
def _css() -> str:
    return files("valla.check").joinpath("data", "timeline.css").read_text(encoding="utf-8")


def _svg(body: str, width: int, high: float, described: str) -> str:
    key = f"valla-{width}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="vt" viewBox="0 0 {width} {px(high)}" width="{width}" height="{px(high)}" '
        f'font-size="{FONT_PX}" role="img" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">Timeline of the acts</title><desc id="{key}-desc">{plain(described)}</desc>'
        f'<style>{_css()}</style>{defs(key)}<rect class="paper" width="100%" height="100%"/>{body}</svg>\n'
    )


def _panels(verdict: Verdict, marks: Sequence[Mark], style: Style) -> tuple[list[str], float, float]:
    """The parts from the top down with the axis at 0, how high the open one is, and where the lowest ends."""
    by_channel = {channel: [mark for mark in marks if mark.act.channel == channel] for channel in _PANELS}
    phases = {channel: [phase for phase in verdict.phases if phase.channel == channel] for channel in _PANELS}
    upper, above = _panel("open", phases["open"], by_channel["open"], 0, style)
    lower, below = _panel("secret", phases["secret"], by_channel["secret"], _AXIS_PX, style)
    parts, end = [upper, _axis(0, verdict, style), lower], _AXIS_PX + below
    if by_channel["unknown"]:
        rest, more = _panel("unknown", (), by_channel["unknown"], end + 6, style)
        parts, end = [*parts, rest], end + 6 + more
    return parts, above, end


def _pictured(verdict: Verdict, style: Style) -> str:
    marks = _marks(verdict, style)
    parts, above, end = _panels(verdict, marks, style)
    numbers, more = _numbers(marks, end, style)
    legend, rest = _legend(_entries(marks, verdict, style.key), end + more, style)
    body = f'<g transform="translate(0 {px(above)})">{"".join(parts)}{numbers}{legend}</g>'
    return _svg(body, style.width, above + end + more + rest, _described(verdict, marks))


def timeline(verdict: Verdict, *, width: int = 960) -> str:
    """Draw a verdict as a standalone SVG.

    Args:
        verdict: what a check gave back.
        width: in pixels; below 520 the picture is laid out for a narrow screen, with the labels in a list beneath.

    Returns:
        The SVG's text; the same verdict gives the same text.
    """
    width = max(width, _LEAST_WIDTH_PX)
    domain = _domain(verdict)
    if domain is None:
        note = f'<text class="h" x="{_MARGIN_PX}" y="24">No dated act in the record</text>'
        return _svg(note, width, 40, verdict.because)
    return _pictured(verdict, _style(domain, width))
