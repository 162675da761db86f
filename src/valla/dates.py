"""EDTF text to a span of four bounds, and three-valued comparison.

Grammar: Extended Date/Time Format, levels 0 to 2 (https://www.loc.gov/standards/datetime/). The `edtf` library says what is a
date; the bounds, open intervals and comparisons are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from valla.days import Window, day_number, day_text, window_text, year_of
from valla.errors import DateError
from valla.moments import ALLOWED, moment_bounds, not_a_date

__all__ = [
    "MAX_LENGTH",
    "Span",
    "Truth",
    "Window",
    "begins_in",
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

_ISO = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_PLAIN = re.compile(rf"{_ISO}(?:/(?:{_ISO})?)?")
_PARTLY_KNOWN_MONTH = re.compile(r"-(\dX|X\d)")
_MARKED_SEASON = re.compile(r"(-(?:2[1-9]|3\d|4[01]))[?~%]$")


class Truth(StrEnum):
    """The answer to a comparison of uncertain dates."""

    YES = "yes"
    NO = "no"
    POSSIBLY = "possibly"


@dataclass(frozen=True, slots=True)
class Span:
    """When something was: four bounds in days; None is unknown.

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
        """Every day that it may have covered."""
        return Window(self.begin_min, self.end_max)


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
    if not stripped or len(stripped) > MAX_LENGTH or not _accepted(stripped):
        raise not_a_date(text)
    doubtful = "?" in stripped or "%" in stripped
    if stripped[0] in "[{":
        return Span(text, *_set_bounds(stripped, padding), doubtful)
    if "/" in stripped:
        first, last = (moment_bounds(side, padding) for side in stripped.split("/"))
        if first[0] is not None and last[1] is not None and first[0] > last[1]:
            raise DateError(f"{text!r} ends before it begins", allowed=ALLOWED, repair="turn the two dates round")
        return Span(text, *first, *last, doubtful)
    bounds = moment_bounds(stripped, padding)
    return Span(text, *bounds, *bounds, doubtful)


def _accepted(text: str) -> bool:
    """Whether the text is EDTF; plain ISO dates take a short way, since the full grammar costs milliseconds."""
    if _PLAIN.fullmatch(text):
        return True
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        # edtf 5.0 fails on 1984-1X, an example of the standard, and on 1939-23~; what it can parse instead has the same form
        parse_edtf(_MARKED_SEASON.sub(r"\1", _PARTLY_KNOWN_MONTH.sub("-XX", text)))
    except EDTFParseException:
        return False
    return True


def _set_bounds(text: str, padding: int) -> tuple[int | None, int | None, int | None, int | None]:
    """Bounds of `[..]`, one of its dates, and `{..}`, all of them from the first to the last."""
    firsts, lasts = [], []
    for member in text[1:-1].split(","):
        first, dots, last = member.strip().partition("..")
        firsts.append(moment_bounds(first, padding))
        lasts.append(moment_bounds(last, padding) if dots else firsts[-1])
    earliest = None if any(low is None for low, _ in firsts) else _least(*(low for low, _ in firsts))
    latest = None if any(high is None for _, high in lasts) else _most(*(high for _, high in lasts))
    if text[0] == "[":
        return earliest, latest, earliest, latest
    return earliest, _least(*(high for _, high in firsts)), _most(*(low for low, _ in lasts)), latest


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
