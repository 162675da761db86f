"""Static embeddings: what a text's row is, whatever else is asked at the same time, and what becomes of damaged files."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.scan import encoders
from valla.scan.encoders.model import UNRELATED
from valla.scan.encoders.static import StaticEncoder, load, pieces, read, unit_rows
from valla.scan.words import words

TEXTS = st.lists(st.text(max_size=60), max_size=8)
MOST_BYTES = 10_000_000
COMMON = ("the", "war", "treaty", "germany", "president", "vaccine")


def toy() -> StaticEncoder:
    """Return an encoder of four words and eight rows for runs of letters."""
    rows = np.random.default_rng(1440).integers(-127, 128, (12, 16)).astype(np.int8)
    return StaticEncoder(("treaty", "sign", "signed", "war"), rows)


def written(encoder: StaticEncoder, folder: Path) -> Path:
    """Write an encoder's two files and return their path without the ending."""
    stem = folder / "static"
    np.save(stem.with_suffix(".npy"), encoder.rows)
    stem.with_suffix(".txt").write_text("\n".join(encoder.vocabulary) + "\n", encoding="utf-8")
    return stem


def cosine(first: str, second: str) -> float:
    """Return the cosine of the rows of two texts."""
    left, right = load().encode([first, second]).astype(int)
    return float(left @ right) / 127**2


@given(TEXTS)
def test_a_row_does_not_depend_on_the_others(texts):
    """A text has the same row alone and in company."""
    together = load().encode(texts)
    for text, row in zip(texts, together, strict=True):
        assert row.tolist() == load().encode([text])[0].tolist()


@given(TEXTS)
def test_a_row_is_of_unit_length_or_zero(texts):
    """A row has the length 127, but for rounding, or is zero where the text has no words."""
    lengths = np.linalg.norm(load().encode(texts).astype(float), axis=1)
    for text, length in zip(texts, lengths, strict=True):
        assert length == pytest.approx(127, abs=8.5) if words(text) else length == 0


@given(st.lists(st.sampled_from([*COMMON, "ocasio", "zzyzx", "брест", "1939"]), max_size=12), st.randoms())
def test_the_order_of_words_does_not_matter(held, random):
    """The row of a text is that of its words in any order."""
    mixed = random.sample(held, len(held))
    assert load().encode_words([held]).tolist() == load().encode_words([mixed]).tolist()


@given(TEXTS)
def test_words_cut_beforehand_give_the_same(texts):
    """What the scanner has cut into words need not be cut again."""
    assert load().encode(texts).tolist() == load().encode_words([words(text) for text in texts]).tolist()


@given(st.lists(st.sampled_from(["war", "signed", "signs", "molotov", "ratified"]), min_size=1, max_size=20))
def test_a_row_is_the_sum_of_its_words(held):
    """The row of a text is the sum of the rows that its words stand for, brought to unit length."""
    encoder = toy()
    total = encoder.rows[encoder.row_numbers(held)].astype(np.int64).sum(axis=0)
    length = math.sqrt(int(total @ total))
    expected = [round(int(number) * (127 / length)) if length else 0 for number in total]
    assert expected == encoder.encode_words([held])[0].tolist()


def test_an_unknown_word_is_known_by_its_stem():
    """A word without a row has that of the most frequent word with its stem."""
    assert toy().row_numbers(["signs", "signing", "sign"]) == [1, 1, 1]


def test_an_unknown_stem_is_known_by_its_letters():
    """A word whose stem is unknown too has the rows of its runs of letters."""
    numbers = toy().row_numbers(["molotov"])
    assert len(numbers) == len(pieces("molotov")) == 6
    assert all(4 <= number < 12 for number in numbers)


def test_names_written_alike_lie_near():
    """Two forms of a name that nobody knows lie nearer to each other than to another name."""
    assert cosine("Przhevalskovich", "Przhevalskovichs") > cosine("Przhevalskovich", "Tanganbayarov") + 0.3


def test_words_that_mean_the_same_lie_near():
    """What says the same in other words lies nearer than what does not."""
    assert (
        cosine("the doctor was killed", "a physician was murdered")
        > cosine("the doctor was killed", "a new bank opened") + 0.2
    )


def test_a_long_text_does_not_overflow():
    """A text of one word, a hundred thousand times, has the row of that word."""
    assert load().encode(["war " * 100_000]).tolist() == load().encode(["war"]).tolist()


@given(st.lists(st.integers(-(2**40), 2**40), min_size=4, max_size=4))
def test_large_sums_keep_their_direction(total):
    """A sum of any size is brought to unit length without overflow."""
    row = unit_rows(np.array([total], np.int64))[0].astype(float)
    length = math.hypot(*total)
    expected = [127 * number / length if length else 0 for number in total]
    assert row == pytest.approx(expected, abs=0.6)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_word_has_pieces(word):
    """Any word, lone surrogates and all, has at least one run of letters and never many."""
    assert 1 <= len(pieces(word)) <= 42


def test_no_texts_give_no_rows():
    """Nothing in, nothing out, in the right shape."""
    assert load().encode([]).shape == (0, load().dimensions)


def test_the_files_are_small_and_quick_to_open():
    """The files that Valla carries stay below 10 MB together; of the rows none is read before it is wanted."""
    folder = Path(encoders.__file__).parent / "data"
    encoder = read(folder / "static")

    assert sum(path.stat().st_size for path in folder.glob("static.*")) < MOST_BYTES
    assert isinstance(encoder.rows.base, np.memmap)
    assert encoder.row_numbers(["war"])


def test_every_word_of_the_vocabulary_is_a_word():
    """Each word with a row is what `words` gives back, or it would never be asked for."""
    assert [word for word in load().vocabulary if words(word) != [word]] == []
    assert len(set(load().vocabulary)) == len(load().vocabulary)


def test_the_name_tells_tables_apart():
    """Two encoders have one name only where they have one table."""
    other = StaticEncoder(toy().vocabulary, toy().rows[::-1])
    assert toy().name == toy().name != other.name
    assert toy().name.startswith("static-16-")


def test_what_was_written_is_read(tmp_path):
    """An encoder read back from its files gives the same rows under the same name."""
    again = read(written(toy(), tmp_path))
    assert toy().name == again.name
    assert toy().encode(["The war signs"]).tolist() == again.encode(["The war signs"]).tolist()


@pytest.mark.parametrize("kept", [0, 40, 150])
def test_a_damaged_table_is_refused(tmp_path, kept):
    """A table cut short is refused in one line."""
    table = written(toy(), tmp_path).with_suffix(".npy")
    table.write_bytes(table.read_bytes()[:kept])
    with pytest.raises(InputError, match="static embeddings cannot be read") as caught:
        read(tmp_path / "static")
    assert "\n" not in str(caught.value)


def test_a_table_of_other_numbers_is_refused(tmp_path):
    """A table that is not of int8, or has fewer rows than words, is refused."""
    stem = written(toy(), tmp_path)
    for rows in (toy().rows.astype(np.float32), toy().rows[:2], toy().rows[0]):
        np.save(stem.with_suffix(".npy"), rows)
        with pytest.raises(InputError, match="do not fit their words"):
            read(stem)


def test_a_missing_file_is_refused(tmp_path):
    """Where a file is missing, one line says which."""
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "static")


def test_texts_that_have_nothing_in_common_are_far_apart():
    """By the mean of their cosines, written out."""
    rows = load().encode(UNRELATED).astype(int)
    cosines = [float(one @ other) / 127**2 for one, other in itertools.combinations(rows, 2)]
    assert load().unrelated == pytest.approx(sum(cosines) / len(cosines))
    assert load().unrelated < 0.2
