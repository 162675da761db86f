"""A library: any list of claims with their voicings, whatever it was read from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from valla.dossier.model import Dossier
from valla.errors import InputError

__all__ = ["HasDossiers", "Library", "LibraryClaim", "from_casebook", "from_dossiers"]


class HasDossiers(Protocol):
    """Anything that holds dossiers: a casebook does."""

    @property
    def dossiers(self) -> Sequence[Dossier]:
        """Its dossiers, in order."""


@dataclass(frozen=True, slots=True)
class LibraryClaim:
    """A claim to look for.

    Args:
        id: unique in its library.
        text: the claim in one plain sentence.
        voicings: other wordings of it: a title, an essence, quotations.
        number: the number of its dossier; None where it has none.
    """

    id: str
    text: str
    voicings: tuple[str, ...] = ()
    number: int | None = None

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording that is not empty, each once, the claim itself first."""
        stripped = (wording.strip() for wording in (self.text, *self.voicings))
        return tuple(dict.fromkeys(wording for wording in stripped if wording))


@dataclass(frozen=True, slots=True)
class Library:
    """The claims to look for.

    Args:
        claims: in any order; their ids differ.

    Raises:
        InputError: if two claims have one id.
    """

    claims: tuple[LibraryClaim, ...]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for claim in self.claims:
            if claim.id in seen:
                raise InputError(f"two claims of the library have the id {claim.id!r}", repair="give each its own")
            seen.add(claim.id)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the claims: two libraries that say the same have the same."""
        data = json.dumps([asdict(claim) for claim in self.claims], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def _claim(dossier: Dossier, claim_id: str) -> LibraryClaim:
    told = [dossier.claim, dossier.essence, dossier.title, *(voicing.text for voicing in dossier.voicings)]
    wordings = [text for text in told if text.strip()]
    return LibraryClaim(claim_id, wordings[0] if wordings else "", tuple(wordings[1:]), dossier.number)


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
