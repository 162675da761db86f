"""The words of a text, as every stage of a scan counts them, and their stems.

A word is a run of letters and digits with the combining marks on them (Unicode Standard Annex 29, of which this is a plainer form:
no stop or apostrophe within a word). An apostrophe parts words; an English possessive 's is left out. Scripts that put no space
between words give their characters two by two. Composed and decomposed letters are the same; what cannot be seen (soft hyphens,
joiners, variation selectors) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, pairwise

import numpy as np
import Stemmer
from numpy.typing import NDArray

from valla.errors import InputError

__all__ = ["LANGUAGES", "primary", "stemmer", "words", "words_within"]

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_INSTALLED = frozenset(Stemmer.algorithms())

LANGUAGES: dict[str, str] = {tag: name for tag, name in _SNOWBALL.items() if name in _INSTALLED}
"""The Snowball algorithm of each language that has one here, by its BCP 47 subtag."""

_LANGUAGE = re.compile("[a-z]{2,3}")
_POSSESSIVE = re.compile(r"'s(?<=\S's)(?!\w)")
_SPACE = 32
_LATIN_TABLE = bytes(ord(chr(code).lower()) if chr(code).isalnum() else _SPACE for code in range(256))
_APOSTROPHES = ("\u2019", "\u00b4", "\u02bc", "\uff07")
_COMMON_SIGNS = ("\u201c", "\u201d", "\u2018", "\u2013", "\u2014", "\u2026", "\u2022")

_UNUSUAL = re.compile(
    "[^\x00-\xac\xae-\u012f\u0131-\u02ff\u0370-\u0373\u0375-\u0482\u048a-\u0530\u1e00-\u1eff"
    "\u2010-\u2029\u202f-\u205f\u20a0-\u20cf\u2200-\u22ff\u2500-\u25ff]"
)
"""All but Latin, Greek and Cyrillic letters without loose marks, and common signs: what the quick way cannot be trusted with."""

_PLAIN_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+"
)
_LAST_MARK = 0x20000

_SPACELESS_LETTERS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    "\U00020000-\U0003fffd"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f\U0001aff0-\U0001b16f"  # Kana
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf"  # Thai, Lao
    "\u1780-\u17d3\u17d7\u17dc\u17dd"  # Khmer
    "\u1000-\u103f\u1050-\u108f\u109a-\u109d\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f"  # Myanmar
)
_SPACELESS = re.compile(f"[{_SPACELESS_LETTERS}]")


def words(text: str) -> list[str]:
    """Return the words of a text in order, in small letters.

    Args:
        text: any text.
    """
    return _latin_words(text) if text.isascii() else _any_words(text)


def words_within(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the words of all stretches of a text, end to end, and where the words of each begin and the last one's end.

    Args:
        text: any text.
        spans: where each stretch begins and ends, in order, with nothing but white space between them.
    """
    return _latin_within(text, spans) or _each_within(text, spans)


def _each_within(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[str], NDArray[np.int64]]:
    found = [words(text[start:end]) for start, end in spans]
    return list(chain.from_iterable(found)), np.cumsum([0, *map(len, found)])


def _latin_within(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[str], NDArray[np.int64]] | None:
    """Cut the text as a whole, which is faster; None where that might be something else than to cut each stretch."""
    plain = text if text.isascii() else _with_plain_signs(text)
    if "\xad" in plain or not all(text[start - 1].isspace() for start, _ in spans[1:]):
        return None
    try:
        latin = _latin(plain)
    except UnicodeEncodeError:
        return None
    inside = np.frombuffer(b" " + latin, np.uint8) != _SPACE
    begun = np.flatnonzero(inside[1:] & ~inside[:-1])
    return latin.decode("latin-1").split(), np.searchsorted(begun, [0, *(end for _, end in spans)])


def _latin(text: str) -> bytes:
    """Return a text in Latin-1, in small letters, with spaces for what is in no word; each character keeps its place.

    To translate bytes is three times as fast as any expression.

    Raises:
        UnicodeEncodeError: if the text has other letters.
    """
    bare = _POSSESSIVE.sub("  ", text.lower()) if "'" in text else text
    return bare.encode("latin-1").translate(_LATIN_TABLE)


def _latin_words(text: str) -> list[str]:
    return _latin(text).decode("latin-1").split()


def _with_plain_signs(text: str) -> str:
    for sign in _APOSTROPHES:
        text = text.replace(sign, "'")
    for sign in _COMMON_SIGNS:
        text = text.replace(sign, " ")
    return text


def _any_words(text: str) -> list[str]:
    text = _with_plain_signs(text)
    if "\xad" not in text:
        try:
            return _latin_words(text)
        except UnicodeEncodeError:
            pass
    if _UNUSUAL.search(text):
        return _unusual_words(text)
    return _PLAIN_WORD.findall(_POSSESSIVE.sub(" ", text.lower()))


def _unusual_words(text: str) -> list[str]:
    # a dotted capital I, made small, is i and a loose dot
    small = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).lower().replace("i\u0307", "i")
    bare = _POSSESSIVE.sub(" ", _with_plain_signs(small)).replace("_", " ")
    found = _marked_word().findall(bare)
    if not _SPACELESS.search(bare):
        return found
    return [part for word in found for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """Return a word, cut where its script changes, its spaceless stretches as pairs of characters."""
    if not _SPACELESS.search(word):
        return [word]
    found: list[str] = []
    for run in _run().finditer(word):
        if run.lastindex is None:
            found.append(run.group())
            continue
        signs = _sign().findall(run.group())
        found += map("".join, pairwise(signs)) if len(signs) > 1 else signs
    return found


@cache
def _marks() -> str:
    """Return the combining marks as the inside of a character class: Unicode's categories Mn, Mc and Me."""
    codes = [code for code in range(0x300, _LAST_MARK) if unicodedata.category(chr(code))[0] == "M"]
    firsts = [code for before, code in pairwise([0, *codes]) if code != before + 1]
    lasts = [code for code, after in zip(codes, [*codes[1:], 0], strict=True) if after != code + 1]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))


@cache
def _marked_word() -> re.Pattern[str]:
    return re.compile(rf"[^\W_][\w{_marks()}]*")


@cache
def _run() -> re.Pattern[str]:
    """Return the expression for a spaceless stretch (group 1) or another."""
    marks = _marks()
    return re.compile(
        rf"((?![{marks}])[{_SPACELESS_LETTERS}][{_SPACELESS_LETTERS}{marks}]*+)|(?:[^{_SPACELESS_LETTERS}][{marks}]*+)++"
    )


@cache
def _sign() -> re.Pattern[str]:
    """Return the expression for a character with its marks."""
    return re.compile(rf".[{_marks()}]*", re.DOTALL)


def primary(language: str) -> str:
    """Return the language of a BCP 47 tag without its script, region and the like.

    Args:
        language: a tag, such as `en` or `de-AT`.

    Raises:
        InputError: if it is no tag.
    """
    found = re.split("[-_]", language, maxsplit=1)[0].lower()
    if not _LANGUAGE.fullmatch(found):
        raise InputError(
            "there is no such language",
            found=repr(language),
            allowed="a BCP 47 tag",
            repair="say en, de-AT or the like",
        )
    return found


def stemmer(language: str) -> Callable[[str], str]:
    """Return what takes the endings off words of a language: Snowball where it has the language, else nothing at all.

    Args:
        language: a BCP 47 tag.

    Raises:
        InputError: if it is no tag.
    """
    name = LANGUAGES.get(primary(language))
    return str if name is None else Stemmer.Stemmer(name).stemWord
