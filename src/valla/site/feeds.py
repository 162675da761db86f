"""Feeds of myths and corrections, and the lists for search engines.

Formats: Atom (RFC 4287), JSON Feed 1.1 (https://jsonfeed.org/version/1.1), Sitemaps 0.9 (https://www.sitemaps.org/protocol.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from valla.dates import parse
from valla.days import civil
from valla.dossier.model import Dossier
from valla.errors import DateError
from valla.site.compose import corrections
from valla.site.material import Material, myth_url
from valla.site.words import BADGES, headline

__all__ = ["UNDATED", "Entry", "entries", "json_feed", "latest"]

UNDATED = "1970-01-01T00:00:00Z"
"""What Atom is told where no day is known: it demands one, and a site built twice must not differ by its clock."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: a myth or a correction.

    Args:
        url: its permanent address, which is its id too.
        title: its title.
        summary: in one or two sentences.
        updated: RFC 3339; UNDATED where the dossier names no day.
        language: BCP 47 tag.
        authors: who wrote it.
    """

    url: str
    title: str
    summary: str
    updated: str
    language: str
    authors: tuple[str, ...]


def _stamp(edtf: str) -> str:
    """The first day of a date, as a time; years that RFC 3339 cannot write count as unknown."""
    try:
        day = parse(edtf).extent.begin if edtf else None
    except DateError:
        return UNDATED
    year, month, of = civil(day) if day is not None else (0, 0, 0)
    return f"{year:04d}-{month:02d}-{of:02d}T00:00:00Z" if 0 < year < 10_000 else UNDATED


def _of_dossier(dossier: Dossier, material: Material) -> list[Entry]:
    verdict, url = material.verdict(dossier), myth_url(material.info, dossier.number or 0)
    word = BADGES[verdict.outcome if verdict else None]
    corrected = [row.get("date", "") for row in dossier.corrections]
    updated = max(map(_stamp, (dossier.published, *corrected)))
    summary = f"{word}{headline(verdict)}. {verdict.because if verdict else ''}".strip()
    rows = [Entry(url, f"Myth {dossier.number}: {dossier.title}", summary, updated, dossier.language, dossier.authors)]
    rows += [
        Entry(
            f"{url}#{row.anchor}",
            f"Correction to myth {dossier.number}: {dossier.title}",
            row.text,
            _stamp(date),
            dossier.language,
            (),
        )
        for row, date in zip(corrections(dossier), corrected, strict=True)
    ]
    return rows


def entries(dossiers: Iterable[Dossier], material: Material) -> tuple[Entry, ...]:
    """Return the myths that are no drafts and all corrections, newest first."""
    rows = [row for dossier in dossiers for row in _of_dossier(dossier, material)]
    return tuple(sorted(rows, key=lambda row: (row.updated, row.url), reverse=True))


def latest(rows: Iterable[Entry]) -> str:
    """Return when a feed last changed."""
    return max((row.updated for row in rows), default=UNDATED)


def json_feed(rows: Iterable[Entry], material: Material) -> dict[str, Any]:
    """Return the feed as JSON Feed 1.1."""
    info = material.info
    items = [
        {
            "id": row.url,
            "url": row.url,
            "title": row.title,
            "content_text": row.summary,
            "language": row.language,
            **({"date_modified": row.updated} if row.updated != UNDATED else {}),
            **({"authors": [{"name": name} for name in row.authors]} if row.authors else {}),
        }
        for row in rows
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": info.title, "description": info.description}
    if info.base_url:
        head |= {"home_page_url": info.base_url, "feed_url": f"{info.base_url}feed.json"}
    return {**head, "language": info.language, "items": items}
