"""One EDTF date to its first and last day: `1922-04`, `19XX`, `1939-23`, `Y17E7`, `2004-06~-11`.

The text is taken apart here because the bounds need each component with its own mark; whether it is a date at all is asked of the
`edtf` library first (dates.py). Standard: https://www.loc.gov/standards/datetime/, levels 0 to 2.
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

_QUALIFIER = "[?~%]?"
_MOMENT = re.compile(
    rf"(?P<qy>{_QUALIFIER})(?P<year>Y-?\d+(?:E\d+)?(?:S\d+)?|-?[\dX]{{4}}(?:S\d+)?)(?P<yq>{_QUALIFIER})"
    rf"(?:-(?P<qm>{_QUALIFIER})(?P<month>[\dX]{{2}})(?P<mq>{_QUALIFIER})"
    rf"(?:-(?P<qd>{_QUALIFIER})(?P<day>[\dX]{{2}})(?P<dq>{_QUALIFIER})(?:T[\d:]+(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)


def not_a_date(text: str) -> DateError:
    """Return the error for a text that is no date."""
    shown = text if len(text) <= 40 else text[:40] + "…"
    return DateError(f"{shown!r} is not a date", allowed=ALLOWED)


def moment_bounds(side: str, padding: int) -> tuple[int | None, int | None]:
    """Return the first and last day that one date may stand for.

    Args:
        side: a date that is no interval and no set; `..` or nothing is an open or unknown side.
        padding: by how many units of its own precision an approximate date is padded on each side.

    Returns:
        Two day numbers, or two Nones for an open or unknown side.

    Raises:
        DateError: if it is no date, or a day that does not exist.
    """
    if side in {"", ".."}:
        return None, None
    found = _MOMENT.fullmatch(side)
    if not found:
        raise not_a_date(side)
    parts = found.groupdict(default="")
    years = _year_range(parts["year"])
    first, last = _day_range(years, parts["month"], parts["day"], side)
    unit = _padded_unit(parts)
    return (first, last) if unit is None else _padded(first, last, unit, parts["year"], padding)


def _year_range(text: str) -> tuple[int, int]:
    """First and last year of `1922`, `19XX`, `-0043`, `Y17E7`, `1950S2`; beyond `MAX_YEAR_DIGITS` there is no date."""
    digits, _, rest = text.partition("E")
    exponent = rest.partition("S")[0]
    if len(digits) > MAX_YEAR_DIGITS or len(exponent) > 2 or int(exponent or 0) > MAX_YEAR_DIGITS:
        raise not_a_date(text)
    body, _, significant = text.lstrip("Y").partition("S")
    if significant:
        mantissa, _, exponent = body.partition("E")
        digits = str(abs(int(mantissa) * 10 ** int(exponent or 0)))
        body = digits[: int(significant)].ljust(len(digits), "X")
        body = f"-{body}" if mantissa.startswith("-") else body
    elif "E" in body:
        mantissa, _, exponent = body.partition("E")
        body = str(int(mantissa) * 10 ** int(exponent))
    low, high = int(body.replace("X", "0")), int(body.replace("X", "9"))
    return min(low, high), max(low, high)


def _digit_range(text: str, first: int, last: int) -> list[int]:
    """The numbers from first to last that a two-digit text with X for unknown digits may stand for."""
    pattern = re.compile(text.replace("X", r"\d"))
    return [number for number in range(first, last + 1) if pattern.fullmatch(f"{number:02d}")]


def _day_range(years: tuple[int, int], month: str, day: str, text: str) -> tuple[int, int]:
    if not month:
        return day_number(years[0]), day_number(years[1], 12, 31)
    if _is_season(month):
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
    for unit, before, after in (("year", "qy", "yq"), ("month", "qm", "mq"), ("day", "qd", "dq")):
        if {parts[before], parts[after]} & {"~", "%"}:
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
