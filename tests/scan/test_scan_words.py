"""Words and their stems."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, counted_module, growth
from valla.scan.text import MAX_SENTENCE_CHARS, spans
from valla.scan.words import LANGUAGES, stemmer, words, words_within

LETTERS = st.text(alphabet=st.sampled_from("ab'’s _é\u0301İı漢字カなกี่हिन्दीм1\u00ad\u200dЙ.-ßﬁ"), max_size=40)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Soviet Union, 1939.", ["the", "soviet", "union", "1939"]),
        ("Germany's pact", ["germany", "pact"]),
        ("Germany’s GERMANY'S pacts’", ["germany", "germany", "pacts"]),
        ("'s-Gravenhage", ["s", "gravenhage"]),
        ("snake_case __x__", ["snake", "case", "x"]),
        ("don't l’homme", ["don", "t", "l", "homme"]),
        ("Straße ÉTÉ naïve", ["straße", "été", "naïve"]),
        ("Сталин’s пакт", ["сталин", "пакт"]),
        ("Ger\u00admany \ufeffx", ["germany", "x"]),
        ("İstanbul", ["istanbul"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("كِتَاب", ["كِتَاب"]),
        ("苏联", ["苏联"]),
        ("在1939年签订", ["在", "1939", "年签", "签订"]),
        ("カタカナ", ["カタ", "タカ", "カナ"]),
        ("สวัสดี", ["สวั", "วัส", "สดี"]),
        ("ລາວ ခြေ", ["ລາ", "າວ", "ခြေ"]),
        ("", []),
        ("… — '", []),
    ],
)
def test_words_are_those_that_a_reader_sees(text: str, found: list[str]) -> None:
    """Small letters, whole with their marks, parted by all else; pairs of characters where a script has no spaces."""
    assert words(text) == found


@given(st.one_of(st.text(), LETTERS))
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    """However a letter is encoded, the word is one."""
    assert words(text) == words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


@given(st.one_of(st.text(), LETTERS))
def test_a_word_has_no_space_and_begins_with_a_letter_or_digit(text: str) -> None:
    """Nothing that parts words is in one."""
    for word in words(text):
        assert word[0].isalnum()
        assert not any(sign.isspace() or sign in "_'’" for sign in word)


@given(st.one_of(st.text(), LETTERS), st.sampled_from(["", ". ", "\n\n", "'S. ", "。", f" {'a' * MAX_SENTENCE_CHARS}"]))
def test_a_text_cut_as_a_whole_has_the_words_of_its_sentences(text: str, between: str) -> None:
    """Where one cut might join or part what the other does not, each sentence is cut by itself."""
    whole = f"{text}{between}It ended{between}{text}"
    found = spans(whole)
    told, starts = words_within(whole, found)

    assert len(starts) == len(found) + 1
    assert [told[first:last] for first, last in pairwise(starts)] == [words(whole[start:end]) for start, end in found]


@given(st.lists(st.sampled_from(["pact", "Сталин", "été", "1939", "नहीं"])))
def test_words_are_told_in_order(told: list[str]) -> None:
    """What is joined by spaces is found again."""
    assert words(" ".join(told)) == [word.lower() for word in told]


def test_ascii_and_other_text_are_cut_alike() -> None:
    """The quick way for ASCII finds what the way for any text does."""
    text = "Germany's pact_of 1939: 'signed' (don't ask), Mr. X's U.S. B-52s"

    assert words(f"{text} слово")[:-1] == words(text) == words(f"{text} नहीं")[:-1]


@pytest.mark.parametrize("unit", ["a", "'s", "’s", "é", "\u0301", "漢", "\u00ad", "क\u0941", " ", "_", "\ud800"])
def test_odd_text_takes_linear_time(unit: str) -> None:
    """Four times as much of one thing is four times the work."""
    assert (
        growth(counted_module("valla.scan.words").words, lambda size: unit * (size // len(unit)), 2_000) < MOST_GROWTH
    )


def test_english_is_stemmed() -> None:
    """Forms of a word have one stem, whatever the region."""
    stem = stemmer("en-GB")

    assert stem("signing") == stem("signed") == stem("signs") == "sign"


def test_a_language_without_stemmer_is_left_alone() -> None:
    """A word stays as it is."""
    assert stemmer("xx")("signing") == "signing"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_has_its_stemmer(language: str) -> None:
    """Every algorithm that is named is there."""
    assert stemmer(language.upper())("a")
