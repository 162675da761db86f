"""What an act carries so that it can be found again: dates in years, id, locator, dataset."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter
from typing import Any

from valla.claims.kinds import kinds
from valla.record.mapping import TEXTS, Mapping

__all__ = ["as_said", "carried", "dated_in_years", "marked"]

_EVENT_KINDS = sorted(name for name, kind in kinds().items() if kind.form == "event")
_SHIFTED_YEARS, _SHIFTED_DAYS = 40_000, 100 * 146_097
"""A hundred eras of 400 years, added before dividing, so that years before 1 round down too."""

_FIELDS = {"actor": "actor_code", "target": "target_code", "first": "first_text", "last": "last_text"}
"""The columns for those fields of a locator that are no columns of the dataset."""


def carried(mapping: Mapping, columns: Iterable[str]) -> list[str]:
    """Return the columns of a dataset that its acts need for locator and texts; a joined act has no texts of its own."""
    fields = {name for _, name, _, _ in Formatter().parse(mapping.locator) if name}
    given = set(columns)
    texts = set() if "year" in given else given & set(TEXTS)
    return sorted((fields - set(_FIELDS)) | texts)


def as_said(name: str) -> str:
    """Return what a carried column is called among the acts, where it cannot clash with a column of theirs."""
    return f"said_{name}"


def dated_in_years(acts: Any) -> Any:
    """Give dates to acts that have a first and last year: `1926/1933`, or `1939` for an event of one year."""
    import ibis

    first, last = acts["first"], acts["last"]
    brief = (first == last) & acts["kind"].isin(_EVENT_KINDS)
    return acts.mutate(
        first_text=_year_text(first),
        last_text=_year_text(last),
        date=ibis.ifelse(brief, _year_text(first), _year_text(first) + "/" + _year_text(last)),
        begin_min=_first_day(first),
        begin_max=_first_day(first + 1) - 1,
        end_min=_first_day(last),
        end_max=_first_day(last + 1) - 1,
    )


def _first_day(year: Any) -> Any:
    """The number of 1 January, as `valla.days.day_number`."""
    before = year.cast("int64") - 1 + _SHIFTED_YEARS
    return before * 365 + before // 4 - before // 100 + before // 400 + 1 - _SHIFTED_DAYS


def _year_text(year: Any) -> Any:
    import ibis

    digits = year.abs().cast("string").lpad(4, "0")
    return ibis.ifelse(year < 0, "-" + digits, digits)


def marked(acts: Any, mapping: Mapping) -> Any:
    """Give acts the columns that say where they come from.

    Args:
        acts: an Ibis table with `rules.KEYS`, the codes of the sides, `row`, dates, and `first_text` and `last_text`.
        mapping: the dataset.
    """
    import ibis

    dataset, empty = ibis.literal(mapping.dataset.id), ibis.literal("")
    named = acts.mutate(name=_name(acts))
    texts = {
        name: ibis.coalesce(named[as_said(name)], "") if as_said(name) in named.columns else empty for name in TEXTS
    }
    return named.mutate(
        id=_id(named, mapping.dataset.id),
        locator=_filled(mapping.locator, named),
        source=dataset,
        dataset=dataset,
        dataset_row=named["row"],
        known_from=ibis.null("string"),
        known_min=ibis.null("int32"),
        known_max=ibis.null("int32"),
        reason=empty,
        title=empty,
        sources=dataset,
        disputed=ibis.literal(False),
        witnesses=empty,
        **texts,
    )


def _name(acts: Any) -> Any:
    """What sets an act apart in its dataset: the event's own name, or unit, sides, kind and begin."""
    import ibis

    sides = acts["actor_code"] + "-" + acts["target_code"]
    unit = ibis.ifelse(acts["unit"] == "", "", acts["unit"] + ":")
    return ibis.ifelse(acts["named"], acts["unit"], unit + sides + ":" + acts["kind"] + ":" + acts["first_text"])


def _id(acts: Any, dataset: str) -> Any:
    """An id that is the same whatever file the act came in; acts that would share one are numbered."""
    import ibis

    rank = acts["row"].rank().over(ibis.window(group_by="name", order_by=["row", "kind"]))
    return f"{dataset}:" + acts["name"] + ibis.ifelse(rank == 0, "", "#" + (rank + 1).cast("string"))


def _filled(template: str, acts: Any) -> Any:
    """A locator with its fields filled in."""
    import ibis

    whole: Any = ibis.literal("")
    for text, name, _, _ in Formatter().parse(template):
        whole = whole + text
        if name:
            whole = whole + ibis.coalesce(acts[_FIELDS.get(name, as_said(name))], "")
    return whole
