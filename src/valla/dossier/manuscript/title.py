"""The number and title of a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valla.dossier.manuscript.headings import is_plain_myth, label, numbered_title
from valla.dossier.manuscript.hyphens import Known, joined
from valla.dossier.manuscript.lines import Item, Paragraph, Role
from valla.dossier.manuscript.names import authors
from valla.dossier.manuscript.quotation import opens, quotation
from valla.dossier.manuscript.sentences import begins_small, dangles, ends

__all__ = ["Titled", "titled"]

_MAX_LINES = 4
_MAX_WORDS = 14


@dataclass(frozen=True, slots=True)
class Titled:
    """A chapter's number and title, found.

    Args:
        number: the chapter's, None where none is written.
        title: the words of the title; empty where there is none.
        items: where they stand.
        before: the paragraphs of the head before it.
        rest: those after it.
    """

    number: int | None
    title: str
    items: tuple[Item, ...]
    before: tuple[Paragraph, ...]
    rest: tuple[Paragraph, ...]


def _start(found: Sequence[Paragraph]) -> int:
    """The place of the paragraph that the chapter's title stands in."""
    read = [numbered_title(each.text) for each in found]
    counted = [at for at, each in enumerate(read) if each and each.number is not None]
    named = [at for at, each in enumerate(read) if each]
    first = [at for at, each in enumerate(found) if (label(each.text) or ("title",))[0] == "title"]
    return next(iter(counted + named + first), 0)


def _shouted_on(title: str, after: Paragraph) -> bool:
    return title.isupper() and after.text.isupper()


def _goes_on(title: str, following: Sequence[Paragraph], body: str) -> bool:
    """Whether the title goes on in the next paragraph."""
    text = following[0].text
    if _is_open(title):
        return not title or dangles(title) or not opens(text)
    return not (opens(text) or ends(title) or _is_other(text, body)) and _is_second_line(title, following)


def _is_open(title: str) -> bool:
    """Whether a title is not there yet, or cannot end where it does."""
    return not title or dangles(title) or title.endswith((":", ",", "-", "–", "—"))


def _is_other(text: str, body: str) -> bool:
    """Whether a paragraph is certainly something else than a title: an author, a labelled line, a sentence, a source."""
    writer = authors(text) is not None and text.casefold() not in body
    return writer or label(text) is not None or ends(text) or text.startswith(("—", "–", "(", ">"))


def _is_second_line(title: str, following: Sequence[Paragraph]) -> bool:
    after, text = following[0], following[0].text
    # A line between the title and a quotation, with no blank line before either, is the quotation's source.
    source = len(following) > 1 and not following[1].gap and opens(following[1].text)
    if after.gap or source or len(text.split()) > _MAX_WORDS:
        return False
    alone = len(following) == 1 or following[1].gap
    return alone or begins_small(text) or _shouted_on(title, after) or not _like_source(text)


def _like_source(text: str) -> bool:
    return "," in text or any(letter.isdigit() for letter in text)


def _spans(title: str) -> str:
    """A title without the quotation marks or emphasis around the whole of it."""
    bare = title.strip("*_# ").strip()
    quoted = quotation(bare)
    return quoted.text if quoted and not quoted.rest else bare


def titled(found: Sequence[Paragraph], body: str, known: Known) -> Titled:
    """Return the number and title of a chapter, and what else its head holds.

    Args:
        found: the paragraphs before the first section heading.
        body: the sections' text in small letters: who is named there is no author.
        known: the words of the manuscript, to settle hyphens.
    """
    if not found:
        return Titled(None, "", (), (), ())
    at = _start(found)
    whole, number, written, title = _head(found, at)
    end = at + 1 + whole
    lines = tuple(number for each in found[at:end] for number in each.lines)
    while end < min(len(found), at + _MAX_LINES) and _goes_on(title, found[end : end + 2], body):
        title = joined(title, found[end].text, known) if title else found[end].text
        lines = (*lines, *found[end].lines)
        end += 1
    title = _spans(title)
    items = [Item(Role.NUMBER, written, lines[:1] if not whole else lines, "number")] if written else []
    items.extend([Item(Role.TITLE, title, lines, "title")] if title else [])
    return Titled(number, title, tuple(items), tuple(found[:at]), tuple(found[end:]))


def _head(found: Sequence[Paragraph], at: int) -> tuple[int, int | None, str, str]:
    """How many further paragraphs the number takes, the number, as written, and the title so far."""
    text = found[at].text
    if is_plain_myth(text) and at + 1 < len(found):
        after = numbered_title(f"{text} {found[at + 1].text}")
        if after and after.number is not None:
            return 1, after.number, after.written, after.title
    read = numbered_title(text)
    if read and (read.title or read.number is not None):
        return 0, read.number, read.written, read.title
    tagged = label(text)
    return 0, None, "", tagged[1] if tagged and tagged[0] == "title" else text
