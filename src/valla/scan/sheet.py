"""The sentences of some blocks as numbers: what the gate works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from valla.scan.analysis import Analysis
from valla.scan.documents.model import Block
from valla.scan.index.model import Rows
from valla.scan.text import spans
from valla.scan.words import words

__all__ = ["Sheet", "TermNumbers", "sheet"]

_MAX_REMEMBERED = 400_000


class TermNumbers(dict[str, int]):
    """The number of each word's term in an index; -1 for a word that no claim has. Each word is looked up once.

    Args:
        analysis: turns words into terms.
        numbers: of the terms that claims have.
    """

    def __init__(self, analysis: Analysis, numbers: Mapping[str, int]) -> None:
        super().__init__()
        self._analysis = analysis
        self._numbers = numbers

    def __missing__(self, word: str) -> int:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        number = self[word] = self._numbers.get(self._analysis.term(word), -1)
        return number


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sentences with the terms that they share with a library.

    Args:
        blocks: where they stand.
        places: for each its block's number, and its start and end there.
        terms: for each the numbers of its terms that the library has.
    """

    blocks: Sequence[Block]
    places: Sequence[tuple[int, int, int]]
    terms: Rows

    def text(self, number: int) -> str:
        """Return a sentence as it is read."""
        block, start, end = self.places[number]
        return self.blocks[block].text[start:end]


def sheet(blocks: Sequence[Block], numbers: TermNumbers) -> Sheet:
    """Cut blocks into sentences and those into terms.

    Args:
        blocks: any texts.
        numbers: of the library's terms.
    """
    places: list[tuple[int, int, int]] = []
    found: list[list[int]] = []
    number_of = numbers.__getitem__
    for place, block in enumerate(blocks):
        text = block.text
        for start, end in spans(text):
            places.append((place, start, end))
            found.append(list(map(number_of, words(text[start:end]))))
    return Sheet(blocks, places, _known(found))


def _known(found: Sequence[Sequence[int]]) -> Rows:
    """Return the lists without the numbers below zero."""
    lengths = np.fromiter(map(len, found), np.int64, len(found))
    values = np.fromiter(chain.from_iterable(found), np.int32, int(lengths.sum()))
    kept = values >= 0
    before = np.concatenate([[0], np.cumsum(kept)])
    ends = np.concatenate([[0], np.cumsum(lengths)])
    starts: NDArray[np.int64] = before[ends]
    return Rows(starts, values[kept])
