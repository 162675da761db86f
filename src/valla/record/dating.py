"""Years and numbers of days to dates with bounds: the bounds as Ibis expressions, the texts where they are years."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from valla.claims.kinds import kinds
from valla.days import civil, day_text
from valla.record.mapping import BOUNDS

__all__ = ["DATED", "dated_by_pairs", "dated_in_years", "dated_once", "first_day", "one_of_days"]

DATED = ("first_text", "last_text", "date", *BOUNDS, "reason")
"""The columns of a date: its first and last year or day for locators, its text, its bounds, and why it is no finer."""

_EVENT_KINDS = sorted(name for name, kind in kinds().items() if kind.form == "event")
_SHIFTED_YEARS, _SHIFTED_DAYS = 40_000, 100 * 146_097
"""A hundred eras of 400 years, added before dividing, so that years before 1 round down too."""


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
    """Give bounds to acts that happened on one day between `earliest` and `latest`; `one_of_days` writes their dates."""
    import ibis

    earliest, latest = acts["earliest"], acts["latest"]
    return acts.mutate(
        first_text=_year_text(acts["first"]),
        last_text=_year_text(acts["last"]),
        date=ibis.null("string"),
        begin_min=earliest,
        begin_max=latest,
        end_min=earliest,
        end_max=latest,
        reason=ibis.literal(""),
    )


def one_of_days(acts: pa.Table) -> pa.Table:
    """Write the dates of acts that `dated_once` left without a text: `1939`, `1945-03`, `[1941..1942]`, `[1945-03-01..1945-08-18]`.

    Args:
        acts: with `date` and bounds.
    """
    bare = acts.filter(pc.is_null(acts["date"])).select(["begin_min", "begin_max"])
    pairs = list(zip(*(bare[name].to_pylist() for name in bare.column_names), strict=True))
    texts = {pair: _one_of(*pair) for pair in set(pairs)}
    written = pc.replace_with_mask(
        acts["date"].combine_chunks(),
        pc.is_null(acts["date"]).combine_chunks(),
        pa.array([texts[pair] for pair in pairs], pa.string()),
    )
    return acts.set_column(acts.column_names.index("date"), "date", written)


def _one_of(earliest: int, latest: int) -> str:
    """One unknown day of a stretch, as EDTF: a year or month where the stretch fills it, else one of a set."""
    first, last, after = civil(earliest), civil(latest), civil(latest + 1)
    begin, end = day_text(earliest), day_text(latest)
    if earliest == latest:
        return begin
    if first[2] == 1 == after[2] and first[:2] == last[:2]:
        return begin[:-3]
    if first[1:] == (1, 1) == after[1:]:
        begin, end = begin[:-6], end[:-6]
    return begin if begin == end else f"[{begin}..{end}]"


def _year_text(year: Any) -> Any:
    import ibis

    digits = year.abs().cast("string").lpad(4, "0")
    return ibis.ifelse(year < 0, "-" + digits, digits)
