"""The data behind a page: the verdict as JSON and its acts as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from valla.check.model import Verdict
from valla.check.report import act_data, as_data
from valla.record.schema import Act

__all__ = ["acts_csv", "json_text", "verdict_json"]

_COLUMNS = (
    "weight",
    "id",
    "title",
    "actor",
    "target",
    "kind",
    "mutual",
    "date",
    "begin_min",
    "begin_max",
    "end_min",
    "end_max",
    "doubtful",
    "channel",
    "known_from",
    "place",
    "summary",
    "sources",
    "disputed",
    "locator",
    "quote",
    "reason",
    "dataset",
    "dataset_row",
)


def json_text(value: Any) -> str:
    """Return data as JSON that a person can read and a diff can follow."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def verdict_json(verdict: Verdict) -> str:
    """Return a verdict as JSON: what `check --json` prints, and the queries that were run."""
    return json_text(as_data(verdict))


def _weights(verdict: Verdict) -> Iterator[tuple[str, Act]]:
    yield from (("deciding", weighed.act) for weighed in verdict.deciding)
    yield from (("swing", weighed.act) for weighed in verdict.swing)
    yield from (("related", act) for act in verdict.related)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else value


def acts_csv(verdict: Verdict) -> str:
    """Return every act of a verdict once as CSV, with what it does to the claim in the first column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow(_COLUMNS)
    seen: set[tuple[str, str]] = set()
    for weight, act in _weights(verdict):
        if (act.dataset, act.id) not in seen:
            seen.add((act.dataset, act.id))
            row = {"weight": weight, **act_data(act)}
            writer.writerow([_cell(row[column]) for column in _COLUMNS])
    return out.getvalue()
