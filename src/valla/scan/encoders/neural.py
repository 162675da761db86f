"""A sentence transformer, run by ONNX Runtime in whole numbers of eight bits.

A text's vector does not depend on the texts beside it, to the last bit: only texts of equal length in tokens share a batch,
so that there is no padding, and the exported model scales the numbers of each token by themselves (`quantise`). A scan that
is resumed, or cut up otherwise by Spark, therefore gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valla.errors import InputError
from valla.scan.encoders.card import MODEL_FILE, TOKENIZER_FILE, Card, read_card
from valla.scan.encoders.extras import library
from valla.scan.encoders.model import Vectors, unrelated_cosine

__all__ = ["MAX_TOKENS", "NeuralEncoder", "open_session", "open_tokenizer", "unit_rows"]

MAX_TOKENS = 128
"""What is longer is cut off: sentences and claims seldom are, and attention grows with the square."""

_TOKENS_AT_ONCE = 512
_LETTERS_A_TOKEN = 32
_SCALE = 127.0
# its kernel on a CPU goes number by number: an addition and a normalisation of their own take a seventh of its time
_SLOW = ["SkipLayerNormFusion"]


class NeuralEncoder:
    """An exported sentence transformer.

    Args:
        folder: where `export` put it.
        threads: how many batches are worked on side by side; the vectors do not depend on it.
        max_tokens: where texts are cut off; never more than the model was made for.

    Raises:
        InputError: if the folder holds no exported model, or a damaged one.
        MissingExtra: if ONNX Runtime or the tokenizers are not installed.
    """

    def __init__(self, folder: Path, threads: int = 1, max_tokens: int = MAX_TOKENS) -> None:
        self.folder = folder
        self.threads = threads
        self.card: Card = read_card(folder)
        self.max_tokens = min(max_tokens, self.card.max_tokens)
        self._session = open_session(folder / MODEL_FILE)
        self._tokenizer = open_tokenizer(folder / TOKENIZER_FILE, self.max_tokens)

    def __reduce__(self) -> tuple[type[NeuralEncoder], tuple[Path, int, int]]:
        """Another process opens the folder anew."""
        return NeuralEncoder, (self.folder, self.threads, self.max_tokens)

    @cached_property
    def name(self) -> str:
        """What it is: the model, where texts are cut off, and a fingerprint of all files."""
        card = self.card
        told = hashlib.sha256("\n".join([*sorted(card.files.values()), card.prompt, str(card.lowercase)]).encode())
        return f"neural-{card.model}-{self.max_tokens}-{told.hexdigest()[:16]}"

    @property
    def dimensions(self) -> int:
        """The length of a row."""
        return self.card.dimensions

    @cached_property
    def unrelated(self) -> float:
        """The mean cosine of texts that have nothing in common."""
        return unrelated_cosine(self.encode)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text; zeros where it has no words.

        Args:
            texts: as they are; a text's row does not depend on the others.
        """
        found = np.zeros((len(texts), self.dimensions), np.int8)
        for numbers, pooled in self._run(texts):
            found[numbers] = unit_rows(pooled)
        return found

    def _run(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The numbers of the texts of each batch with what the model says of them."""
        sequences = [self.token_numbers(text) for text in texts]
        batches = list(_batches(sequences))

        def run(batch: list[int]) -> NDArray[np.float32]:
            rows = np.array([sequences[number] for number in batch], np.int64)
            answer: NDArray[np.float32] = self._session.run(["sentence"], {"input_ids": rows})[0]
            return answer

        return zip(batches, self._each(run, batches), strict=True)

    def _each(
        self, run: Callable[[list[int]], NDArray[np.float32]], batches: list[list[int]]
    ) -> Iterator[NDArray[np.float32]]:
        """Side by side, a batch to a thread."""
        if self.threads == 1:
            yield from map(run, batches)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            yield from pool.map(run, batches)

    def token_numbers(self, text: str) -> Sequence[int]:
        """Return what the model sees of a text: none where it has no words, since only the model's own marks would be left.

        Args:
            text: as it is.
        """
        bounded = text[: self.max_tokens * _LETTERS_A_TOKEN]
        lowered = bounded.lower() if self.card.lowercase else bounded
        # a lone surrogate is no character to the tokenizer
        clean = lowered.encode("utf-8", "replace").decode("utf-8")
        if not clean.strip():
            return ()
        encoding = self._tokenizer.encode(self.card.prompt + clean)
        return () if all(encoding.special_tokens_mask) else encoding.ids


def _batches(sequences: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The numbers of the texts, those of equal length together, the longest first so that no thread ends late."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for number, sequence in enumerate(sequences):
        by_length[len(sequence)].append(number)
    by_length.pop(0, None)
    for length, numbers in sorted(by_length.items(), reverse=True):
        size = max(1, _TOKENS_AT_ONCE // length)
        yield from (numbers[start : start + size] for start in range(0, len(numbers), size))


def unit_rows(rows: NDArray[np.float32]) -> Vectors:
    """Return rows brought to unit length, times 127, rounded; zeros stay zeros.

    Args:
        rows: of any length, along the last axis.
    """
    lengths = np.sqrt(np.square(rows, dtype=np.float64).sum(axis=-1, keepdims=True))
    scaled: NDArray[np.float64] = np.divide(rows * _SCALE, lengths, out=np.zeros(rows.shape), where=lengths > 0)
    return np.rint(scaled).astype(np.int8)


def open_session(model: Path | bytes) -> Any:
    """Return a model ready to run, on one thread: matrices so small gain little from being divided.

    Args:
        model: its file, or its bytes.

    Raises:
        InputError: if ONNX Runtime does not open it.
        MissingExtra: if ONNX Runtime is not installed.
    """
    runtime = library("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # what is remembered for each shape would grow with every length and size of batch
    options.enable_mem_pattern = False
    try:
        return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)
    except Exception as error:  # the runtime has an exception for each of its codes, without a common base
        raise InputError(
            "ONNX Runtime does not open the exported model",
            where=str(model) if isinstance(model, Path) else None,
            found=str(error).splitlines()[0],
            repair="pip install --upgrade onnxruntime, or remove the folder and export the model again",
        ) from error


def open_tokenizer(path: Path, max_tokens: int) -> Any:
    """Return a tokenizer that cuts texts off, and does not fill them up.

    Args:
        path: its file.
        max_tokens: where it cuts.

    Raises:
        InputError: if the file is none.
        MissingExtra: if the tokenizers are not installed.
    """
    tokenizers = library("tokenizers")
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises Exception itself
        raise InputError("the tokenizer cannot be read", where=str(path), found=str(error)) from error
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    return tokenizer
