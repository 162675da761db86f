"""What a table gives: rows, and what is told of those that are broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Form", "Row", "RowProblem"]


class Form(StrEnum):
    """How a table is written."""

    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Args:
        number: its number among the rows, counted from 1, the header and blank lines aside.
        line: the line that it begins on, counted from 1; None in Parquet.
        values: the text of each column asked for, by the name it was asked for; empty where the row has none.
    """

    number: int
    line: int | None
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was set aside because it is broken.

    Args:
        number: its number among the rows, counted from 1.
        line: the line that it begins on; None in Parquet.
        told: what is wrong, in one line, without the place.
    """

    number: int
    line: int | None
    told: str

    def __str__(self) -> str:
        place = f"row {self.number}" if self.line is None else f"line {self.line}"
        return f"{place}: {self.told}"
