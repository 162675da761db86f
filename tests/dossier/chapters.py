"""Myth chapters of our own words, and the many ways in which authors and typesetters set them.

The persons quoted in them, their words and the sources named are made up.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field, replace

WRAPPED = 70


@dataclass(frozen=True)
class Chapter:
    """What a manuscript says, and so what importing it must give."""

    number: int
    title: str
    authors: tuple[str, ...]
    voicings: tuple[tuple[str, str], ...]
    essence: str
    fast: tuple[str, ...]
    before: tuple[str, ...]
    split: tuple[str, str]
    caption: str
    intro: str
    quote: str
    speaker: str
    after: tuple[str, ...]
    last_caption: str = ""
    conclusion: str = ""
    sources: tuple[str, ...] = ()

    @property
    def detailed(self) -> tuple[str, ...]:
        """The paragraphs of the detailed facts as they must come out."""
        return (*self.before, " ".join(self.split), self.intro, self.quote, *self.after)


@dataclass(frozen=True)
class Style:
    """How a manuscript is set."""

    head: str = "Myth {n}. {t}"
    marks: tuple[str, str] = ("“", "”")
    order: str = "asv"  # author, source, voicing; `i` is a voicing with its source on one line
    dash: str = ""
    joined: str = " and "
    headings: tuple[str, str, str] = ("The Essence of the Myth", "Fast Facts", "Detailed Facts")
    sources: str = "Sources"
    layout: str = "open"  # open, wrapped, close, close-wrapped, indented
    ends: str = "\n"
    pages: bool = False
    attribution: str = ""  # a line after the quotation, where the speaker is named there
    bullets: str = ""
    shout: bool = False
    extra: dict[str, str] = field(default_factory=dict)


HANSA = Chapter(
    number=5,
    title="The Hanseatic Towns Never Took Up Arms Against a King",
    authors=("Greta Holm", "Piotr J. Zielny"),
    voicings=(
        (
            "The Hansa was a club of peaceful merchants who knew no weapon but the purse.",
            "K. Brandt, Tales of the Baltic (1911)",
        ),
    ),
    essence="The Hansa was never at war.",
    fast=(
        "The towns of the Hansa fought Denmark in the fourteenth century and won.",
        "In 1370 a beaten crown signed their peace. Fleets, not ledgers, had decided it.",
    ),
    before=(
        "The league grew out of guilds of travelling merchants. By 1300 it bound dozens of towns from the Rhine to the Gulf of Finland.",
        "Its law was the law of Lübeck. Its assemblies met when there was need, and each town paid for what it had voted.",
    ),
    split=(
        "When King Valdemar took Visby in 1361, the towns answered with ships. Their first fleet was beaten off Helsingborg, and its admiral, the mayor of",
        "Lübeck paid for the defeat with his head. Seven years later a second fleet burned Copenhagen.",
    ),
    caption="View of the harbour of Visby, with the sea wall of the thirteenth century",
    intro="The peace was signed at Stralsund on 24 May 1370. Long afterwards, the town clerk Heinrich Sudbeck (a lawyer by training) wrote to his council:",
    quote="We keep no army, and yet kings have learned to count our masts before they count our money.",
    speaker="Heinrich Sudbeck",
    after=(
        "The treaty gave the towns four castles on the Sound for fifteen years. It also gave them a voice in the choice of the next king.",
        "Nor was that the last of it. Between 1438 and 1441 six towns were at war with Holland, and the Sound was shut to Dutch ships.",
    ),
)

FLAX = Chapter(
    number=12,
    title="The Valley Mills Were the Only Ones to Spin Flax",
    authors=("Ann-Marie O'Dwyer",),
    voicings=(
        ("No mill outside the valley ever turned a pound of flax into thread.", "The Valley Herald, 3 March 1904"),
        ("Flax was ours, and ours alone!", "From a speech at the opening of the museum, 1988"),
    ),
    essence="Only the mills of the valley spun flax.",
    fast=(
        "At least eleven mills outside the valley spun flax before 1850. Their account books survive. Two of them were older than any mill in the valley.",
    ),
    before=(
        "The first mill on the coast was opened in 1796 by two brothers from the north. It spun flax from its first winter, and its books record each bale.",
    ),
    split=(
        "By 1820 the coast had four mills. The inspectors who came that summer counted nine hundred spindles and noted that the thread was sold",
        "as far away as Riga. The valley had fewer than six hundred.",
    ),
    caption="Photo: Workers at the gate of the coast mill, about 1890. Courtesy of the County Archive",
    intro="The valley knew it well enough. In the autumn of 1821, Josiah Pell told the owners of his mill:",
    quote="Gentlemen, the coast spins finer than we do, and cheaper; let us not pretend that we are alone in the world.",
    speaker="Josiah Pell",
    after=(
        "His report was printed in the same year. Nobody in the valley was able to say afterwards that the rivals were unknown.",
    ),
    last_caption="",
    conclusion="The claim was born in an advertisement of 1899. The spindles of the coast had been turning for a century by then.",
    sources=(
        "Pell J. Report to the owners of the Upper Mill. 1821.",
        "Register of factories and workshops, vol. 2. 1850.",
        "Marsh E. Thread and trade on the coast. 1977.",
    ),
)

BRIDGE = replace(
    HANSA,
    number=4,
    title="The Old Bridge Was the First to Be Built of Iron in the Whole Country",
    authors=("Oleh Tkach", "Maria van der Velde", "J. R. Quill"),
    voicings=(("Before our bridge there was no iron over any river of this land.", "Guide for travellers"),),
    essence="No iron bridge in the country is older than the Old Bridge.",
    conclusion="",
    sources=("Quill J. R. Iron over water. 1968.", "Reports of the Board of Bridges. 1781–1800."),
)

CHAPTERS = (HANSA, FLAX, BRIDGE)


def _listed_authors(chapter: Chapter, style: Style) -> list[str]:
    return list(chapter.authors) if style.joined == "\n" else [style.joined.join(chapter.authors)]


def _front(chapter: Chapter, style: Style) -> list[str]:
    """The paragraphs of the head after the title, in the order that the style says."""
    found: list[str] = []
    opening, closing = style.marks
    if style.order[0] == "a":
        found.append("\n".join(_listed_authors(chapter, style)))
    for text, source in chapter.voicings:
        spoken = f"{opening}{text}{closing}"
        pieces = {"s": f"{style.dash}{source}", "v": spoken, "i": f"{spoken} ({source})"}
        found += [pieces[letter] for letter in style.order if letter != "a"]
    if style.order[-1] == "a":
        found.append("\n".join(_listed_authors(chapter, style)))
    return found


def paragraphs(chapter: Chapter, style: Style) -> list[str]:
    """The manuscript's paragraphs in order, captions where they split the prose."""
    title = style.head.format(n=chapter.number, t=chapter.title)
    opening, closing = style.marks if style.marks[0] else ("“", "”")
    essence, fast, detailed = (each.upper() if style.shout else each for each in style.headings)
    intro = chapter.intro if not style.attribution else "The clerk of the town left a letter. Its words are these:"
    found = [
        title,
        *_front(chapter, style),
        essence,
        chapter.essence,
        fast,
        *(style.bullets + each for each in chapter.fast),
    ]
    found += [detailed, *chapter.before, chapter.split[0], chapter.caption, chapter.split[1], intro]
    found += [
        f"{opening}{chapter.quote}{closing}",
        *([style.attribution.format(s=chapter.speaker)] if style.attribution else []),
    ]
    found += [*chapter.after, *([chapter.last_caption] if chapter.last_caption else [])]
    found += ["CONCLUSION" if style.shout else "Conclusion", chapter.conclusion] if chapter.conclusion else []
    found += [style.sources.upper() if style.shout else style.sources, *chapter.sources] if chapter.sources else []
    return found


def _lines(paragraph: str, style: Style) -> list[str]:
    lines = paragraph.split("\n")
    if "wrapped" in style.layout or style.layout == "indented":
        lead = "    " if style.layout == "indented" and len(paragraph) > WRAPPED else ""
        lines = [
            each for line in lines for each in textwrap.wrap(line, WRAPPED, initial_indent=lead, break_on_hyphens=True)
        ]
    return lines


def _paged(lines: list[str]) -> list[str]:
    """Lines with a page number and a running head after every twelfth line."""
    found: list[str] = []
    for at, line in enumerate(lines):
        if at and at % 12 == 0:
            found += ["", str(100 + at // 12), "", "Tales That Are Told", "", *([] if line else [""])]
        found.append(line)
    return found


def rendered(chapter: Chapter, style: Style) -> str:
    """Return the manuscript's text."""
    lines: list[str] = []
    for paragraph in paragraphs(chapter, style):
        if lines and style.layout in {"open", "wrapped"}:
            lines.append("")
        lines += _lines(paragraph, style)
    if style.pages:
        lines = _paged(lines)
    return style.ends.join(lines)
