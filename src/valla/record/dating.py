"""Years and numbers of days to dates with bounds, as Ibis expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valla.claims.kinds import kinds
from valla.days import day_number
from valla.record.mapping import BOUNDS

__all__ = ["DATED", "dated_by_pairs", "dated_in_years", "dated_once", "first_day"]

DATED = ("first_text", "last_text", "date", *BOUNDS, "reason")
"""The columns of a date: its first and last year or day for locators, its text, its bounds, and why it is no finer."""

_EVENT_KINDS = sorted(name for name, kind in kinds().items() if kind.form == "event")
_SHIFTED_YEARS, _SHIFTED_DAYS = 40_000, 100 * 146_097
"""A hundred eras of 400 years, added before dividing, so that years before 1 round down too."""

_TO_MARCH = 1 - day_number(0, 3, 1)
"""Added to a day's number it gives the days from 1 March of year 0, counted from 1; on these the formula for civil dates rests."""


def first_day(year: Any) -> Any:
    """The number of 1 January, as `valla.days.day_number`."""
    before = year.cast("int64") - 1 + _SHIFTED_YEARS
    return before * 365 + before // 4 - before // 100 + before // 400 + 1 - _SHIFTED_DAYS


def dated_in_years(acts: Any) -> Any:
    """Give dates to acts that have a first and last year: `1926/1933`, or `1939` for an event of one year."""
    import ibis

    first, last = acts["first"], acts["last"]
    brief = (first == last) & acts["kind"].isin(_EVENT_KINDS)
    return acts.mutate(
        first_text=_year_text(first),
        last_text=_year_text(last),
        date=ibis.ifelse(brief, _year_text(first), _year_text(first) + "/" + _year_text(last)),
        begin_min=first_day(first),
        begin_max=first_day(first + 1) - 1,
        end_min=first_day(last),
        end_max=first_day(last + 1) - 1,
        reason=ibis.literal(""),
    )


def dated_by_pairs(acts: Any) -> Any:
    """Give dates as `dated_in_years`, but the days of a pair where they lie within the years; elsewhere the reason says so.

    Args:
        acts: with a first and last year, and `pairs.PAIR_DAYS`.
    """
    import ibis

    acts = dated_in_years(acts)
    event = acts["kind"].isin(_EVENT_KINDS)
    begins = ibis.coalesce(acts["pair_begin_min"] >= acts["begin_min"], True)
    ends = ibis.coalesce(acts["pair_end_max"] <= acts["end_max"], True)
    within = ibis.ifelse(event, begins & ibis.coalesce(acts["pair_begin_max"] <= acts["end_max"], True), begins & ends)

    def given(pair: str, own: str) -> Any:
        return ibis.ifelse(within, ibis.coalesce(acts[f"pair_{pair}"], acts[own]), acts[own])

    dated = acts.mutate(
        first_text=given("begin", "first_text"),
        last_text=ibis.ifelse(event, given("begin", "last_text"), given("end", "last_text")),
        begin_min=given("begin_min", "begin_min"),
        begin_max=given("begin_max", "begin_max"),
        end_min=ibis.ifelse(event, given("begin_min", "end_min"), given("end_min", "end_min")),
        end_max=ibis.ifelse(event, given("begin_max", "end_max"), given("end_max", "end_max")),
        reason=ibis.ifelse(within, "", _not_within(acts)),
    )
    brief = event & (dated["first_text"] == dated["last_text"])
    return dated.mutate(date=ibis.ifelse(brief, dated["first_text"], dated["first_text"] + "/" + dated["last_text"]))


def _not_within(acts: Any) -> Any:
    import ibis

    days = ibis.coalesce(acts["pair_begin"], "") + "/" + ibis.coalesce(acts["pair_end"], "")
    return "dated by year: the days of the pair, " + days + ", are not in the years of the rows"


def dated_once(acts: Any) -> Any:
    """Give dates to acts that happened on one day between `earliest` and `latest`: `1939`, `1945-03`, `[1941..1942]`, `[1945-03-01..1945-08-18]`."""
    import ibis

    earliest, latest = acts["earliest"], acts["latest"]
    return acts.mutate(
        first_text=_year_text(acts["first"]),
        last_text=_year_text(acts["last"]),
        date=_one_of(earliest, latest),
        begin_min=earliest,
        begin_max=latest,
        end_min=earliest,
        end_max=latest,
        reason=ibis.literal(""),
    )


def _one_of(earliest: Any, latest: Any) -> Any:
    """One unknown day of a stretch, as EDTF: a year or month where the stretch fills it, else one of a set."""
    import ibis

    begin, end, after = _Civil.of(earliest), _Civil.of(latest), _Civil.of(latest + 1)
    years = (begin.month == 1) & (begin.day == 1) & (after.month == 1) & (after.day == 1)
    month = (begin.day == 1) & (after.day == 1) & (begin.year == end.year) & (begin.month == end.month)
    return ibis.cases(
        (earliest == latest, begin.day_text()),
        (years & (begin.year == end.year), _year_text(begin.year)),
        (years, "[" + _year_text(begin.year) + ".." + _year_text(end.year) + "]"),
        (month, begin.month_text()),
        else_="[" + begin.day_text() + ".." + end.day_text() + "]",
    )


@dataclass(frozen=True, slots=True)
class _Civil:
    """Year, month and day of a day's number."""

    year: Any
    month: Any
    day: Any

    @classmethod
    def of(cls, number: Any) -> _Civil:
        """Turn `first_day` round; the formula is that of `valla.days.civil`."""
        shifted = number.cast("int64") + _TO_MARCH - 1 + _SHIFTED_DAYS
        era, day_of_era = shifted // 146_097, shifted % 146_097
        year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
        day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
        month_from_march = (5 * day_of_year + 2) // 153
        late = month_from_march >= 10
        month = month_from_march + late.ifelse(-9, 3)
        year = era * 400 + year_of_era - _SHIFTED_YEARS + late.ifelse(1, 0)
        return cls(year, month, day_of_year - (153 * month_from_march + 2) // 5 + 1)

    def month_text(self) -> Any:
        """The month as EDTF."""
        return _year_text(self.year) + "-" + self.month.cast("string").lpad(2, "0")

    def day_text(self) -> Any:
        """The day as EDTF."""
        return self.month_text() + "-" + self.day.cast("string").lpad(2, "0")


def _year_text(year: Any) -> Any:
    import ibis

    digits = year.abs().cast("string").lpad(4, "0")
    return ibis.ifelse(year < 0, "-" + digits, digits)
