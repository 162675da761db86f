"""What became of each line: its role, where it went, what it was joined with, what was taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from valla.dossier.manuscript.lines import Item, Line, Placement, Role

__all__ = ["placements"]

_ANCHOR = 12
_Spot = tuple[int, int]


class _Sheet:
    """The characters of the manuscript, spaces aside, and which of them are in the dossier."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.texts = {line.number: [char for char in line.text if not char.isspace()] for line in lines}
        self.used: set[_Spot] = set()

    def place(self, item: Item) -> None:
        """Mark the characters of an item as used."""
        wanted = "".join(item.text.split())
        spots = [(number, at) for number in item.lines for at in range(len(self.texts[number]))]
        free = [spot for spot in spots if spot not in self.used]
        text = "".join(self.texts[number][at] for number, at in free)
        self.used.update(free[at] for at in _matched(text, wanted))

    def removed(self, number: int) -> str:
        return "".join(char for at, char in enumerate(self.texts[number]) if (number, at) not in self.used)


def _matched(text: str, wanted: str) -> Iterable[int]:
    """The places of wanted characters in a text, in order, begun where a good stretch of them stands together."""
    start = max(text.find(wanted[:_ANCHOR]), 0)
    found = _in_order(text, wanted, start)
    return found if len(found) == len(wanted) else _in_order(text, wanted, 0)


def _in_order(text: str, wanted: str, start: int) -> list[int]:
    found: list[int] = []
    at = start
    for char in wanted:
        at = text.find(char, at)
        if at < 0:
            return found
        found.append(at)
        at += 1
    return found


def _by_line(items: Sequence[Item]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = {}
    for item in items:
        for number in item.lines:
            found.setdefault(number, []).append(item)
    return found


def _holds(item: Item) -> bool:
    """Whether an item is a piece of the dossier rather than a heading that the dossier names itself."""
    return bool(item.target) and (item.role is not Role.HEADING or bool(item.text))


def _neighbours(items: Sequence[Item]) -> dict[int, set[int]]:
    """For each line, the lines before and after it in the same piece of the dossier."""
    pieces: dict[str, set[int]] = {}
    for item in items:
        if _holds(item):
            pieces.setdefault(item.target, set()).update(item.lines)
    found: dict[int, set[int]] = {}
    for numbers in pieces.values():
        for one, two in pairwise(sorted(numbers)):
            found.setdefault(one, set()).add(two)
            found.setdefault(two, set()).add(one)
    return found


def _unique(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(value for value in values if value))


def placements(lines: Sequence[Line], furniture: Mapping[int, Role], items: Sequence[Item]) -> tuple[Placement, ...]:
    """Return what became of each line of a manuscript.

    Args:
        lines: all of them.
        furniture: those that belong to the page.
        items: the stretches of text, each with its lines and its target.

    Returns:
        One placement a line, in order. The characters of all items together with those removed are the characters of
        the manuscript, spaces aside.
    """
    sheet = _Sheet(lines)
    for item in items:
        sheet.place(item)
    here, beside = _by_line(items), _neighbours(items)
    joined = {line.number: tuple(sorted(beside.get(line.number, ()))) for line in lines}
    return tuple(
        _placement(line, furniture, here.get(line.number, []), joined[line.number], sheet.removed(line.number))
        for line in lines
    )


def _placement(
    line: Line, furniture: Mapping[int, Role], here: Sequence[Item], joined: tuple[int, ...], removed: str
) -> Placement:
    if not here:
        # A bare `>` parts the paragraphs of a quotation as a blank line does.
        role = furniture.get(line.number, Role.UNPLACED if removed.strip(">") else Role.BLANK)
        return Placement(line.number, line.text, role.value, removed=removed)
    role_names = _unique(item.role.value for item in here)
    target = _unique(item.target for item in here)
    return Placement(line.number, line.text, role_names, target, joined, removed)
