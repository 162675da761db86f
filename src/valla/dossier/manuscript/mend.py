"""Sentences that a caption or the end of a page split, made whole again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from valla.dossier.manuscript.captions import caption, credited, interrupts, labelled, uncredited
from valla.dossier.manuscript.gathered import Gathered
from valla.dossier.manuscript.hyphens import Known
from valla.dossier.manuscript.lines import Paragraph
from valla.dossier.manuscript.quotation import opens, quotation
from valla.dossier.manuscript.repair import LIST_MARK
from valla.dossier.manuscript.sentences import begins_afresh, begins_small, dangles, ends, finite, sentences

__all__ = ["Mended", "mended"]

_MAX_CAPTIONS = 3
_MIN_LONG_WORDS = 20
_DASH = re.compile(r"^[—–―]\s*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A paragraph, whole.

    Args:
        paragraph: its text and lines.
        interrupts: whether it stood between the halves of a sentence.
    """

    paragraph: Paragraph
    interrupts: bool = False


def _may_break_off(text: str) -> bool:
    alone = labelled(text) or credited(text) or text.startswith("#") or bool(_DASH.match(text))
    return not ends(text) and not alone


def _substantial(text: str) -> bool:
    return len(sentences(text)) > 1 or len(text.split()) >= _MIN_LONG_WORDS or finite(text)


def _stands_for_itself(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return bool(LIST_MARK.match(text)) or labelled(text) or text.startswith("#") or credited(text)


def _resumes(text: str, after: Paragraph, between: Sequence[Paragraph]) -> bool:
    """Whether a paragraph takes up the sentence that another broke off."""
    if _stands_for_itself(after) or (opens(after.text) and (not dangles(text) or quotation(after.text))):
        return False
    if begins_small(after.text):
        return True
    if begins_afresh(after.text) or (caption(after.text) and not dangles(after.text)):
        return False
    return dangles(text) or (bool(between or after.broken) and _substantial(text))


def _all_captions(text: str, after: Paragraph, between: Sequence[Paragraph]) -> bool:
    """Whether all that stands between the halves is, or can be, captions."""
    certain = begins_small(after.text) or dangles(text)
    return all(caption(each.text) or (certain and _may_interrupt(each.text)) for each in between)


def _may_interrupt(text: str) -> bool:
    """Whether a text that is no caption by itself can stand between the halves of a sentence: it leads to nothing."""
    leads = text.rstrip().endswith(":") or (opens(text) and not quotation(text))
    return interrupts(text) and not _broken(text) and not leads


def _broken(text: str) -> bool:
    """Whether a text breaks off in a sentence, so that what follows takes up this one and none before it."""
    body = uncredited(text)
    long = len(sentences(body)) > 1 or len(body.split()) >= _MIN_LONG_WORDS
    return dangles(text) or (long and not ends(body))


def _continuation(text: str, rest: Sequence[Paragraph]) -> int | None:
    """How many paragraphs stand between a broken-off one and the one that takes it up; None where none does."""
    for count, after in enumerate(rest):
        between = rest[:count]
        if _resumes(text, after, between) and _all_captions(text, after, between):
            return count
    return None


def _next_to(one: Paragraph, two: Paragraph, order: Mapping[int, int]) -> bool:
    """Whether no other text stands between two paragraphs on the page; captions come after what they split."""
    return order[two.lines[0]] == order[one.lines[-1]] + 1


def _credited_together(found: Sequence[Mended]) -> list[Mended]:
    """Captions with the credit that stands in the paragraph after them."""
    numbers = sorted(number for each in found for number in each.paragraph.lines)
    order = {number: place for place, number in enumerate(numbers)}
    together: list[Mended] = []
    for each in found:
        last = together[-1] if together else None
        captioned = last and (last.interrupts or caption(last.paragraph.text))
        if last and captioned and credited(each.paragraph.text) and _next_to(last.paragraph, each.paragraph, order):
            whole = Gathered(last.paragraph)
            whole.add(each.paragraph.text, each.paragraph.lines, Known())
            together[-1] = replace(last, paragraph=whole.paragraph())
        else:
            together.append(each)
    return together


def mended(found: Sequence[Paragraph], known: Known) -> list[Mended]:
    """Return the paragraphs of a section with split sentences rejoined, captions after the paragraph they split.

    A paragraph without end mark is joined with the next that begins with a small letter; or, where it breaks off after
    an article, preposition or comma, or captions stand between, with the next that does not begin a sentence of its own.

    Args:
        found: the paragraphs, in order.
        known: the words of the manuscript, to settle hyphens.
    """
    whole: list[Mended] = []
    at = 0
    while at < len(found):
        paragraph, between = Gathered(found[at]), list[Paragraph]()
        at += 1
        while _may_break_off(paragraph.view):
            count = _continuation(paragraph.view, found[at : at + _MAX_CAPTIONS + 1])
            if count is None:
                break
            between.extend(found[at : at + count])
            after = found[at + count]
            paragraph.add(after.text, after.lines, known)
            at += count + 1
        whole.append(Mended(paragraph.paragraph()))
        whole.extend(Mended(each, interrupts=True) for each in between)
    return _credited_together(whole)
