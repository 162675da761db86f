"""Sightings as W3C Web Annotations.

The model: Web Annotation Data Model, W3C Recommendation of 23 February 2017, https://www.w3.org/TR/annotation-model/; its
sections are named below. An annotation says in `body` which claim it is (`identifying`), how that is worded in the library
(`describing`), what the passage does with it (`classifying`: repeats, rebuts, reports) and what follows (`assessing`: confirm,
suggest). The probability is `taConfidence` of ITS 2.0 (W3C Recommendation of 29 October 2013, https://www.w3.org/TR/its20/, section
8.9): how sure a text analysis is, 0 to 1. So no vocabulary of our own is needed.

Two forms: an AnnotationCollection with its one page inside (section 5), a single JSON-LD document, for viewers and JSON-LD
processors; and, since that must be read whole, an annotation a line for what reads streams (`jq`, databases, Spark).
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from valla.errors import InputError
from valla.scan.batch.parts import Parts
from valla.scan.documents.html import Html
from valla.scan.documents.markup import REFERENCE, decoded
from valla.scan.documents.options import STANDARD_INPUT, Form
from valla.scan.model import Sighting

__all__ = ["CONTEXT", "AnnotationCollection", "AnnotationLines", "Place", "annotation", "annotation_sink"]

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "confidence": {
            "@id": "http://www.w3.org/2005/11/its/rdf#taConfidence",
            "@type": "http://www.w3.org/2001/XMLSchema#double",
        }
    },
]
"""The `@context`: that of the Recommendation, and the one term that it has not."""

_MARKUP = frozenset({Form.HTML, Form.XHTML})
_TAG_BEGUN = re.compile(r"<[^<>]*\Z")
_REFERENCE_BEGUN = re.compile(r"&#?\w*\Z")
_TAG_ENDING = re.compile(r"\A[^<>]*>")
_WEB = re.compile(r"(?:https?://|urn:)[^\s\"<>\\^`{|}\ud800-\udfff]+", re.IGNORECASE)
"""An IRI that is written as one: RFC 3987, section 2.2, leaves those characters out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where documents are, seen from the annotations.

    Args:
        files: the path of each file that was scanned, by what the ids of its documents begin with.
        folder: the folder of the annotations: a relative address counts from there (RFC 3986, section 5.1).
        markup: the documents that were read as HTML, whatever their files are called.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path()
    markup: AbstractSet[str] = frozenset()

    def split(self, document: str) -> tuple[str, str | None]:
        """Return the file and the row of a document, as its id names them; a `#` may belong to either.

        Args:
            document: its id.
        """
        if document in self.files:
            return document, None
        at = document.rfind("#")
        while at > 0:
            if document[:at] in self.files:
                return document[:at], document[at + 1 :]
            at = document.rfind("#", 0, at)
        return document, None

    def iri(self, document: str) -> str:
        """Return the address of a document: of its file, percent-encoded, with the row as fragment.

        A relative path stays relative, so that texts and annotations can be moved together, and no path of the machine is told.

        Args:
            document: its id.
        """
        name, row = self.split(document)
        fragment = "" if row is None else f"#{quote(row, safe='', errors='replace')}"
        path = self.files.get(name)
        if not path:  # what was piped in, or came from elsewhere than a file
            return (name if _WEB.fullmatch(name) else _encoded(name)) + fragment
        if os.path.isabs(path):  # noqa: PTH117  a Path would lose a slash at the end
            return f"file://{_encoded(path)}{fragment}"
        return _encoded(os.path.relpath(path, self.folder)) + fragment


def _encoded(path: str) -> str:
    """Percent-encode a path: a colon too, since `a:b` would name a scheme; bytes that are not UTF-8 as they are."""
    try:
        data = os.fsencode(path.replace(os.sep, "/"))
    except UnicodeEncodeError:  # no path of a file: a lone surrogate from elsewhere
        data = path.encode("utf-8", "replace")
    return quote(data, safe="/")


def annotation(sighting: Sighting, place: Place) -> dict[str, Any]:
    """Return a sighting as an annotation, without `@context`.

    Args:
        sighting: what was found.
        place: where documents are.

    Returns:
        An Annotation (section 3.1) whose `id` is made of what it says, so that it is the same in each run.
    """
    target = {"source": place.iri(sighting.document), "selector": _selectors(sighting, place)}
    return {
        "id": _urn(target["source"], sighting.claim, str(sighting.start), str(sighting.end)),
        "type": "Annotation",
        "motivation": "identifying",
        "confidence": float(sighting.probability),
        "body": [_claim(sighting.claim), *_bodies(sighting)],
        "target": target,
    }


def _urn(*parts: object) -> str:
    """An IRI that depends on the parts alone: RFC 9562, section 5.5."""
    name = json.dumps(parts)
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _claim(claim: str) -> dict[str, Any]:
    """The claim: by its IRI where it has one (section 4.1), else by its id as a text (section 3.2.4)."""
    if _WEB.fullmatch(claim):
        return {"type": "SpecificResource", "purpose": "identifying", "source": claim}
    return _text("identifying", claim)


def _bodies(sighting: Sighting) -> list[dict[str, Any]]:
    return [
        _text("describing", sighting.wording),
        _text("classifying", str(sighting.stance)),
        _text("assessing", str(sighting.decision)),
    ]


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _selectors(sighting: Sighting, place: Place) -> list[dict[str, Any]]:
    """The passage by its words and by its place, both in code points as section 4.2.4 wants.

    In markup the text is to be taken without tags and with entities replaced (section 4.2.4), and places count in that text
    (4.2.5), which only a browser knows for sure: ours count in the source, so there the words must do.
    """
    prefix, exact, suffix = sighting.prefix, sighting.quotation, sighting.suffix
    if sighting.document in place.markup:
        return [_quoted(*map(_shown, _mended(prefix, exact, suffix)))]
    return [
        _quoted(prefix, exact, suffix),
        {"type": "TextPositionSelector", "start": int(sighting.start), "end": int(sighting.end)},
    ]


def _mended(prefix: str, exact: str, suffix: str) -> tuple[str, str, str]:
    """Return stretches of HTML without the tags and references that their outer ends cut, and no reference cut within."""
    at = exact.rfind("&")
    found = REFERENCE.match(exact + suffix, at) if at >= 0 else None
    # a passage may end with the character that a reference stands for, which is shorter than the reference
    left = max(0, at + decoded(found)[1] - len(exact)) if found else 0
    ended = _REFERENCE_BEGUN.sub("", _TAG_BEGUN.sub("", suffix[left:]))
    return _TAG_ENDING.sub("", prefix), exact + suffix[:left], ended


def _shown(source: str) -> str:
    """Return what of a stretch of HTML is shown; a line end is one character (HTML Living Standard, 13.2.3.5)."""
    text = "".join(shown for _, shown in Html().feed(source, final=True))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _quoted(prefix: str, exact: str, suffix: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


@dataclass(frozen=True, slots=True)
class AnnotationLines:
    """An annotation a line, each with its `@context`.

    Args:
        path: its place.
    """

    path: Path

    def write(self, parts: Parts, file: IO[bytes]) -> None:
        """Write them one by one."""
        place = _place(parts, self.path)
        for sighting in parts.sightings():
            file.write(_line({"@context": CONTEXT, **annotation(sighting, place)}) + b"\n")


@dataclass(frozen=True, slots=True)
class AnnotationCollection:
    """An AnnotationCollection with its only page inside.

    Args:
        path: its place.
    """

    path: Path

    def write(self, parts: Parts, file: IO[bytes]) -> None:
        """Write them one by one: however many there are, one is in memory."""
        total = parts.summary.sightings
        head = {"@context": CONTEXT, "id": _urn(self.path.name), "type": "AnnotationCollection", "total": total}
        if not total:  # a page must have an item (section 5.2), so an empty collection has no page
            file.write(_line(head) + b"\n")
            return
        page = {"id": _urn(self.path.name, 1), "type": "AnnotationPage", "startIndex": 0}
        file.write(_line(head)[:-1] + b', "first": ' + _line(page)[:-1] + b', "items": [')
        place = _place(parts, self.path)
        for number, sighting in enumerate(parts.sightings()):
            file.write((b",\n" if number else b"\n") + _line(annotation(sighting, place)))
        file.write(b"\n]}}\n")


def _place(parts: Parts, path: Path) -> Place:
    units = [unit for task in parts.tasks for unit in task.units]
    files = {unit.document: unit.path for unit in units if unit.document != STANDARD_INPUT}
    return Place(files, path.parent, {unit.document for unit in units if unit.form in _MARKUP})


def _line(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data).encode("ascii")


_SUFFIXES: Mapping[str, type[AnnotationLines | AnnotationCollection]] = {
    ".jsonld": AnnotationCollection,
    ".json": AnnotationCollection,
    ".jsonl": AnnotationLines,
    ".ndjson": AnnotationLines,
}


def annotation_sink(path: Path) -> AnnotationLines | AnnotationCollection:
    """Return the sink for a file of annotations, by its suffix.

    Args:
        path: the file.

    Raises:
        InputError: if there is none for such files.
    """
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise InputError(
            "annotations are not written to such a file",
            where=str(path),
            found=path.suffix or "no suffix",
            allowed=".jsonld (a collection), .jsonl (one a line)",
        )
    return kind(path)
