"""A casebook, opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valla.dossier.model import Dossier
from valla.errors import CasebookError
from valla.record.schema import Act, Coverage
from valla.record.sources import Source
from valla.record.store import Record, record_of

__all__ = ["Casebook"]


@dataclass(frozen=True, slots=True)
class Casebook:
    """A folder of dossiers with their record.

    Args:
        path: the folder.
        id: its short name, which its acts carry as their dataset.
        title: for a reader.
        description: what it is about.
        language: BCP 47 tag.
        licence: under what terms it may be used.
        publisher_name: who publishes it.
        publisher_url: the publisher's address.
        base_url: the address under which its pages will stand.
        dossiers: the myths, in order of their numbers.
        acts: the record.
        coverage: where the record is complete.
        sources: what is cited, by key.
        former: whether its acts carry their sources, as they did before witnesses had a sheet of their own.
    """

    path: Path
    id: str
    title: str
    description: str
    language: str
    licence: str
    publisher_name: str
    publisher_url: str
    base_url: str
    dossiers: tuple[Dossier, ...]
    acts: tuple[Act, ...]
    coverage: tuple[Coverage, ...]
    sources: dict[str, Source]
    former: bool = False

    def record(self, *, in_memory: bool | None = None) -> Record:
        """Return the casebook's record, ready to be checked against; in memory or in DuckDB, as `record_of` has it."""
        return record_of(self.acts, self.coverage, self.sources, in_memory=in_memory)

    def dossier(self, number: int) -> Dossier:
        """Return a dossier by its permanent number.

        Raises:
            CasebookError: if the casebook has none of that number.
        """
        for dossier in self.dossiers:
            if dossier.number == number:
                return dossier
        numbers = ", ".join(str(dossier.number) for dossier in self.dossiers)
        raise CasebookError(f"no dossier has the number {number}", where=str(self.path), allowed=numbers)
