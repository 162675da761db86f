"""Periods in words: since, until, before, after, between, from-to, in, during, throughout, each with an exact meaning (design 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from valla.claims.times import Time, times
from valla.claims.words import MARK, PAD, lowered
from valla.dates import Window, day_number, year_of
from valla.errors import ClaimError

__all__ = ["Stretch", "common", "stretches"]

_T = f"(?P<{{}}>{MARK}{PAD}*)"
_ONE = _T.format("one")
_TWO = _T.format("two")
_NOUN = r"(?:(?:entire |whole |full )?(?:period|years?|time|era|decades?|stretch|interval|span|course|months?|days?)(?: of time)? ?(?:of |from |between |that was )?(?:the )?)?"
_WHOLE = (
    r"(?P<whole>(?:throughout|all through|right through|straight through|all across|for the duration of|for the entire duration of"
    r"|(?:for|during|over|in|through|throughout|across)? ?(?:the (?:whole|entire|full|complete|entirety)(?: (?:of|length of|duration of|course of))?|all of|the length of)"
    r"|(?:in |during |for |on |at )?(?:every|each)(?: single)? (?:year|day|month|moment) (?:of|from|between|in|since)?)\b ?(?:the )?)?"
)
_IN = r"(?:(?:in|during|within|over|amid|on|(?<!out )of|for|at|from|in the course of|at the time of|as late as|in the middle of|at the height of|dated|as of|as at|by the time of) )?(?:the )?"
_SINCE = r"(?:(?P<ever>ever since)|since|as of|beginning (?:in|with)|starting (?:in|from|with)|from|dating from) "
_AFTER = r"(?:after|following|later than|subsequent to|past|in the (?:years|decades|time|period) (?:after|following)|from after|any time after) "
_BEFORE = r"(?:before|prior to|earlier than|preceding|ahead of|in the (?:years|decades|time|period) (?:before|preceding)|until before|any time before) "
_UNTIL = (
    r"(?:until|till|up until|up till|up to|up to and including|through|down to|to|not later than|no later than|by) "
)
_EVENT = (
    r"(?:(?:(?:it|they) (?:first )?(?:became|turned|gained|won|achieved|regained|obtained|declared|proclaimed|got) (?:its |their |an? )?"
    r"(?:independent|independence|freedom|statehood|sovereignty|sovereign|independent state|independent country|republic)"
    r"|(?:its |their )?(?:becoming|gaining|winning|achieving|declaring|regaining) (?:its |their )?(?:independent|independence)"
    r"|(?:its |their )(?:declaration of )?(?:independence|foundation|founding|creation|unification|birth|establishment))(?: in| on)? )?"
)
"""What dates a year without being a time: since it became independent in 1905."""
_TO = r" ?(?:-|/|to|until|till|up to|up until|through|and(?: (?:up )?(?:to|until))?|down to|thru) ?"
_ONWARD = r"(?:,? (?:on(?:wards?)?|forwards?)\b)"
_OPEN_END = r"(?:the present(?: day)?|today|now|this day|the present time|our (?:own )?(?:day|days|time)|date)"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period named in a claim.

    Args:
        start: offset of its first character.
        end: offset after its last.
        window: first and last day; None is not named.
        text: the words.
        whole: whether the words ask for every day of it ("throughout").
        since: whether it runs from its begin to now by the word "since".
        until: whether "until" ends it: it was so, or was not so, up to then, and then no longer.
        lasting: whether it runs "from" one time "to" another, which says of a state that it lasted.
        single: whether it is "in" one time.
        start_ends: the last day of the time with which it begins, which may be a year: what is said to last may have begun on any of its days.
        end_begins: the first day of the time with which it ends.
        eve: the day before the time that "until" names.
        named: the words of the time that "until" names.
        reached: the days of that time; None where it goes by a name.
        begin_by_year: whether it begins with a year, decade or century rather than with a day.
        end_by_year: whether it ends with one.
        era: whether it goes by a name rather than by figures.
        war: whether it is a war.
        bare: whether no word of time stands before it.
        order: whether it dates the act of the first one, so that all before it counts.
        note: how it was taken, where the words leave that open.
    """

    start: int
    end: int
    window: Window
    text: str
    whole: bool = False
    since: bool = False
    until: bool = False
    lasting: bool = False
    single: bool = False
    start_ends: int | None = None
    end_begins: int | None = None
    eve: int | None = None
    named: str = ""
    reached: Window | None = None
    begin_by_year: bool = False
    end_by_year: bool = False
    era: bool = False
    war: bool = False
    bare: bool = False
    order: bool = False
    note: str = ""


def _begin(time: Time) -> int:
    """The first day since a time: a war or age is over before "since" it begins."""
    if time.edge == "begin":
        return time.first
    return time.last + 1 if time.edge == "end" or time.stretch else time.first


def _after(time: Time) -> int:
    return time.first if time.edge == "begin" else time.last + 1


def _end(time: Time) -> int:
    """The last day until a time: its own last, but the eve of a war or age."""
    if time.edge == "end":
        return time.last
    return time.first - 1 if time.stretch or time.edge else time.last


def _before(time: Time) -> int:
    return time.last if time.edge == "end" else time.first - 1


def _in(time: Time) -> Window:
    if time.edge == "begin":
        return Window(time.first, day_number(year_of(time.first) + 1) - 1)
    if time.edge == "end":
        return Window(day_number(year_of(time.last)), time.last)
    return Window(time.first, time.last)


def _to(one: Time, two: Time, *, between: bool) -> Window:
    """From one to the other, inclusive; between two named ages lies what neither of them holds."""
    first = one.last + 1 if one.edge == "end" or (between and one.stretch) else one.first
    return Window(first, two.first - 1 if two.edge == "begin" or (between and two.stretch) else two.last)


Make = Callable[[re.Match[str], dict[int, Time]], Window]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w{MARK}]){text}(?![\w{PAD}])", re.IGNORECASE)


def _one(found: re.Match[str], known: dict[int, Time]) -> Time:
    return known[found.start("one")]


def _two(found: re.Match[str], known: dict[int, Time]) -> Time:
    return known[found.start("two")]


_FORMS: tuple[tuple[str, re.Pattern[str], Make], ...] = (
    (
        "range",
        _pattern(
            rf"{_WHOLE}(?:(?:in|during|within|over|for|of|on) )?(?:the )?{_NOUN}(?:(?:between|from|anywhere between|any time between|at any time between) )?{_NOUN}(?:the )?{_ONE}{_TO}{_NOUN}{_TWO}"
        ),
        lambda found, known: _to(_one(found, known), _two(found, known), between="between" in found[0]),
    ),
    (
        "after-before",
        _pattern(rf"{_AFTER}{_ONE},? (?:and|but|yet)? ?{_BEFORE}{_TWO}"),
        lambda found, known: Window(_after(_one(found, known)), _before(_two(found, known))),
    ),
    (
        "open",
        _pattern(rf"{_WHOLE}(?:since|from) {_NOUN}{_ONE} (?:to|until|till|up to|through|down to) {_OPEN_END}"),
        lambda found, known: Window(_begin(_one(found, known)), None),
    ),
    (
        "from-on",
        _pattern(rf"{_WHOLE}(?:from|since) {_NOUN}{_ONE}{_ONWARD}"),
        lambda found, known: Window(_begin(_one(found, known)), None),
    ),
    (
        "after",
        _pattern(rf"{_WHOLE}{_AFTER}{_EVENT}{_NOUN}{_ONE}"),
        lambda found, known: Window(_after(_one(found, known)), None),
    ),
    (
        "since",
        _pattern(rf"{_WHOLE}{_SINCE}{_EVENT}{_NOUN}{_ONE}"),
        lambda found, known: Window(_begin(_one(found, known)), None),
    ),
    (
        "before",
        _pattern(rf"{_WHOLE}(?:at any time )?{_BEFORE}{_EVENT}{_NOUN}{_ONE}"),
        lambda found, known: Window(None, _before(_one(found, known))),
    ),
    ("in", _pattern(rf"{_WHOLE.removesuffix('?')}{_IN}{_NOUN}{_ONE}"), lambda found, known: _in(_one(found, known))),
    (
        "until",
        _pattern(rf"{_WHOLE}{_UNTIL}{_EVENT}{_NOUN}{_ONE}"),
        lambda found, known: Window(None, _end(_one(found, known))),
    ),
    ("in", _pattern(rf"{_WHOLE}{_IN}{_NOUN}{_ONE}"), lambda found, known: _in(_one(found, known))),
)
_SHORT_RANGE = re.compile(r"(?<![\w-])(\d{4})(-|/)(\d{2})(?![\d-])")
_RIGHT = re.compile(r"\b(?:right|all the way|even|well) (?=up |until|till|through|down to|into|to \d)", re.IGNORECASE)
_BOTH_BC = re.compile(r"(?<![\w-])(\d{1,4})( ?- ?| to | until | and )(?=\d{1,4} (BCE?|bce?|B\.C\.)(?!\w))")
_CENTURIES = re.compile(
    r"(?<=[a-z\d])( and| to|-)( the)? ([a-z-]+th|first|second|third|\d+[a-z]{2}) (?:centuries|century)\b", re.IGNORECASE
)


def _lengthened(text: str) -> str:
    """Write out the second year of `1941-45`; `1941-12` stays a month."""

    def full(found: re.Match[str]) -> str:
        first, last = int(found[1]), int(found[3])
        century = first // 100 * 100 + (100 if last < first % 100 else 0)
        return found[0] if last <= 12 and found[2] == "-" and last < first % 100 else f"{found[1]}-{century + last}"

    text = _RIGHT.sub("", text)
    text = _CENTURIES.sub(r" century\1\2 \3 century", _BOTH_BC.sub(r"\1 \3\2", text))
    return _SHORT_RANGE.sub(full, text)


_TILL, _FROM = re.compile(r"\b(?:un)?till?\b", re.IGNORECASE), re.compile(r"(?:from|since)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\bhad\b|\bha(?:s|ve)\b.*\b(?:never|not|yet|no)\b")
_AS_OF, _HAS = re.compile(r"\bas of(?= )"), re.compile(r"\bha(?:s|ve)\b")


def _as_of(marked: str) -> str:
    """As of 1938 they had never done it: up to then; they were allies: at that time; they have been allies: since then.

    The words that are put in its place are as long, so that the offsets stay.
    """
    if _PERFECT.search(marked):
        return _AS_OF.sub("up to", marked)
    return marked if _HAS.search(marked) else _AS_OF.sub("as at", marked)


def _marked(text: str, found: tuple[Time, ...]) -> str:
    """The text with each time replaced by a mark of its length."""
    marked = lowered(text)
    for time in found:
        marked = marked[: time.start] + MARK + PAD * (time.end - time.start - 1) + marked[time.end :]
    return marked


def _note(used: list[Time], window: Window) -> str:
    named = next((time for time in used if time.label), None)
    if named is None or window.empty:
        return ""
    years = f"{year_of(named.first)} to {year_of(named.last)}"
    return f"{named.label} is taken as {years}"


def _plain_edge(time: Time, *, last: bool) -> int | None:
    """The last or first day of a time that is a day, month, year or the like; a war or the end of a year has an edge of its own."""
    if time.edge or time.stretch:
        return None
    return time.last if last else time.first


def _in_years(time: Time) -> bool:
    """Whether a time is a year, a decade, a century: whole years by their numbers, and no war or age that has days."""
    first, last = time.first, time.last
    whole = first == day_number(year_of(first)) and last + 1 == day_number(year_of(last) + 1)
    return whole and not time.war and not time.stretch


def _reached(name: str, time: Time) -> Window | None:
    """The days of the time that ends a stretch."""
    plain = name in {"until", "range"} and not time.era and not time.edge
    return Window(time.first, time.last) if plain else None


def _stretch(name: str, found: re.Match[str], make: Make, known: dict[int, Time], text: str) -> Stretch:
    used = [known[found.start(group)] for group in ("one", "two") if group in found.re.groupindex]
    words = text[found.start() : found.end()].strip()
    window = make(found, known)
    single = used[0]
    return Stretch(
        start=found.start(),
        end=found.end(),
        window=window,
        text=words,
        whole=bool(found.groupdict().get("whole")),
        since=name in {"since", "open"},
        until=name == "until" and bool(_TILL.search(words)),
        lasting=name == "range" and bool(_FROM.match(words)),
        single=name == "in",
        start_ends=_plain_edge(single, last=True) if name in {"range", "since", "open", "from-on"} else None,
        end_begins=_plain_edge(used[-1], last=False) if name == "range" else None,
        eve=used[-1].first - 1 if name in {"until", "range"} and _TILL.search(words) else None,
        reached=_reached(name, used[-1]),
        begin_by_year=window.begin is not None and _in_years(used[0]),
        end_by_year=window.end is not None and _in_years(used[-1]),
        named=text[used[-1].start : used[-1].end] if name in {"until", "range"} else "",
        era=all(time.era for time in used),
        war=name == "in" and single.war and not single.edge,
        bare=name == "in" and words == text[single.start : single.end],
        note=_note(used, window),
    )


def _found(marked: str, known: dict[int, Time], text: str) -> Iterator[Stretch]:
    for name, pattern, make in _FORMS:
        while found := pattern.search(marked):
            yield _stretch(name, found, make, known, text)
            marked = marked[: found.start()] + "\0" * (found.end() - found.start()) + marked[found.end() :]


def stretches(text: str) -> tuple[str, tuple[Stretch, ...]]:
    """Find the periods that a claim names.

    Args:
        text: plain, as `words.plain` gives it.

    Returns:
        The text with short years written out, to which the offsets refer, and the periods in their order.
    """
    full = _lengthened(text)
    found = times(full)
    known = {time.start: time for time in found}
    periods = sorted(_found(_as_of(_marked(full, found)), known, full), key=lambda one: one.start)
    return full, tuple(periods)


def _edge_by_year(periods: Sequence[Stretch], day: int | None, *, begin: bool) -> bool:
    """Whether the edge of several times together is that of one of them that gives it by year."""
    if begin:
        return any(period.begin_by_year for period in periods if period.window.begin == day is not None)
    return any(period.end_by_year for period in periods if period.window.end == day is not None)


def common(periods: tuple[Stretch, ...]) -> Stretch | None:
    """Put the periods of one claim together: figures explain a name, and the rest narrow each other.

    Returns:
        One period, or None if there is none.

    Raises:
        ClaimError: if they have no day in common, or one ends before it begins.
    """
    if not periods:
        return None
    figures = [period for period in periods if not period.era]
    used = figures or list(periods)
    window = used[0].window
    for period in used[1:]:
        window = window.meet(period.window)
    text = ", ".join(period.text for period in periods)
    if window.empty:
        raise ClaimError(
            f"the claim names times that have no day in common: {text!r}",
            allowed="one period, as in 'from 1933 to 1941', 'since 1920', 'in the 1930s'",
            repair="check one period at a time",
        )
    return replace(
        used[0],
        window=window,
        text=text,
        whole=any(period.whole for period in periods),
        since=any(period.since for period in periods),
        until=any(period.until for period in used),
        war=any(period.war for period in periods),
        begin_by_year=_edge_by_year(used, window.begin, begin=True),
        end_by_year=_edge_by_year(used, window.end, begin=False),
        eve=next((period.eve for period in used if period.eve is not None), None),
        named=next((period.named for period in used if period.eve is not None), ""),
        reached=next((period.reached for period in used if period.eve is not None), None),
        single=len(used) == 1 and used[0].single,
        start_ends=used[0].start_ends if len(used) == 1 else None,
        end_begins=used[0].end_begins if len(used) == 1 else None,
        note="; ".join(period.note for period in periods if period.note and period in used),
    )
