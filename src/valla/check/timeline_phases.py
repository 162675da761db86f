"""Phases as patterned ribbons: a tenor is told by its pattern and its name as well as by its colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from valla.check.model import Phase, Tenor
from valla.check.timeline_scale import Scale, stretch_words

__all__ = ["RIBBON_PX", "TENORS", "defs", "plain", "px", "ribbon", "tints"]

RIBBON_PX = 20
"""How high a ribbon is."""

TENORS = tuple(tenor.value for tenor in Tenor)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINES = {
    "cooperative": "M-1 7L7 -1M-1 1L1 -1M5 7L7 5",
    "adverse": "M0 3H6",
    "both": "M-1 7L7 -1M-1 -1L7 7",
    "silent": "",
}
_FADES = {"in": (0, 0.75), "out": (0.75, 0)}
_LEAST_PX = 2


def plain(text: str) -> str:
    """Return a text escaped for XML, without the characters that XML cannot hold."""
    return escape(_NOT_XML.sub("", text))


def px(value: float) -> str:
    """Return a coordinate to a tenth of a pixel, as short as it can be."""
    return f"{value:.1f}".removesuffix(".0")


def defs(key: str) -> str:
    """Return the patterns of the tenors and the fades of uncertain ends, with ids that begin with `key`."""
    patterns = (
        f'<pattern id="{key}-{tenor}" class="{tenor}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect class="pf" width="6" height="6"/><path class="pl" d="{line}"/></pattern>'
        for tenor, line in _LINES.items()
    )
    gradients = (
        f'<linearGradient id="{key}-{tenor}-{way}" class="{tenor}">'
        f'<stop class="s" stop-opacity="{begin}"/><stop class="s" offset="1" stop-opacity="{end}"/></linearGradient>'
        for tenor in ("cooperative", "adverse", "silent")
        for way, (begin, end) in _FADES.items()
    )
    return f"<defs>{''.join((*patterns, *gradients))}</defs>"


def _title(phase: Phase) -> str:
    acts = f", {len(phase.acts):,} act{'s' * (len(phase.acts) != 1)}" if phase.acts else ""
    return f"{phase.tenor.value}: {stretch_words(phase.window)}{acts}"


def _slivers(thin: Iterable[tuple[Phase, float]], y: float, key: str) -> Iterator[str]:
    """Phases too short to be seen at scale, two pixels each; those that fall together are told together."""
    columns: dict[int, list[Phase]] = {}
    for phase, x in thin:
        columns.setdefault(int(x / _LEAST_PX), []).append(phase)
    for column, found in columns.items():
        tenor = found[0].tenor if len({phase.tenor for phase in found}) == 1 else Tenor.BOTH
        title = _title(found[0]) if len(found) == 1 else f"{len(found)} short phases, {tenor.value}"
        yield (
            f'<rect class="ph {tenor.value}" x="{_LEAST_PX * column}" y="{px(y)}" width="{_LEAST_PX}" height="{RIBBON_PX}" '
            f'fill="url(#{key}-{tenor.value})"><title>{title}</title></rect>'
        )


def _wide(phase: Phase, x0: float, x1: float, y: float, key: str) -> str:
    tenor = phase.tenor.value
    box = f'<rect x="{px(x0)}" y="{px(y)}" width="{px(x1 - x0)}" height="{RIBBON_PX}" fill="url(#{key}-{tenor})"/>'
    return f'<g class="ph {tenor}"><title>{_title(phase)}</title>{box}</g>'


def _name(phase: Phase, x0: float, x1: float, y: float, font: float) -> str:
    """The tenor's name, if it has room."""
    tenor = phase.tenor.value
    named = 0 < len(tenor) * font * 0.6 < x1 - x0 - 6
    return f'<text class="p" x="{px((x0 + x1) / 2)}" y="{px(y + 14)}">{tenor}</text>' if named else ""


def ribbon(phases: Iterable[Phase], y: float, scale: Scale, key: str, font: float = 13) -> str:
    """Return a ribbon of phases, patterned and, where there is room, named.

    Args:
        phases: of one channel.
        y: its upper edge in pixels.
        scale: days as pixels.
        key: the prefix of the pattern ids that `defs` was called with.
        font: text size in pixels; 0 writes no names.
    """
    parts: list[str] = []
    thin: list[tuple[Phase, float]] = []
    for phase in phases:
        x0, x1 = scale.stretch(phase.window)
        if x1 - x0 >= _LEAST_PX:
            parts.append(_wide(phase, x0, x1, y, key) + _name(phase, x0, x1, y, font))
        elif phase.tenor is not Tenor.SILENT:
            thin.append((phase, x0))
    return "".join((*parts, *_slivers(thin, y, key)))


def tints(phases: Iterable[Phase], y: float, high: float, scale: Scale) -> str:
    """Return the phases as faint bands behind the acts."""
    boxes = ((phase.tenor.value, *scale.stretch(phase.window)) for phase in phases if phase.tenor is not Tenor.SILENT)
    return "".join(
        f'<rect class="t {tenor}" x="{px(begin)}" y="{px(y)}" width="{px(end - begin)}" height="{px(high)}"/>'
        for tenor, begin, end in boxes
        if end - begin >= _LEAST_PX
    )
