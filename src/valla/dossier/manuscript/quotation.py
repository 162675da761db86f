"""Quotation marks of all countries: whether a text is one quotation, and what stands after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Quotation", "may_close", "opens", "quotation", "stripped"]

_CLOSERS = {
    "“": '”“"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    '"': '"”',
    "”": "”",
    "‘": "’",
    "‚": "‘’",
    "'": "'’",
    "‟": "”",
    "「": "」",
}
_OPENERS = frozenset(_CLOSERS)
_MAY_CLOSE = re.compile(rf"(?:\S|\u00ad )[{re.escape(''.join(sorted(set(''.join(_CLOSERS.values())))))}>]")
_SOURCE = re.compile(r"^\s*(?:[—–―-]|\(|,\s|\[|/|©)")
_TAIL = re.compile(r"^[.,;!?…]?\s*(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹*†]+|\d{1,3})?\s*[.,;]?$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A text that is one quotation from its first character.

    Args:
        text: what stands between the marks, with a full stop that stands right after them.
        rest: what follows the closing mark: nothing, or an attribution.
    """

    text: str
    rest: str


def _plain(text: str) -> str:
    """A text whose outer marks are single characters: typewriters made double ones of two."""
    for double, mark in (("``", "“"), ("''", '"'), (",,", "„"), ("<<", "«")):
        text = mark + text[2:] if text.startswith(double) else text
    if text.startswith('"') and "''" in text:
        text = text.replace("''", '"', 1)
    for double, mark in (("''", '"'), (">>", "»")):
        text = text[:-2] + mark if text.endswith(double) else text
    return text


def opens(text: str) -> bool:
    """Whether a text begins with a quotation mark."""
    return text[:1] in _OPENERS or text[:2] in {"``", "''", ",,", "<<"}


def may_close(text: str) -> bool:
    """Whether a mark stands in a text that could close a quotation: one look, before places are weighed one by one."""
    return bool(_MAY_CLOSE.search(text))


def _closing(text: str, at: int, closers: str) -> bool:
    """Whether the character there closes a quotation: it follows a word and no letter follows it."""
    after = text[at + 1 : at + 2]
    return text[at] in closers and not text[at - 1].isspace() and not after.isalpha()


def _opening(text: str, at: int, opener: str) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    return text[at] == opener and (before.isspace() or before in "([—–") and bool(after) and not after.isspace()


def _ends(text: str) -> list[int]:
    """The places where the first quotation may close, the likeliest first."""
    opener, depth, found = text[0], 1, []
    closers = _CLOSERS[opener]
    for at in range(1, len(text)):
        if _opening(text, at, opener):
            depth += 1
        elif _closing(text, at, closers):
            depth -= 1
            if depth <= 0:
                found.append(at)
                depth = 0
    single = opener in "‘‚'" and not any(_opening(text, at, opener) for at in range(1, len(text)))
    last = max((at for at in range(1, len(text)) if _closing(text, at, closers)), default=0)
    # A single mark that seems to close may be an apostrophe: `the masons’ wall`.
    return found[:1] + ([last] if last and (depth > 0 or single) else [])


def _whole(text: str, at: int) -> Quotation | None:
    inner, rest = text[1:at].strip(), text[at + 1 :].strip()
    if not inner:
        return None
    if _TAIL.match(rest):
        dot = rest[:1] if rest[:1] in tuple(".!?…") and not inner.endswith((".", "!", "?", "…")) else ""
        return Quotation(inner + dot, "")
    return Quotation(inner, rest) if _SOURCE.match(rest) else None


def quotation(text: str) -> Quotation | None:
    """Return the quotation that a text is, or None.

    Args:
        text: a paragraph.

    Returns:
        None where the text does not open with a mark, the mark closes nowhere, or the sentence goes on after it.
    """
    bare = _plain(text.strip())
    if not opens(bare) or len(bare) < 3:
        return None
    for at in _ends(bare):
        found = _whole(bare, at)
        if found:
            return found
    return None


def stripped(text: str) -> str:
    """Return a text without the quotation marks that open and close it, whether or not they match."""
    bare = _plain(text.strip()).strip()
    if bare[:1] in _OPENERS:
        bare = bare[1:].lstrip()
    return bare[:-1].rstrip() if bare[-1:] in tuple('”»“"') and bare.count(bare[-1]) == 1 else bare
