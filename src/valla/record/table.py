"""Acts as an Arrow table and back: the form in which they lie on disk and go through a query."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow.json import ParseOptions, ReadOptions, read_json

from valla.dates import Span
from valla.errors import InputError, RecordError
from valla.plain_data import parse_json
from valla.record.schema import COLUMNS, Act, Witness

__all__ = ["ARROW_SCHEMA", "act_of", "acts_of", "indices", "number_of_witnesses", "table_of"]

_ARROW_TYPES = {"string": pa.string(), "boolean": pa.bool_(), "int32": pa.int32(), "int64": pa.int64()}
ARROW_SCHEMA = pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in COLUMNS.items()])
"""The schema of a table of acts."""

_TEXTS = ("place", "summary", "reason", "title")
_FIRST = ("source", "locator", "quote")
_SHOWN = 60
_WHOLE = ReadOptions(block_size=2**30)


def _row(act: Act) -> dict[str, Any]:
    known = act.known_from
    return {
        **{
            name: getattr(act, name)
            for name in ("id", "actor", "target", "kind", "mutual", "channel", "disputed", *_TEXTS, *_FIRST)
        },
        "date": act.when.text,
        "begin_min": act.when.begin_min,
        "begin_max": act.when.begin_max,
        "end_min": act.when.end_min,
        "end_max": act.when.end_max,
        "known_from": known.text if known else None,
        "known_min": known.begin_min if known else None,
        "known_max": known.latest_begin if known else None,
        "sources": " ".join(act.sources),
        "witnesses": _packed(act.witnesses),
        "dataset": act.dataset,
        "dataset_row": act.dataset_row,
    }


def table_of(acts: Iterable[Act]) -> pa.Table:
    """Turn acts into a table.

    Raises:
        RecordError: if a date lies more than some 5.8 million years off, where day numbers no longer fit.
    """
    rows = []
    for act in acts:
        far = [span.text for span in (act.when, act.known_from) if span and not span.near]
        if far:
            allowed = "5.8 million years each way"
            raise RecordError(f"the act {act.id!r} is dated too far off", found=far[0], allowed=allowed)
        rows.append(_row(act))
    if not rows:
        return ARROW_SCHEMA.empty_table()
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    return read_json(io.BytesIO(lines), parse_options=ParseOptions(explicit_schema=ARROW_SCHEMA), read_options=_WHOLE)


def indices(rows: npt.NDArray[np.int64]) -> pa.Array:
    """Return places of rows in the form that Arrow takes; `pa.array` would do the same, but loads pandas for it."""
    buffer = pa.py_buffer(np.ascontiguousarray(rows, dtype=np.int64))
    return pa.Array.from_buffers(pa.int64(), len(rows), [None, buffer])


def _packed(witnesses: tuple[Witness, ...]) -> str:
    """All that is said of an act as JSON; nothing where its first witness, whom the columns name, is all there is."""
    if not witnesses or (len(witnesses) == 1 and witnesses[0].says == "supports" and not witnesses[0].note):
        return ""
    return json.dumps([astuple(witness) for witness in witnesses], ensure_ascii=False)


def _unpacked(packed: str) -> tuple[Witness, ...]:
    try:
        return tuple(Witness(*said) for said in parse_json(packed))
    except (InputError, TypeError) as error:
        raise RecordError(
            "the witnesses of an act are broken", found=packed[:_SHOWN], repair="add the file anew"
        ) from error


def _witnesses(row: Mapping[str, Any]) -> tuple[Witness, ...]:
    if row.get("witnesses"):
        return _unpacked(row["witnesses"])
    first = Witness(*(row[name] or "" for name in _FIRST))
    return (first,) if first != Witness("") else ()


def number_of_witnesses(table: pa.Table) -> int:
    """Return how many named witnesses support the acts of a table."""
    rows = Counter(zip(table["witnesses"].to_pylist(), table["sources"].to_pylist(), strict=True))
    return sum(_named(packed, sources) * number for (packed, sources), number in rows.items())


def _named(packed: str | None, sources: str | None) -> int:
    if not packed:
        return len((sources or "").split())
    return sum(1 for witness in _unpacked(packed) if witness.says == "supports" and witness.source)


def act_of(row: Mapping[str, Any]) -> Act:
    """Turn a row of a table into an act."""
    known, date = None, row["date"] or ""
    if row.get("known_from"):
        known = Span(row["known_from"], row["known_min"], row["known_max"], row["known_min"], row["known_max"])
    return Act(
        **{name: row[name] or "" for name in ("id", "actor", "target", "kind", "channel", *_TEXTS, "dataset")},
        mutual=bool(row["mutual"]),
        when=Span(date, row["begin_min"], row["begin_max"], row["end_min"], row["end_max"], "?" in date or "%" in date),
        known_from=known,
        witnesses=_witnesses(row),
        dataset_row=row["dataset_row"] or 0,
    )


def acts_of(table: pa.Table) -> tuple[Act, ...]:
    """Turn a table into acts."""
    return tuple(act_of(row) for row in table.to_pylist())
