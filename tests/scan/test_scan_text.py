"""Sentences and where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, counted_module, growth
from valla.scan.text import MAX_SENTENCE_CHARS, sentences, spans

PIECES = st.sampled_from([
    "The pact", "was signed", "Mr. Smith", "U.S.", "on 23 Aug. 1939", "No. 5", "3.14", ". ", "? ", "! ", "… ", "... ", ".”", "“", " ",
    "\n", "\n\n", "\r\n", "\r\n\r\n", "\t", "- ", "1. ", "a) ", "»", "\u2028", "\x85", "\f", "J. K.", "\u00a0", "Ž", "。", "\u2029", "\x1e", "[3]", "¿", "War I. ", "the\n", "x" * 40, "？」", "؟ ", "z. B. ",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


def cut(text: str) -> list[str]:
    """Return the sentences of a text, their spaces and line breaks made single spaces."""
    return [" ".join(sentence.text.split()) for sentence in sentences(text)]


@given(TEXTS)
def test_offsets_point_into_the_original(text: str) -> None:
    """Each sentence is what stands in the text at its offsets, and begins and ends with no space."""
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""


@given(TEXTS)
def test_sentences_are_in_order_and_leave_nothing_out(text: str) -> None:
    """They do not overlap, and what lies between them is nothing but spaces."""
    reach = 0
    for sentence in sentences(text):
        assert not text[reach : sentence.start].strip()
        assert sentence.start >= reach
        reach = sentence.end
    assert not text[reach:].strip()


@given(TEXTS)
def test_spans_are_where_the_sentences_are(text: str) -> None:
    """Both cut alike."""
    assert spans(text) == [(sentence.start, sentence.end) for sentence in sentences(text)]


@given(st.lists(st.sampled_from(["The pact was signed.", "Who signed it?", "Nobody knew!", "It was so…"])))
def test_whole_sentences_side_by_side_come_apart_again(told: list[str]) -> None:
    """What is joined by spaces is cut where it was joined."""
    assert cut(" ".join(told)) == told


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith met Dr. Brown at St. Petersburg.",
        "He wrote to J. K. Turner about it.",
        "See vol. 5, pp. 12 and No. 7 of the series.",
        "Output rose by 3.5 per cent in the U.S. zone.",
        "The U.S.S.R. Academy printed it.",
        "“Why?” he asked, and left.",
        "They waited … and waited.",
        "12. The delegation agrees.",
        "The list (see p. 4) is long.",
        "The League\nof Nations met.",
        "Er kam z. B. nach Berlin.",
        "Am 23. August wurde der Pakt unterzeichnet.",
        "Er starb am 3. März, d.h. vor dem Krieg.",
        "Acme Co. Limited signed.",
        "The D.C. Circuit ruled.",
        "II. The second point",
        "The work of the\nAssembly went on.",
        "Сталин в 1939 г. Молотова назначил.",
        "The agreement was signed by the two foreign ministers in the\nKremlin late at night, and nobody outside knew of the secret\nprotocol.",
    ],
)
def test_a_sentence_stays_whole(text: str) -> None:
    """Abbreviations, initials, numbers, quoted questions and wrapped lines do not end a sentence."""
    assert len(cut(text)) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A Heading\nThe treaty was signed in April, and both sides kept silent about it.", 2),
        ("A Heading\n\nThe treaty was signed.", 2),
        ("A Heading\r\n\r\nThe treaty was signed.", 2),
        ("It ended. It began.", 2),
        ("“It ended.” “It began.”", 2),
        ("It ended.[3] It began.", 2),
        ("- first thing\n- second thing\n- third thing", 3),
        ("The paragraph has no end mark\n\nand another follows", 2),
        ("Was it so? It was.", 2),
        ("It was in 1939. It was secret.", 2),
        ("He lived in Washington, D.C. The others did not.", 2),
        ("That was World War I. It began in 1914.", 2),
        ("They met at 5 p.m. They parted at six.", 2),
        ("It was signed by Acme Co. The others did not sign.", 2),
        ("One thing\u2029another thing", 2),
        ("a title\x1ethe text", 2),
        ("这是真的吗？不是。“是的。”他说", 4),
        ("यह सच है। यह नहीं।", 2),
        ("هل وقعت؟ نعم وقعت.", 2),
        ("It ended.² It began.", 2),
        ("Who?! Nobody... They left.", 3),
    ],
)
def test_a_text_is_cut_where_something_new_begins(text: str, parts: int) -> None:
    """End marks, headings, items and blank lines end a sentence."""
    assert len(cut(text)) == parts


def test_a_stretch_without_end_is_cut_at_a_space() -> None:
    """No sentence is longer than the limit."""
    found = list(sentences("word " * 5_000))

    assert max(len(sentence.text) for sentence in found) <= MAX_SENTENCE_CHARS
    assert all(sentence.text.startswith("word") and sentence.text.endswith("word") for sentence in found)


def test_one_endless_word_is_cut_too() -> None:
    """The limit holds where there is no space."""
    found = list(sentences("x" * (3 * MAX_SENTENCE_CHARS)))

    assert [len(sentence.text) for sentence in found] == [MAX_SENTENCE_CHARS] * 3


def test_a_line_that_is_longer_than_the_others_changes_nothing() -> None:
    """Wrapped prose is known by most of its lines."""
    prose = ["The delegates of the United Nations met in the old town hall"] * 30
    stray = ["and the General Assembly, which had been called for the spring, was put off by all of the United"]

    assert len(cut("\n".join([*prose, *stray, *prose]))) == 1


def test_a_list_of_titles_is_cut_at_each_line() -> None:
    """Lines of many lengths are no wrapped prose."""
    titles = [f"Title {'of a thing ' * (number % 7)}{number}" for number in range(60)]

    assert cut("\n".join(titles)) == titles


ODD = [".", " ", "\n", "x", '"', ". ", "“ ", "A. ", "。", ".\n", "\r\n", "a\n", "- \n", "\x1e", "Mr. X", "1. ", ".[1]"]


@pytest.mark.parametrize("unit", ODD)
@pytest.mark.parametrize("longest", [MAX_SENTENCE_CHARS, 100])
def test_odd_text_is_cut_in_linear_time(longest: int, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times as much of one thing is four times the work, within a sentence and beyond the longest."""
    module = counted_module("valla.scan.text")
    monkeypatch.setattr(module, "MAX_SENTENCE_CHARS", longest)

    assert growth(module.spans, lambda size: unit * (size // len(unit)), 1_000) < MOST_GROWTH


@pytest.mark.parametrize("unit", ODD)
def test_of_odd_text_nothing_is_lost(unit: str) -> None:
    """Be it hundreds of thousands of one thing."""
    text = unit * (400_000 // len(unit))
    found = spans(text)

    assert sum(end - start for start, end in found) >= len("".join(text.split()))
