"""What each paragraph of a section is: prose, quotation, caption, subheading or reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from valla.dossier.manuscript.captions import caption, credited, inline, labelled
from valla.dossier.manuscript.hyphens import Known
from valla.dossier.manuscript.lexicon import words
from valla.dossier.manuscript.lines import Paragraph, Role
from valla.dossier.manuscript.mend import Mended, mended
from valla.dossier.manuscript.names import authors
from valla.dossier.manuscript.quotation import opens, quotation, stripped
from valla.dossier.manuscript.repair import LIST_MARK
from valla.dossier.manuscript.sentences import dangles, ends, sentences
from valla.dossier.manuscript.speaker import attribution, introduced

__all__ = ["Told", "told"]

_DASH = re.compile(r"^[—–―-]\s*[^\W\d_]")
_MAX_ATTRIBUTION_WORDS = 25
_MAX_RUN = 6
_MAX_OPEN_WORDS = 20
_CLOSED = re.compile(r"[”\"»]\W{0,2}$")


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph with its role.

    Args:
        role: what it is.
        text: the words that go into the dossier.
        lines: the numbers of its lines.
        speaker: who is quoted, from the sentence before.
        said_by: who is quoted, from a line after; those words leave the prose.
        said_in: where, from the same line.
        said_at: the numbers of that line.
    """

    role: Role
    text: str
    lines: tuple[int, ...]
    speaker: str = ""
    said_by: str = ""
    said_in: str = ""
    said_at: tuple[int, ...] = ()


def _subheading(text: str, small: frozenset[str]) -> bool:
    """Whether a line is a heading within a section: marked, or in capitals that its words do not have elsewhere."""
    if text.startswith("#"):
        return True
    parts = text.split()
    if not 2 <= len(parts) <= 6 or ends(text) or re.search(r"[\d,“”\"«»()]", text) or labelled(text):
        return False
    long = [part for part in parts if len(part) > 3]
    common = [part for part in parts[1:] if part.casefold() in small and part[0].isupper() and len(part) > 3]
    placed = any(part in words("sentences", "words", "prepositions") - {"of", "and"} for part in parts)
    return all(part[0].isupper() for part in long) and bool(common) and not placed


def _plain(text: str) -> str:
    """A paragraph without list mark, hashes and the emphasis around the whole of it."""
    bare = LIST_MARK.sub("", text) if not _DASH.match(text) or text[1:2] == " " else text
    bare = bare.lstrip("#").strip() if text.startswith("#") else bare
    return re.sub(r"^([*_]{1,3})([^*_]+)\1$", r"\2", bare)


def _listed(found: Sequence[Mended], section: str) -> bool:
    """Whether a section is a list of phrases without end marks, so that none of them is a caption."""
    open_ones = [each for each in found if not each.interrupts and caption(each.paragraph.text) and not _certain(each)]
    return section == "fast_facts" and len(open_ones) * 2 > len(found)


def _certain(each: Mended) -> bool:
    return each.interrupts or labelled(each.paragraph.text) or credited(each.paragraph.text)


def _is_caption(each: Mended, section: str, *, first: bool, inside: bool) -> bool:
    """Whether a paragraph is a caption: by itself, or because no sentence of the detailed facts lacks its end."""
    text = each.paragraph.text
    if _certain(each):
        return True
    if LIST_MARK.match(text) or each.paragraph.mark or opens(text) or (section == "essence" and first):
        return False
    open_line = not ends(text) and not dangles(text) and len(text.split()) <= _MAX_OPEN_WORDS
    return caption(_plain(text)) or (inside and section == "detailed_facts" and open_line and len(sentences(text)) == 1)


def _speaks(text: str) -> bool:
    """Whether a paragraph leads to a quotation: it ends in a colon, or in a comma that what follows must answer."""
    return text.rstrip().endswith((":", ","))


def _run_length(found: Sequence[Mended], at: int, *, led: bool) -> int:
    """How many paragraphs a quotation set off runs through; 0 where none begins there."""
    paragraph = found[at].paragraph
    if paragraph.mark == ">" or quotation(paragraph.text):
        return 1
    if not opens(paragraph.text) or not led:
        return 1 if led and _indented(found[at - 1].paragraph, paragraph) else 0
    texts = [each.paragraph.text for each in found[at : at + _MAX_RUN]]
    return next((count for count, text in enumerate(texts, start=1) if _CLOSED.search(text)), 0)


def _indented(before: Paragraph, paragraph: Paragraph) -> bool:
    return _speaks(before.text) and paragraph.indent >= before.indent + 3


def _attributes(each: Mended, quoted: Told) -> bool:
    """Whether a paragraph after a quotation says who speaks."""
    text = each.paragraph.text
    if len(text.split()) > _MAX_ATTRIBUTION_WORDS:
        return False
    if _DASH.match(text) or re.fullmatch(r"\([^()]+\)\.?", text):
        return not text.endswith(":")
    return not quoted.speaker and authors(text) is not None


def _with_attribution(quoted: Told, text: str, lines: tuple[int, ...]) -> Told:
    by, source = attribution(text)
    if quoted.speaker and not authors(by):
        # The sentence before says who speaks; this line then says where.
        return replace(quoted, said_in=", ".join(part for part in (by, source) if part), said_at=lines)
    return replace(quoted, speaker="", said_by=by, said_in=source, said_at=lines)


def _quoted(found: Sequence[Mended], at: int, length: int, speaker: str) -> list[Told]:
    told: list[Told] = []
    for each in found[at : at + length]:
        whole = quotation(each.paragraph.text)
        text = whole.text if whole else stripped(each.paragraph.text)
        one = Told(Role.QUOTE, text, each.paragraph.lines, speaker)
        told.append(_with_attribution(one, whole.rest, each.paragraph.lines) if whole and whole.rest else one)
    return told


def _without_captions(one: Told) -> list[Told]:
    """A paragraph and the numbered captions that stood among its sentences, these first."""
    captions: list[Told] = []
    while one.role is Role.PARAGRAPH and (found := inline(one.text)):
        captions.append(Told(Role.CAPTION, found[0], one.lines))
        one = replace(one, text=found[1])
    return [*captions, one]


class _Reader:
    """Goes through the paragraphs of a section, keeping the last prose for who speaks next."""

    def __init__(self, found: Sequence[Mended], section: str, small: frozenset[str]) -> None:
        self.found, self.section, self.small = found, section, small
        self.listed = _listed(found, section)
        self.told: list[Told] = []
        self.prose = ""
        self.seen, self.spoken = 0, -1

    def read(self) -> list[Told]:
        at = 0
        while at < len(self.found):
            at += self._take(at)
        return self.told

    def _last(self) -> Told | None:
        """The last that is no caption; those after it are passed over once, not at every paragraph."""
        for at in range(self.seen, len(self.told)):
            self.spoken = self.spoken if self.told[at].role is Role.CAPTION else at
        self.seen = len(self.told)
        return self.told[self.spoken] if self.spoken >= 0 else None

    def _take(self, at: int) -> int:
        each = self.found[at]
        last = self._last()
        if last and last.role is Role.QUOTE and not last.said_by and _attributes(each, last):
            self.told[self.spoken] = _with_attribution(last, each.paragraph.text, each.paragraph.lines)
            return 1
        led = bool(self.told) and _speaks(self.prose)
        length = 0 if self.section == "essence" or each.interrupts else _run_length(self.found, at, led=led)
        if length:
            speaker = introduced(self.prose) if led else ""
            self.told.extend(_quoted(self.found, at, length, speaker))
            return length
        self.told.append(self._single(each, at))
        return 1

    def _single(self, each: Mended, at: int) -> Told:
        text = each.paragraph.text
        if not each.interrupts and at + 1 < len(self.found) and _subheading(text, self.small):
            return Told(Role.HEADING, _plain(text), each.paragraph.lines)
        inside = 0 < at < len(self.found) - 1
        if not self.listed and _is_caption(each, self.section, first=at == 0, inside=inside):
            return Told(Role.CAPTION, _plain(text), each.paragraph.lines)
        self.prose = text
        return Told(Role.PARAGRAPH, _plain(text), each.paragraph.lines)


def told(found: Sequence[Paragraph], section: str, known: Known) -> list[Told]:
    """Return the paragraphs of a section, whole, each with its role.

    Args:
        found: the paragraphs, as the lines gave them.
        section: whose they are.
        known: the words of the manuscript, to settle hyphens and to tell headings from names.
    """
    if section == "sources":
        return [Told(Role.REFERENCE, _plain(each.text), each.lines) for each in found]
    read = _Reader(mended(found, known), section, known.small).read()
    return [part for one in read for part in _without_captions(one)]
