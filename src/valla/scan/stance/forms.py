"""The forms of a headline and of quotation: who is named as the source, and what stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["has_source_after", "has_source_before", "quoted_words"]

_QUOTED = re.compile(r"(?<!\w)['‘“«\"]([^'‘’“”«»\"]{1,200})['’”»\"](?!\w)")
_DASH = re.compile(r"\s[-–—]{1,3}\s*")
_MAX_SOURCE_WORDS = 6
_MIN_TOLD_WORDS = 3
_MAX_HEAD_CHARS = 180


def has_source_after(text: str) -> bool:
    """Whether a headline ends in a dash and a short name: `... – minister`; two dashes part an insertion.

    Args:
        text: a sentence or headline.
    """
    dashes = list(_DASH.finditer(text))
    if len(dashes) % 2 == 0:
        return False
    source = text[dashes[-1].end() :].split()
    return 0 < len(source) <= _MAX_SOURCE_WORDS and len(text[: dashes[-1].start()].split()) >= _MIN_TOLD_WORDS


def has_source_before(text: str) -> bool:
    """Whether a headline begins with a short name and a colon: `Minister: ...`.

    Args:
        text: a sentence or headline.
    """
    head, colon, told = text[:_MAX_HEAD_CHARS].partition(":")
    named = 0 < len(head.split()) <= _MAX_SOURCE_WORDS and any(map(str.isalpha, head))
    return bool(colon) and named and len(told.split()) >= _MIN_TOLD_WORDS


def quoted_words(text: str) -> Sequence[str]:
    """Return what stands in quotation marks, each quotation once.

    Args:
        text: a sentence or headline.
    """
    return _QUOTED.findall(text)
