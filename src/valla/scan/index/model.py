"""What an index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from valla.errors import InputError
from valla.scan.encoders.model import Encoder, Vectors
from valla.scan.library.model import LibraryClaim

__all__ = ["Index", "Rows"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Lists of numbers of different lengths, end to end.

    Args:
        starts: where each list begins, and where the last one ends: one number more than there are lists.
        values: the numbers.
    """

    starts: NDArray[np.int64]
    values: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> NDArray[np.int32]:
        return self.values[self.starts[number] : self.starts[number + 1]]

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Rows:
        """Lay lists end to end."""
        starts = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(numbers) for numbers in lists], out=starts[1:])
        return cls(starts, np.fromiter((n for numbers in lists for n in numbers), np.int32, int(starts[-1])))


@dataclass(frozen=True)
class Index:
    """The claims of a library, made ready to be found.

    Wordings are numbered through: those of the first claim first, its text before its context and voicings.

    Args:
        claims: as they are in the library.
        language: of their words.
        fingerprint: of the library, the language, the encoders, and how the index is worked out.
        terms: every term of every wording, sorted.
        weights: how much each term counts: its inverse document frequency, in this library and in writing at large.
        wording_claims: by wording, the number of its claim.
        wording_terms: by wording, its terms in order, as often as they stand there.
        vectors: by the name of an encoder, a row for each wording.
    """

    claims: Sequence[LibraryClaim]
    language: str
    fingerprint: str
    terms: Sequence[str]
    weights: NDArray[np.float32]
    wording_claims: NDArray[np.int32]
    wording_terms: Rows
    vectors: Mapping[str, Vectors]

    def check_vectors(self, encoder: str) -> None:
        """Refuse an encoder whose vectors are not there.

        Args:
            encoder: its name.

        Raises:
            InputError: if the index holds none of its vectors.
        """
        if encoder not in self.vectors:
            held = ", ".join(self.vectors) or "none"
            repair = "make the index again with valla index, and --encoder neural for that encoder"
            raise InputError("the index has no vectors of an encoder", found=held, allowed=encoder, repair=repair)

    def check_encoder(self, encoder: Encoder) -> None:
        """Refuse an encoder whose vectors are not there, or of another length.

        Args:
            encoder: what is to compare meanings.

        Raises:
            InputError: if the index holds none of its vectors, or they are not its.
        """
        self.check_vectors(encoder.name)
        length = self.vectors[encoder.name].shape[1]
        if length != encoder.dimensions:
            allowed, repair = f"{encoder.dimensions} dimensions", "make the index again with valla index"
            raise InputError("the vectors of the index are damaged", found=str(length), allowed=allowed, repair=repair)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each term."""
        return dict(zip(self.terms, range(len(self.terms)), strict=True))

    @cached_property
    def first_wordings(self) -> NDArray[np.int64]:
        """By claim, the number of its first wording; at the end, the number of wordings."""
        return np.searchsorted(self.wording_claims, np.arange(len(self.claims) + 1))

    @cached_property
    def wordings(self) -> Sequence[str]:
        """The texts of all wordings."""
        return tuple(wording for claim in self.claims for wording in claim.wordings)
