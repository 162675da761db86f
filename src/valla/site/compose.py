"""Pages composed from a dossier, its verdict and its casebook: pure, without files or clock."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from valla.check.model import Verdict
from valla.check.timeline import timeline
from valla.check.timeline_scale import date_words
from valla.dates import parse
from valla.dossier.citations import linked_acts, prose
from valla.dossier.model import Block, Dossier, Voicing
from valla.errors import DateError
from valla.exchange.claimreview import Publisher, claim_review
from valla.site.charts import strip
from valla.site.evidence import PHASES, Listing, listing, phase_rows
from valla.site.material import Material, myth_path, myth_url
from valla.site.overturn import change_rows, overturn_words, steady_words
from valla.site.pages import AboutPage, Card, CorrectionRow, IndexPage, MythPage, Page, SiteInfo, VoicingRow
from valla.site.prose import Prose
from valla.site.references import References, web_url
from valla.site.words import BADGES, SCALE, headline, reading_rows

__all__ = ["about_page", "corrections", "index_page", "missing_page", "myth_page", "review"]

_WIDTHS = (("narrow", 360), ("middle", 640), ("wide", 960))
_UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_DESCRIBED_LETTERS = 300


def _day_words(edtf: str) -> str:
    try:
        return date_words(parse(edtf)) if edtf else ""
    except DateError:
        return edtf


def _outcome(verdict: Verdict | None) -> tuple[str, str, str]:
    outcome = verdict.outcome if verdict else None
    return (outcome.value if outcome else "none"), BADGES[outcome], headline(verdict)


def corrections(dossier: Dossier) -> tuple[CorrectionRow, ...]:
    """Return what was corrected in a dossier, oldest first."""
    return tuple(
        CorrectionRow(f"correction-{at}", _day_words(row.get("date", "")), row.get("text", ""))
        for at, row in enumerate(dossier.corrections, start=1)
    )


def review(dossier: Dossier, material: Material) -> dict[str, Any] | None:
    """Return the ClaimReview of a dossier; None where there is no verdict or an open one."""
    verdict = material.verdict(dossier)
    if verdict is None or dossier.number is None:
        return None
    publisher = Publisher(material.info.publisher, material.info.publisher_url)
    url = myth_url(material.info, dossier.number)
    return claim_review(dossier, verdict, publisher, url, material.casebook.sources)


def _script_json(value: dict[str, Any] | None) -> Markup:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, indent=1) if value else ""
    for letter, safe in _UNSAFE_IN_SCRIPT.items():
        text = text.replace(letter, safe)
    return Markup(text)  # noqa: S704  every letter that could be markup is escaped above


def _timelines(verdict: Verdict | None) -> tuple[tuple[str, Markup], ...]:
    """The picture in each width; the style sheet shows one."""
    if verdict is None:
        return ()
    return tuple((name, Markup(timeline(verdict, width=width))) for name, width in _WIDTHS)  # noqa: S704  the timeline escapes


def _captions(dossier: Dossier) -> tuple[Block, ...]:
    """The captions that do not already stand in the text."""
    placed = {block.text for block in dossier.detailed_facts}
    return tuple(block for block in dossier.captions if block.text not in placed)


def _mentioned(dossier: Dossier) -> tuple[str, ...]:
    """The ids of the acts that the prose links to."""
    return tuple(act for text in prose(dossier) for act in linked_acts(text))


def _voicing(voicing: Voicing, references: References) -> VoicingRow:
    source = references.cite(voicing.source).text if references.knows(voicing.source) else voicing.source
    where = ", ".join(part for part in (source, voicing.locator) if part)
    return VoicingRow(
        text=voicing.text,
        source=where,
        when=_day_words(voicing.date),
        url=web_url(voicing.url),
        quoted=voicing.form == "quotation" and bool(voicing.source or voicing.url),
        paraphrase=voicing.form == "paraphrase",
    )


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?…”" else f"{text}."


def _citation(dossier: Dossier, info: SiteInfo, verdict: Verdict | None) -> str:
    parts = [
        _sentence(", ".join(dossier.authors)),
        f"“{dossier.title}.”",
        f"{info.title}, myth {dossier.number}.",
        _sentence(", ".join(part for part in (info.publisher, _day_words(dossier.published)) if part)),
        myth_url(info, dossier.number or 0) if info.base_url else "",
        f"Record {verdict.fingerprint[:12]}, Valla {verdict.version}." if verdict else "",
    ]
    return " ".join(part for part in parts if part)


def _cut(text: str) -> str:
    return text if len(text) <= _DESCRIBED_LETTERS else text[: _DESCRIBED_LETTERS - 1].rsplit(" ", 1)[0] + "…"


def _described(dossier: Dossier, verdict: Verdict | None) -> str:
    _, word, rest = _outcome(verdict)
    return _cut(
        f"The claim: {_sentence(dossier.claim or dossier.title)} {word}{_sentence(rest)} {verdict.because if verdict else ''}".strip()
    )


def _evidence(
    verdict: Verdict | None, found: Listing, references: References, material: Material, note: str
) -> dict[str, Any]:
    """What the verdict puts on the page."""
    tiers = (found.deciding, found.swing, found.related, found.mentioned)
    deciding, swing, related, mentioned = (found.rows(acts, material.names, references) for acts in tiers)
    acts = {act.id: act for act, _ in reversed(found.all)}
    outcome, word, rest = _outcome(verdict)
    return {
        "outcome": outcome,
        "word": word,
        "headline": rest,
        "because": verdict.because if verdict else "",
        "reading": reading_rows(verdict.reading, material.names, note) if verdict else (),
        "assumptions": verdict.reading.assumptions if verdict else (),
        "timelines": _timelines(verdict),
        "open_phases": phase_rows(verdict.phases, "open") if verdict else (),
        "secret_phases": phase_rows(verdict.phases, "secret") if verdict else (),
        "phase_limit": PHASES,
        "deciding": deciding,
        "swing": swing,
        "related": related,
        "mentioned": mentioned,
        "unlisted": found.unlisted,
        "chronology": found.chronology((*deciding, *swing, *related)),
        "overturn": overturn_words(verdict),
        "changes": change_rows(verdict, references, acts),
        "steady": steady_words(verdict),
    }


def myth_page(dossier: Dossier, material: Material) -> MythPage:
    """Return the page of one myth.

    Args:
        dossier: the myth, written up, with its number.
        material: the casebook and its verdicts.
    """
    info, verdict, number = material.info, material.verdict(dossier), dossier.number or 0
    references, found = (
        References(material.casebook.sources),
        listing(verdict, _mentioned(dossier), material.casebook.acts),
    )

    def picture(path: str) -> str:
        address = material.picture(path)
        return f"../../{address}" if address else ""

    written = Prose(references, found.anchors, picture)
    # in the order of the page, so that sources are numbered as a reader meets them
    fast, detailed = (
        written.html(blocks) for blocks in (dossier.fast_facts, (*dossier.detailed_facts, *_captions(dossier)))
    )
    sections = tuple(
        (section.title, f"section-{at}", written.html(section.blocks))
        for at, section in enumerate(dossier.sections, start=1)
    )
    evidence = _evidence(verdict, found, references, material, dossier.reading_note)
    voicings = tuple(_voicing(voicing, references) for voicing in dossier.voicings)
    for key in filter(references.knows, dossier.sources):
        references.cite(key)
    return MythPage(
        site=info,
        title=dossier.title,
        description=_described(dossier, verdict),
        path=myth_path(number),
        root="../../",
        canonical=myth_url(info, number) if info.base_url else "",
        number=number,
        claim=dossier.claim,
        essence=dossier.essence or dossier.claim,
        status=dossier.status,
        language=dossier.language,
        authors=", ".join(dossier.authors),
        published=_day_words(dossier.published),
        voicings=voicings,
        sources=references.rows,
        references=tuple(text for text in dossier.sources if not references.knows(text)),
        corrections=corrections(dossier),
        citation=_citation(dossier, info, verdict),
        json_ld=_script_json(review(dossier, material)),
        fast_facts=fast,
        detailed_facts=detailed,
        sections=sections,
        **evidence,
    )


def _card(dossier: Dossier, material: Material) -> Card:
    verdict, number = material.verdict(dossier), dossier.number or 0
    outcome, word, rest = _outcome(verdict)
    return Card(
        number=number,
        href=myth_path(number),
        title=dossier.title,
        claim=dossier.claim,
        language=dossier.language,
        outcome=outcome,
        word=word,
        headline=rest,
        because=verdict.because if verdict else "",
        strip=Markup(strip(verdict, f"strip-{number}")) if verdict else Markup(),  # noqa: S704  the strip escapes
    )


def _base(info: SiteInfo, path: str = "") -> str:
    return f"{info.base_url}{path}" if info.base_url else ""


def index_page(dossiers: Iterable[Dossier], material: Material) -> IndexPage:
    """Return the front page."""
    info = material.info
    cards = tuple(_card(dossier, material) for dossier in dossiers)
    return IndexPage(info, info.title, info.description, "index.html", "", _base(info), cards=cards)


def about_page(dossiers: Iterable[Dossier], material: Material) -> AboutPage:
    """Return the page on method, scale and corrections."""
    info = material.info
    scale = tuple((outcome.value, BADGES[outcome], number, text) for outcome, number, text in SCALE)
    ledger = tuple(
        (dossier.title, f"{myth_path(dossier.number or 0)}#{row.anchor}", row)
        for dossier in dossiers
        for row in corrections(dossier)
    )
    described = f"How {info.title} reads claims, checks them and corrects itself."
    return AboutPage(
        info, "How this works", described, "about.html", "", _base(info, "about.html"), scale=scale, corrections=ledger
    )


def missing_page(material: Material, root: str) -> Page:
    """Return the page for an address that does not exist.

    Args:
        material: the casebook and its verdicts.
        root: the path of the site on its host, since the page is shown at any depth.
    """
    return Page(material.info, "Page not found", "There is no such page.", "404.html", root, indexed=False)
