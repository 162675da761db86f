"""Times named in a claim: days, months, seasons, years, decades, centuries and eras, each as its first and last day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from valla.claims.vocabulary import table
from valla.claims.words import lowered
from valla.dates import day_number, parse, year_of
from valla.errors import ClaimError

__all__ = ["Time", "times"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_BEFORE_CHRIST = r"(?:b\.?\s?c\.?\s?e\.?|b\.?\s?c\.?)"
_YEAR = rf"(?:a\.?d\.?\s)?(?P<year>\d{{3,4}}|\d{{1,4}}(?=\s{_BEFORE_CHRIST}))(?![\d'])(?:\s(?P<bc>{_BEFORE_CHRIST})(?!\w)|\s(?:a\.?d\.?|c\.?e\.?)(?!\w))?"
_PART = r"(?:(?P<part>first half|second half|first quarter|last quarter|early|mid|middle|late|latter half|beginning|end|start|opening|close|turn)(?:\s|-)(?:part of |of )?(?:the )?(?:year )?)?"
_TENS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first",
)  # fmt: skip
_CENTURY_NUMBER = rf"(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(reversed(_ORDINALS))}|twenty first)"
_NTH = rf"(?P<nth>{'|'.join(_ORDINALS[:10])}|last|final|closing|opening)"
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MANY = rf"(?P<count>{'|'.join(_COUNTS)}|\d\d?) (?P<unit>decades|years)"
_YEAR_PARTS = {
    "first half": (1, 6), "second half": (7, 12), "latter half": (7, 12), "first quarter": (1, 3), "last quarter": (10, 12),
    "mid": (5, 8), "middle": (5, 8), "late": (9, 12), "end": (12, 12), "close": (12, 12), "early": (1, 4),
}  # fmt: skip
_ENDS = frozenset({"very end", "end", "close", "conclusion", "termination"})
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_OF_TIME = re.compile(
    r"\b(?:in|during|throughout|through|before|after|since|until|till|between|of|entire|to|following) $"
)
_EDGE = (
    r"(?:(?:the )?(?P<edge>very end|end|close|conclusion|outbreak|beginning|start|onset|eve|opening|termination) of )?"
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time named in a claim.

    Args:
        start: offset of its first character.
        end: offset after its last.
        first: its first day.
        last: its last day.
        text: the words.
        label: how a reader names it, where the words leave that open.
        era: whether it goes by a name rather than by figures.
        war: whether it is a war.
        edge: `begin` or `end` where only that edge of it is meant.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    label: str = ""
    era: bool = False
    war: bool = False
    edge: str = ""

    @property
    def stretch(self) -> bool:
        """Whether it is a named stretch, which "since" and "until" leave out, rather than one year."""
        return self.era and (self.war or year_of(self.first) != year_of(self.last))


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    days: Callable[[re.Match[str]], tuple[int, int]]


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def _last_day(year: int, month: int) -> int:
    return day_number(year + month // 12, month % 12 + 1) - 1


def _year(found: re.Match[str]) -> int:
    year = int(found["year"])
    return 1 - year if found["bc"] else year


def _day(year: int, month: int, day: int, text: str) -> tuple[int, int]:
    """That day, as its first and last; a day that no calendar has is refused, not moved."""
    if not 1 <= month <= len(_MONTHS):
        raise ClaimError(f"there is no month {month} ({text!r})", allowed="months 01 to 12", repair="mend the date")
    first, last = day_number(year, month), _last_day(year, month)
    if not 1 <= day <= last - first + 1:
        raise ClaimError(
            f"there is no such day: {text!r}",
            allowed=f"days 1 to {last - first + 1} of {_MONTHS[month - 1].title()} {year}",
            repair="mend the date",
        )
    return first + day - 1, first + day - 1


def _on_day(found: re.Match[str]) -> tuple[int, int]:
    year, month = _year(found), _month_number(found["month"])
    return _day(year, month, int(found["day"]), found[0])


def _iso(found: re.Match[str]) -> tuple[int, int]:
    return _day(int(found["year"]), int(found["m"]), int(found["d"]), found[0])


def _iso_month(found: re.Match[str]) -> tuple[int, int]:
    year, month = int(found["year"]), int(found["m"])
    return day_number(year, month), _last_day(year, month)


def _in_month(found: re.Match[str]) -> tuple[int, int]:
    year, month = _year(found), _month_number(found["month"])
    return day_number(year, month), _last_day(year, month)


def _in_season(found: re.Match[str]) -> tuple[int, int]:
    year = _year(found)
    first, last = _SEASON_MONTHS[found["season"]]
    return day_number(year, first), _last_day(year + (last > 12), (last - 1) % 12 + 1)


def _share(first_year: int, years: int, part: str | None) -> tuple[int, int]:
    """The years of a decade or century that `early` (first third), `mid`, `late`, or a half or quarter, means."""
    half, quarter, third = years // 2, years // 4, round(years / 3)
    bounds = {
        None: (0, years),
        "first half": (0, half),
        "second half": (half, years),
        "latter half": (half, years),
        "first quarter": (0, quarter),
        "last quarter": (years - quarter, years),
        "mid": (third, years - third),
        "middle": (third, years - third),
    }
    if part in {"late", "end", "close"}:
        low, high = years - third, years
    else:
        low, high = bounds.get(part, (0, third))
    return day_number(first_year + low), day_number(first_year + high) - 1


def _in_year(found: re.Match[str]) -> tuple[int, int]:
    year, part = _year(found), found["part"]
    if part is None:
        return day_number(year), day_number(year + 1) - 1
    first, last = _YEAR_PARTS.get(part, (1, 1))
    return day_number(year, first), _last_day(year, last)


def _in_decade(found: re.Match[str]) -> tuple[int, int]:
    first = int(found["decade"])
    # "the late 1800s" has the parts of a century; "the 1800s" alone is the decade first (reading.py gives both)
    return _share(first, 100 if first % 100 == 0 and found["part"] else 10, found["part"])


def _in_tens(found: re.Match[str]) -> tuple[int, int]:
    return _share(1900 + _TENS[found["tens"]], 10, found["part"])


def _century(found: re.Match[str], part: str | None) -> tuple[int, int]:
    word = found["century"].replace(" ", "-")
    number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(re.sub(r"\D", "", word))
    # the twentieth century is 1901/2000; the fifth century BCE is -0499/-0400
    return _share(-100 * number + 1 if found["bc"] else 100 * (number - 1) + 1, 100, part)


def _in_century(found: re.Match[str]) -> tuple[int, int]:
    return _century(found, found["part"])


def _in_nth_decade(found: re.Match[str]) -> tuple[int, int]:
    nth = found["nth"]
    number = 10 if nth in {"last", "final", "closing"} else 1 if nth == "opening" else _ORDINALS.index(nth) + 1
    return _share(year_of(_century(found, None)[0]) + 10 * (number - 1), 10, None)


def _in_many(found: re.Match[str]) -> tuple[int, int]:
    """The first ten years, the last three decades of a century."""
    count = _COUNTS.index(found["count"]) + 1 if found["count"] in _COUNTS else int(found["count"])
    years = min(count * (10 if found["unit"] == "decades" else 1), 100)
    late = found["nth"] in {"last", "final", "closing"}
    first = year_of(_century(found, None)[0]) + (100 - years if late else 0)
    return _share(first, years, None)


def _rule(pattern: str, days: Callable[[re.Match[str]], tuple[int, int]]) -> _Rule:
    return _Rule(re.compile(rf"(?<![\w.])(?:the )?{pattern}(?!\w)"), days)


_RULES = (
    _rule(r"(?P<year>\d{4})-(?P<m>[01]\d)-(?P<d>[0-3]\d)", _iso),
    _rule(r"(?P<year>\d{4})-(?P<m>0[1-9]|1[0-2])(?!-)", _iso_month),
    _rule(rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}", _on_day),
    _rule(rf"{_MONTH} {_DAY},? {_YEAR}", _on_day),
    _rule(rf"{_MONTH},?(?: of)? {_YEAR}", _in_month),
    _rule(rf"(?P<season>spring|summer|autumn|fall|winter)(?: of)? {_YEAR}", _in_season),
    _rule(rf"{_PART}(?P<decade>\d{{3}}0)'?s", _in_decade),
    _rule(rf"{_PART}(?P<tens>{'|'.join(_TENS)})", _in_tens),
    _rule(
        rf"(?P<nth>first|opening|last|final|closing) {_MANY} of (?:the )?{_CENTURY_NUMBER} century(?:\s(?P<bc>{_BEFORE_CHRIST}))?",
        _in_many,
    ),
    _rule(rf"{_NTH} decade of (?:the )?{_CENTURY_NUMBER} century(?:\s(?P<bc>{_BEFORE_CHRIST}))?", _in_nth_decade),
    _rule(rf"{_PART}{_CENTURY_NUMBER} century(?:\s(?P<bc>{_BEFORE_CHRIST}))?", _in_century),
    _rule(rf"(?:calendar )?(?:year )?{_PART}{_YEAR}", _in_year),
)


@cache
def _eras() -> tuple[tuple[re.Pattern[str], dict[str, Any], int, int], ...]:
    """Each era with a pattern for its names, its row and its first and last day."""
    known = []
    for row in table("eras.toml")["era"]:
        span = parse(row["years"])
        names = "|".join(re.escape(name.replace("-", " ")) for name in sorted(row["names"], key=len, reverse=True))
        pattern = re.compile(rf"(?<!\w){_EDGE}(?:the )?(?:{names})(?: years| period| era)?(?!\w)")
        known.append((pattern, row, span.begin_min or 0, span.end_max or 0))
    return tuple(known)


def _era_times(text: str) -> Iterator[Time]:
    spaced = text.replace("-", " ")
    for pattern, row, first, last in _eras():
        for found in pattern.finditer(spaced):
            if row.get("pair") and not _OF_TIME.search(spaced[: found.start()]):
                continue
            edge = "" if found["edge"] is None else "end" if found["edge"] in _ENDS else "begin"
            yield Time(
                found.start(),
                found.end(),
                first,
                last,
                found[0],
                row["label"],
                era=True,
                war=row.get("war", False),
                edge=edge,
            )


def _figure_times(text: str) -> Iterator[Time]:
    for rule in _RULES:
        for found in rule.pattern.finditer(text):
            first, last = rule.days(found)
            yield Time(found.start(), found.end(), first, last, found[0])


def _clear(found: list[Time]) -> Iterator[Time]:
    """Of times that overlap, the longest."""
    taken: list[Time] = []
    for time in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(time.end <= other.start or time.start >= other.end for other in taken):
            taken.append(time)
    yield from sorted(taken, key=lambda one: one.start)


def times(text: str) -> tuple[Time, ...]:
    """Find the times that a text names.

    Args:
        text: plain, as `words.plain` gives it.

    Returns:
        The times in their order; where two readings overlap, the longer one.
    """
    low = lowered(text)
    found = [*_era_times(low), *_figure_times(low)]
    return tuple(replace(time, text=text[time.start : time.end]) for time in _clear(found))
