"""What a stance is judged of: a passage with what stands around it, and the words in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["BREAKS", "MAX_AROUND_CHARS", "MAX_PASSAGE_CHARS", "Passage", "stem", "words"]

MAX_AROUND_CHARS = 300
"""So much of what stands before and after a passage is read."""

MAX_PASSAGE_CHARS = 2_000
"""So much of a passage is read: nobody's sentence is longer, and a text of one line may be."""

BREAKS = frozenset(",;:.!?()—–")
"""The marks that end a clause."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,;:.!?()—–]")
_STEM_CHARS = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with what stands around it.

    Args:
        before: what stands directly before it.
        text: the sentence itself.
        after: what stands directly after it.
    """

    before: str
    text: str
    after: str


def words(text: str) -> list[str]:
    """Return the words of a text and the marks that end its clauses: small letters, apostrophes straight, no genitive.

    Args:
        text: any text.
    """
    found = _WORD.findall(text.lower().replace("’", "'"))
    return [word.removesuffix("'s") for word in found]


def stem(word: str) -> str:
    """Return the beginning of a word, by which its forms and derivations are taken for one.

    Args:
        word: in small letters.
    """
    return word[:_STEM_CHARS]
