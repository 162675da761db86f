"""What an act carries so that it can be found again: id, locator, dataset."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter
from typing import Any

from valla.record.mapping import TEXTS, Mapping

__all__ = ["as_said", "carried", "marked"]

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
        reason=named["reason"] if "reason" in named.columns else empty,
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
