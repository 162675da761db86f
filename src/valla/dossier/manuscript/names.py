"""Names of persons, and lists of them."""

from __future__ import annotations

import re
from functools import cache

from valla.dossier.manuscript.lexicon import words

__all__ = ["Named", "affiliated", "authors", "is_name", "unfinished"]

_INITIALS = re.compile(r"^(?:[^\W\d_]{1,2}\.[-–]?)+$")
_CAPITAL = re.compile(r"^(?:(?:[^\W\d_]\.)+)?(?:[dDlLO]['’])?[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*$")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")

Named = tuple[tuple[str, ...], tuple[str, ...]]
"""The names in a line, and the institutions that stand with them."""


def _word(text: str, key: str) -> bool:
    return text.casefold().rstrip(".") in words("names", "name", key)


def _capitalised(token: str) -> bool:
    return bool(_CAPITAL.match(token)) and token[0].isupper() and not _word(token, "never")


def is_name(text: str) -> bool:
    """Whether a text can be the name of one person: two to five capitalised words, initials and particles among them.

    Args:
        text: without titles and institutions.
    """
    parts = text.split()
    if not 1 <= len(parts) <= 5 or parts[0] in words("names", "name", "particles"):
        return False
    full = [part for part in parts if _capitalised(part)]
    others = [part for part in parts if part not in full]
    known = all(_INITIALS.match(part) or part in words("names", "name", "particles") for part in others)
    initials = any(_INITIALS.match(part) for part in others) or any("." in part for part in full)
    return known and not _word(parts[-1], "particles") and (len(full) >= 2 or (len(full) == 1 and initials))


@cache
def _separator() -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(words("names", "name", "conjunctions"), key=len, reverse=True))
    return re.compile(rf"\s*(?:[,;/·•|]\s*(?:(?:{joined})\s+)?|\s(?:{joined})\s)\s*")


def unfinished(text: str) -> bool:
    """Whether a list of names goes on in the next line: it ends with a comma or a conjunction."""
    last = text.rsplit(maxsplit=1)[-1] if text.split() else ""
    return text.rstrip().endswith((",", ";")) or last.casefold() in words("names", "name", "conjunctions") - {"a"}


def _without_degree(text: str) -> str:
    return " ".join(part for part in text.split() if not _word(part.strip(","), "degrees"))


def affiliated(text: str) -> bool:
    """Whether a text names an institution or a profession."""
    found = {word.casefold().strip(".,()") for word in text.split()}
    return bool(found & words("names", "name", "affiliations"))


def _trimmed(text: str) -> str:
    """A list without the comma or conjunction that it begins or ends with, where lines were broken between names."""
    parts = text.strip().strip(",;").split()
    joins = words("names", "name", "conjunctions") - {"a"}
    while parts and parts[0] in joins:
        parts.pop(0)
    while parts and parts[-1] in joins:
        parts.pop()
    return " ".join(parts).strip(",; ")


def _person(text: str) -> tuple[str, tuple[str, ...]]:
    """A part of a list without degrees, and the brackets after it."""
    bare = _BRACKET.sub("", text).strip()
    name, bracket = _without_degree(bare), text[len(bare) :].strip()
    return name.rstrip(",") if not _INITIALS.match(name[-2:]) else name, ((bracket,) if bracket else ())


def authors(text: str) -> Named | None:
    """Return the names that a line consists of, or None where it is no list of names.

    Args:
        text: a line.

    Returns:
        The names, and what stands beside them; None where something else stands in the line.
    """
    names: list[str] = []
    beside: list[str] = []
    for part in _separator().split(_trimmed(text)):
        name, extra = _person(part)
        if names and name and affiliated(part):
            beside.append(part)
            continue
        if name and not is_name(name):
            return None
        names.extend([name] if name else [])
        beside.extend(extra)
    return (tuple(names), tuple(beside)) if names else None
