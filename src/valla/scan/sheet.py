"""The sentences of some blocks as numbers: what the gate works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valla.scan.analysis import Analysis
from valla.scan.documents.model import Block
from valla.scan.index.model import Rows
from valla.scan.text import spans
from valla.scan.words import words_within

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
    """Sentences with their words, and the terms that they share with a library.

    Args:
        blocks: where they stand.
        places: for each its block's number, and its start and end there.
        terms: for each the numbers of its terms that the library has.
        said: the words of all, end to end.
        word_starts: where the words of each begin, and where the last one's end.
    """

    blocks: Sequence[Block]
    places: Sequence[tuple[int, int, int]]
    terms: Rows
    said: Sequence[str]
    word_starts: NDArray[np.int64]

    def text(self, number: int) -> str:
        """Return a sentence as it is read."""
        block, start, end = self.places[number]
        return self.blocks[block].text[start:end]

    def words(self, number: int) -> Sequence[str]:
        """Return the words of a sentence."""
        return self.said[self.word_starts[number] : self.word_starts[number + 1]]


def sheet(blocks: Sequence[Block], numbers: TermNumbers) -> Sheet:
    """Cut blocks into sentences and those into terms; a sentence without any word is none.

    Args:
        blocks: any texts.
        numbers: of the library's terms.
    """
    places: list[tuple[int, int, int]] = []
    said: list[str] = []
    starts = [np.zeros(1, np.int64)]
    for place, block in enumerate(blocks):
        found = spans(block.text)
        words, bounds = words_within(block.text, found)
        spoken = np.flatnonzero(np.diff(bounds)).tolist()
        places += [(place, *found[number]) for number in spoken]
        starts.append(bounds[1:][spoken] + len(said))
        said += words
    word_starts = np.concatenate(starts)
    values = np.fromiter(map(numbers.__getitem__, said), np.int32, len(said))
    return Sheet(blocks, places, _known(values, word_starts), said, word_starts)


def _known(values: NDArray[np.int32], starts: NDArray[np.int64]) -> Rows:
    """Return lists without the numbers below zero."""
    kept = values >= 0
    before = np.concatenate([[0], np.cumsum(kept)])
    return Rows(before[starts], values[kept])
