"""Acts as marks on a timeline: points with whiskers, bars with faded ends, packed into lanes so that nothing overlaps.

Cooperative acts are round, adverse ones square, so that the tenor can be told without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valla.check.timeline_phases import plain, px
from valla.check.timeline_scale import Scale, date_words
from valla.claims.kinds import kinds
from valla.record.schema import Act

__all__ = ["DENSITY_PX", "FONT_PX", "Mark", "Style", "density", "drawn", "known_days", "placed", "shortened", "stacked"]

DENSITY_PX = 44
"""How high the tallest column of a density is."""

FONT_PX = 13
"""The size of the text: above 11 px even where a page shows the picture a little smaller than it is."""

_BIN_PX = 3
_FADE_PX = 30
_LETTER_EM = 0.56
_SIZES = {"deciding": 9.5, "swing": 6.0, "related": 3.5}
_DENSE_TENORS = ("cooperative", "adverse", "silent")


@dataclass(frozen=True, slots=True)
class Style:
    """The sizes of one picture.

    Args:
        scale: days as pixels.
        width: of the picture; below 520 px it is laid out for a narrow screen.
        key: the prefix of its ids.
    """

    scale: Scale
    width: int
    key: str

    @property
    def narrow(self) -> bool:
        """Whether labels have no room beside their marks."""
        return self.width < 520

    @property
    def letter(self) -> float:
        """How wide a letter is, near enough for packing."""
        return FONT_PX * _LETTER_EM

    @property
    def letters(self) -> int:
        """How many letters a label may have."""
        return int(self.width / 16)


@dataclass(frozen=True, slots=True)
class Mark:
    """An act placed on a scale.

    Args:
        act: the act.
        tier: `deciding`, `swing` or `related`.
        number: its number among the deciding acts, from 1.
        tenor: cooperative or adverse; silent where its kind is not known.
        point: whether it happened on one day rather than lasted.
        x0: where it may have begun.
        x1: where it may have ended.
        c0: where it certainly had begun.
        c1: where it certainly had not yet ended.
        open_left: whether it began earlier than the picture or nobody knows when.
        open_right: whether it ended later than the picture or nobody knows when.
        at: where its glyph stands.
        side: whose it is, where the acts of several sides are drawn.
    """

    act: Act
    tier: str
    number: int
    tenor: str
    point: bool
    x0: float
    x1: float
    c0: float
    c1: float
    open_left: bool
    open_right: bool

    at: float
    side: str = ""

    @property
    def kind(self) -> str:
        """What kind of act it is, for a reader, and whose."""
        known = kinds().get(self.act.kind)
        return ": ".join(filter(None, (self.side, known.label if known else self.act.kind)))

    @property
    def name(self) -> str:
        """What it is called: its title, else its kind, and whose it is."""
        return ": ".join(filter(None, (self.side, self.act.title))) if self.act.title else self.kind

    @property
    def label(self) -> str:
        """Its date, its title and what it was, in full."""
        told = ": ".join(filter(None, (self.act.title, self.act.summary)))
        return f"{date_words(self.act.when)} · {told or self.kind}"

    def short(self, letters: int) -> str:
        """Return its date and title, of one without a title the summary if it fits, else the kind: half a sentence tells less."""
        date = date_words(self.act.when)
        told = f"{date} · {self.act.summary}"
        fits = self.act.summary and not self.act.title and not self.side and len(told) <= letters
        return told if fits else shortened(f"{date} · {self.name}", letters)

    @property
    def big(self) -> bool:
        """Whether it is numbered and labelled."""
        return self.tier == "deciding"


def shortened(text: str, letters: int) -> str:
    """Return a text cut at a word so that it has no more than so many letters."""
    return text if len(text) <= letters else text[: max(letters - 1, 1)].rsplit(" ", 1)[0].rstrip(" ,;:.·") + "…"


def known_days(act: Act) -> list[int]:
    """Return the bounds of an act's date that are known."""
    return list(act.when.known_days)


def _core(act: Act, scale: Scale, x0: float, x1: float) -> tuple[float, float]:
    """The stretch that the act certainly covers; a single place in the middle where no day is certain."""
    late, early = act.when.latest_begin, act.when.earliest_end
    begin = scale.left if late is None else scale.x(late)
    end = scale.right if early is None else scale.x(early + 1)
    return (begin, end) if begin <= end else ((x0 + x1) / 2, (x0 + x1) / 2)


def _reach(act: Act, scale: Scale, *, point: bool) -> tuple[float, float]:
    """The stretch that the act may cover; an unknown bound fades out within a few pixels of the next that is known."""
    when = act.when
    begin, begin_by = when.begin_min, when.latest_begin
    end, end_from = (when.begin_max if point else when.end_max), when.earliest_end
    x0 = scale.x(begin) if begin is not None else (scale.x(begin_by) - _FADE_PX if begin_by is not None else scale.left)
    x1 = (
        scale.x(end + 1)
        if end is not None
        else (scale.x(end_from + 1) + _FADE_PX if end_from is not None else scale.right)
    )
    x0 = max(scale.left, x0)
    return x0, max(min(scale.right, x1), x0)


def placed(act: Act, tier: str, number: int, scale: Scale, *, side: str = "") -> Mark | None:
    """Return an act placed on a scale, or None where nothing is known of its date.

    Args:
        act: the act.
        tier: `deciding`, `swing` or `related`.
        number: its number among the deciding acts.
        scale: days as pixels.
        side: whose it is, where the acts of several sides are drawn.
    """
    if not known_days(act):
        return None
    when = act.when
    point = (when.begin_min, when.begin_max) == (when.end_min, when.end_max)
    x0, x1 = _reach(act, scale, point=point)
    c0, c1 = _core(act, scale, x0, x1)
    known, size = kinds().get(act.kind), _SIZES[tier]
    return Mark(
        act=act,
        tier=tier,
        number=number,
        tenor=known.tenor if known else "silent",
        point=point,
        x0=x0,
        x1=x1,
        c0=c0,
        c1=c1,
        open_left=when.begin_min is None or when.begin_min < scale.first,
        open_right=when.end_max is None or when.end_max > scale.last,
        at=min(max((x0 + x1) / 2 if point else c0, scale.left + size), scale.right - size),
        side=side,
    )


def _lanes(boxes: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """The first lane in which each box fits, boxes taken from left to right."""
    ends: list[float] = []
    found = [0] * len(boxes)
    for index in sorted(range(len(boxes)), key=lambda at: boxes[at]):
        begin, end = boxes[index]
        lane = next((lane for lane, taken in enumerate(ends) if taken + gap <= begin), len(ends))
        ends[lane : lane + 1] = [end]
        found[index] = lane
    return found


def _label_place(mark: Mark, style: Style) -> tuple[float, str, str]:
    """Where a label begins, its anchor and its text: right of the mark, else left of it, else inside."""
    text = mark.short(style.letters)
    long = len(text) * style.letter
    right = mark.at + 13 if mark.x1 - mark.at > 60 else max(mark.x1, mark.at + 9) + 4
    if right + long <= style.scale.right:
        return right, "start", text
    left = min(mark.x0, mark.at - 9) - 4
    if left - long >= style.scale.left:
        return left, "end", text
    room = int((style.scale.right - mark.at - 13) / style.letter)
    return mark.at + 13, "start", mark.short(room) if room > 8 else ""


def _box(mark: Mark, style: Style) -> tuple[float, float]:
    """The stretch that a mark and its label take up."""
    size = _SIZES[mark.tier] + 1
    begin, end = min(mark.x0, mark.at - size), max(mark.x1, mark.at + size)
    if not mark.big or style.narrow:
        return begin, end
    at, anchor, text = _label_place(mark, style)
    long = len(text) * style.letter
    return (min(begin, at - long), end) if anchor == "end" else (begin, max(end, at + long))


def stacked(marks: Sequence[Mark], pitch: float, style: Style) -> tuple[list[tuple[Mark, float]], float]:
    """Return marks with how far each is from the near edge of their lanes, and how deep the lanes are together."""
    lanes = _lanes([_box(mark, style) for mark in marks], 8 if pitch > 15 else 2)
    return [(mark, (lane + 0.5) * pitch) for mark, lane in zip(marks, lanes, strict=True)], pitch * (
        max(lanes, default=-1) + 1
    )


def _glyph(mark: Mark, x: float, y: float, size: float) -> str:
    if mark.tenor == "adverse":
        side = size * 0.9
        return f'<rect class="g" x="{px(x - side)}" y="{px(y - side)}" width="{px(2 * side)}" height="{px(2 * side)}"/>'
    return f'<circle class="g" cx="{px(x)}" cy="{px(y)}" r="{px(size)}"/>'


def _bar(mark: Mark, y: float, high: float, key: str) -> str:
    """What lasts: solid where it certainly was, faded where it only may have been."""
    parts = [(mark.x0, mark.c0, "in"), (mark.c0, mark.c1, ""), (mark.c1, mark.x1, "out")]
    return "".join(
        f'<rect class="{"f" if way else "b"}" x="{px(begin)}" y="{px(y - high / 2)}" width="{px(end - begin)}" height="{px(high)}"'
        + (f' fill="url(#{key}-{mark.tenor}-{way})"/>' if way else "/>")
        for begin, end, way in parts
        if end - begin > 0.4
    )


def _whisker(mark: Mark, y: float, high: float) -> str:
    """The days among which the one day of a point must be."""
    if mark.x1 - mark.x0 < 3:
        return ""
    ends = [x for x, unbounded in ((mark.x0, mark.open_left), (mark.x1, mark.open_right)) if not unbounded]
    caps = "".join(f"M{px(x)} {px(y - high)}v{px(2 * high)}" for x in ends)
    return f'<path class="w" d="M{px(mark.x0)} {px(y)}H{px(mark.x1)}{caps}"/>'


def _arrows(mark: Mark, y: float) -> str:
    tips = [
        (x, way) for x, way, unbounded in ((mark.x0, -1, mark.open_left), (mark.x1, 1, mark.open_right)) if unbounded
    ]
    return "".join(
        f'<path class="w" d="M{px(x - 5 * way)} {px(y - 4)}L{px(x)} {px(y)}L{px(x - 5 * way)} {px(y + 4)}"/>'
        for x, way in tips
    )


def _words(mark: Mark, y: float, style: Style) -> str:
    """The number on a mark, and its label where there is room for labels."""
    sign = str(mark.number) if mark.big else "?" * (mark.tier == "swing")
    number = f'<text class="n" x="{px(mark.at)}" y="{px(y + 4)}">{sign}</text>' if sign else ""
    if not mark.big or style.narrow:
        return number
    x, anchor, text = _label_place(mark, style)
    return f'{number}<text class="l" x="{px(x)}" y="{px(y + 4)}" text-anchor="{anchor}">{plain(text)}</text>'


def drawn(mark: Mark, y: float, style: Style) -> str:
    """Return one act as a group: its title, its body, its glyph, its number and label.

    Args:
        mark: the act on its scale.
        y: the middle of its lane.
        style: the sizes of the picture.
    """
    size = _SIZES[mark.tier]
    body = _whisker(mark, y, size * 0.6) if mark.point else _bar(mark, y, 15 if mark.big else 5, style.key)
    known = f" (known from {date_words(mark.act.known_from)})" if mark.act.known_from else ""
    title = f"<title>{plain(shortened(mark.label + known, 300))}</title>"
    return (
        f'<g class="m {mark.tier} {mark.tenor}">{title}{body}{_arrows(mark, y)}'
        f"{_glyph(mark, mark.at, y, size)}{_words(mark, y, style)}</g>"
    )


def _column(x: float, y: float, high: float) -> str:
    return f"M{px(x)} {px(y)}v{px(high)}h{_BIN_PX - 0.5}v{px(-high)}z"


def density(marks: Sequence[Mark], base: float, way: int, scale: Scale) -> str:
    """Return how many acts there are at each place, as columns, adverse ones stacked on cooperative ones.

    Args:
        marks: the acts on their scale.
        base: where the columns stand.
        way: 1 where they hang, -1 where they rise.
        scale: days as pixels.
    """
    bins = int((scale.right - scale.left) / _BIN_PX) + 1
    counts = {tenor: [0] * bins for tenor in _DENSE_TENORS}
    for mark in marks:
        counts[mark.tenor][int((mark.at - scale.left) / _BIN_PX)] += 1
    most = max(map(sum, zip(*counts.values(), strict=True)))
    under, paths = [0.0] * bins, []
    for tenor, row in counts.items():
        highs = [count / most * DENSITY_PX for count in row]
        columns = "".join(
            _column(scale.left + at * _BIN_PX, base + way * under[at], way * highs[at]) for at in range(bins) if row[at]
        )
        paths.append(f'<path class="d {tenor}" d="{columns}"/>' if columns else "")
        under = [low + high for low, high in zip(under, highs, strict=True)]
    return f"<g><title>{len(marks):,} acts; the tallest column stands for {most:,}</title>{''.join(paths)}</g>"
