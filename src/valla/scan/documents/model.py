"""What is scanned: documents, cut into blocks that fit in memory."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Block", "Problem"]


@dataclass(frozen=True, slots=True)
class Block:
    """A document, or a stretch of one that is too long to be held whole.

    Args:
        document: the id of the document: its path, with `#` and the row's id or number where a file holds several.
        text: what to read: markup blanked out character by character, so that offsets are those of the source.
        source: the characters as they were; the same object as `text` where there is no markup.
        offset: the offset of its first character in the document, in characters.
        before: what stands directly before it in the source, at most 32 characters.
        after: what stands directly after it in the source, at most 32 characters.
    """

    document: str
    text: str
    source: str
    offset: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A document that could not be read, or could be read in part only.

    Args:
        document: its id.
        told: what is wrong, in one line.
    """

    document: str
    told: str
