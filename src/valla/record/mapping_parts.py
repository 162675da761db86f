"""What a mapping may say beside columns, acts and coverage: what must be worked out from several rows, and for whom."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field, field_validator

from valla.dates import parse
from valla.errors import DateError
from valla.record.pairs import Pair

__all__ = ["Condition", "Count", "Duration", "Ends", "Pairs", "ReadPairs", "Scalar"]

Scalar = str | int
Condition = dict[str, list[Scalar]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Count(_Strict):
    """A column that says whether rows that belong together have one value of a column, or several.

    Args:
        of: the column whose values are counted.
        per: the columns that such rows share.
    """

    of: str
    per: list[str] = Field(min_length=1)

    def columns(self) -> Iterator[str]:
        """Name the columns that it looks at."""
        yield self.of
        yield from self.per


class Duration(_Strict):
    """When that of which the rows of several years speak began, and how long it lasted at most.

    Args:
        per: the columns that such rows share.
        month: the column with the month in which it began, in the first year of these rows.
        days: the column with its longest duration in days, the first and the last among them.
        onset: the column that is 1 in the rows of the year in which it began; where none of them is, it began before the rows.
    """

    per: list[str] = Field(min_length=1)
    month: str
    days: str
    onset: str = ""

    def columns(self) -> Iterator[str]:
        """Name the columns that it looks at."""
        yield from self.per
        yield self.month
        yield self.days
        if self.onset:
            yield self.onset


class Ends(_Strict):
    """Ends that had not come when the data end: right-censored, in the words of those who make such data.

    Args:
        open: the cells of the column `end` that say so; before they are taken for missing.
        until: the last day of the data, as EDTF: it had not ended before.
    """

    open: list[Scalar] = Field(min_length=1)
    until: str

    @field_validator("until")
    @classmethod
    def _a_day(cls, text: str) -> str:
        try:
            known = parse(text).known_days
        except DateError as error:
            raise ValueError(str(error)) from error
        if not known:
            raise ValueError(f"no last day is known of {text!r}")
        return text

    @property
    def last_day(self) -> int:
        """The last day of the data."""
        return max(parse(self.until).known_days)


class Pairs(_Strict):
    """A table of those who certainly fought each other, and when.

    Args:
        file: the table, beside the mapping: `read_pairs` says what it holds.
        unit: the column of ours that says in which war.
    """

    file: str
    unit: str


class ReadPairs(Pairs):
    """The same with what the table holds.

    Args:
        listed: the pairs.
    """

    listed: tuple[Pair, ...]
