"""What is asked of a table."""

from __future__ import annotations

from dataclasses import dataclass

from valla.scan.tables.columns import distinct, place_of
from valla.scan.tables.limits import LIMITS, Limits

__all__ = ["Asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table.

    Args:
        columns: those to give, by name or by position counted from 1; all if None.
        header: whether the first row of a CSV or TSV names the columns; else their positions do.
        limits: how much is read.
    """

    columns: tuple[str, ...] | None = None
    header: bool = True
    limits: Limits = LIMITS

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
