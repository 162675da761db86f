"""A dossier put together from its items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from valla.dossier.manuscript.lines import Item, Role
from valla.dossier.model import Block, BlockKind, Dossier, Section, Voicing

__all__ = ["assembled"]

_KINDS = {Role.QUOTE: BlockKind.QUOTE, Role.CAPTION: BlockKind.CAPTION}


class _Shelf:
    """Items by their targets."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items: dict[str, list[Item]] = {}
        for item in items:
            self.items.setdefault(item.target, []).append(item)

    def text(self, target: str, glue: str = " ") -> str:
        return glue.join(item.text for item in self.items.get(target, []) if item.text)

    def count(self, name: str) -> int:
        """How many entries a list has: one more than its highest index."""
        found = (re.match(rf"{re.escape(name)}\[(\d+)\]", target) for target in self.items)
        return max((int(each.group(1)) + 1 for each in found if each), default=0)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self.text(f"{name}[{index}]") for index in range(self.count(name)))

    def block(self, target: str) -> Block:
        item = self.items[target][0]
        text = f"### {item.text}" if item.role is Role.HEADING else item.text
        speaker = self.text(f"{target}.speaker") or item.speaker
        kind = _KINDS.get(item.role, BlockKind.PARAGRAPH)
        return Block(kind, text, speaker, self.text(f"{target}.image"), self.text(f"{target}.source"))

    def blocks(self, name: str) -> tuple[Block, ...]:
        return tuple(self.block(f"{name}[{index}]") for index in range(self.count(name)))

    def voicing(self, target: str) -> Voicing:
        return Voicing(self.text(f"{target}.text"), self.text(f"{target}.source", glue=", "))

    def section(self, target: str) -> Section:
        return Section(self.text(f"{target}.title"), self.blocks(f"{target}.blocks"))


def assembled(items: Sequence[Item], number: int | None) -> Dossier:
    """Return the dossier that items make up, without what is inferred from them.

    Args:
        items: each with its target.
        number: the chapter's.
    """
    shelf = _Shelf(items)
    return Dossier(
        number=number,
        title=shelf.text("title"),
        essence=shelf.text("essence", glue="\n\n"),
        voicings=tuple(shelf.voicing(f"voicings[{index}]") for index in range(shelf.count("voicings"))),
        authors=shelf.texts("authors"),
        fast_facts=shelf.blocks("fast_facts"),
        detailed_facts=shelf.blocks("detailed_facts"),
        captions=shelf.blocks("captions"),
        sources=shelf.texts("sources"),
        sections=tuple(shelf.section(f"sections[{index}]") for index in range(shelf.count("sections"))),
    )
