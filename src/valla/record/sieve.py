"""A table of rows from which those that cannot be used are taken, and columns of texts that are looked up once for each distinct text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["ASIDE_SCHEMA", "NULL", "UNIT", "Sieve", "coded", "each", "joined", "nulls", "row_keys"]

ASIDE_SCHEMA = pa.schema([("row", pa.int64()), ("reason", pa.string()), ("found", pa.string())])
"""The schema of a table of what was set aside."""

UNIT, NULL = "\x1f", "\x1e"
"""What stands between the texts that are joined, and for one that is missing."""


@dataclass(slots=True)
class Sieve:
    """A table from which rows are taken, one reason after the other.

    Args:
        table: the rows that are left.
        aside: tables of those that are not.
    """

    table: pa.Table
    aside: list[pa.Table]

    def drop(self, bad: Any, reason: str, found: pa.ChunkedArray | None = None) -> None:
        """Set aside the rows for which a condition is true.

        Args:
            bad: a column of truth values.
            reason: why.
            found: what was found there.
        """
        if pc.any(bad).as_py():
            self.drop_each(bad, pa.array([reason] * len(bad)), found)

    def drop_each(self, bad: Any, reasons: Any, found: pa.ChunkedArray | None = None) -> None:
        """Set aside rows, each for a reason of its own."""
        if not pc.any(bad).as_py():
            return
        texts = found if found is not None else pa.array([""] * len(bad))
        gone = pa.table({"row": self.table["row"], "reason": reasons, "found": texts}).filter(bad)
        self.aside.append(gone.cast(ASIDE_SCHEMA))
        self.table = self.table.filter(pc.invert(bad))


def each(column: Any, function: Callable[[Any], Any], kind: pa.DataType | None = None) -> pa.Array:
    """Apply a function to each distinct value of a column; null stays null."""
    distinct = coded(column)
    values = [function(one) for one in distinct.dictionary.to_pylist()]
    return pa.array(values, kind or pa.string()).take(distinct.indices)


def coded(column: Any) -> pa.DictionaryArray:
    """Return a column as its distinct values and where they are."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.dictionary_encode(whole)


def nulls(table: pa.Table) -> pa.Array:
    """Return an empty column for a table."""
    return pa.nulls(table.num_rows, pa.string())


def row_keys(table: pa.Table, names: Iterable[str]) -> list[tuple[str | None, ...]]:
    """Return the cells of some columns together, row by row."""
    return list(zip(*(table[name].to_pylist() for name in names), strict=True))


def joined(columns: Iterable[Any]) -> Any:
    """Return several columns of text as one, with `UNIT` between them and `NULL` for what is missing."""
    return pc.binary_join_element_wise(*columns, UNIT, null_handling="replace", null_replacement=NULL)
