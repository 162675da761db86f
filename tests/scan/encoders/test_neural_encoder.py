"""What of the neural encoder needs no runtime: batches, unit rows, and the line that a missing library gets."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from valla.errors import InputError, MissingExtra
from valla.scan.encoders.extras import library
from valla.scan.encoders.neural import NeuralEncoder, _batches, unit_rows

lengths = st.lists(st.integers(0, 300), max_size=200)


@given(lengths)
def test_every_text_with_words_is_in_one_batch(said: list[int]) -> None:
    """Those without words are in none."""
    batches = list(_batches([[1] * length for length in said]))
    numbers = sorted(number for batch in batches for number in batch)
    assert numbers == [number for number, length in enumerate(said) if length]


@given(lengths)
def test_texts_of_a_batch_are_equally_long(said: list[int]) -> None:
    """So that there is no padding, and a batch fits in memory."""
    for batch in _batches([[1] * length for length in said]):
        assert len({said[number] for number in batch}) == 1
        assert len(batch) == 1 or sum(said[number] for number in batch) <= 512


@given(arrays(np.float32, (5, 24), elements=st.floats(-1e3, 1e3, width=32)))
def test_rows_have_unit_length(rows: np.ndarray) -> None:
    """Times 127, but for what rounding takes; rows of zeros stay so."""
    found = unit_rows(rows)
    for row, unit in zip(rows.astype(float), found.astype(float), strict=True):
        length = np.linalg.norm(row)
        wanted = row / length * 127 if length else row
        assert np.abs(unit - wanted).max() <= 0.5 + 1e-6


@given(arrays(np.float32, (7, 24), elements=st.floats(-10, 10, width=32)), st.integers(0, 6))
def test_row_does_not_depend_on_the_others(rows: np.ndarray, at: int) -> None:
    """Not by one bit."""
    assert np.array_equal(unit_rows(rows)[at], unit_rows(rows[at : at + 1])[0])


def test_library_that_is_missing_gets_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was asked for and how to install it."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtra, match=r"needs 'onnxruntime'.*pip install 'valla\[neural\]'"):
        library("onnxruntime")


def test_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """Before any library is asked for."""
    with pytest.raises(InputError, match=r"card\.json"):
        NeuralEncoder(tmp_path)
