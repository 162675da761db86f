"""No text, however odd, costs more than its length: for four times as much, the work that is counted is hardly more than four times."""

import pytest

from counted import MOST_GROWTH, counted_module, growth

CHARS = 500
KEPT_CHARS = 50
"""In the place of a thousand: what is shorter than that is not yet gathered as a long paragraph is."""

HEAD = "Myth 1: The walls\n\nFast facts\n\n"
REPEATED = (
    "A.", "_a", "[@a", "A'", "Aa-", "a\u0301", "Я.", "Mr. ", "a-\n", "“", "“\n", "“a\n\n", '"abc\n', "a\n\n", "> a\n",
    "![a](b)\n", "[1] a\n", "a\fb\n", "Ann Bee\n\n", "a\u00ad\n", "(", "!",
)  # fmt: skip


@pytest.fixture
def read(monkeypatch):
    """Hand out what reads a manuscript."""
    monkeypatch.setattr(counted_module("valla.dossier.manuscript.gathered"), "_KEPT_CHARS", KEPT_CHARS)
    build, lines = (counted_module(f"valla.dossier.manuscript.{name}") for name in ("build", "lines"))
    return lambda text: build.imported(lines.numbered(text))


@pytest.mark.parametrize("unit", REPEATED)
@pytest.mark.parametrize("head", ["", HEAD], ids=["bare", "chapter"])
def test_a_manuscript_is_imported_in_linear_time(head, unit, read):
    """A few characters, repeated, in the head of a chapter or in its prose."""
    assert growth(read, lambda size: head + unit * (size // len(unit)), CHARS) < MOST_GROWTH


def test_a_gap_in_a_line_is_passed_in_linear_time(read):
    """Thousands of spaces between two letters."""
    assert growth(read, lambda size: f"x{' ' * size}x", CHARS) < MOST_GROWTH


@pytest.mark.parametrize("unit", [".", "!", "…", ".)", ". ", ".[1]", "。", "a.", "\n", "\f ", "“", "Mr. "])
@pytest.mark.parametrize("end", ["", "x", " X"])
def test_a_text_is_cut_into_sentences_in_linear_time(end, unit):
    """Marks that may end a sentence, repeated."""
    sentences = counted_module("valla.scan.text").sentences

    assert growth(sentences, lambda size: unit * (size // len(unit)) + end, CHARS) < MOST_GROWTH
