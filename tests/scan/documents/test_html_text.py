"""HTML, blanked character by character."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.documents.content import content_offsets, shown
from valla.scan.documents.html import blanked_html
from valla.scan.text import sentences
from valla.scan.words import words

PIECES = st.sampled_from([
    "<", ">", "<p>", "</p>", "<b>", "</b>", "<br/>", "<!--", "-->", "<script>", "</script>", "</scrip", "<style", "<![CDATA[", "]]>", "&amp;",
    "&eacute;", "&#39;", "&#x41;", "&bogus;", "&notit;", "&", "&#", "=", '"', "'", "<a href='>'>", '<a href="', "<!doctype html>", "<?xml", "</",
    "<pre>", "</pre>", "\r\n", "\n", "a", "é", "😀", " ", "/", "<template>", "</template>", "<script/>",
])  # fmt: skip
SOURCES = st.one_of(st.text(), st.lists(PIECES).map("".join))
HOSTILE = [
    "<a>", "<", "<!--", "&", "<a ", '<a ="', "<a ='\"", "&#", "<script>", "</", "&a", "<p>", "<b>x", "<![CDATA[", "=", "<a b= ", "<pre>\n", "--",
    "<script></scrip", "\r\n", "<!", "&#1",
]  # fmt: skip


def blanked(source: str, step: int | None = None, *, xml: bool = False) -> str:
    """Return a source with its markup blanked, read some characters at a time."""
    size = step or len(source) or 1
    pieces = list(blanked_html((source[start : start + size] for start in range(0, len(source), size)), xml=xml))
    assert "".join(original for _, original in pieces) == source
    assert all(len(text) == len(original) for text, original in pieces)
    return "".join(text for text, _ in pieces)


@given(SOURCES, st.integers(1, 9), st.booleans())
def test_what_is_shown_does_not_depend_on_how_much_is_read_at_once(source: str, step: int, xml: bool) -> None:
    """Any source has as many characters blanked as before, whatever the size of its pieces."""
    assert blanked(source, step, xml=xml) == blanked(source, xml=xml)


@given(SOURCES)
def test_text_content_is_what_is_read(source: str) -> None:
    """Each offset of the source has one in the text content; they grow together, and letters stay at theirs."""
    text, content, offset_of = blanked(source), shown(source), content_offsets(source)
    offsets = [offset_of(offset) for offset in range(len(source) + 1)]

    assert offsets == sorted(offsets)
    assert offsets[-1] == len(content)
    assert all(content[offsets[place]] == sign for place, sign in enumerate(text) if sign.isalpha())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>One.</p><p>Two", ["One.", "Two"]),
        ("<h1>Title</h1>Text goes on.", ["Title", "Text goes on."]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<td>a</td><td>b</td>", ["a", "b"]),
        ("One.<br>Two.", ["One.", "Two."]),
        ("a wrapped\nline of\ntext", ["a wrapped line of text"]),
        ("<pre>One.\n\nTwo.</pre>", ["One.", "Two."]),
        ("a <!-- no -->b", ["a b"]),
        ("a <!--> b", ["a b"]),
        ("a <script>if (a < b) '</p>'</script>b", ["a b"]),
        ("a <STYLE>x</style >b", ["a b"]),
        ("<noscript>no</noscript>a<template><p>no</p></template>", ["a"]),
        ("a <![CDATA[no > no]]> b", ["a b"]),
        ("<a title='a > b' href=\"c>\">d</a>", ["d"]),
        ("<title>Fish &amp; chips</title>", ["Fish & chips"]),
        ("1 < 2 and a<3", ["1 < 2 and a<3"]),
        ("AT&T &copy 1939 &unknown; &#8364;&#x20AC;&#128;", ["AT&T © 1939 &unknown; € € €"]),
        ("He said.&nbsp;&ldquo;Yes.&rdquo;", ["He said.", "“ Yes.”"]),
        ("<script>never closed", []),
        ("<!-- never closed", []),
        ("<p never closed", []),
    ],
)
def test_markup_is_not_read(source: str, found: list[str]) -> None:
    """Tags, comments, scripts and references; blocks are parted, lines of a paragraph are not."""
    assert [" ".join(sentence.text.split()) for sentence in sentences(blanked(source))] == found


@pytest.mark.parametrize(
    "source",
    ["caf&eacute;s", "<b>c</b>af&eacute;<i>s</i>", "ca<wbr>f&#233;<b>s</b>", "<em>caf</em>&eacute;s", "cafe&#x301;s"],
)
def test_a_word_with_markup_in_it_stays_whole(source: str) -> None:
    """Tags of phrases and references do not part it."""
    assert words(blanked(source)) == ["cafés"]


def test_possessives_are_known_however_they_are_written() -> None:
    """An apostrophe may be a reference."""
    assert words(blanked("Germany&rsquo;s pact, Poland&#39;s")) == ["germany", "pact", "poland"]


def test_notes_and_columns_do_not_run_together() -> None:
    """A raised number is no part of the word that it follows."""
    assert words(blanked("ended<sup>12</sup> <a>one</a><a>two</a>")) == ["ended", "12", "one", "two"]


def test_an_empty_script_of_xhtml_hides_nothing() -> None:
    """In HTML it does."""
    assert words(blanked("<script/>text", xml=True)) == ["text"]
    assert words(blanked("<script/>text")) == []


def test_offsets_in_the_text_content_are_those_of_a_browser() -> None:
    """Without tags, references as their characters, each line end as one."""
    source = "<p>Fish &amp;\r\nchips<!-- no --> &lt;b&gt;</p>"
    offset_of = content_offsets(source)
    start, end = source.index("chips"), source.index("&lt;") + 4

    assert shown(source) == "Fish &\nchips <b>"
    assert shown(source)[offset_of(start) : offset_of(end)] == "chips <"


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("head", ["", "<a "])
def test_hostile_markup_takes_linear_time(unit: str, head: str) -> None:
    """Hundreds of thousands of one thing take seconds at most."""
    source = head + unit * (300_000 // len(unit))
    begin = time.perf_counter()
    blanked(source, 1 << 16)

    assert time.perf_counter() - begin < 10


def test_tags_nested_very_deep_are_read() -> None:
    """A hundred thousand of them."""
    assert words(blanked("<div>" * 100_000 + "text" + "</div>" * 100_000)) == ["text"]
