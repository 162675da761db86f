"""Days as numbers of the proleptic Gregorian calendar, and windows of them.

Day 1 is 0001-01-01, as in `datetime.date.toordinal`; day 0 is the last day of year 0 (1 BCE). There is no limit on either side.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass

__all__ = ["Window", "civil", "day_number", "day_text", "month_length", "window_text", "year_of"]

_EPOCH = 719_163  # days from 0000-03-01, on which the formulas rest, to 1970-01-01, plus 1970-01-01 as an ordinal
_DAYS_IN_ERA = 146_097  # 400 years
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Return how many days a month has; year 0 is 1 BCE."""
    return 29 if month == 2 and isleap(year) else _MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return the number of a day.

    The formula is Howard Hinnant's `days_from_civil` (https://howardhinnant.github.io/date_algorithms.html), moved to day 1.

    Args:
        year: astronomical: 0 is 1 BCE.
        month: 1 to 12.
        day: 1 to 31.
    """
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * _DAYS_IN_ERA + day_of_era - 719_468 + _EPOCH


def civil(day: int) -> tuple[int, int, int]:
    """Return year (0 is 1 BCE), month and day of a day's number: `day_number` turned round."""
    era, day_of_era = divmod(day - _EPOCH + 719_468, _DAYS_IN_ERA)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    month = shifted_month + (3 if shifted_month < 10 else -9)
    year = era * 400 + year_of_era + (month <= 2)
    return year, month, day_of_year - (153 * shifted_month + 2) // 5 + 1


def year_of(day: int) -> int:
    """Return the astronomical year of a day's number."""
    return civil(day)[0]


def _year_text(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def day_text(day: int) -> str:
    """Return a day's number as an EDTF day: `1922-04-16`, `-0043-03-15`."""
    year, month, day_of_month = civil(day)
    return f"{_year_text(year)}-{month:02d}-{day_of_month:02d}"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days.

    Args:
        begin: its first day; None is unbounded.
        end: its last day; None is unbounded.
    """

    begin: int | None = None
    end: int | None = None

    @property
    def empty(self) -> bool:
        """Whether it ends before it begins."""
        return self.begin is not None and self.end is not None and self.begin > self.end

    def meet(self, other: Window) -> Window:
        """Return the days that both have."""
        begins = [day for day in (self.begin, other.begin) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        return Window(max(begins, default=None), min(ends, default=None))

    def holds(self, other: Window) -> bool:
        """Whether every day of the other is one of its own."""
        return self.meet(other) == other


def _edge_text(day: int | None, *, last: bool) -> str:
    if day is None:
        return ".."
    year, month, day_of_month = civil(day)
    whole = (12, 31) if last else (1, 1)
    return _year_text(year) if (month, day_of_month) == whole else day_text(day)


def window_text(window: Window) -> str:
    """Return a window as EDTF, in years where it fills them: `1933/1941`, `1933-01-30/1945-05-08`, `../1938`."""
    return f"{_edge_text(window.begin, last=False)}/{_edge_text(window.end, last=True)}"
