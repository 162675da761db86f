"""Days as pixels and as words: the scale of a timeline, its ticks, and dates as a reader says them.

Historians count 2 BCE, 1 BCE, 1 CE: no year 0 is ever printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from valla.dates import Span, parse
from valla.days import Window, civil, day_number
from valla.errors import DateError

__all__ = ["Scale", "date_words", "stretch_words", "ticks", "year_words"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_PER_YEAR = 365.2425
_DAY_STEPS = (1, 2, 5, 10)
_MONTH_STEPS = (1, 3, 6)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on a line of pixels.

    Args:
        first: the first day drawn.
        last: the last day drawn.
        left: the pixel at which the first day begins.
        right: the pixel at which the last day ends.
    """

    first: int
    last: int
    left: float
    right: float

    def x(self, day: int) -> float:
        """Return the pixel at which a day begins, kept within the line."""
        share = (day - self.first) / (self.last + 1 - self.first)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def stretch(self, window: Window) -> tuple[float, float]:
        """Return the pixels at which a window begins and ends; an unbounded side runs to the edge."""
        begin = self.left if window.begin is None else self.x(window.begin)
        return begin, self.right if window.end is None else self.x(window.end + 1)

    @property
    def days_per_px(self) -> float:
        """How many days a pixel stands for."""
        return (self.last + 1 - self.first) / (self.right - self.left)


def year_words(year: int) -> str:
    """Return an astronomical year as a reader says it: 1922, 14 CE, and 44 BCE for -43."""
    if year < 1:
        return f"{1 - year} BCE"
    return f"{year} CE" if year < 1000 else str(year)


def _day_words(day: int) -> str:
    year, month, day_of_month = civil(day)
    return f"{day_of_month} {_MONTHS[month - 1]} {year_words(year)}"


def _between(begin: int, end: int) -> tuple[str, str]:
    """The two ends of a stretch of days, in the coarsest units that it fills."""
    (year, month, day), (last_year, last_month, last_day) = civil(begin), civil(end)
    after = civil(end + 1)
    if (month, day) == (1, 1) and (last_month, last_day) == (12, 31):
        return year_words(year), year_words(last_year)
    if day == 1 and after[2] == 1:
        return f"{_MONTHS[month - 1]} {year_words(year)}", f"{_MONTHS[last_month - 1]} {year_words(last_year)}"
    return _day_words(begin), _day_words(end)


def _decade(begin: int, end: int) -> str:
    """The decade or century that two days fill exactly, or nothing."""
    (year, *start), (last_year, *finish) = civil(begin), civil(end)
    if start != [1, 1] or finish != [12, 31] or year < 1 or year % 10 or last_year - year not in {9, 99}:
        return ""
    return f"{year}s" if last_year - year == 9 or year % 100 == 0 else ""


def stretch_words(window: Window) -> str:
    """Return a stretch of days in words: `30 Jan 1933 – 8 May 1945`, `1922 – 1933`, `Apr 1939`, `from 44 BCE`."""
    if window.begin is None or window.end is None:
        return _half_open_words(window)
    first, last = _between(window.begin, window.end)
    return first if first == last else f"{first} – {last}"


def _half_open_words(window: Window) -> str:
    if window.begin is not None:
        return (
            f"from {_between(window.begin, window.begin)[0]}"
            if civil(window.begin)[1:] != (1, 1)
            else f"from {year_words(civil(window.begin)[0])}"
        )
    if window.end is not None:
        return (
            f"until {_day_words(window.end)}"
            if civil(window.end)[1:] != (12, 31)
            else f"until {year_words(civil(window.end)[0])}"
        )
    return "at any time"


def _moment_words(first: int | None, last: int | None) -> str:
    """One day that may be any from first to last."""
    words = stretch_words(Window(first, last))
    if first is None or last is None:
        return f"not before {words[5:]}" if words.startswith("from ") else words.replace("until", "by")
    return _decade(first, last) or (f"between {words.replace(' – ', ' and ')}" if " – " in words else words)


def _exact(span: Span) -> Span:
    """The span without the padding that `~` gave it."""
    try:
        return parse(span.text, padding=0)
    except DateError:
        return span


def date_words(span: Span) -> str:
    """Return a date as a reader says it: `16 Apr 1922`, `Apr 1939`, `c. 1923`, `1926 – 1933`, `15 Mar 44 BCE`."""
    about = "c. " if {"~", "%"} & set(span.text) else ""
    when = _exact(span) if about else span
    doubt = " (?)" if span.doubtful else ""
    begin, end = (when.begin_min, when.begin_max), (when.end_min, when.end_max)
    if begin == end:
        return f"{about}{_moment_words(*begin)}{doubt}" if begin != (None, None) else "date unknown"
    if None in {when.extent.begin, when.extent.end}:
        return f"{about}{stretch_words(when.extent)}{doubt}"
    return f"{about}{_moment_words(*begin)} – {_moment_words(*end)}{doubt}"


def _year_step(least_days: float) -> int:
    """The smallest step of 1, 2, 5, 10, 20, 50... years that is at least so many days long."""
    step, factors = 1, (2, 2.5, 2)
    for turn in range(60):
        if step * _DAYS_PER_YEAR >= least_days:
            break
        step = int(step * factors[turn % 3])
    return step


def _year_ticks(scale: Scale, step: int) -> Iterator[tuple[int, str]]:
    """Round years of both eras; 1 CE stands where a year 0 would."""
    first, last = civil(scale.first)[0], civil(scale.last)[0]
    for count in range(first // step - 1, last // step + 2):
        # astronomical -49 is 50 BCE; with a step of 1 the count is the year
        year = count if step == 1 else (count * step if count > 0 else min(count * step + 1, 1))
        yield day_number(year), year_words(year)


def _month_ticks(scale: Scale, step: int) -> Iterator[tuple[int, str]]:
    (year, month, _), (last_year, last_month, _) = civil(scale.first), civil(scale.last)
    for count in range((year * 12 + month - 1) // step, (last_year * 12 + last_month) // step + 1):
        at, of = divmod(count * step, 12)
        yield day_number(at, of + 1), f"{_MONTHS[of]} {year_words(at)}"


def _day_ticks(scale: Scale, step: int) -> Iterator[tuple[int, str]]:
    for day in range(scale.first, scale.last + 1):
        day_of_month = civil(day)[2]
        if (day_of_month - 1) % step == 0 and day_of_month <= 31 - step // 2:
            yield day, _day_words(day)


def _candidates(scale: Scale, least: float) -> Iterator[tuple[int, str]]:
    """Ticks in the smallest unit whose steps leave room for their labels; `least` in pixels for a year's label."""
    day_room, month_room, year_room = (least * wide * scale.days_per_px for wide in (2.0, 1.5, 1.0))
    for step in _DAY_STEPS:
        if step >= day_room:
            return _day_ticks(scale, step)
    for step in _MONTH_STEPS:
        if step * 30.4 >= month_room:
            return _month_ticks(scale, step)
    return _year_ticks(scale, _year_step(year_room))


def ticks(scale: Scale, font: float) -> list[tuple[float, str]]:
    """Return where to put ticks and what to write at them, from days to millennia.

    Args:
        scale: the scale.
        font: the size of the labels in pixels; labels never touch.
    """
    letter = font * 0.56
    long = max(len(year_words(civil(day)[0])) for day in (scale.first, scale.last)) + 3
    found: list[tuple[float, str]] = []
    taken = float("-inf")
    for day, words in _candidates(scale, long * letter):
        x, half = scale.x(day), len(words) * letter / 2
        if (
            scale.first <= day <= scale.last
            and x - half >= taken
            and x - half >= 0
            and x + half <= scale.right + scale.left
        ):
            found.append((x, words))
            taken = x + half + letter
    return found or _only(scale, letter)


def _only(scale: Scale, letter: float) -> list[tuple[float, str]]:
    """One tick, as near the middle as a day stands, where no round day fits; none where its words are too long for the width."""
    day = (scale.first + scale.last) // 2
    x, words = scale.x(day), _day_words(day)
    half = len(words) * letter / 2
    return [(x, words)] if x - half >= 0 and x + half <= scale.right + scale.left else []
