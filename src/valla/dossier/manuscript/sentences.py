"""Whole sentences and broken ones."""

from __future__ import annotations

import re

from valla.dossier.manuscript.lexicon import words

__all__ = [
    "abbreviated",
    "begins_afresh",
    "begins_small",
    "dangles",
    "ends",
    "finite",
    "sentences",
    "tokens",
    "without_notes",
]

_NOTES = re.compile(r"(?:\s*\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]|[¹²³⁰⁴-⁹*†]+|(?<=[.!?…”\"»“’])\d{1,3})+$")
_CLOSERS = "”\"»“’'›)]}*_"
_TERMINAL = ".!?…:;"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?(?:[^\W\d_]\.)*")
_BOUNDARY = re.compile(r"(?<=[.!?…])[”\"»’)\]]*(?:\[\d+\])?\s+(?=[“„«\"‘'(]?[^\W\da-zа-яёіїєґà-öø-ÿ])")


_TAIL = 240
"""How many characters before its end are looked at to see how a text ends."""


def tokens(text: str) -> list[str]:
    """Return the words of a text, in small letters and without a final dot."""
    return [word.casefold().rstrip(".") for word in _WORD.findall(text)]


def without_notes(text: str) -> str:
    """Return a text without footnote marks at its end."""
    bare = text.rstrip()
    return bare[:-_TAIL] + _NOTES.sub("", bare[-_TAIL:])


def ends(text: str) -> bool:
    """Whether a text ends with a mark that ends a sentence, closing quotation marks and footnotes aside."""
    bare = without_notes(text[-_TAIL:]).rstrip(_CLOSERS + " ")
    return bool(bare) and without_notes(bare)[-1:] in tuple(_TERMINAL)


def abbreviated(text: str) -> bool:
    """Whether a text ends in an abbreviation or an initial, so that its dot ends nothing."""
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    bare = last.strip("(").rstrip(".").casefold()
    initials = bool(re.fullmatch(r"\(?(?:[^\W\d_]\.)+", last))
    return last.endswith(".") and (bare in words("sentences", "words", "abbreviations") or initials)


def _first(text: str) -> str:
    found = re.search(r"[^\W_]", text)
    return found.group() if found else ""


def begins_small(text: str) -> bool:
    """Whether the first letter of a text is a small one."""
    return _first(text).islower()


def begins_afresh(text: str) -> bool:
    """Whether a text begins with a word that has a capital only at the start of a sentence."""
    found = tokens(text)
    return bool(found) and _first(text).isupper() and found[0] in words("sentences", "words", "fresh")


def dangles(text: str) -> bool:
    """Whether a text breaks off where no sentence can end: after an article, a preposition, a comma, an open bracket."""
    bare = without_notes(text[-_TAIL:])
    if not bare or ends(bare):
        return False
    if bare[-1] in ",–—(" or bare.count("(") > bare.count(")"):
        return True
    last = re.search(r"([^\W\d_]+)$", bare)
    return bool(last) and last.group(1) in words("sentences", "words", "dangling") if last else bare[-1] == "-"


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, cut after end marks that no abbreviation or initial explains."""
    found: list[list[str]] = []
    last = ""
    for part in _BOUNDARY.split(text):
        if found and abbreviated(last):
            found[-1].append(part)
        else:
            found.append([part])
        last = part if part.strip() else last
    whole = (" ".join(parts) for parts in found)
    return [part for part in whole if part.strip()]


def finite(text: str) -> bool:
    """Whether a text has a finite verb that no relative pronoun before it explains."""
    # A capital within a sentence makes it a name: `May 1939`.
    for word in (word.rstrip(".") for word in _WORD.findall(text) if word.islower()):
        if word in words("sentences", "verbs", "relatives"):
            return False
        if word in words("sentences", "verbs", "finite"):
            return True
    return False
