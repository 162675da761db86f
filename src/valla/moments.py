"""One EDTF date to its first and last day: `1922-04`, `19XX`, `1939-23`, `Y17E7`, `2004-06~-11`.

Standard: https://www.loc.gov/standards/datetime/, levels 0 to 2. The grammar of one date is ours, since the `edtf` library (5.0) fails on
valid ones inside intervals and sets and takes a thousand times longer; the tests ask that library what is a date.
"""

from __future__ import annotations

import re

from valla.days import civil, day_number, month_length
from valla.errors import DateError

__all__ = ["ALLOWED", "MAX_YEAR_DIGITS", "moment_bounds", "not_a_date"]

MAX_YEAR_DIGITS = 15
"""The longest year, and the largest power of ten in one: the universe is younger than eleven digits."""

ALLOWED = "EDTF, as in 1922-04-16, 1939-04, 1926/1933, 1933~, 1939-04/.."
"""What an error says is allowed."""

_SEASONS: dict[int, tuple[int, int]] = {
    **dict.fromkeys((21, 25), (3, 5)),
    **dict.fromkeys((22, 26), (6, 8)),
    **dict.fromkeys((23, 27), (9, 11)),
    **dict.fromkeys((24, 28), (12, 14)),
    29: (9, 11),
    30: (12, 14),
    31: (3, 5),
    32: (6, 8),
    **{33 + quarter: (3 * quarter + 1, 3 * quarter + 3) for quarter in range(4)},
    **{37 + third: (4 * third + 1, 4 * third + 4) for third in range(3)},
    **{40 + half: (6 * half + 1, 6 * half + 6) for half in range(2)},
}
"""First and last month of each EDTF season; a northern winter runs on into months 13 and 14, the next year's first two."""

_MARK = "[?~%]?"
_LONE_YEAR = r"Y-?(?:\d{5,}(?:E\d+)?|\d+E\d+)(?:S[1-9]\d*)?|-?\d{4}S[1-9]\d*"
"""A year of many digits, or of few that count; it has no months."""
_YEAR = r"(?!-0000)-?[\dX]{4}"
_ZONE = r"(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)"
_TIME = rf"T(?:(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:[.,]\d+)?|24:00:00){_ZONE}?"
"""A time of day, which a day keeps no trace of; second 60 is a leap second."""

_MOMENT = re.compile(
    rf"(?P<qy>{_MARK})(?:(?P<lone>{_LONE_YEAR})(?P<loneq>{_MARK})|(?P<year>{_YEAR})(?P<yq>{_MARK})"
    rf"(?:-(?P<qm>{_MARK})(?P<month>[\dX]{{2}})(?P<mq>{_MARK})"
    rf"(?:-(?P<qd>{_MARK})(?P<day>[\dX]{{2}})(?P<dq>{_MARK})(?P<time>{_TIME})?)?)?)",
    re.ASCII,
)


def not_a_date(text: str) -> DateError:
    """Return the error for a text that is no date."""
    shown = text if len(text) <= 40 else text[:40] + "…"
    return DateError(f"{shown!r} is not a date", allowed=ALLOWED)


def moment_bounds(text: str, padding: int) -> tuple[int, int]:
    """Return the first and last day that one date may stand for.

    Args:
        text: a date that is no interval and no set.
        padding: by how many units of its own precision an approximate date is padded on each side.

    Raises:
        DateError: if it is no date, or a day that does not exist.
    """
    found = _MOMENT.fullmatch(text)
    if not found or (found["time"] and "X" in text):
        raise not_a_date(text)
    parts = found.groupdict(default="")
    year = parts["year"] or parts["lone"]
    first, last = _day_range(_year_range(year), parts["month"], parts["day"], text)
    unit = _padded_unit(parts)
    return (first, last) if unit is None else _padded(first, last, unit, year, padding)


def _year_range(text: str) -> tuple[int, int]:
    """First and last year of `1922`, `19XX`, `-0043`, `Y17E7`, `1950S2`; beyond `MAX_YEAR_DIGITS` there is no date."""
    body, _, significant = text.lstrip("Y").partition("S")
    mantissa, _, exponent = body.partition("E")
    if (
        max(len(mantissa), len(significant)) > MAX_YEAR_DIGITS
        or len(exponent) > 2
        or int(exponent or 0) > MAX_YEAR_DIGITS
    ):
        raise not_a_date(text)
    sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    digits += "0" * int(exponent or 0)
    if significant:
        digits = digits[: int(significant)].ljust(len(digits), "X")
    low, high = int(sign + digits.replace("X", "0")), int(sign + digits.replace("X", "9"))
    return min(low, high), max(low, high)


def _digit_range(text: str, first: int, last: int) -> list[int]:
    """The numbers from first to last that a two-digit text with X for unknown digits may stand for."""
    pattern = re.compile(text.replace("X", r"\d"))
    return [number for number in range(first, last + 1) if pattern.fullmatch(f"{number:02d}")]


def _day_range(years: tuple[int, int], month: str, day: str, text: str) -> tuple[int, int]:
    if not month:
        return day_number(years[0]), day_number(years[1], 12, 31)
    if _is_season(month) and not day:
        first, last = _SEASONS[int(month)]
        return day_number(years[0], first), _month_end(years[1], last)
    months = _digit_range(month, 1, 12)
    if not months:
        raise not_a_date(text)
    if not day:
        return day_number(years[0], months[0]), _month_end(years[1], months[-1])
    return _known_days(years, months, day, text)


def _known_days(years: tuple[int, int], months: list[int], day: str, text: str) -> tuple[int, int]:
    """First and last day that exists among the years, months and days given."""

    def days_of(year: int, ordered: list[int], *, backwards: bool) -> int | None:
        for month in ordered:
            days = _digit_range(day, 1, month_length(year, month))
            if days:
                return day_number(year, month, days[-1 if backwards else 0])
        return None

    # 29 February recurs within eight years, so nine on either side suffice
    forward = (days_of(year, months, backwards=False) for year in range(years[0], min(years[1], years[0] + 9) + 1))
    back = (
        days_of(year, months[::-1], backwards=True) for year in range(years[1], max(years[0], years[1] - 9) - 1, -1)
    )
    first = next((day for day in forward if day is not None), None)
    last = next((day for day in back if day is not None), None)
    if first is None or last is None:
        raise not_a_date(text)
    return first, last


def _month_end(year: int, month: int) -> int:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return day_number(year, month, month_length(year, month))


def _padded_unit(parts: dict[str, str]) -> str | None:
    """The coarsest unit marked approximate: a mark before a part is that part's, one after it the whole's up to there."""
    for unit, marks in (("year", ("qy", "yq", "loneq")), ("month", ("qm", "mq")), ("day", ("qd", "dq"))):
        if {parts[mark] for mark in marks} & {"~", "%"}:
            return "season" if unit == "month" and _is_season(parts["month"]) else unit
    return None


def _is_season(month: str) -> bool:
    return month.isdigit() and int(month) in _SEASONS


def _padded(first: int, last: int, unit: str, year: str, padding: int) -> tuple[int, int]:
    """Bounds moved apart by the padding; an unknown last digit makes the year's unit a decade, two a century."""
    if unit == "day":
        return first - padding, last + padding
    months = {"month": 1, "season": 3, "year": 12 * 10 ** year.count("X")}[unit] * padding
    return _moved(first, -months), _moved(last, months)


def _moved(day: int, months: int) -> int:
    """A day moved by whole months, to the month's last day where the month is too short or where it was the last."""
    year, month, day_of_month = civil(day)
    at_end = day_of_month == month_length(year, month)
    years, index = divmod(month - 1 + months, 12)
    length = month_length(year + years, index + 1)
    return day_number(year + years, index + 1, length if at_end else min(day_of_month, length))
