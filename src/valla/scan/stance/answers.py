"""Answers: whether the sentence after a passage refuses it, as "This is false" and "Certainly not" do."""

from __future__ import annotations

from collections.abc import Sequence

from valla.scan.stance.cues import Hits, cues
from valla.scan.stance.passage import BREAKS, words

__all__ = ["refuses"]

_ENDS = frozenset(".!?;:—–")
_SHORT_WORDS = 4
_POINTING = frozenset({"this", "that", "it", "these", "those", "they", "such", "both", "all", "none", "nothing"})
_TRUE = frozenset({"true", "so", "correct", "right", "case"})
_HARDLY_WORDS = 6
_NAMING_WORDS = 3
_READ_CHARS = 200
_LAST_WORDS = 1
"""So many words may follow what is said to be untrue: "a false claim"; with more, it is said of something else."""


def refuses(after: str) -> bool:
    """Return whether what follows a passage begins by refusing it.

    Args:
        after: what stands directly after the passage.
    """
    told = words(after[:_READ_CHARS])
    first = next((number for number, word in enumerate(told) if word not in BREAKS), len(told))
    last = next((number for number in range(first, len(told)) if told[number] in _ENDS), len(told))
    is_cut = last == len(told) and len(after) > _READ_CHARS
    if is_cut or told[last : last + 1] == ["?"]:
        return False
    clause = next((number for number in range(first, last) if told[number] == ","), last)
    return any(_says_no(part) or _calls_untrue(part) for part in (_words(told[first:last]), told[first:clause]))


def _words(told: Sequence[str]) -> list[str]:
    return [word for word in told if word not in BREAKS]


def _says_no(sentence: Sequence[str]) -> bool:
    """Whether it is a bare no, as "Certainly not", "It did not" or "Nonsense" are."""
    if not 0 < len(sentence) <= _SHORT_WORDS:
        return False
    hits = cues().find(sentence)
    spans = [*hits["negates"], *hits["untrue"]]
    return any(end == len(sentence) for _, end in spans) and not _is_denied(hits)


def _calls_untrue(sentence: Sequence[str]) -> bool:
    """Whether it points back and says that this is not true, as "The story is an invention" does."""
    hits = cues().find(sentence)
    names = sentence[:1] and (
        sentence[0] in _POINTING or any(start < _NAMING_WORDS for start, _ in hits["allegations"])
    )
    is_last = any(len(sentence) - end <= _LAST_WORDS for _, end in hits["untrue"])
    return bool(names) and (is_last or _is_hardly_true(sentence, hits)) and not _is_denied(hits)


def _is_hardly_true(sentence: Sequence[str], hits: Hits) -> bool:
    return sentence[-1] in _TRUE and len(hits["negates"]) == 1 and len(sentence) <= _HARDLY_WORDS


def _is_denied(hits: Hits) -> bool:
    """Whether the untruth itself is denied, as in "It is no myth"."""
    untrue = {start for start, _ in hits["untrue"]}
    return any(end in untrue or end + 1 in untrue for _, end in hits["negates"])
