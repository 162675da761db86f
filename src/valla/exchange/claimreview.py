"""A checked dossier as schema.org ClaimReview, as Google's Fact Check Tools read it.

Properties and rules: https://developers.google.com/search/docs/appearance/structured-data/factcheck.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from valla.check.model import Outcome, Verdict
from valla.dates import parse
from valla.dossier.model import Dossier, Voicing
from valla.errors import DateError
from valla.record.sources import Source

__all__ = ["BEST", "RATINGS", "WORST", "Publisher", "claim_review", "speakers"]

WORST, BEST = 1, 5

RATINGS: dict[Outcome, tuple[int, str]] = {
    Outcome.REFUTED: (1, "Refuted"),
    Outcome.CONTESTED: (3, "Contested"),
    Outcome.HOLDS: (5, "Holds"),
}
"""The scale: a number between WORST and BEST and the word that is shown. An open verdict is no rating, so it has none."""

_SHOWN_LETTERS = 75
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_NAME_END = re.compile(r",\s(?![^(]*\))")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the review.

    Args:
        name: of the institute or desk.
        url: of its home page.
    """

    name: str
    url: str = ""


def speakers(voicing: Voicing, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Return who voiced a myth: the authors of a listed source, else the words before the first comma, if they look like a name.

    What begins with a small letter (`typical wording`) names nobody.

    Args:
        voicing: the myth as somebody told it.
        sources: the casebook's sources by key.
    """
    listed = sources.get(voicing.source)
    if listed:
        return listed.authors or ((listed.institution,) if listed.institution else listed.editors)
    name = _NAME_END.split(voicing.source, maxsplit=1)[0].strip()
    return (name,) if name and not name[0].islower() else ()


def _attributed(voicing: Voicing, sources: Mapping[str, Source]) -> bool:
    """Whether the voicing says where it is from, rather than being a wording that goes round."""
    return bool(voicing.url or voicing.source in sources or speakers(voicing, sources))


def _claim_text(dossier: Dossier) -> str:
    """The claim, or the shortest way its author put it where the claim is longer than what is shown."""
    said = [text for text in (dossier.claim, dossier.essence, dossier.title) if text]
    return next((text for text in said if len(text) <= _SHOWN_LETTERS), said[0] if said else "")


def _first_said(voicings: tuple[Voicing, ...]) -> str:
    """The earliest ISO date on which somebody voiced it."""
    dated: list[tuple[int, str]] = []
    for voicing in voicings:
        try:
            begin = parse(voicing.date).begin_min if _ISO_DATE.fullmatch(voicing.date) else None
        except DateError:
            begin = None
        if begin is not None:
            dated.append((begin, voicing.date))
    return min(dated)[1] if dated else ""


def _appearance(voicing: Voicing, sources: Mapping[str, Source]) -> dict[str, Any]:
    listed = sources.get(voicing.source)
    cited = listed.cited() if listed else voicing.source
    url = voicing.url or (listed.url if listed else "")
    name = ", ".join(part for part in (cited, voicing.locator) if part)
    rows = {"name": name, "url": url, "text": voicing.text}
    if _ISO_DATE.fullmatch(voicing.date):
        rows["datePublished"] = voicing.date
    return {"@type": "CreativeWork"} | {key: value for key, value in rows.items() if value}


def _one_or_all(rows: list[dict[str, Any]]) -> Any:
    return rows[0] if len(rows) == 1 else rows


def _author(name: str, cited: Collection[Source]) -> dict[str, str]:
    """Who voiced it: an organisation where the source says so, identified where the source has an address for that."""
    body = any(name == source.institution for source in cited)
    same = next(
        (source.same_as for source in cited if source.same_as and name in {source.institution, *source.authors}), ""
    )
    found = {"@type": "Organization" if body else "Person", "name": name}
    return {**found, "sameAs": same} if same else found


def _claim(dossier: Dossier, sources: Mapping[str, Source], page_url: str) -> dict[str, Any]:
    # whoever is paraphrased did not write the sentence
    quoted = tuple(voicing for voicing in dossier.voicings if voicing.form == "quotation")
    names = dict.fromkeys(name for voicing in quoted for name in speakers(voicing, sources))
    cited = [sources[voicing.source] for voicing in quoted if voicing.source in sources]
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"{page_url}#claim",
        "text": dossier.claim or _claim_text(dossier),
    }
    if names:
        claim["author"] = _one_or_all([_author(name, cited) for name in names])
    if said := _first_said(quoted):
        claim["datePublished"] = said
    if appearances := [_appearance(voicing, sources) for voicing in quoted if _attributed(voicing, sources)]:
        claim["appearance"] = _one_or_all(appearances)
    return claim


def claim_review(
    dossier: Dossier, verdict: Verdict, publisher: Publisher, page_url: str, sources: Mapping[str, Source]
) -> dict[str, Any] | None:
    """Return the ClaimReview of a dossier as JSON-LD; None where the verdict is open, which is no rating, and of a draft.

    What no voicing says (who made the claim, when, where) is left out rather than guessed.

    Args:
        dossier: the myth, written up.
        verdict: what the record says of it.
        publisher: who publishes the review.
        page_url: the full address of the page.
        sources: the casebook's sources by key.
    """
    if verdict.outcome not in RATINGS or dossier.status == "draft":
        return None
    value, word = RATINGS[verdict.outcome]
    author = {"@type": "Organization", "name": publisher.name, "url": publisher.url}
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{page_url}#review",
        "url": page_url,
        "claimReviewed": _claim_text(dossier),
        "author": {key: text for key, text in author.items() if text},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": WORST,
            "bestRating": BEST,
            "alternateName": word,
            "name": word,
            "ratingExplanation": verdict.because,
        },
        "itemReviewed": _claim(dossier, sources, page_url),
        "inLanguage": dossier.language,
    }
    if _ISO_DATE.fullmatch(dossier.published):
        review["datePublished"] = dossier.published
    return review
