"""Claims that a library holds twice: the same letters and digits, other punctuation."""

from __future__ import annotations

from collections.abc import Iterable

from valla.scan.library.model import LibraryClaim

__all__ = ["first_twins"]


def first_twins(claims: Iterable[LibraryClaim]) -> list[int]:
    """Return for each claim the number of the first one that says the same; mostly its own.

    Args:
        claims: in the order of their numbers.
    """
    firsts: dict[str, int] = {}
    letters = (_letters(claim.text) for claim in claims)
    # a claim without letters says nothing, and so not the same as another
    return [firsts.setdefault(said, number) if said else number for number, said in enumerate(letters)]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
