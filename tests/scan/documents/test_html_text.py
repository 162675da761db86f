"""HTML, blanked character by character."""

import re
from collections.abc import Callable

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, counted_module, growth
from valla.scan.documents.html import blanked_html
from valla.scan.text import sentences
from valla.scan.words import words

PIECES = st.sampled_from([
    "<", ">", "<p>", "</p>", "<b>", "</b>", "<br/>", "<!--", "-->", "<script>", "</script>", "</scrip", "<style", "<![CDATA[", "]]>", "&amp;",
    "&eacute;", "&#39;", "&#x41;", "&bogus;", "&notit;", "&", "&#", "=", '"', "'", "<a href='>'>", '<a href="', "<!doctype html>", "<?xml", "</",
    "<pre>", "</pre>", "\r\n", "\n", "a", "é", "😀", " ", "/", "<template>", "</template>", "<script/>",
])  # fmt: skip
SOURCES = st.one_of(st.text(), st.lists(PIECES).map("".join))
ODD = st.sampled_from([
    "<a ", "<a", "</a", "<p/", "<", ">", "/", "=", '"', "'", " ", "\n", "\f", "\u00a0", "\x0b", "-", "--", "!", "<!--", "-->", "--!>", "<!-", "<!", "<?", "</", "q#q",
    " q#q ", " b=", " b='", ' b="', "<script", "</script", "<script>", "</script>", "<style>", "</style>", "<title>", "</title>", "<TITLE ", "</Title ",
    "<textarea>", "</textarea>", " " * 90, "<script><!--", "<a href='q#q>q#q'>q#q</a>",
])  # fmt: skip
HOSTILE = [
    "<a>", "<", "<!--", "&", "<a ", '<a ="', "<a ='\"", "&#", "<script>", "</", "&a", "<p>", "<b>x", "<![CDATA[", "=", "<a b= ", "<pre>\n", "--",
    "<a b='x>'", "<a b ", "<a =", "<title><", "<script><!--<script>", "</script>", "<!--<script>",
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
        ("a <!---> b <!----> c <!-- d --!> e", ["a b c e"]),
        ("a <!--!> no > no --> b", ["a b"]),
        ("<!-- a > b secret -->c", ["c"]),
        ("<a href='x>y'>1969</a> <a b = \"<p>\" c>z", ["1969 z"]),
        ("<a href=x='>y <a ='>z <a/='>w <a='>v", ["y z w v"]),
        ("<a title='no'=no>y <a b=no/>z", ["y z"]),
        ("<script><!-- <script> no </script> no --> no </script>b", ["b"]),
        ("<script><!-- no </script>b<script><!--> <script> no </script>c", ["b c"]),
        ("<title>a <b> c <!-- d</title> e", ["a <b> c <!-- d", "e"]),
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


@given(st.lists(ODD, max_size=30), st.integers(1, 200), st.booleans())
def test_what_is_text_is_what_another_parser_takes_for_text(pieces: list[str], step: int, is_long: bool) -> None:
    """By html5ever, which follows the standard, the words of attributes and comments are hidden and no others, however long a tag is."""
    source = re.sub("#", lambda found: str(found.start()), "".join(pieces))
    with pytest.MonkeyPatch.context() as patched:
        if is_long:
            patched.setattr("valla.scan.documents.html._HELD_CHARS", 0)
        found = re.findall(r"q\d+q", blanked(source, step))

    assert found == re.findall(r"q\d+q", nh3.clean(source, tags=set()))


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


@pytest.fixture(params=[1 << 16, 256], ids=["at once", "bit by bit"])
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """Hand out what blanks a source, so much at a time, and counts its work; what is longer than that is read in pieces."""
    module, step = counted_module("valla.scan.documents.html"), request.param
    monkeypatch.setattr(module, "_HELD_CHARS", step)
    return lambda source: list(module.blanked_html(source[at : at + step] for at in range(0, len(source), step)))


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("head", ["", "<a "])
def test_hostile_markup_takes_linear_time(unit: str, head: str, read: Callable[[str], object]) -> None:
    """Four times as much of one thing is four times the work."""
    size = max(1_000, 4 * len(unit))

    assert growth(read, lambda size: head + unit * (size // len(unit)), size) < MOST_GROWTH


@given(st.lists(st.sampled_from("<>&/!?-=\"' \na1;#[]"), min_size=1, max_size=4).map("".join))
def test_signs_repeated_take_no_longer_than_their_number(read: Callable[[str], object], unit: str) -> None:
    """Whichever few are repeated, four times as much of them is four times the work."""
    assert growth(read, lambda size: unit * (size // len(unit)), 1_000) < MOST_GROWTH


def test_tags_nested_very_deep_are_read() -> None:
    """A hundred thousand of them."""
    assert words(blanked("<div>" * 100_000 + "text" + "</div>" * 100_000)) == ["text"]
