"""From a casebook to its site: every myth read, checked and written."""

from __future__ import annotations

from pathlib import Path

from valla.casebook.model import Casebook
from valla.check.engine import check
from valla.check.model import Verdict
from valla.claims.model import Reading
from valla.claims.reading import read
from valla.claims.serial import from_json
from valla.dossier.model import Dossier
from valla.errors import CasebookError, ClaimError
from valla.record.store import Record
from valla.site.build import Site, build

__all__ = ["publish", "reading_of", "verdicts"]


def reading_of(dossier: Dossier) -> Reading | None:
    """Return the reading of a dossier's claim: the one that its editor fixed, else the likeliest.

    Raises:
        ClaimError: if the claim cannot be read.
    """
    if dossier.reading is not None:
        return from_json({**dossier.reading, "text": dossier.claim or dossier.title})
    return read(dossier.claim)[0] if dossier.claim else None


def _verdict(dossier: Dossier, record: Record) -> Verdict | None:
    try:
        reading = reading_of(dossier)
        return check(reading, record) if reading else None
    except ClaimError as error:
        where = f"dossier {dossier.number}"
        raise CasebookError(error.problem, where=where, allowed=error.allowed, repair=error.repair) from error


def verdicts(casebook: Casebook) -> dict[int, Verdict]:
    """Check every numbered myth of a casebook against its own record.

    Raises:
        CasebookError: if a claim cannot be read or checked; it names the dossier.
    """
    record = casebook.record()
    found = {dossier.number: _verdict(dossier, record) for dossier in casebook.dossiers if dossier.number is not None}
    return {number: verdict for number, verdict in found.items() if verdict is not None}


def publish(casebook: Casebook, folder: Path) -> Site:
    """Write the site of a casebook into a folder, whole or not at all.

    Args:
        casebook: the casebook, opened.
        folder: where to; made if there is none, replaced if an earlier publish wrote it.

    Raises:
        CasebookError: if a claim cannot be checked, a dossier has no number, or two have the same.
        InputError: if the folder holds files of others, or cannot be written.
    """
    return build(casebook, verdicts(casebook), folder, pictures=casebook.path)
