"""A text as words: where they stand, how they compare, and what joins two of them inside a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["WORD", "begins_large", "folded", "joint", "suits"]

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""Letters and digits, with combining marks where a text is decomposed; apostrophes, hyphens and full stops stand between words."""

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_JOINTS = (
    (" ", re.compile(r"[\s\u00a0]*[-\u2010-\u2014][\s\u00a0]*|[\s\u00a0]+")),
    (".", re.compile(r"\.[\s\u00a0]*")),
    ("'", re.compile(r"['\u2018\u2019\u02bb\u02bc`]")),
    (",", re.compile(r",[\s\u00a0]*")),
    ("&", re.compile(r"[\s\u00a0]*&[\s\u00a0]*")),
)
_LONGEST_JOINT = 4


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return a word without case and diacritics: `Brüning` as `bruning`."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_PLAIN)


@lru_cache(maxsize=1024)
def joint(between: str) -> str:
    """Return what sort of joint the characters between two words are: space or hyphen, full stop, apostrophe, comma, `&`; empty for none."""
    if len(between) > _LONGEST_JOINT:
        return ""
    return next((sort for sort, form in _JOINTS if form.fullmatch(between)), "")


def begins_large(word: str) -> bool:
    """Whether a word begins with a capital letter."""
    return word[0].isupper()


def suits(word: str, pattern: str) -> bool:
    """Whether a word of a text may stand for a word of a name, as far as capitals go.

    A word in small letters may be written anyhow; a capitalised one must be capitalised; an abbreviation (`US`, `USSR`) must be all capitals,
    or `us` would name the United States; `eSwatini` must be as it is.
    """
    if not begins_large(pattern):
        return pattern.islower() or pattern == word
    return word.isupper() if pattern.isupper() else begins_large(word)
