"""EDTF text to a span of four bounds, and three-valued comparison.

Grammar: Extended Date/Time Format, levels 0 to 2 (https://www.loc.gov/standards/datetime/). One date is read in `moments.py`; intervals,
sets and comparisons here. An open end (`..`) has not come, which is known: it lies after every day. An empty one is unknown: any day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from valla.days import Window, day_number, day_text, window_text, year_of
from valla.errors import DateError
from valla.moments import ALLOWED, moment_bounds, not_a_date

__all__ = [
    "MAX_LENGTH",
    "OPEN_BEGIN",
    "OPEN_END",
    "Span",
    "Truth",
    "Window",
    "begins_in",
    "bound_text",
    "day_number",
    "day_text",
    "overlaps",
    "parse",
    "precedes",
    "window_text",
    "year_of",
]

MAX_LENGTH = 200
"""The longest text that is tried as a date, in characters."""

OPEN_BEGIN = -2_147_483_648
"""The begin of what has always been so: before every day that a table of acts can hold in its 32 bits."""

OPEN_END = 2_147_483_647
"""The end of what has not ended: after every such day."""

_OPEN = frozenset({OPEN_BEGIN, OPEN_END})

_Bounds = tuple[int | None, int | None]
"""The first and last day of a begin, or of an end."""


class Truth(StrEnum):
    """The answer to a comparison of uncertain dates."""

    YES = "yes"
    NO = "no"
    POSSIBLY = "possibly"


@dataclass(frozen=True, slots=True)
class Span:
    """When something was: four bounds in days; None is unknown, `OPEN_BEGIN` and `OPEN_END` are open.

    Args:
        text: the date as its author wrote it.
        begin_min: the earliest day on which it may have begun.
        begin_max: the latest.
        end_min: the earliest day on which it may have ended.
        end_max: the latest.
        doubtful: whether its author put a question mark to it.
    """

    text: str
    begin_min: int | None
    begin_max: int | None
    end_min: int | None
    end_max: int | None
    doubtful: bool = False

    @property
    def latest_begin(self) -> int | None:
        """The latest admissible begin: no later than the latest end."""
        return _least(self.begin_max, self.end_max)

    @property
    def earliest_end(self) -> int | None:
        """The earliest admissible end: no earlier than the earliest begin."""
        return _most(self.end_min, self.begin_min)

    @property
    def extent(self) -> Window:
        """Every day that it may have covered; an open side is unbounded, as an unknown one is."""
        begin = None if self.begin_min == OPEN_BEGIN else self.begin_min
        return Window(begin, None if self.end_max == OPEN_END else self.end_max)

    @property
    def known_days(self) -> tuple[int, ...]:
        """The bounds that are days: neither unknown nor open."""
        bounds = (self.begin_min, self.begin_max, self.end_min, self.end_max)
        return tuple(day for day in bounds if day is not None and day not in _OPEN)

    @property
    def near(self) -> bool:
        """Whether its days fit the 32 bits of a table of acts: no more than some 5.8 million years off."""
        return all(OPEN_BEGIN < day < OPEN_END for day in self.known_days)


def bound_text(day: int | None) -> str | None:
    """Return a bound of a span as EDTF: a day, `..` where it is open, None where it is unknown."""
    return None if day is None else ".." if day in _OPEN else day_text(day)


def _least(*days: int | None) -> int | None:
    return min((day for day in days if day is not None), default=None)


def _most(*days: int | None) -> int | None:
    return max((day for day in days if day is not None), default=None)


@lru_cache(maxsize=65_536)
def parse(text: str, *, padding: int = 1) -> Span:
    """Turn EDTF text into a span.

    A single date is a point on a day that may be unknown; `a/b` begins in a and ends in b; `[..]` is one of its dates, `{..}` runs from
    the first of its dates to the last. `~` pads by units of the date's own precision on each side; `?` only marks it doubtful; `%` does both.

    Args:
        text: EDTF, levels 0 to 2.
        padding: by how many units (days, months, years, decades, centuries) `~` pads.

    Raises:
        DateError: if the text is no EDTF date, or certainly ends before it begins.
    """
    stripped = text.strip()
    if not stripped or len(stripped) > MAX_LENGTH:
        raise not_a_date(text)
    if stripped[0] in "[{":
        begin, end = _set_bounds(stripped, padding)
    elif "/" in stripped:
        begin, end = _interval_bounds(stripped, padding)
    else:
        begin = end = moment_bounds(stripped, padding)
    return Span(text, *begin, *end, doubtful="?" in stripped or "%" in stripped)


def _interval_bounds(text: str, padding: int) -> tuple[_Bounds, _Bounds]:
    """Bounds of `a/b`; of its sides either may be open, or unknown, but something must be said of one."""
    first, _, last = text.partition("/")
    if not first and not last:
        raise not_a_date(text)
    begin: _Bounds = _side(first, padding, OPEN_BEGIN) if first else (None, None)
    end: _Bounds = _side(last, padding, OPEN_END) if last else (None, None)
    _refuse_reversed(text, begin[0], end[1])
    return begin, end


def _side(text: str, padding: int, open_day: int) -> tuple[int, int]:
    """Bounds of a side of an interval or range: a date, or `..`."""
    return (open_day, open_day) if text == ".." else moment_bounds(text, padding)


def _refuse_reversed(text: str, first: int | None, last: int | None) -> None:
    if first is None or last is None or first <= last:
        return
    if first == OPEN_BEGIN or last == OPEN_END:
        raise DateError(f"{text!r} lies too far off for an open end", allowed="5.8 million years each way")
    raise DateError(f"{text!r} ends before it begins", allowed=ALLOWED, repair="turn the two dates round")


def _set_bounds(text: str, padding: int) -> tuple[_Bounds, _Bounds]:
    """Bounds of `[..]`, one of its dates, and `{..}`, all of them from the first to the last."""
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise not_a_date(text)
    ranges = [_range(member.strip(), text, padding) for member in text[1:-1].split(",")]
    earliest, latest = min(first[0] for first, _ in ranges), max(last[1] for _, last in ranges)
    if text[0] == "{":
        return (earliest, min(first[1] for first, _ in ranges)), (max(last[0] for _, last in ranges), latest)
    # one of all days up to a date is a day, of which no first is known; it has not always been so
    one: _Bounds = (None if earliest == OPEN_BEGIN else earliest, None if latest == OPEN_END else latest)
    return one, one


def _range(member: str, text: str, padding: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Bounds of a member of a set: `1670`, `1670..1672`, `..1672` or `1670..`."""
    first, dots, last = member.partition("..")
    if not dots:
        bounds = moment_bounds(first, padding)
        return bounds, bounds
    if not first and not last:
        raise not_a_date(text)
    begin, end = _side(first or "..", padding, OPEN_BEGIN), _side(last or "..", padding, OPEN_END)
    _refuse_reversed(text, begin[0], end[1])
    return begin, end


def _at_most(day: int | None, limit: int | None) -> bool:
    """Whether a bound is known to be no later than a limit; an unbounded limit is passed by nothing."""
    return limit is None or (day is not None and day <= limit)


def _at_least(day: int | None, limit: int | None) -> bool:
    return limit is None or (day is not None and day >= limit)


def _may_be_at_most(day: int | None, limit: int | None) -> bool:
    return day is None or limit is None or day <= limit


def _may_be_at_least(day: int | None, limit: int | None) -> bool:
    return day is None or limit is None or day >= limit


def overlaps(span: Span, window: Window) -> Truth:
    """Whether something had a day in a window.

    Yes: for every admissible choice of begin and end with begin <= end; possibly: for at least one (design 4).
    """
    if window.empty or not (
        _may_be_at_most(span.begin_min, window.end) and _may_be_at_least(span.end_max, window.begin)
    ):
        return Truth.NO
    certain = _at_most(span.latest_begin, window.end) and _at_least(span.earliest_end, window.begin)
    return Truth.YES if certain else Truth.POSSIBLY


def begins_in(span: Span, window: Window) -> Truth:
    """Whether something began on a day of a window."""
    if window.empty or not (
        _may_be_at_most(span.begin_min, window.end) and _may_be_at_least(span.latest_begin, window.begin)
    ):
        return Truth.NO
    certain = _at_most(span.latest_begin, window.end) and _at_least(span.begin_min, window.begin)
    return Truth.YES if certain else Truth.POSSIBLY


def precedes(first: Span, second: Span) -> Truth:
    """Whether one thing began before another began."""
    if first.latest_begin is not None and second.begin_min is not None and first.latest_begin < second.begin_min:
        return Truth.YES
    if first.begin_min is not None and second.latest_begin is not None and first.begin_min >= second.latest_begin:
        return Truth.NO
    return Truth.POSSIBLY
