"""EDTF text becomes four bounds; comparisons answer yes, no or possibly."""

import contextlib
import datetime as dt
import io
import re

import numpy as np
import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from valla.dates import (
    OPEN_BEGIN,
    OPEN_END,
    Span,
    Truth,
    Window,
    begins_in,
    bound_text,
    overlaps,
    parse,
    precedes,
    window_text,
)
from valla.days import civil, day_number, day_text, month_length
from valla.errors import DateError

# The examples of the standard (levels 0 to 2) with their bounds, worked out by hand: begin, end; four where begin and end differ.
# `..` is open, `?` unknown.
STANDARD = [
    ("1985-04-12", "1985-04-12 1985-04-12"),
    ("1985-04", "1985-04-01 1985-04-30"),
    ("1985", "1985-01-01 1985-12-31"),
    ("1985-04-12T23:20:30", "1985-04-12 1985-04-12"),
    ("1985-04-12T23:20:30Z", "1985-04-12 1985-04-12"),
    ("1985-04-12T23:20:30-04", "1985-04-12 1985-04-12"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12 1985-04-12"),
    ("1964/2008", "1964-01-01 1964-12-31 2008-01-01 2008-12-31"),
    ("2004-06/2006-08", "2004-06-01 2004-06-30 2006-08-01 2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01 2004-02-01 2005-02-08 2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01 2004-02-01 2005-02-01 2005-02-28"),
    ("2004-02-01/2005", "2004-02-01 2004-02-01 2005-01-01 2005-12-31"),
    ("2005/2006-02", "2005-01-01 2005-12-31 2006-02-01 2006-02-28"),
    ("Y170000002", "Y170000002-01-01 Y170000002-12-31"),
    ("Y-170000002", "Y-170000002-01-01 Y-170000002-12-31"),
    ("2001-21", "2001-03-01 2001-05-31"),
    ("2001-22", "2001-06-01 2001-08-31"),
    ("2001-23", "2001-09-01 2001-11-30"),
    ("2001-24", "2001-12-01 2002-02-28"),
    ("1984?", "1984-01-01 1984-12-31"),
    ("2004-06~", "2004-05-01 2004-07-31"),
    ("2004-06-11%", "2004-06-10 2004-06-12"),
    ("201X", "2010-01-01 2019-12-31"),
    ("20XX", "2000-01-01 2099-12-31"),
    ("2004-XX", "2004-01-01 2004-12-31"),
    ("1985-04-XX", "1985-04-01 1985-04-30"),
    ("1985-XX-XX", "1985-01-01 1985-12-31"),
    ("1985-04-12/..", "1985-04-12 1985-04-12 .. .."),
    ("1985-04/..", "1985-04-01 1985-04-30 .. .."),
    ("1985/..", "1985-01-01 1985-12-31 .. .."),
    ("../1985-04-12", ".. .. 1985-04-12 1985-04-12"),
    ("../1985-04", ".. .. 1985-04-01 1985-04-30"),
    ("../1985", ".. .. 1985-01-01 1985-12-31"),
    ("1985-04-12/", "1985-04-12 1985-04-12 ? ?"),
    ("1985-04/", "1985-04-01 1985-04-30 ? ?"),
    ("1985/", "1985-01-01 1985-12-31 ? ?"),
    ("/1985-04-12", "? ? 1985-04-12 1985-04-12"),
    ("/1985-04", "? ? 1985-04-01 1985-04-30"),
    ("/1985", "? ? 1985-01-01 1985-12-31"),
    ("-1985", "-1985-01-01 -1985-12-31"),
    ("Y-17E7", "Y-170000000-01-01 Y-170000000-12-31"),
    ("1950S2", "1900-01-01 1999-12-31"),
    ("Y171010000S3", "Y171000000-01-01 Y171999999-12-31"),
    ("Y3388E2S3", "Y338000-01-01 Y338999-12-31"),
    ("2001-34", "2001-04-01 2001-06-30"),
    ("[1667,1668,1670..1672]", "1667-01-01 1672-12-31"),
    ("[..1760-12-03]", "? 1760-12-03"),
    ("[1760-12..]", "1760-12-01 ?"),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01 ?"),
    ("[1667,1760-12]", "1667-01-01 1760-12-31"),
    ("{1667,1668,1670..1672}", "1667-01-01 1667-12-31 1672-01-01 1672-12-31"),
    ("{1960,1961-12}", "1960-01-01 1960-12-31 1961-12-01 1961-12-31"),
    ("{..1984}", ".. .. 1984-01-01 1984-12-31"),
    ("2004-06~-11", "2004-05-11 2004-07-11"),
    ("2004?-06-11", "2004-06-11 2004-06-11"),
    ("?2004-06-~11", "2004-06-10 2004-06-12"),
    ("2004-%06-11", "2004-05-11 2004-07-11"),
    ("156X-12-25", "1560-12-25 1569-12-25"),
    ("15XX-12-25", "1500-12-25 1599-12-25"),
    ("XXXX-12-XX", "0000-12-01 9999-12-31"),
    ("1XXX-XX", "1000-01-01 1999-12-31"),
    ("1XXX-12", "1000-12-01 1999-12-31"),
    ("1984-1X", "1984-10-01 1984-12-31"),
    ("2004-06-~01/2004-06-~20", "2004-05-31 2004-06-02 2004-06-19 2004-06-21"),
    ("2004-06-XX/2004-07-03", "2004-06-01 2004-06-30 2004-07-03 2004-07-03"),
]

# Valid dates on which the edtf library fails or which it refuses, and forms that are common beside the standard.
BEYOND_THE_LIBRARY = [
    ("1926-XX/1934", "1926-01-01 1926-12-31 1934-01-01 1934-12-31"),
    ("1926-1X/..", "1926-10-01 1926-12-31 .. .."),
    ("192X/1934-0X", "1920-01-01 1929-12-31 1934-01-01 1934-09-30"),
    ("/..", "? ? .. .."),
    ("../", ".. .. ? ?"),
    ("../..", ".. .. .. .."),
    ("[1926]", "1926-01-01 1926-12-31"),
    ("{1926}", "1926-01-01 1926-12-31 1926-01-01 1926-12-31"),
    ("{1926-XX,1934}", "1926-01-01 1926-12-31 1934-01-01 1934-12-31"),
    ("{1926~..1934}", "1925-01-01 1927-12-31 1934-01-01 1934-12-31"),
    ("{1934-04..}", "1934-04-01 1934-04-30 .. .."),
    ("[1926-22,1928]", "1926-06-01 1928-12-31"),
    ("-043X-03-15", "-0439-03-15 -0430-03-15"),
    ("-1XXX-XX", "-1999-01-01 -1000-12-31"),
    ("1926?-04/1934-05~", "1926-04-01 1926-04-30 1934-04-01 1934-06-30"),
    ("1926-04-24%/1934-~05", "1926-04-23 1926-04-25 1934-04-01 1934-06-30"),
    ("?1926-04-24~", "1926-04-23 1926-04-25"),
    ("1926-1X", "1926-10-01 1926-12-31"),
    ("1926-23~", "1926-06-01 1927-02-28"),
    ("1926-04-24T23:30:00.125Z", "1926-04-24 1926-04-24"),
    ("1926-04-24T23:30:00+0230", "1926-04-24 1926-04-24"),
    ("1926-04-24T23:30:00-11", "1926-04-24 1926-04-24"),
    ("1926-04-24T24:00:00", "1926-04-24 1926-04-24"),
    ("1926-04-24T10:00:00Z/1934", "1926-04-24 1926-04-24 1934-01-01 1934-12-31"),
]


def shown(day: int | None) -> str:
    """Return a bound as text."""
    return bound_text(day) or "?"


@pytest.mark.parametrize(("text", "bounds"), [*STANDARD, *BEYOND_THE_LIBRARY])
def test_an_example_of_the_standard_has_its_bounds(text: str, bounds: str) -> None:
    """Each example of the EDTF specification is read, with the bounds that follow from its words."""
    wanted = bounds.split()
    span = parse(text)
    found = [shown(day) for day in (span.begin_min, span.begin_max, span.end_min, span.end_max)]

    assert (wanted if len(wanted) == 4 else wanted * 2) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "hello",
        "13y",
        "2004-02-30",
        "2023-02-29",
        "1922-13",
        "1939-9-1",
        "1922-00",
        "c. 1933",
        "..",
        "/",
        "1933/34",
        "1" * 300,
        "-0000",
        "Y1926",
        "Y19260-04",
        "1926S0",
        "1926S2-04",
        "1926-22-05",
        "1926-2X",
        "1926-42",
        "1926/1934/1939",
        "1926??",
        "[]",
        "[..]",
        "{1926,}",
        "{1926..1928..1934}",
        "[1926}",
        "[1926",
        "[1926/1934]",
        "1926-04-24T25:00:00",
        "1926-04-24T10:60:00",
        "1926-04-24T10:00",
        "1926-04-XXT10:00:00",
        "1926T10:00:00",
        "Y9E99",
        "Y9E000000000000000000000009",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """A text that is not EDTF, or names a day that does not exist, is an error that shows it."""
    with pytest.raises(DateError, match="is not a date"):
        parse(text)


@pytest.mark.parametrize(
    "text", ["1922/1920", "{1934..1926}", "[1934..1926]", "{1920,1934-05..1934-04}", "1926/1925-XX"]
)
def test_a_date_that_ends_before_it_begins_is_refused(text: str) -> None:
    """Contradictory bounds are an error, in a range of a set too."""
    with pytest.raises(DateError, match="ends before it begins"):
        parse(text)


@pytest.mark.parametrize("text", ["Y17E7/..", "../Y-17E7", "{Y17E7..}"])
def test_a_begin_after_all_days_has_no_open_end(text: str) -> None:
    """What lies beyond the days of an open end is refused rather than said to end before it begins."""
    with pytest.raises(DateError, match="too far off for an open end"):
        parse(text)


def test_an_open_end_is_known_and_an_empty_one_is_not() -> None:
    """An alliance "1952/.." has a day in 1990; of one "1952/" that is only possible."""
    window = Window(day_number(1990), day_number(1990, 12, 31))

    assert overlaps(parse("1952/.."), window) is Truth.YES
    assert overlaps(parse("1952/"), window) is Truth.POSSIBLY
    assert overlaps(parse("../1999"), window) is Truth.YES
    assert overlaps(parse("/1999"), window) is Truth.POSSIBLY
    assert begins_in(parse("../1999"), window) is Truth.NO
    assert begins_in(parse("/1999"), window) is Truth.POSSIBLY
    assert precedes(parse("../1999"), parse("1066")) is Truth.YES


@pytest.mark.parametrize("text", ["1952/..", "1952/"])
def test_an_open_side_is_no_day(text: str) -> None:
    """Neither an open nor an unknown end is a day that could be written or drawn."""
    span = parse(text)

    assert span.extent == Window(day_number(1952), None)
    assert set(span.known_days) == {day_number(1952), day_number(1952, 12, 31)}


def test_an_open_side_fits_the_table_of_acts() -> None:
    """The days of open sides are whole numbers of 32 bits."""
    assert [int(np.int32(day)) for day in (OPEN_BEGIN, OPEN_END)] == [OPEN_BEGIN, OPEN_END]


MARKS = st.sampled_from(["", "", "", "?", "~", "%"])
YEARS = [
    "1926",
    "-0043",
    "0000",
    "-0000",
    "192X",
    "19XX",
    "-15XX",
    "XXXX",
    "Y19260",
    "Y17E7",
    "Y3388E2S3",
    "1926S3",
    "Y26",
]
MONTHS = ["", "01", "02", "12", "1X", "X2", "XX", "21", "24", "33", "41", "42", "13", "00"]
MONTH_DAYS = ["01", "28", "29", "30", "31", "XX", "1X", "3X", "X9", "32", "00"]


@st.composite
def moment_texts(draw: st.DrawFn) -> str:
    """Draw a text in the form of one date; it may be none."""
    parts = [draw(st.sampled_from(YEARS)), draw(st.sampled_from(MONTHS))]
    parts += [draw(st.sampled_from(MONTH_DAYS))] if parts[1] and draw(st.booleans()) else []
    return "-".join(f"{draw(MARKS)}{part}{draw(MARKS)}" for part in parts if part)


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    """Draw a text in the form of a date, an interval or a set."""
    side = st.one_of(moment_texts(), st.sampled_from(["", ".."]))
    form = draw(st.sampled_from(["one", "one", "interval", "[]", "{}"]))
    if form == "one":
        return draw(moment_texts())
    if form == "interval":
        return f"{draw(side)}/{draw(side)}"
    members = draw(st.lists(st.one_of(moment_texts(), st.builds("{}..{}".format, side, side)), max_size=3))
    return form[0] + ",".join(members) + form[1]


@given(st.one_of(date_texts(), st.text("0123456789X-~?%/.[]{},TZ:+YES", max_size=24)), st.integers(0, 3))
def test_any_text_is_a_date_or_a_date_error(text: str, padding: int) -> None:
    """No text ends in any other exception, and what is read has its bounds in order."""
    try:
        span = parse(text, padding=padding)
    except DateError:
        return

    ordered = [(span.begin_min, span.begin_max), (span.end_min, span.end_max), (span.begin_min, span.end_max)]
    assert all(None in {low, high} or low <= high for low, high in ordered)
    assert not span.extent.empty


@given(date_texts())
def test_what_the_edtf_library_reads_is_read(text: str) -> None:
    """Whatever the library takes for a date is one, but for days that no month has."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            parse_edtf(text)
    except Exception:  # noqa: BLE001  the library fails on some valid texts with whatever error it meets
        return

    try:
        parse(text)
        refusal = ""
    except DateError as error:
        refusal = str(error)

    far = re.search("ends before it begins|too far off", refusal)
    # the library has a 29 February in every year, a month of a year with significant digits, and 30 February where the month is marked
    assert not refusal or far or re.search(r"02.?-.?(29|30|31|3X|X9)|S\d[?~%]?-", text)


def test_an_approximate_season_is_padded_by_a_season() -> None:
    """`~` pads by one unit of the date's own precision."""
    span = parse("1939-23~")

    assert ["1939-06-01", "1940-02-29"] == [shown(span.begin_min), shown(span.begin_max)]


def test_an_approximate_decade_is_padded_by_a_decade() -> None:
    """An unknown last digit makes the unit a decade."""
    span = parse("156X~")

    assert ["1550-01-01", "1579-12-31"] == [shown(span.begin_min), shown(span.begin_max)]


@pytest.mark.parametrize(("padding", "first", "last"), [(0, "1933", "1933"), (1, "1932", "1934"), (5, "1928", "1938")])
def test_how_far_circa_reaches_is_a_setting(padding: int, first: str, last: str) -> None:
    """The padding of `~` is the caller's choice."""
    span = parse("1933~", padding=padding)

    assert (f"{first}-01-01", f"{last}-12-31") == (shown(span.begin_min), shown(span.begin_max))


def test_an_approximate_month_is_recognised_where_the_library_fails() -> None:
    """`~1812-04` qualifies the year alone (ixc/python-edtf 81)."""
    span = parse("~1812-04")

    assert ["1811-04-01", "1813-04-30"] == [shown(span.begin_min), shown(span.begin_max)]


def test_a_question_mark_marks_without_moving() -> None:
    """`?` keeps the bounds and marks the date doubtful."""
    assert parse("1984?").doubtful
    assert not parse("1984~").doubtful
    assert parse("1984").begin_max == parse("1984?").begin_max


@given(st.dates())
def test_a_day_has_the_number_that_python_gives_it(date: dt.date) -> None:
    """In Python's range our day numbers are its ordinals."""
    assert date.toordinal() == day_number(date.year, date.month, date.day)


@given(st.integers(-(10**9), 10**9))
def test_a_number_is_the_number_of_its_day(day: int) -> None:
    """`civil` turns `day_number` round, for years of any size on both sides of year 0."""
    year, month, day_of_month = civil(day)

    assert day == day_number(year, month, day_of_month)
    assert 1 <= day_of_month <= month_length(year, month)


@given(st.integers(-2_000_000, 3_652_059))
def test_a_day_written_as_edtf_is_read_back(day: int) -> None:
    """`day_text` writes what `parse` reads."""
    span = parse(day_text(day))

    assert (day, day, day, day) == (span.begin_min, span.begin_max, span.end_min, span.end_max)


def test_a_window_is_written_in_years_where_it_fills_them() -> None:
    """Whole years are written as years, other ends as days."""
    assert window_text(Window(day_number(1933), day_number(1941, 12, 31))) == "1933/1941"
    assert window_text(Window(day_number(1933, 1, 30), None)) == "1933-01-30/.."


DAYS = st.integers(0, 12)


@st.composite
def small_spans(draw: st.DrawFn) -> Span:
    """Draw a span over a dozen days, with unknown bounds among them."""
    begins, ends = sorted(draw(st.tuples(DAYS, DAYS))), sorted(draw(st.tuples(DAYS, DAYS)))
    if begins[0] > ends[1]:
        begins, ends = ends, begins
    bounds = [draw(st.sampled_from([day, None])) if draw(st.booleans()) else day for day in (*begins, *ends)]
    return Span("", *bounds)


@st.composite
def small_windows(draw: st.DrawFn) -> Window:
    """Draw a window over the same days; a side may be unbounded."""
    begin, end = sorted(draw(st.tuples(DAYS, DAYS)))
    return Window(draw(st.sampled_from([begin, None])), draw(st.sampled_from([end, None])))


FAR_OFF = range(-3, 17)


def choices(span: Span) -> list[tuple[int, int]]:
    """List every admissible choice of begin and end; an unknown bound reaches beyond all days drawn."""

    def between(low: int | None, high: int | None) -> range:
        return range(FAR_OFF.start if low is None else low, (FAR_OFF.stop - 1 if high is None else high) + 1)

    return [
        (begin, end)
        for begin in between(span.begin_min, span.begin_max)
        for end in between(span.end_min, span.end_max)
        if begin <= end
    ]


def truth(answers: list[bool]) -> Truth:
    """Return yes where all agree, no where none does."""
    return Truth.YES if all(answers) else Truth.POSSIBLY if any(answers) else Truth.NO


def inside(day: int, window: Window) -> bool:
    """Whether a day lies in a window."""
    return (window.begin is None or window.begin <= day) and (window.end is None or day <= window.end)


@given(small_spans(), small_windows())
def test_overlap_is_what_all_admissible_choices_say(span: Span, window: Window) -> None:
    """The rule by bounds agrees with every choice of dates tried one by one."""
    answers = [any(inside(day, window) for day in range(begin, end + 1)) for begin, end in choices(span)]

    assert truth(answers) == overlaps(span, window)


@given(small_spans(), small_windows())
def test_beginning_in_a_window_is_what_all_admissible_choices_say(span: Span, window: Window) -> None:
    """Likewise for the begin alone."""
    assert truth([inside(begin, window) for begin, _ in choices(span)]) == begins_in(span, window)


@given(small_spans(), small_spans())
def test_precedence_is_what_all_admissible_choices_say(first: Span, second: Span) -> None:
    """Likewise for which of two began first."""
    answers = [one < other for one, _ in choices(first) for other, _ in choices(second)]

    assert truth(answers) == precedes(first, second)
