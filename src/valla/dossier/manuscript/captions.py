"""Captions: what tells them from the sentences that they stand between."""

from __future__ import annotations

import re
from functools import cache

from valla.dossier.manuscript.lexicon import pattern, words
from valla.dossier.manuscript.sentences import dangles, ends, finite, sentences, tokens, without_notes

__all__ = ["IMAGE", "caption", "credited", "inline", "interrupts", "labelled", "opened", "split_image", "uncredited"]

IMAGE = re.compile(r"^!\[(?P<caption>.*)\]\((?P<path>[^()\s]*)\)$")
_TIME_OR_PLACE = re.compile(r"\b1\d{3}\b|\b20\d{2}\b|\b(?:in|at|near) [^\W\da-z]|, [^\W\da-z]")
# English, Ukrainian, Russian and Polish past tenses.
_PAST = re.compile(
    r"^[a-z]{2,}ed$|^[^\Wa-z]{2,}(?:в|ла|ло|ли|вся|лася|лося|лися|л|лся|лась|лось|лись)$|[a-z]{2,}(?:ł|ła|ło|ły|li)$"
)
_MAX_WORDS = 45
_MAX_NAMES = 18


@cache
def _label() -> re.Pattern[str]:
    named, counted = (pattern("captions", "caption", key).pattern for key in ("labels", "numbered"))
    number = r"\.?\s*(?:no\.?\s*)?(?:\d{1,3}(?:[.–-]\d{1,2})?[a-z]?|[IVX]+)\s*[.:)–—-]"
    return re.compile(rf"^[*_(\[]*(?:(?:{named})(?:\s*\([\w ]+\))?\s*:|(?:{counted}){number})", re.IGNORECASE)


@cache
def _credit() -> re.Pattern[str]:
    named, agencies = (pattern("captions", "caption", key).pattern for key in ("credits", "agencies"))
    return re.compile(rf"^[\W_]*(?:(?:{named})\s*(?:[:/©]|\W*$)|(?:{agencies})[^.!?]{{0,80}}[.)]*$)", re.IGNORECASE)


def labelled(text: str) -> bool:
    """Whether a text begins as only captions do: with a label and a colon or number."""
    return bool(_label().match(text) or IMAGE.match(text))


def credited(text: str) -> bool:
    """Whether a text is a picture credit and nothing else."""
    return len(text.split()) <= 25 and bool(_credit().match(text)) and not finite(text)


def opened(text: str) -> bool:
    """Whether a text begins as captions do: `View of`, `Portrait of`."""
    return bool(re.match(rf"^[*_(\[]*(?:{pattern('captions', 'caption', 'openings').pattern})", text, re.IGNORECASE))


def uncredited(text: str) -> str:
    """A text without the credit that ends it, in brackets or as a last sentence."""
    body = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\.?$", "", without_notes(text)) or text
    parts = sentences(body)
    return " ".join(parts[:-1]) if len(parts) > 1 and credited(parts[-1]) else body


def _verbless(text: str) -> bool:
    """Whether a short text has no verb that could be a predicate and leads to nothing."""
    known = words("sentences", "verbs", "past") | words("sentences", "verbs", "speech")
    verb = any(word in known or _PAST.search(word) for word in tokens(text))
    return len(text.split()) <= _MAX_NAMES and not verb and not text.endswith(":")


def _names_only(text: str) -> bool:
    """Whether a short sentence names a thing, a place and a time, and has no verb that could be a predicate."""
    return _verbless(text) and bool(_TIME_OR_PLACE.search(text))


def caption(text: str) -> bool:
    """Whether a paragraph can be a caption, going by itself.

    Args:
        text: the paragraph.

    Returns:
        True for a labelled one, for a phrase that opens as captions do, and for a short run of words without end mark
        or finite verb.
    """
    if labelled(text) or credited(text):
        return len(text.split()) <= 2 * _MAX_WORDS
    body = uncredited(text)
    if len(text.split()) > _MAX_WORDS or dangles(text):
        return False
    if len(sentences(body)) > 1:
        return not finite(body) and (_names_only(body) if ends(text) else _verbless(body))
    if opened(text) and not body.endswith(":"):
        return not finite(body) or not ends(body)
    return not finite(body) and (not ends(text) or _names_only(body))


def interrupts(text: str) -> bool:
    """Whether a paragraph is short enough to be a caption where it stands between the halves of a sentence."""
    return len(text.split()) <= 60


@cache
def _inline_label() -> re.Pattern[str]:
    counted = pattern("captions", "caption", "numbered").pattern
    return re.compile(rf"(?<=[.!?…”\"»\]] )(?:{counted})\.?\s*\d{{1,3}}[a-z]?[.:]\s+(?=[^\W\d])", re.IGNORECASE)


def inline(text: str) -> tuple[str, str] | None:
    """Return the numbered caption that stands among the sentences of a paragraph, and the paragraph without it, or None.

    Args:
        text: the paragraph.
    """
    found = _inline_label().search(text)
    if not found or not text[found.end()].isupper():
        return None
    named = sentences(text[found.end() :])[0]
    end = found.end() + len(named)
    while end < len(text) and not text[end].isspace():
        end += 1
    # `Fig. 1. The city was burning.` may be a caption too, but so may a sentence that is told here.
    if finite(named) or len(named.split()) > _MAX_WORDS:
        return None
    return text[found.start() : end], f"{text[: found.start()].rstrip()} {text[end:].lstrip()}".strip()


def split_image(text: str) -> tuple[str, str] | None:
    """Return the caption and path of a picture written in Markdown, or None.

    Args:
        text: a paragraph.
    """
    found = IMAGE.match(text)
    return (found.group("caption").strip(), found.group("path")) if found else None
