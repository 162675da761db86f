"""Words of a claim: one spelling of quotation marks and dashes, contractions opened, each word with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["MARK", "PAD", "Word", "lowered", "plain", "words"]

MARK, PAD = "\ue000", "\ue001"
"""Two private characters that stand for what is already understood; no plain text has them."""


_SAME = str.maketrans("‘’ʼ`´“”„«»–—−‒‐‑", "'''''\"\"\"\"\"------", MARK + PAD + "\0")
_VARIANTS = frozenset("\ufe0e\ufe0f")
_ORNAMENTS = frozenset("*#|^")
_WORD = re.compile(r"\d+(?:st|nd|rd|th|s)?(?![^\W\d_])|(?:[^\W\d_]|\d)+|'[^\W\d_]+|[^\w\s]")
_NEGATED = re.compile(r"\b(ca|wo|sha|[^\W\d_]+)n't\b", re.IGNORECASE)
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_IS = re.compile(r"\b(it|there|that|he|she|who|which|what)'s\b", re.IGNORECASE)
_SHORT = re.compile(r"\b(they|we|you|i|who|there|it)'(ve|d|re|ll)\b", re.IGNORECASE)
_LONG = {"ve": "have", "d": "had", "re": "are", "ll": "will"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or mark.

    Args:
        text: as it stands.
        norm: in lower case.
        start: offset of its first character in the plain text.
        end: offset after its last.
    """

    text: str
    norm: str
    start: int
    end: int


def _said(char: str) -> str:
    """A character that belongs to words as it is; a symbol such as an emoji is a space, a joiner nothing."""
    kind = unicodedata.category(char)
    if kind == "Cf" or char in _VARIANTS:
        return ""
    return " " if kind in {"So", "Sk"} or char in _ORNAMENTS else char


def plain(text: str) -> str:
    """Return a claim in one spelling: straight quotation marks, one kind of dash, contractions opened, single spaces, no emoji."""
    same = " ".join("".join(map(_said, text.translate(_SAME))).split())
    same = _NEGATED.sub(lambda found: f"{_STEMS.get(found[1].lower(), found[1])} not", same)
    same = _IS.sub(r"\1 is", same)
    return _SHORT.sub(lambda found: f"{found[1]} {_LONG[found[2].lower()]}", same)


def lowered(text: str) -> str:
    """Return a text in lower case, each character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def words(text: str) -> tuple[Word, ...]:
    """Cut a plain text into words; the `'s` of a possessive is a word of its own."""
    return tuple(Word(found[0], found[0].casefold(), found.start(), found.end()) for found in _WORD.finditer(text))
