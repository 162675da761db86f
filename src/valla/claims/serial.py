"""Readings as data: to and from JSON, as dossier heads and `--reading` give them, and in the form of a gold file."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from valla.actors.catalogue import catalogue
from valla.actors.resolve import resolve
from valla.claims.kinds import Aspect, relation
from valla.claims.model import Channel, Period, Quantifier, Reading
from valla.dates import Window, day_text, parse, window_text, year_of
from valla.errors import ClaimError, nearest

__all__ = ["from_json", "gold", "to_json"]

_Side = list[str | int] | str | int
_YEARS = re.compile(r"-?[\dX]{4}[?~%]?|Y-?\d+")


class _Given(BaseModel):
    """A reading as somebody wrote it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    quantifier: str
    relation: str
    subjects: _Side
    objects: _Side | None = None
    period: str | int | dict[str, Any] | None = None
    channel: str = "any"
    known_by: str | None = None
    assumptions: list[str] = Field(default_factory=list)
    score: float = Field(default=1.0, ge=0, le=1)
    text: str = ""
    denied: bool = False
    aspect: str | None = None
    any_subject: bool = False
    any_object: bool = False
    members: _Side | None = None
    partial: bool = False
    then: str | None = None


def _denial(reading: Reading) -> dict[str, bool]:
    """The key `denied`, only where the text denies the claim."""
    return {"denied": True} if reading.denied else {}


def _unusual(reading: Reading) -> dict[str, Any]:
    """The keys that few readings need."""
    return {
        **({"aspect": reading.aspect.value} if reading.aspect else {}),
        **{key: True for key in ("any_subject", "any_object") if getattr(reading, key)},
        **({"members": list(reading.members)} if reading.members else {}),
        **({"partial": True} if reading.partial else {}),
        **({"then": window_text(reading.then)} if reading.then else {}),
    }


def to_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain data, from which `from_json` makes the same reading again."""
    return {
        "quantifier": reading.quantifier.value,
        "relation": reading.relation,
        "subjects": list(reading.subjects),
        "objects": None if reading.objects is None else list(reading.objects),
        "period": {
            "window": window_text(reading.period.window),
            "origin": reading.period.origin,
            "text": reading.period.text,
            "by_year": _by_year(reading.period),
        },
        "channel": reading.channel.value,
        "known_by": None if reading.known_by is None else day_text(reading.known_by),
        "assumptions": list(reading.assumptions),
        "score": reading.score,
        "text": reading.text,
        **_denial(reading),
        **_unusual(reading),
    }


_BY_YEAR = {"none": (False, False), "begin": (True, False), "end": (False, True), "both": (True, True)}
"""Which edges of a period are those of years."""


def _by_year(period: Period) -> str:
    edges = (period.begin_by_year, period.end_by_year)
    return next(name for name, flags in _BY_YEAR.items() if flags == edges)


def _wrong(key: str, found: object, allowed: str, repair: str | None = None) -> ClaimError:
    return ClaimError(
        f"a reading's {key!r} is not as it must be", found=repr(found)[:80], allowed=allowed, repair=repair
    )


def _of_model(error: ValidationError) -> ClaimError:
    """The first complaint of pydantic in one line that names the key."""
    first = error.errors()[0]
    key = str(first["loc"][0]) if first["loc"] else "reading"
    fields = list(_Given.model_fields)
    if first["type"] == "extra_forbidden":
        near = nearest(key, fields)
        return ClaimError(
            f"a reading has no key {key!r}",
            allowed=", ".join(fields),
            repair=f"did you mean {near!r}?" if near else None,
        )
    if first["type"] == "missing":
        return ClaimError(f"a reading needs the key {key!r}", allowed=", ".join(fields))
    return _wrong(key, first.get("input"), first["msg"])


def _word(key: str, value: str, allowed: list[str]) -> str:
    if value in allowed:
        return value
    near = nearest(value, allowed)
    raise _wrong(key, value, ", ".join(allowed), f"did you mean {near!r}?" if near else None)


def _actor(value: str | int) -> str:
    """The id of an actor by id, name or Correlates of War code."""
    known = catalogue()
    if isinstance(value, int):
        return known.by_cow(value).id
    return value if value in known.actors else resolve(value).actor.id


def _side(key: str, value: _Side) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    if not given:
        raise _wrong(key, value, "at least one actor, by id, name or Correlates of War code")
    return tuple(dict.fromkeys(_actor(one) for one in given))


def _window(text: str) -> Window:
    span = parse(text)
    if span.extent.empty:
        raise _wrong("period", text, "a period that ends no earlier than it begins")
    return span.extent


def _period(value: str | int | dict[str, Any] | None) -> Period:
    if value is None:
        return Period()
    if isinstance(value, (str, int)):
        text = str(value)
        window = _window(text)
        origin = "coverage" if window == Window() else "editor"
        return Period(window, origin, text, *_whole_years(text, window))
    if (
        set(value) - {"window", "origin", "text", "by_year"}
        or not all(isinstance(one, str) for one in value.values())
        or "window" not in value
    ):
        raise _wrong("period", value, "EDTF such as 1933/1941 or ../1938, or window, origin and text")
    origin = _word("period.origin", value.get("origin", "text"), ["text", "actors", "coverage", "editor"])
    window = _window(value["window"])
    if "by_year" not in value:
        return Period(window, origin, value.get("text", ""), *_whole_years(value["window"], window))
    by_year = _BY_YEAR[_word("period.by_year", value["by_year"], list(_BY_YEAR))]
    return Period(window, origin, value.get("text", ""), *by_year)


def _whole_years(text: str, window: Window) -> tuple[bool, bool]:
    """Which edges a period of EDTF gives as years: `1933/1941` both, `1933/1941-06-22` the first."""
    first, _, last = text.partition("/")
    sides = (first, last or first)
    begin, end = (_YEARS.fullmatch(side.strip()) is not None for side in sides)
    return begin and window.begin is not None, end and window.end is not None


def _known_by(value: str | None) -> int | None:
    if value is None:
        return None
    day = parse(value).extent.end
    if day is None:
        raise _wrong("known_by", value, "a day, month or year that ends, as 1945-05-08 or 1945")
    return day


def from_json(data: object) -> Reading:
    """Make a reading of plain data.

    Args:
        data: an object with quantifier, relation, subjects, and perhaps objects, period, channel, known_by. Actors go by id, name or
            Correlates of War code; a period is EDTF, as in `1933/1941`; a missing side of it is `..`.

    Raises:
        ClaimError: if a key is missing, unknown or wrong; it names the key and what is allowed.
        ActorError: if an actor is not known.
        DateError: if the period is no EDTF date.
    """
    if not isinstance(data, dict):
        raise ClaimError(
            "a reading is not an object",
            found=repr(data)[:80],
            allowed="{quantifier, relation, subjects, objects, period}",
        )
    try:
        given = _Given.model_validate(data)
    except ValidationError as error:
        raise _of_model(error) from None
    return Reading(
        quantifier=Quantifier(_word("quantifier", given.quantifier, [one.value for one in Quantifier])),
        relation=relation(given.relation).id,
        subjects=_side("subjects", given.subjects),
        objects=None if given.objects is None else _side("objects", given.objects),
        period=_period(given.period),
        channel=Channel(_word("channel", given.channel, ["any", "open", "secret"])),
        known_by=_known_by(given.known_by),
        assumptions=tuple(given.assumptions),
        score=given.score,
        text=given.text,
        denied=given.denied,
        aspect=None if given.aspect is None else Aspect(_word("aspect", given.aspect, [one.value for one in Aspect])),
        any_subject=given.any_subject,
        any_object=given.any_object,
        members=() if given.members is None else _side("members", given.members),
        partial=given.partial,
        then=None if given.then is None else _window(given.then),
    )


def _codes(ids: tuple[str, ...]) -> list[int | str]:
    """Correlates of War codes; an actor that has none keeps its id."""
    known = catalogue()
    return [(known.codes(one) if one in known.actors else None) or one for one in dict.fromkeys(ids)]


def gold(reading: Reading) -> dict[str, Any]:
    """Return a reading as a gold file has it: Correlates of War codes, and a period in years with `..` for a side not named."""
    window = reading.period.window
    first, last = (".." if day is None else str(year_of(day)) for day in (window.begin, window.end))
    return {
        "quantifier": reading.quantifier.value,
        "relation": reading.relation,
        "subjects": _codes(reading.subjects),
        "objects": None if reading.objects is None else _codes(reading.objects),
        "period": f"{first}/{last}",
        **_denial(reading),
    }
