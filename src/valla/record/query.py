"""What a check asks of a record: which acts, as an Ibis expression over any table of acts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from valla.dates import Window

__all__ = ["EVERYTHING", "Selection", "filled", "matching", "shape_of"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The acts that may bear on a reading.

    Args:
        kinds: ids of the kinds; None means all.
        subjects: ids of those who act; None means anybody, as when all actors toward the same objects are compared.
        objects: ids of those toward whom; None means anybody.
        symmetric: whether an act counts in both directions even where it is not mutual.
        window: acts that cannot have had a day in it are left out.
        secret: whether secret acts count.
        open: whether open acts count.
    """

    kinds: frozenset[str] | None
    subjects: frozenset[str] | None
    objects: frozenset[str] | None
    symmetric: bool
    window: Window
    secret: bool = True
    open: bool = True


EVERYTHING = Selection(None, None, None, symmetric=True, window=Window())
"""All acts."""


def _side(acts: Any, column: str, ids: frozenset[str] | None) -> Any:
    """Whether a column names one of the ids; None where anybody does."""
    if ids is None:
        return None
    return acts[column] == next(iter(ids)) if len(ids) == 1 else acts[column].isin(sorted(ids))


def _both(*conditions: Any) -> Any:
    given = [condition for condition in conditions if condition is not None]
    if not given:
        return None
    met = given[0]
    for condition in given[1:]:
        met = met & condition
    return met


def _forward(acts: Any, selection: Selection) -> Any:
    return _both(_side(acts, "actor", selection.subjects), _side(acts, "target", selection.objects))


def _backward(acts: Any, selection: Selection) -> Any:
    """The condition on an act turned round, for the acts that do not count as written already."""
    turned = _both(_side(acts, "target", selection.subjects), _side(acts, "actor", selection.objects))
    if turned is None:
        return None
    allowed = None if selection.symmetric else acts["mutual"]
    apart = selection.subjects and selection.objects and not selection.subjects & selection.objects
    return _both(turned, allowed, None if apart else ~_forward(acts, selection))


def _time(acts: Any, window: Window) -> Any:
    begins = None if window.end is None else acts["begin_min"].isnull() | (acts["begin_min"] <= window.end)
    ends = None if window.begin is None else acts["end_max"].isnull() | (acts["end_max"] >= window.begin)
    return _both(begins, ends)


def _channels(acts: Any, selection: Selection) -> Any:
    if selection.open and selection.secret:
        return None
    counted = [channel for channel in ("open", "secret") if getattr(selection, channel)]
    return acts["channel"].isin(["unknown", *counted])


def matching(acts: Any, selection: Selection) -> Any:
    """Return the acts that a selection asks for.

    Args:
        acts: an Ibis table with the columns of `schema.COLUMNS`.
        selection: what is asked for.

    Returns:
        An Ibis table with the same columns; nothing is run.
    """
    kinds = None if selection.kinds is None else acts["kind"].isin(sorted(selection.kinds))
    rest = _both(kinds, _time(acts, selection.window), _channels(acts, selection))
    forward = _both(_forward(acts, selection), rest)
    backward = _backward(acts, selection)
    if forward is None:
        return acts
    if backward is None:
        return acts.filter(forward)
    # two filters joined let an engine skip what is stored in order of actor; one filter with "or" does not
    return acts.filter(forward).union(acts.filter(_both(backward, rest)), distinct=False)


_FIRST, _LAST = 1_987_654_321, 1_987_654_322
_BLANK = re.compile(r"'⦃(\d+)⦄'|\b(1987654321|1987654322)\b")


def _names(selection: Selection) -> list[str]:
    """The ids of both sides, each once: the subjects', then those of the objects that are no subjects."""
    subjects, objects = selection.subjects or frozenset(), selection.objects or frozenset()
    return [*sorted(subjects), *sorted(objects - subjects)]


def shape_of(selection: Selection) -> Selection:
    """Return a selection with blanks for its actors and days: questions of one shape have one query.

    An actor on both sides is one blank on both, so that which are shared is part of the shape.
    """
    blanks = {name: f"⦃{number:04d}⦄" for number, name in enumerate(_names(selection))}
    window = Window(None if selection.window.begin is None else _FIRST, None if selection.window.end is None else _LAST)
    subjects, objects = _blanks(selection.subjects, blanks), _blanks(selection.objects, blanks)
    return replace(selection, window=window, subjects=subjects, objects=objects)


def _blanks(ids: frozenset[str] | None, blanks: dict[str, str]) -> frozenset[str] | None:
    return None if ids is None else frozenset(blanks[name] for name in ids)


def filled(sql: str, selection: Selection) -> str:
    """Return the query of a shape with its blanks filled from a selection.

    Args:
        sql: the query of `shape_of(selection)`.
        selection: what is asked for.
    """
    names = _names(selection)

    def value(blank: re.Match[str]) -> str:
        if blank[1]:
            quoted = names[int(blank[1])].replace("'", "''")
            return f"'{quoted}'"
        return str(selection.window.begin if blank[2] == str(_FIRST) else selection.window.end)

    return _BLANK.sub(value, sql)
