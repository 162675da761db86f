"""One myth, written up: claim, voicings, essence, fast facts, detailed facts, captions, sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = ["Block", "BlockKind", "Dossier", "Section", "Voicing"]


class BlockKind(StrEnum):
    """What a block of prose is."""

    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Voicing:
    """The myth as somebody told it.

    Args:
        text: the quotation, without its marks.
        source: who said it and where.
        locator: page or number.
        date: EDTF, when it was said.
        url: where it can be read.
        form: `quotation`, or `paraphrase` where the words are not those of the source: nobody is then said to have written them.
    """

    text: str
    source: str = ""
    locator: str = ""
    date: str = ""
    url: str = ""
    form: str = "quotation"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a quotation set off, or a caption.

    Args:
        kind: which of them.
        text: its words.
        speaker: who is quoted, for a quotation.
        image: path of the picture, for a caption.
        source: where the quoted words stand, for a quotation whose author says so.
    """

    kind: BlockKind
    text: str
    speaker: str = ""
    image: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section beyond the usual three, such as a conclusion.

    Args:
        title: its heading as written; empty for prose that stands before the first heading.
        blocks: what it says.
    """

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One myth, written up.

    Args:
        number: its permanent number; None where none was given.
        title: as its author wrote it.
        claim: the myth in one plain sentence that can be read and checked.
        essence: the myth in one sentence, as its author wrote it.
        voicings: the myth as others told it.
        authors: who wrote the dossier.
        fast_facts: the answer for the hurried reader.
        detailed_facts: the answer with dates, actors and quotations.
        captions: the pictures' captions, with the paths of the pictures where there are any.
        reading: the claim's reading as JSON-like data, where the editor fixed it.
        reading_note: who fixed it and why.
        status: draft, reviewed, published or corrected.
        language: BCP 47 tag.
        sources: what the whole rests on: keys of sources, or, fresh from a manuscript, the references as written.
        published: EDTF day on which it was first published.
        corrections: what was corrected and when, latest last.
        warnings: what the importer noticed.
        sections: the other sections, in their order.
    """

    number: int | None
    title: str
    claim: str = ""
    essence: str = ""
    voicings: tuple[Voicing, ...] = ()
    authors: tuple[str, ...] = ()
    fast_facts: tuple[Block, ...] = ()
    detailed_facts: tuple[Block, ...] = ()
    captions: tuple[Block, ...] = ()
    reading: dict[str, Any] | None = field(default=None)
    reading_note: str = ""
    status: str = "draft"
    language: str = "en"
    sources: tuple[str, ...] = ()
    published: str = ""
    corrections: tuple[dict[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
