"""Texts of which few are different, kept as numbers: columns of actors, kinds and sources."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["Coded", "coded", "coded_alike", "either", "whole_numbers"]

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of texts.

    Args:
        codes: for each entry the place of its text among the words.
        words: the different texts.
    """

    codes: npt.NDArray[np.int64]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return (self.words[code] for code in self.codes)

    def __getitem__(self, rows: Any) -> Coded:
        """Return the entries that a mask or an array of places picks."""
        return Coded(self.codes[rows], self.words)

    def at(self, entry: int) -> str:
        """Return one text."""
        return self.words[int(self.codes[entry])]

    def among(self, texts: Container[str]) -> Flags:
        """Return for each entry whether its text is one of some; asked once for each different text."""
        wanted = np.fromiter((word in texts for word in self.words), dtype=bool, count=len(self.words))
        return wanted[self.codes]

    def equal(self, text: str) -> Flags:
        """Return for each entry whether its text is this one."""
        return self.among({text})

    def distinct(self) -> set[str]:
        """Return the texts that occur."""
        return {self.words[code] for code in np.unique(self.codes)}


def _encoded(column: pa.ChunkedArray) -> Coded:
    array = column.combine_chunks().dictionary_encode()
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    words = (*array.dictionary.to_pylist(), "")
    return Coded(whole_numbers(array.indices, len(words) - 1), words)


def whole_numbers(column: pa.Array | pa.ChunkedArray, missing: int) -> npt.NDArray[np.int64]:
    """Return a column of whole numbers with a number for those that are missing; Arrow's own way to do so loads pandas."""
    plain = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    values = plain.to_numpy(zero_copy_only=False)
    if plain.null_count:
        values = np.where(np.isnan(values.astype(np.float64)), missing, values.astype(np.float64))
    numbers: npt.NDArray[np.int64] = values.astype(np.int64)
    return numbers


def coded(table: pa.Table, name: str) -> Coded:
    """Return a column of a table; a missing text is empty."""
    return _encoded(table[name])


def coded_alike(table: pa.Table, one: str, other: str) -> tuple[Coded, Coded]:
    """Return two columns of a table over the same words, so that they can be compared and mixed."""
    first, second = _encoded(table[one]), _encoded(table[other])
    places = {word: place for place, word in enumerate(dict.fromkeys((*first.words, *second.words)))}
    words = tuple(places)

    def recoded(column: Coded) -> Coded:
        return Coded(np.asarray([places[word] for word in column.words], dtype=np.int64)[column.codes], words)

    return recoded(first), recoded(second)


def either(chosen: Flags, one: Coded, other: Coded) -> Coded:
    """Return for each entry the text of one column where chosen, else that of the other; both over the same words."""
    return Coded(np.where(chosen, one.codes, other.codes), one.words)
