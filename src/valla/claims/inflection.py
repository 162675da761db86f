"""English verb and noun forms by rule, so that a lexicon lists each word once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["plural", "verb_forms"]

_DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")
_STRESSED_LATE = frozenset(
    {"combat", "rival", "sanction", "open", "enter", "suffer", "offer", "order", "threaten", "happen", "counter"}
)
_SIBILANT = ("s", "x", "z", "ch", "sh")


def _stem(verb: str) -> str:
    """The verb as it stands before -ed and -ing."""
    if verb.endswith("e"):
        return verb[:-1]
    one_syllable = len(re.findall(r"[aeiou]+", verb)) == 1
    doubles = _DOUBLED.search(verb) and one_syllable and verb not in _STRESSED_LATE
    return verb + verb[-1] if doubles else verb


def plural(noun: str) -> str:
    """Return the plural of a noun, which is also the third person of a verb."""
    if noun.endswith(_SIBILANT):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _past(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return _stem(verb) + "ed"


def _progressive(verb: str) -> str:
    return verb + "ing" if verb.endswith(("ee", "oe", "ye")) else _stem(verb) + "ing"


def verb_forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Give each form of a verb with its tense.

    Args:
        verb: the infinitive, perhaps with words after it that do not change: `march into`.
        irregular: past forms and participles of the verbs that do not follow the rule.

    Yields:
        Form and tense: `base`, `present`, `past` (also a participle) or `ing`.
    """
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    yield verb, "base"
    yield plural(head) + tail, "present"
    for past in irregular.get(head) or [_past(head)]:
        yield past + tail, "past"
    yield _progressive(head) + tail, "ing"
