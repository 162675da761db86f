"""Files of one dataset that overlap: an act that the record has already is not taken twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from valla.record.loader import Loaded
from valla.record.sieve import ASIDE_SCHEMA

__all__ = ["content", "without_known"]

_SAID = ("id", "actor", "target", "kind", "date")
"""What makes two acts of one dataset the same."""


def _said(acts: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(*(acts[name] for name in _SAID), "\x1f", null_handling="replace")


def content(acts: pa.Table) -> str:
    """Return a hash of acts that depends neither on their order nor on how they lie on disk.

    The hashes of the acts are added up, so that it is the same for the same acts in one file or in two.
    """
    hashes = (int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") for text in _said(acts).to_pylist())
    return f"{sum(hashes) % 2**256:064x}"


def without_known(loaded: Loaded, files: Iterable[Path], stem: str) -> Loaded:
    """Take from a file's acts those that other files of the dataset have brought already.

    An act of the same id with other actors or another date is kept under an id of its own: two editions that disagree are two rows.

    Args:
        loaded: what the file says.
        files: the acts of the other files.
        stem: what sets this file's ids apart.
    """
    tables = [pq.read_table(path, columns=list(_SAID)) for path in files]
    if not tables:
        return loaded
    known = pa.concat_tables(tables)
    repeated = pc.is_in(_said(loaded.acts), value_set=_said(known).combine_chunks())
    acts, gone = loaded.acts.filter(pc.invert(repeated)), loaded.acts.filter(repeated)
    aside = pa.table(
        {
            "row": gone["dataset_row"],
            "reason": pa.array(["the record has the act already"] * len(gone)),
            "found": gone["id"],
        }
    )
    return replace(
        loaded, acts=_renamed(acts, known["id"], stem), aside=pa.concat_tables([loaded.aside, aside.cast(ASIDE_SCHEMA)])
    )


def _renamed(acts: pa.Table, known: pa.ChunkedArray, stem: str) -> pa.Table:
    """Give ids of their own to acts whose ids are taken."""
    ids = acts["id"]
    taken = pc.is_in(ids, value_set=known.combine_chunks())
    own = pc.binary_join_element_wise(ids, pa.scalar(stem[-12:]), "@")
    return acts.set_column(acts.column_names.index("id"), "id", pc.if_else(taken, own, ids))
