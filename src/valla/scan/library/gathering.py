"""Claims as they are read, made a library: ids that differ, none without text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from valla.errors import InputError
from valla.scan.library.model import Library, LibraryClaim

__all__ = ["Entry", "Opened", "gathered", "places_told"]

_SHOWN_PLACES = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with its place in the file.

    Args:
        claim: as it was read, perhaps without text.
        place: its line, its row or its number.
    """

    claim: LibraryClaim
    place: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A library that was read, and what an editor should know of it.

    Args:
        library: the claims.
        problems: what was left out or made up, a line each.
    """

    library: Library
    problems: tuple[str, ...]


def gathered(entries: Iterable[Entry], problems: list[str], where: str, unit: str) -> Opened:
    """Make a library of claims; those without text are left out and told.

    Args:
        entries: in the order of the file; read to their end before `problems` is.
        problems: what was told while reading them.
        where: the file, for messages.
        unit: what a place is: line, row, review.

    Raises:
        InputError: if two have one id, or none has text.
    """
    kept: dict[str, Entry] = {}
    empty: list[int] = []
    for entry in entries:
        if not entry.claim.text.strip():
            empty.append(entry.place)
            continue
        other = kept.setdefault(entry.claim.id, entry)
        if other is not entry:
            raise _twice(other, entry, where, unit)
    told = [*problems, *([_left_out(empty, where, unit)] if empty else [])]
    if not kept:
        # what was told on the way is the reason, and nobody else would show it
        raise InputError("the library has no claims", where=where, found="; ".join(told[:3]) or None)
    return Opened(Library(tuple(entry.claim for entry in kept.values())), tuple(told))


def _twice(one: Entry, other: Entry, where: str, unit: str) -> InputError:
    alike = "alike" if one.claim == other.claim else "with different claims"
    return InputError(
        f"two claims have the id {one.claim.id!r}",
        where=where,
        found=f"{unit}s {one.place} and {other.place}, {alike}",
        repair="take one out" if one.claim == other.claim else "give each its own, or name another column: --id COLUMN",
    )


def _left_out(places: Sequence[int], where: str, unit: str) -> str:
    claims = "1 claim without text was" if len(places) == 1 else f"{len(places):,} claims without text were"
    return f"{where}: {claims} left out: {places_told(places, unit)}"


def places_told(places: Sequence[int], unit: str) -> str:
    """Return places as words, shortened where there are very many: `rows 4, 9, 12`.

    Args:
        places: at least one.
        unit: what a place is.
    """
    shown = ", ".join(str(place) for place in places[:_SHOWN_PLACES])
    more = f" and {len(places) - _SHOWN_PLACES:,} more" if len(places) > _SHOWN_PLACES else ""
    return f"{unit}{'' if len(places) == 1 else 's'} {shown}{more}"
