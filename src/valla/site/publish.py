"""From a casebook to its site: every myth read, checked and written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from valla.casebook.model import Casebook
from valla.casebook.reading import reading_of
from valla.check.engine import check
from valla.check.model import Verdict
from valla.dossier.model import Dossier
from valla.errors import VallaError
from valla.record.store import Record
from valla.site.build import Site, build

__all__ = ["Checked", "checked", "publish", "verdicts"]


def _verdict(dossier: Dossier, record: Record) -> Verdict | None:
    reading = reading_of(dossier)
    return check(reading, record) if reading else None


@dataclass(frozen=True, slots=True)
class Checked:
    """The myths of a casebook, checked.

    Args:
        verdicts: by the number of the dossier.
        faults: which claims cannot be read or checked, and why; their pages have no verdict.
    """

    verdicts: dict[int, Verdict]
    faults: tuple[str, ...]


def checked(casebook: Casebook) -> Checked:
    """Check every numbered myth of a casebook that is no draft against its own record."""
    record, found, faults = casebook.record(), {}, []
    for dossier in casebook.dossiers:
        if dossier.number is None or dossier.status == "draft":
            continue
        try:
            verdict = _verdict(dossier, record)
        except VallaError as error:
            faults.append(f"dossier {dossier.number} has no verdict: {error}")
            continue
        if verdict is not None:
            found[dossier.number] = verdict
    return Checked(found, tuple(faults))


def verdicts(casebook: Casebook) -> dict[int, Verdict]:
    """Return the verdicts on the numbered myths of a casebook that are no drafts, as far as they can be checked."""
    return checked(casebook).verdicts


def publish(casebook: Casebook, folder: Path) -> Site:
    """Write the site of a casebook into a folder, whole or not at all.

    A myth whose claim cannot be checked gets a page without a verdict; the warnings say why.

    Args:
        casebook: the casebook, opened.
        folder: where to; made if there is none, replaced if an earlier publish wrote it.

    Raises:
        CasebookError: if a dossier has no number, or two have the same.
        InputError: if the folder holds files of others, or cannot be written.
    """
    found = checked(casebook)
    site = build(casebook, found.verdicts, folder, pictures=casebook.path)
    return replace(site, warnings=(*found.faults, *site.warnings))
