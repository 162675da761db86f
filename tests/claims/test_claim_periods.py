"""Periods in words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.claims.periods import common, stretches
from valla.claims.times import times
from valla.claims.words import plain
from valla.dates import window_text
from valla.errors import ClaimError

YEARS = st.integers(min_value=1000, max_value=2030)


def window(text):
    """Return the period of a text as EDTF, or None."""
    found = common(stretches(plain(text))[1])
    return found and window_text(found.window)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("since 1920", "1920/.."),
        ("ever since 1952", "1952/.."),
        ("from 1949 on", "1949/.."),
        ("from 1949 onwards", "1949/.."),
        ("from 1945 to the present day", "1945/.."),
        ("after 1920", "1921/.."),
        ("before 1920", "../1919"),
        ("prior to 1934", "../1933"),
        ("until 1920", "../1920"),
        ("up to and including 1939", "../1939"),
        ("right up to 1941", "../1941"),
        ("by 1940", "../1940"),
        ("between 1920 and 1930", "1920/1930"),
        ("from 1920 to 1930", "1920/1930"),
        ("from 1920 until 1930", "1920/1930"),
        ("from 1920 through 1930", "1920/1930"),
        ("in 1941-1945", "1941/1945"),
        ("in 1941–45", "1941/1945"),
        ("in 1899-02", "1899-02-01/1899-02-28"),
        ("(1939-1941)", "1939/1941"),
        ("in the years 1907 to 1914", "1907/1914"),
        ("in the period 1871-1914", "1871/1914"),
        ("in the years between 1933 and 1939", "1933/1939"),
        ("during the whole of the period 1955 to 1990", "1955/1990"),
        ("for the whole of 1939-1943", "1939/1943"),
        ("every year from 1949 to 1990", "1949/1990"),
        ("in 1938", "1938/1938"),
        ("the alliance of 1935", "1935/1935"),
        ("in September 1939", "1939-09-01/1939-09-30"),
        ("on 22 June 1941", "1941-06-22/1941-06-22"),
        ("on June 22nd, 1941", "1941-06-22/1941-06-22"),
        ("on the 22nd of June 1941", "1941-06-22/1941-06-22"),
        ("on 1941-06-22", "1941-06-22/1941-06-22"),
        ("in the summer of 1950", "1950-06-01/1950-08-31"),
        ("in the winter of 1939", "1939-12-01/1940-02-29"),
        ("from August 1939 to June 1941", "1939-08-01/1941-06-30"),
        ("in the 1930s", "1930/1939"),
        ("in the thirties", "1930/1939"),
        ("in the early 1930s", "1930/1932"),
        ("in the late 1930s", "1937/1939"),
        ("in the 1920s and 1930s", "1920/1939"),
        ("in early 1941", "1941/1941-04-30"),
        ("until the end of 1941", "../1941"),
        ("in the twentieth century", "1901/2000"),
        ("in the 19th century", "1801/1900"),
        ("in the first half of the twentieth century", "1901/1950"),
        ("in the nineteenth and twentieth centuries", "1801/2000"),
        ("during the First World War", "1914/1918"),
        ("in WWII", "1939/1945"),
        ("throughout the Cold War", "1947/1991"),
        ("in the interwar years", "1918-11-12/1939-08-31"),
        ("between the two world wars", "1918-11-12/1939-08-31"),
        ("between the First World War and the Second World War", "1919/1938"),
        ("between the wars, from 1920 to 1939", "1920/1939"),
        ("before the Second World War", "../1938"),
        ("after the Second World War", "1946/.."),
        ("since the end of the Second World War", "1946/.."),
        ("since the outbreak of the Second World War", "1939/.."),
        ("until the outbreak of World War II", "../1938"),
        ("until the end of World War II", "../1945"),
        ("since the Russian Revolution", "1917/.."),
        ("after 1918 but before 1939", "1919/1938"),
        ("since 1920, until 1930", "1920/1930"),
        ("in 44 BC", "-0043/-0043"),
        ("from 480 to 404 BC", "-0479/-0403"),
        ("in the fifth century BC", "-0499/-0400"),
        ("three hundred soldiers", None),
        ("in the Winter Palace", None),
    ],
)
def test_words_have_an_exact_meaning(text, wanted):
    """Each way of naming a period means exact days."""
    assert window(text) == wanted


@given(YEARS, YEARS)
def test_wordings_of_one_period_agree(one, two):
    """Between, from-to and a dash mean the same years, and since and until meet in them."""
    first, last = sorted((one, two))
    wanted = f"{first}/{last}"

    assert window(f"between {first} and {last}") == wanted
    assert window(f"from {first} to {last}") == wanted
    assert window(f"in {first}-{last}") == wanted
    assert window(f"since {first}, until {last}") == wanted


@given(YEARS)
def test_before_and_since_share_no_day_and_leave_none_out(year):
    """Before a year ends on the day before since that year begins."""
    before, since = (common(stretches(f"{word} {year}")[1]).window for word in ("before", "since"))

    assert before.end + 1 == since.begin


def test_times_that_do_not_meet_are_refused():
    """Two years are not one period."""
    with pytest.raises(ClaimError, match=r"no day in common.*one period"):
        window("in 1914 and again in 1939")


@given(st.text(max_size=80))
def test_any_text_has_times_in_their_order(text):
    """Times lie within the text, in order, and do not overlap."""
    spelled = plain(text)
    found = times(spelled)

    assert all(0 <= time.start < time.end <= len(spelled.lower()) for time in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
