"""What HTML and Markdown have in common: which tags there are, what they are blanked with, and character references.

Everything is replaced by as many characters as it had, so that offsets stay those of the source.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

__all__ = ["BLOCK", "FILLER", "REFERENCE", "blank_tag", "decoded", "end_of_reference", "glue"]

FILLER = "\u2060"
"""A word joiner: what markup within a word is blanked with, because a space would part the word; `words` leaves it out."""

BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "iframe", "legend", "li", "link",
    "main", "menu", "meta", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "select", "summary",
    "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
"""Elements that begin and end a paragraph (HTML Living Standard 15.3, the rendering of flow content)."""

_PHRASE = frozenset(
    {"b", "big", "del", "em", "font", "i", "ins", "mark", "s", "small", "strike", "strong", "tt", "u", "wbr"}
)
"""Elements that may begin or end within a word."""

REFERENCE = re.compile(
    r"&(?:#(?:[0-9]{1,8}(?![0-9])|[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F]));?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
"""A character reference, if it is known (HTML Living Standard 13.2.5.72)."""

_LONGEST_BARE = 6
"""No name that needs no semicolon is longer."""

_WITHIN = frozenset(f"'\u2019{FILLER}")
_MARKUP = frozenset("<&")


def blank_tag(name: str, size: int, before: str, after: str) -> str:
    """Return what a tag is replaced with: a gap between paragraphs, a line break, spaces, or what keeps a word whole.

    Args:
        name: of the element, in small letters.
        size: how many characters the tag has.
        before: the character before it.
        after: the character after it.
    """
    if name in BLOCK:
        return "\n" + " " * (size - 2) + "\n"
    if name == "br":
        return "\n" + " " * (size - 1)
    return (FILLER if name in _PHRASE and glue(before, after) else " ") * size


def glue(before: str, after: str) -> bool:
    """Return whether what stands between two characters stands within a word.

    Args:
        before: one of them; empty where there is none.
        after: the other; markup may follow.
    """
    return _in_word(before) and (after.isalnum() or after in _MARKUP)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign in _WITHIN or (sign > "\u02ff" and unicodedata.category(sign)[0] == "M")


def decoded(found: re.Match[str]) -> tuple[str, int]:
    """Return what a character reference stands for, and how many characters of it: none of what is no reference at all.

    Args:
        found: of `REFERENCE`.
    """
    name = found.group()[1:]
    if name[0] == "#":
        return html.unescape(found.group()), len(found.group())
    if name in html5:
        return html5[name], len(found.group())
    # "&copyright": a name of old may be followed by anything
    for size in range(min(_LONGEST_BARE, len(name)), 1, -1):
        if name[:size] in html5:
            return html5[name[:size]], size + 1
    return "", 0


def end_of_reference(source: str, at: int) -> int:
    """Return where the character reference ends that begins at a place; the place after that character if there is none.

    Args:
        source: as it was written.
        at: the place of its first character.
    """
    found = REFERENCE.match(source, at)
    return at + max(1, decoded(found)[1] if found else 0)
