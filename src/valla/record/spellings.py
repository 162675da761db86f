"""A name as a table writes it to names as they are spoken: `Korea, Rep. of` to `Republic of Korea`, `Myanmar (Burma)` to its two names.

Only the form is changed, never a word: a spelling that nobody bears names nobody.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

__all__ = ["spellings", "two_names"]

_SHORT = {
    "rep": "Republic",
    "repub": "Republic",
    "dem": "Democratic",
    "democ": "Democratic",
    "peo": "People's",
    "fed": "Federal",
    "st": "Saint",
    "sts": "States",
    "kgdm": "Kingdom",
    "em": "Emirates",
    "is": "Islands",
    "isl": "Islands",
    "isls": "Islands",
    "afr": "African",
    "n": "North",
    "s": "South",
    "e": "East",
    "w": "West",
}
"""Abbreviations of lists of countries, with or without a full stop."""

_PLAIN = frozenset({"rep", "repub", "dem", "democ", "peo", "sts"})
"""Those that are abbreviations without a full stop too; `St` stands in names, `is` and `em` are words."""

_WORD = re.compile(r"[^\W\d_]+\.?")
_SEPARATE = re.compile(r"(?P<first>[^,()/]+?)\s*(?:,\s*(?P<comma>[^()/]+)|\(\s*(?P<bracket>[^()/]+?)\s*\))")
_TWO = re.compile(r"(?P<first>.+?)\s*(?:\((?P<bracket>[^()]+)\)|/(?P<slash>[^/]+))")
_TRAILING = re.compile(r"(?P<first>.+) (?P<side>north|south|east|west)", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?\b\.?")


def spellings(text: str) -> tuple[str, ...]:
    """Return how else a name may be written, likeliest first; the text itself is not among them.

    Args:
        text: `Congo, Dem. Rep.`, `Germany, East`, `Bosnia & Herzegovina`, `D.P.R. Korea`.
    """
    plain = tuple(dict.fromkeys(_spelled_out(text)))
    turned = itertools.chain.from_iterable(_turned(form) for form in plain)
    forms = [form.removeprefix("the ").removeprefix("The ") for form in (*plain, *turned)]
    return tuple(form for form in dict.fromkeys([*forms, text.replace("-", " ")]) if form != text)


def _spelled_out(text: str) -> Iterator[str]:
    """The text without abbreviations: initials without full stops, `&` and short words in full."""
    joined = _INITIALS.sub(lambda found: found[0].replace(".", "").upper(), text)
    yield joined
    yield _WORD.sub(lambda found: _in_full(found[0]), joined.replace("&", " and ")).replace("  ", " ")


def _in_full(word: str) -> str:
    stem = word.removesuffix(".").casefold()
    known = stem in _SHORT and (word.endswith(".") or stem in _PLAIN)
    return _SHORT[stem] if known else word


def _turned(text: str) -> Iterator[str]:
    """What stands after a comma or in brackets put before: `X, Y of` and `X (Y of)` as `Y of X`, `X, Y` and `X Y` as `Y X`."""
    parted = _SEPARATE.fullmatch(text.strip())
    if parted:
        first, rest = parted["first"], (parted["comma"] or parted["bracket"]).strip()
        if rest.casefold() == "the":
            yield first
            return
        rest = re.sub(r"^the ", "", rest, flags=re.IGNORECASE)
        if re.search(r" of(?: the)?$", rest, re.IGNORECASE):
            yield f"{rest} {first}"
            return
        yield f"{rest} {first}"
        yield f"{rest} of {first}"
        yield f"{rest} of the {first}"
        yield f"{first} {rest}"
    trailing = _TRAILING.fullmatch(text)
    if trailing:
        yield f"{trailing['side']} {trailing['first']}"


def two_names(text: str) -> tuple[str, str] | None:
    """Return the two names of one state where a text has both, as `Turkey (Ottoman Empire)` and `Tanzania/Tanganyika` have; else None."""
    found = _TWO.fullmatch(text.strip())
    return (found["first"].strip(), (found["bracket"] or found["slash"]).strip()) if found else None
