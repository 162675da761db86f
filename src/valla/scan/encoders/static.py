"""Static word embeddings, distilled from a sentence transformer: no model to run, only a table to look up.

The table and the report of its training lie in `data/`; `tools/distill.py` makes both.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import as_file, files
from itertools import chain, islice
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray
from scipy import sparse

from valla.errors import InputError
from valla.scan.encoders.model import Vectors, unrelated_cosine
from valla.scan.words import words

__all__ = ["PIECE_LETTERS", "StaticEncoder", "load", "pieces", "read", "unit_rows"]

PIECE_LETTERS = 4
"""A word that has no row of its own is known by its runs of so many letters."""

_LONGEST_WORD = 40
_ENDINGS = ("", "e", "s", "ed", "ing", "es", "er", "al", "ly", "ion")
"""What a stem may lack of a word that has a row; a table of all stems would take longer to make than it saves."""

_TEXTS_AT_ONCE = 512
_MOST_ROWS = 16_000_000
"""A longer text is known by its beginning: so many numbers of one byte can be summed in four."""

_MAX_REMEMBERED = 400_000
_PEAK_BITS = 20
_SCALE = 127.0


def pieces(word: str) -> list[int]:
    """Return the hashes of the runs of letters in a word, its ends marked.

    Args:
        word: only its first 40 letters count.
    """
    marked = f"<{word[:_LONGEST_WORD]}>"
    runs = (marked[at : at + PIECE_LETTERS] for at in range(max(1, len(marked) - PIECE_LETTERS + 1)))
    return [zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs]


def unit_rows(totals: NDArray[np.int64]) -> Vectors:
    """Return rows of whole numbers brought to unit length, times 127, rounded.

    Sums of squares stay below 2^53, so that they are exact as floats and the result is the same on every machine.

    Args:
        totals: sums of rows of the table; up to 512 numbers a row.
    """
    peaks = np.abs(totals).max(axis=1, initial=0)
    excess = np.maximum(0, np.frexp(peaks.astype(np.float64))[1] - _PEAK_BITS)
    bounded = totals >> excess[:, None]
    lengths = np.sqrt((bounded * bounded).sum(axis=1).astype(np.float64))
    scales = np.divide(_SCALE, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    rows: Vectors = np.rint(bounded * scales[:, None]).astype(np.int8)
    return rows


@dataclass(frozen=True)
class StaticEncoder:
    """The sum of the rows of a text's words, brought to unit length.

    Args:
        vocabulary: the words that have a row of their own, the most frequent first.
        rows: first theirs, then those of runs of letters; a row's length is its weight.
    """

    vocabulary: tuple[str, ...]
    rows: NDArray[np.int8] = field(repr=False)

    @cached_property
    def name(self) -> str:
        """What it is, with the fingerprint of its table."""
        said = hashlib.sha256("\n".join(self.vocabulary).encode("utf-8", "surrogatepass"))
        said.update(np.ascontiguousarray(self.rows).data)
        return f"static-{self.dimensions}-{said.hexdigest()[:16]}"

    @property
    def dimensions(self) -> int:
        """The length of a row."""
        return int(self.rows.shape[1])

    @cached_property
    def unrelated(self) -> float:
        """The mean cosine of texts that have nothing in common."""
        return unrelated_cosine(self.encode)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text; zeros where it has no words.

        Args:
            texts: as they are; a text's row does not depend on the others.
        """
        return self.encode_words(map(words, texts))

    def encode_words(self, texts: Iterable[Sequence[str]]) -> Vectors:
        """Return one row for each text that is cut into words already.

        Args:
            texts: the words of each, as `valla.scan.words` gives them.
        """
        numbers = (self.row_numbers(text)[:_MOST_ROWS] for text in texts)
        parts = iter(lambda: list(islice(numbers, _TEXTS_AT_ONCE)), [])
        return np.concatenate(
            [np.zeros((0, self.dimensions), np.int8), *(unit_rows(self._sums(part)) for part in parts)]
        )

    def _sums(self, lists: Sequence[Sequence[int]]) -> NDArray[np.int64]:
        """Return for each list the sum of its rows: one product of matrices, six times as fast as sum by sum."""
        ends = np.cumsum([0, *map(len, lists)])
        numbers = np.fromiter(chain.from_iterable(lists), np.int32, int(ends[-1]))
        counted = sparse.csr_array((np.ones(len(numbers), np.int32), numbers, ends), (len(lists), len(self.rows)))
        sums: NDArray[np.int64] = (counted @ self._wide_rows).astype(np.int64)
        return sums

    @cached_property
    def _wide_rows(self) -> NDArray[np.int32]:
        return self.rows.astype(np.int32)

    def row_numbers(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of the rows that the words add up to: one each, or several for a word that has none.

        Args:
            words: in small letters.
        """
        return list(chain.from_iterable(map(self._remembered.__getitem__, words)))

    @cached_property
    def _remembered(self) -> Mapping[str, Sequence[int]]:
        return _Remembered(self._rows_of)

    def _rows_of(self, word: str) -> Sequence[int]:
        number = self._numbers.get(word)
        if number is None:
            number = self._kindred(word)
        return self._piece_rows(word) if number is None else (number,)

    def _kindred(self, word: str) -> int | None:
        """Return the row of another form of a word."""
        if len(word) > _LONGEST_WORD:
            return None
        stem = _stem(word)
        forms = (stem + ending for ending in _ENDINGS)
        return next((self._numbers[form] for form in forms if form in self._numbers and _stem(form) == stem), None)

    def _piece_rows(self, word: str) -> list[int]:
        first, count = len(self.vocabulary), len(self.rows) - len(self.vocabulary)
        return [first + run % count for run in pieces(word)] if count else []

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return dict(zip(self.vocabulary, range(len(self.vocabulary)), strict=True))


class _Remembered(dict[str, Sequence[int]]):
    """The rows of each word, looked for once.

    Args:
        find: looks for them.
    """

    def __init__(self, find: Callable[[str], Sequence[int]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Sequence[int]:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        found = self[word] = self._find(word)
        return found


_STEMMER = Stemmer.Stemmer("english")


def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def read(stem: Path) -> StaticEncoder:
    """Return the encoder that two files hold: `.npy` the rows, mapped into memory, and `.txt` the words, one a line.

    Args:
        stem: the path of both without the ending.

    Raises:
        InputError: if one is missing or damaged, or they do not belong together.
    """
    try:
        # a plain view of what is mapped: indexing a memmap itself takes twice as long
        rows = np.load(stem.with_suffix(".npy"), mmap_mode="r", allow_pickle=False).view(np.ndarray)
        vocabulary = tuple(stem.with_suffix(".txt").read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError, EOFError) as error:
        raise InputError("the static embeddings cannot be read", where=str(stem), found=str(error)) from error
    if rows.dtype != np.int8 or rows.ndim != 2 or len(rows) < len(vocabulary):
        raise InputError("the static embeddings do not fit their words", where=str(stem), repair="install Valla again")
    return StaticEncoder(vocabulary, rows)


@cache
def load() -> StaticEncoder:
    """Return the encoder that Valla carries.

    Raises:
        InputError: if its files are missing or damaged.
    """
    with as_file(files("valla.scan.encoders") / "data") as folder:
        return read(folder / "static")
