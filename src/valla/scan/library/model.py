"""What a library is: any list of claims with their voicings, whatever it was read from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from valla.errors import InputError

__all__ = ["Library", "LibraryClaim"]


@dataclass(frozen=True, slots=True)
class LibraryClaim:
    """A claim to look for.

    Args:
        id: unique in its library.
        text: the claim in one plain sentence.
        context: what is said about it and so helps to find it: a title, a subtitle, an essence.
        voicings: the claim as it was told elsewhere: each is a wording by itself.
        number: the number of its dossier; None where it has none.
    """

    id: str
    text: str
    context: tuple[str, ...] = ()
    voicings: tuple[str, ...] = ()
    number: int | None = None

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every text of it that is not empty, each once, the claim itself first."""
        stripped = (wording.strip() for wording in (self.text, *self.context, *self.voicings))
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
