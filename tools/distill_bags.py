"""Texts as bags of row numbers, with words left out or known by their letters only, so that neither kind of row is idle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from valla.scan.encoders.static import StaticEncoder, pieces
from valla.scan.words import words

__all__ = ["Bags", "bag_texts"]

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lists of numbers of unequal length, end to end.

    Args:
        values: all numbers.
        starts: where each list begins, and at last where the last ends.
    """

    values: Numbers
    starts: Numbers

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Ragged:
        """Return lists as one."""
        lengths = np.fromiter((len(numbers) for numbers in lists), np.int64, len(lists))
        starts = np.concatenate(([0], np.cumsum(lengths)))
        return cls(np.fromiter(chain.from_iterable(lists), np.int64, int(starts[-1])), starts)

    def places(self, chosen: Numbers) -> tuple[Numbers, Numbers]:
        """Return the places of the values of the chosen lists, and for each which of the chosen it belongs to."""
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        owners = np.repeat(np.arange(len(chosen)), lengths)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.starts[chosen][owners] + within, owners


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as word numbers, and each word as the rows that it may add.

    Args:
        texts: the words of each text.
        rows: the rows of each word as the encoder finds them.
        letters: the rows of each word if it had none of its own.
        rare: the chance that a word is known by its letters only.
    """

    texts: Ragged
    rows: Ragged
    letters: Ragged
    rare: NDArray[np.float64]

    def drawn(self, chosen: Numbers, dropped: float, random: np.random.Generator) -> tuple[Numbers, Numbers]:
        """Return the rows of the chosen texts and where each text's rows begin, words left out at random.

        Args:
            chosen: the numbers of the texts.
            dropped: the chance that a word is left out; 0 leaves each as the encoder will find it.
            random: what the chances are drawn from.
        """
        places, owners = self.texts.places(chosen)
        found = self.texts.values[places]
        if not dropped:
            at, of = self.rows.places(found)
            return self.rows.values[at], _offsets(owners[of], len(chosen))
        luck = random.random(len(found))
        kept = np.flatnonzero(luck >= dropped)
        spelled = random.random(len(kept)) < self.rare[found[kept]]
        return _joined(self, found, owners, (kept[~spelled], kept[spelled]), len(chosen))


def _joined(
    bags: Bags, found: Numbers, owners: Numbers, kinds: tuple[Numbers, Numbers], count: int
) -> tuple[Numbers, Numbers]:
    rows, of = [], []
    for table, kept in zip((bags.rows, bags.letters), kinds, strict=True):
        at, which = table.places(found[kept])
        rows.append(table.values[at])
        of.append(owners[kept][which])
    all_rows, all_of = np.concatenate(rows), np.concatenate(of)
    order = np.argsort(all_of, kind="stable")
    return all_rows[order], _offsets(all_of[order], count)


def _offsets(owners: Numbers, count: int) -> Numbers:
    return np.searchsorted(owners, np.arange(count), side="left").astype(np.int64)


def bag_texts(texts: Sequence[str], encoder: StaticEncoder, share: float) -> Bags:
    """Return texts as bags.

    Args:
        texts: the texts.
        encoder: what finds the rows of a word.
        share: the chance that a word which occurs once is known by its letters only; it falls with the root of the frequency.
    """
    split = [words(text) for text in texts]
    kinds = sorted({word for text in split for word in text})
    numbers = {word: number for number, word in enumerate(kinds)}
    held = Ragged.of([[numbers[word] for word in text] for text in split])
    first, count = len(encoder.vocabulary), len(encoder.rows) - len(encoder.vocabulary)
    letters = Ragged.of([[first + piece % count for piece in pieces(word)] for word in kinds])
    often = np.bincount(held.values, minlength=len(kinds))
    return Bags(held, Ragged.of([encoder.row_numbers([word]) for word in kinds]), letters, share / np.sqrt(often))
