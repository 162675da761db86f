"""What the templates are given: one frozen context a page, and nothing that they would have to compute."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

__all__ = [
    "AboutPage",
    "ActRow",
    "Card",
    "ChangeRow",
    "CorrectionRow",
    "IndexPage",
    "MythPage",
    "Page",
    "PhaseRow",
    "SiteInfo",
    "SourceRow",
    "VoicingRow",
]

_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What every page shows.

    Args:
        title: of the casebook.
        description: of the casebook.
        language: BCP 47 tag of its texts.
        licence: of its texts.
        publisher: the name of who publishes it.
        publisher_url: their home page; empty where it is no web address.
        base_url: where the site will stand, with a slash at its end; empty where that is not known.
        stylesheet: file name of the style sheet, with the hash of its content.
        version: of Valla.
    """

    title: str
    description: str
    language: str
    licence: str
    publisher: str
    publisher_url: str
    base_url: str
    stylesheet: str
    version: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the frame of a page needs.

    Args:
        site: what every page shows.
        title: of the page.
        description: for search engines and previews.
        path: of the page within the site.
        root: the way back to the site's root, as a prefix of links.
        canonical: the full address; empty where the base is not known.
        indexed: whether search engines may list it.
    """

    site: SiteInfo
    title: str
    description: str
    path: str
    root: str
    canonical: str = ""
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An entry of the list of sources.

    Args:
        number: its number on the page.
        anchor: its id on the page.
        text: the source as one line.
        url: where it can be read; empty where it is no web address.
        note: anything else that helps to find it.
        listed: whether the casebook lists it; if not, the text is its key.
    """

    number: int
    anchor: str
    text: str
    url: str
    note: str
    listed: bool


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A source that reports an act.

    Args:
        source: the source; None where it is not named.
        locator: page or number in it.
        quote: its own words.
        says: whether it supports or disputes the act.
        note: what else there is to say of its report.
    """

    source: SourceRow | None
    locator: str
    quote: str
    says: str
    note: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """A row of a table of acts.

    Args:
        anchor: its id on the page.
        number: its number in the timeline; 0 for none.
        date: in words.
        edtf: the date as its author wrote it.
        who: the actors.
        what: the kind of act.
        title: its short name; empty where it has none.
        summary: what was done.
        channel: open, secret or unknown.
        tenor: cooperative or adverse.
        known_from: when it became public, in words.
        witnesses: the sources that report it.
        dataset: where the row comes from.
        reason: why the date was inferred.
        role: what it does to the claim.
    """

    anchor: str
    number: int
    date: str
    edtf: str
    who: str
    what: str
    title: str
    summary: str
    channel: str
    tenor: str
    known_from: str
    witnesses: tuple[WitnessRow, ...]
    dataset: str
    reason: str
    role: str


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase in words: when, its tenor, and how many acts give it that."""

    when: str
    tenor: str
    acts: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What the verdict would be without one source, dataset or act."""

    without: str
    outcome: str
    word: str


@dataclass(frozen=True, slots=True)
class VoicingRow:
    """The myth as somebody told it.

    Args:
        text: the words.
        source: who said it and where.
        when: in words.
        url: where it can be read.
        quoted: whether it is printed as a quotation: it is one, and says of whom.
        paraphrase: whether the words are the editors' own.
    """

    text: str
    source: str
    when: str
    url: str
    quoted: bool
    paraphrase: bool


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction: its id on the page, when, and what was corrected."""

    anchor: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class MythPage(Page):
    """A myth.

    Args:
        number: its permanent number.
        claim: the myth in one plain sentence.
        essence: the myth as its author wrote it.
        status: draft, reviewed, published or corrected.
        language: BCP 47 tag of its texts.
        authors: who wrote it, as one text.
        published: when, in words.
        outcome: refuted, contested, holds, open; `none` where it was not checked.
        word: the outcome as it is shown.
        headline: what follows the word.
        because: one sentence.
        reading: how the claim was read.
        assumptions: what its words left open.
        fast_facts: the answer for the hurried reader.
        detailed_facts: the answer in full.
        sections: further sections of the dossier: title, anchor and text.
        timelines: the same picture in several widths: class and SVG.
        open_phases: the conduct in the open.
        secret_phases: the conduct in secret.
        phase_limit: how many phases of a channel are listed at most.
        deciding: the acts that decide.
        swing: the acts that would decide if they fell otherwise.
        related: other acts between the two.
        mentioned: acts of others that the text mentions.
        unlisted: how many acts there are that no table lists.
        chronology: every listed act in the order of time.
        overturn: what would overturn the verdict, in sentences.
        changes: what leaving things out would change.
        steady: that leaving things out changes nothing, where it does not.
        voicings: the myth as others told it.
        sources: the numbered list.
        references: what the dossier names without a key, as its author wrote it.
        corrections: what was corrected.
        citation: how to cite the page.
        json_ld: the ClaimReview, safe to stand in a script element; empty for none.
    """

    number: int = 0
    claim: str = ""
    essence: str = ""
    status: str = ""
    language: str = ""
    authors: str = ""
    published: str = ""
    outcome: str = "none"
    word: str = ""
    headline: str = ""
    because: str = ""
    reading: tuple[tuple[str, str], ...] = ()
    assumptions: tuple[str, ...] = ()
    fast_facts: Markup = _NOTHING
    detailed_facts: Markup = _NOTHING
    sections: tuple[tuple[str, str, Markup], ...] = ()
    timelines: tuple[tuple[str, Markup], ...] = ()
    open_phases: tuple[PhaseRow, ...] = ()
    secret_phases: tuple[PhaseRow, ...] = ()
    phase_limit: int = 0
    deciding: tuple[ActRow, ...] = ()
    swing: tuple[ActRow, ...] = ()
    related: tuple[ActRow, ...] = ()
    mentioned: tuple[ActRow, ...] = ()
    unlisted: int = 0
    chronology: tuple[ActRow, ...] = ()
    overturn: tuple[str, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    steady: str = ""
    voicings: tuple[VoicingRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    references: tuple[str, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    citation: str = ""
    json_ld: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class Card:
    """A myth on the front page."""

    number: int
    href: str
    title: str
    claim: str
    language: str
    outcome: str
    word: str
    headline: str
    because: str
    strip: Markup


@dataclass(frozen=True, slots=True)
class IndexPage(Page):
    """The front page: every myth in the order of its number."""

    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutPage(Page):
    """Method, rating scale, corrections.

    Args:
        scale: outcome, its word, its number in ClaimReview and its meaning.
        corrections: myth, its address, when and what.
    """

    scale: tuple[tuple[str, str, str, str], ...] = ()
    corrections: tuple[tuple[str, str, CorrectionRow], ...] = ()
