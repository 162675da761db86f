"""Years of many days at once, by numpy's calendar, which is the proleptic Gregorian one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["first_of_year", "year_numbers"]

Days = npt.NDArray[np.int64]

_EPOCH_DAY = 719_163  # 1970-01-01 as a day number of valla.days
_EPOCH_YEAR = 1970
_LIMIT = 2**31  # beyond it a day is no date but a bound that is open or unknown


def year_numbers(days: Days) -> Days:
    """Return the astronomical year of each day; a day beyond all dates is taken as the outermost date."""
    known = np.clip(days, -_LIMIT, _LIMIT) - _EPOCH_DAY
    years: Days = known.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + _EPOCH_YEAR
    return years


def first_of_year(years: Days) -> Days:
    """Return the first day of each year."""
    days: Days = (years - _EPOCH_YEAR).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64) + _EPOCH_DAY
    return days
