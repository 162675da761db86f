"""Markdown, blanked character by character."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, counted_module, growth
from valla.scan.documents.markdown import blanked_markdown
from valla.scan.text import sentences
from valla.scan.words import words

PIECES = st.sampled_from([
    "# ", "## ", "*", "**", "_", "`", "```", "~~~", "\n", "\r\n", "\r", "> ", "- ", "1. ", "[", "](", ")", "]", "![", "<b>", "</b>", "<!--", "-->",
    "<script>", "</script>", "&amp;", "&", "\\", "---", "===", "|", "a", "é", " ", "[a]: b", "[^1]: ", "<p>", "😀", "~~",
])  # fmt: skip
SOURCES = st.one_of(st.text(), st.lists(PIECES).map("".join))
HOSTILE = [
    "](a", "[a](", "[a]((", "*", "* a", "<", "<!--", "&", "#", "# ", "\n", ">", "`", "\\", "|", "<a ", "x", "_a", "[a]: ", "~~~\n", "[a](<", "\r",
    "a\r", "- ", "[a](\\", "![", "<a" + "x" * 1990, "[a](" + "x" * 1990, "](\\)", "](\\)\n",
    "](())", "](<>(", "](<a>",
]  # fmt: skip


def blanked(source: str, step: int | None = None) -> str:
    """Return a source with its markup blanked, read some characters at a time."""
    size = step or len(source) or 1
    pieces = list(blanked_markdown(source[start : start + size] for start in range(0, len(source), size)))
    assert "".join(original for _, original in pieces) == source
    assert all(len(text) == len(original) for text, original in pieces)
    return "".join(text for text, _ in pieces)


@given(SOURCES, st.integers(1, 9))
def test_what_is_shown_does_not_depend_on_how_much_is_read_at_once(source: str, step: int) -> None:
    """Any source has as many characters blanked as before, whatever the size of its pieces."""
    assert blanked(source, step) == blanked(source)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# A title that is long enough to be a line\nText goes on.", ["A title that is long enough to be a line", "Text goes on."]),
        ("Text\n## Title ##\nmore", ["Text", "Title", "more"]),
        ("Title\n=====\nText.", ["Title", "Text."]),
        ("One *two* **three** _four_ `five` ~~six~~.", ["One two three four five six ."]),
        ('See [the pact](http://a.b/c_(d) "t") of [1939][1].', ["See [the pact] of [1939] ."]),
        ("A [link](a(b(c)d) 'e') of [two](<f)g> h) and \\[three](i\\) j).", ["A [link] of [two] and [three] ."]),
        ("Text [cited](as (it) is, never closed.", ["Text [cited](as (it) is, never closed."]),
        ("![A picture](a.png)", ["[A picture]"]),
        ("[1]: http://a.b 'Title'\nText", ["Text"]),
        ("[^1]: A *note*.", ["A note ."]),
        ("> One line\n> and another", ["One line and another"]),
        ("```\nOne.\n\nTwo.\n```\nThree.", ["One.", "Two.", "Three."]),
        ("| a | b |\n|---|:-:|\n| c | d |", ["a", "b", "c", "d"]),
        ("- one\n- two", ["- one", "- two"]),
        ("Text <!-- no\nno --> goes on.", ["Text goes on."]),
        ("<!-- no\n\nno -->\nText.", ["Text."]),
        ("<script>\nno\n</script>\nText.", ["Text."]),
        ("a <br> b &amp; c", ["a b & c"]),
        ("1 < 2, snake_case, 2 * 3, A&B", ["1 < 2, snake_case, 2 3, A&B"]),
        ("\\*not\\* emphasis", ["*not\u2060* emphasis"]),
        ("---\ntitle: The walls\n---\nText.", ["title: The walls", "Text."]),
    ],
)  # fmt: skip
def test_markup_is_not_read(source: str, found: list[str]) -> None:
    """Marks of headings, emphasis, links, tables, code, notes and HTML."""
    assert [" ".join(sentence.text.split()) for sentence in sentences(blanked(source))] == found


def test_a_word_with_markup_in_it_stays_whole() -> None:
    """Emphasis, tags and references do not part it."""
    assert words(blanked("Ger**man**y caf&eacute;s <b>P</b>oland's snake_case")) == [
        "germany", "cafés", "poland", "snake", "case",
    ]  # fmt: skip


@pytest.fixture(params=[1 << 16, 256], ids=["at once", "bit by bit"])
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """Hand out what blanks a source, so much at a time, and counts its work; what is longer than that is read in pieces."""
    module, step = counted_module("valla.scan.documents.markdown"), request.param
    monkeypatch.setattr(module, "_LONGEST_CHARS", step)
    return lambda source: list(module.blanked_markdown(source[at : at + step] for at in range(0, len(source), step)))


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_markup_takes_linear_time(unit: str, read: Callable[[str], object]) -> None:
    """Four times as much of one thing is four times the work."""
    size = max(1_000, 4 * len(unit))

    assert growth(read, lambda size: unit * (size // len(unit)), size) < MOST_GROWTH


@given(st.lists(st.sampled_from("\\`*_~![](){}<>&#-+|=:;\"'/ \na1."), min_size=1, max_size=4).map("".join))
def test_signs_repeated_take_no_longer_than_their_number(read: Callable[[str], object], unit: str) -> None:
    """Whichever few are repeated, four times as much of them is four times the work."""
    assert growth(read, lambda size: unit * (size // len(unit)), 1_000) < MOST_GROWTH
