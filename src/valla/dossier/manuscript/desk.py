"""Where each stretch of text goes in the dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from valla.dossier.manuscript.captions import split_image
from valla.dossier.manuscript.lines import Item, Region, Role
from valla.dossier.manuscript.roles import Told

__all__ = ["Desk", "captioned"]

_NAMED = frozenset({"essence", "fast_facts", "detailed_facts", "sources", "voicings"})


class Desk:
    """Gives each item its place in the dossier, counting as it goes.

    Args:
        preamble: whether prose before the first heading has made a section already.
    """

    def __init__(self, *, preamble: bool) -> None:
        self.items: list[Item] = []
        self.counts: Counter[str] = Counter()
        self.sections = 1 if preamble else 0

    def _next(self, name: str) -> str:
        self.counts[name] += 1
        return f"{name}[{self.counts[name] - 1}]"

    def add(self, role: Role, text: str, lines: tuple[int, ...], target: str, speaker: str = "") -> None:
        """Place one stretch of text, unless it is empty."""
        if text or role is Role.HEADING:
            self.items.append(Item(role, text, lines, target, speaker))

    def open(self, region: Region) -> str:
        """Place a heading and return the name that its paragraphs are counted under."""
        if region.section in _NAMED:
            self.add(Role.HEADING, "", region.lines, region.section)
            return region.section
        name = f"sections[{self.sections}]"
        self.sections += 1
        self.add(Role.HEADING, region.title, region.lines, f"{name}.title")
        return f"{name}.blocks"

    def tell(self, one: Told, name: str) -> None:
        """Place a paragraph of a section."""
        if one.role is Role.CAPTION:
            self.add(Role.CAPTION, one.text, one.lines, "captions[]")
        elif name == "essence":
            self.add(Role.ESSENCE, one.text, one.lines, name)
        else:
            target = self._next(name)
            self.add(one.role, one.text, one.lines, target, one.speaker)
            self.add(Role.SPEAKER, one.said_by, one.said_at, f"{target}.speaker")
            self.add(Role.QUOTE_SOURCE, one.said_in, one.said_at, f"{target}.source")


def captioned(items: Iterable[Item]) -> list[Item]:
    """Return the items in the order of the pages, captions counted, a picture's path made an item of its own.

    Args:
        items: with captions whose target says only that they are some.
    """
    count, found = 0, list[Item]()
    for item in sorted(items, key=lambda item: item.lines[:1]):
        if item.role is not Role.CAPTION:
            found.append(item)
            continue
        picture = split_image(item.text)
        found.append(replace(item, text=picture[0] if picture else item.text, target=f"captions[{count}]"))
        found.extend(
            [Item(Role.IMAGE, picture[1], item.lines, f"captions[{count}].image")] if picture and picture[1] else []
        )
        count += 1
    return found
