"""A casebook as a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from valla.dossier.model import Dossier
from valla.scan.library.model import Library, LibraryClaim

__all__ = ["HasDossiers", "from_casebook", "from_dossiers"]


class HasDossiers(Protocol):
    """Anything that holds dossiers: a casebook does."""

    @property
    def dossiers(self) -> Sequence[Dossier]:
        """Its dossiers, in order."""


def _claim(dossier: Dossier, claim_id: str) -> LibraryClaim:
    text, *context = [told for told in (dossier.claim, dossier.essence, dossier.title) if told.strip()] or [""]
    voicings = tuple(voicing.text for voicing in dossier.voicings if voicing.text.strip())
    return LibraryClaim(claim_id, text, tuple(context), voicings, dossier.number)


def _ids(dossiers: Sequence[Dossier]) -> Iterator[str]:
    """Yield an id for each: its number, and where that is missing or taken, its place in the casebook."""
    taken: set[str] = set()
    for place, dossier in enumerate(dossiers, start=1):
        wanted = f"myth-{dossier.number}" if dossier.number is not None else f"dossier-{place}"
        found = f"{wanted}-at-{place}" if wanted in taken else wanted
        taken.add(found)
        yield found


def from_dossiers(dossiers: Iterable[Dossier]) -> Library:
    """Make a library of dossiers: one claim each, worded by claim, essence, title and voicings.

    Args:
        dossiers: those to look for; one without any words is left out.
    """
    listed = tuple(dossiers)
    claims = (_claim(dossier, claim_id) for dossier, claim_id in zip(listed, _ids(listed), strict=True))
    return Library(tuple(claim for claim in claims if claim.text))


def from_casebook(casebook: HasDossiers) -> Library:
    """Make a library of a casebook's dossiers.

    Args:
        casebook: anything that has `dossiers`.
    """
    return from_dossiers(casebook.dossiers)
