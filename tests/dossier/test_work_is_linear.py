"""No text, however odd, costs more than its length: reading four times as much takes less than eight times as long."""

import time
from collections.abc import Callable

import pytest

from valla.dossier.manuscript.build import imported
from valla.dossier.manuscript.lines import numbered
from valla.scan.text import sentences

CHARS = 5_000
TIMES = 4
MOST = 8
"""Linear work on four times the text takes four times as long, quadratic work sixteen times."""

ENOUGH_SECONDS = 0.1
"""What the longer text may take in any case: below this, the clock measures chance."""

HEAD = "Myth 1: The walls\n\nFast facts\n\n"
REPEATED = (
    "A.", "_a", "[@a", "A'", "Aa-", "a\u0301", "Я.", "Mr. ", "a-\n", "“", "“\n", "“a\n\n", '"abc\n', "a\n\n", "> a\n",
    "![a](b)\n", "[1] a\n", "a\fb\n", "Ann Bee\n\n", "a\u00ad\n", "(", "!",
)  # fmt: skip


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the time that some work takes."""
    begin = time.perf_counter()
    work(text)
    return time.perf_counter() - begin


def grows_with_its_length(work: Callable[[str], object], make: Callable[[int], str]) -> bool:
    """Whether four times the text takes less than eight times as long, in one of three tries on a busy machine."""
    for _ in range(3):
        longer = seconds(work, make(TIMES * CHARS))
        if longer < ENOUGH_SECONDS or longer < MOST * seconds(work, make(CHARS)):
            return True
    return False


@pytest.mark.parametrize("unit", REPEATED)
@pytest.mark.parametrize("head", ["", HEAD], ids=["bare", "chapter"])
def test_a_manuscript_is_imported_in_linear_time(head, unit):
    """A few characters, repeated, in the head of a chapter or in its prose."""
    assert grows_with_its_length(
        lambda text: imported(numbered(text)), lambda size: head + (unit * size)[: size // len(unit) * len(unit)]
    )


def test_a_gap_in_a_line_is_passed_in_linear_time():
    """Thousands of spaces between two letters."""
    assert grows_with_its_length(lambda text: imported(numbered(text)), lambda size: f"x{' ' * size}x")


@pytest.mark.parametrize("unit", [".", "!", "…", ".)", ". ", ".[1]", "。", "a.", "\n", "\f ", "“", "Mr. "])
@pytest.mark.parametrize("end", ["", "x", " X"])
def test_a_text_is_cut_into_sentences_in_linear_time(unit, end):
    """Marks that may end a sentence, repeated."""
    assert grows_with_its_length(lambda text: list(sentences(text)), lambda size: unit * (size // len(unit)) + end)
