"""What is asked of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valla.scan.tables.columns import distinct, no_text, place_of
from valla.scan.tables.limits import LIMITS, Limits

__all__ = ["Asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table.

    Args:
        columns: those to give, by name or by position counted from 1; all if None.
        header: whether the first row of a CSV or TSV names the columns; else their positions do.
        limits: how much is read.
        texts: the names of those that must hold text, in JSON lines and Parquet, where others hold numbers, lists or objects.
    """

    columns: tuple[str, ...] | None = None
    header: bool = True
    limits: Limits = LIMITS
    texts: tuple[str, ...] = ()

    def places(self, names: tuple[str, ...], where: str) -> dict[str, int]:
        """Return the place of each column by the name it is asked for.

        Args:
            names: those of the table.
            where: the file, for messages.

        Raises:
            InputError: if one is not there.
        """
        if self.columns is None:
            return {name: place for place, name in enumerate(distinct(names))}
        return {name: place_of(name, names, where) for name in self.columns}

    def check(self, name: str, value: Any, where: str) -> None:
        """Refuse a value that is no text where text must be; null is none.

        Args:
            name: of its column.
            value: of a row.
            where: the file, and the row if that is known.

        Raises:
            InputError: if it is no text.
        """
        if name in self.texts and value is not None and not isinstance(value, str):
            raise no_text(name, value, where)
