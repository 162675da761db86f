"""Codes of states that shift with time: which states a code stands for in a stretch of days.

Gleditsch and Ward's list of states shares nearly all codes with that of the Correlates of War; where they differ, `codes/gw.toml` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from valla.actors.catalogue import Catalogue
from valla.actors.resolve import resolve
from valla.dates import Window, parse
from valla.errors import ActorError
from valla.record.codes import listed

__all__ = ["Seat", "seats_of"]


@dataclass(frozen=True, slots=True)
class Seat:
    """A state and the days in which a code stands for it.

    Args:
        state: the id of the state.
        window: the days.
    """

    state: str
    window: Window


@dataclass(frozen=True, slots=True)
class _Shift:
    """A code that in some days stands for another state than the same code of the Correlates of War."""

    state: str | int
    window: Window


@cache
def _shifts() -> dict[int, tuple[_Shift, ...]]:
    shifts: dict[int, tuple[_Shift, ...]] = {}
    for row in listed("gw")["code"]:
        shift = _Shift(row["state"], parse(row["period"]).extent)
        shifts[row["gw"]] = (*shifts.get(row["gw"], ()), shift)
    return shifts


def seats_of(text: str, window: Window, by: str, known: Catalogue) -> tuple[Seat, ...]:
    """Return the states that a cell stands for in some days; none where nobody is known.

    Args:
        text: the cell.
        window: the days.
        by: `gw`, `cow`, `name` or `id`.
        known: the actors.
    """
    if by == "gw":
        return tuple(_of_gw(text, window, known))
    found = _state(text, window, by, known)
    return (Seat(found, window),) if found else ()


def _state(text: str, window: Window, by: str, known: Catalogue) -> str | None:
    try:
        if by == "cow":
            return known.by_cow(int(text)).id
        if by == "id":
            return known.state_of(text).id
        return known.state_of(resolve(text, on=window).actor.id).id
    except (ValueError, ActorError):
        return None


def _of_gw(text: str, window: Window, known: Catalogue) -> Iterator[Seat]:
    """The days of a shift go to its state, those before and after it to the state of the same code."""
    if not text.isdigit():
        return
    rest = [window]
    for shift in _shifts().get(int(text), ()):
        by = "cow" if isinstance(shift.state, int) else "id"
        state, days = _state(str(shift.state), window, by, known), window.meet(shift.window)
        if state and not days.empty:
            yield Seat(state, days)
        rest = [part for one in rest for part in _outside(one, shift.window)]
    same = _state(text, window, "cow", known) if rest else None
    if same:
        yield from (Seat(same, days) for days in rest)


def _outside(window: Window, shift: Window) -> Iterator[Window]:
    """The days of a window before and after those of a shift."""
    sides = []
    if shift.begin is not None:
        sides.append(window.meet(Window(None, shift.begin - 1)))
    if shift.end is not None:
        sides.append(window.meet(Window(shift.end + 1, None)))
    yield from (side for side in sides if not side.empty)
