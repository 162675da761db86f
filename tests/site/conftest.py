"""Made-up dossiers and verdicts for the site."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from valla.check.model import Outcome, Phase, Robustness, Role, Tenor, Verdict, Weighed
from valla.claims.model import Period, Quantifier, Reading
from valla.dates import parse
from valla.days import Window, day_number
from valla.dossier.model import Block, BlockKind, Dossier, Voicing
from valla.record.schema import Act, Witness
from valla.record.sources import Source

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(frozen=True)
class FakeCasebook:
    """A casebook as the site sees it."""

    title: str = "Myths of a Made-up Age"
    description: str = "Made up for tests."
    language: str = "en"
    licence: str = "CC BY 4.0"
    publisher_name: str = "Institute of Examples"
    publisher_url: str = "https://institute.example/"
    base_url: str = "https://myths.example/"
    dossiers: tuple[Dossier, ...] = ()
    acts: tuple[Act, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)


def make_act(name, date="1922-04-16", kind="treaty", channel="open", **rest):
    """An act between Rome and Carthage."""
    rest = {"source": "treaties", "locator": "p. 12", "quote": "", "summary": f"Summary of {name}"} | rest
    said = Witness(rest.pop("source"), rest.pop("locator"), rest.pop("quote"))
    rest.setdefault("witnesses", () if said == Witness("") else (said,))
    return Act(name, "rome", "carthage", kind, True, parse(date), channel, dataset="made-up", **rest)


def make_verdict(deciding=(), outcome=Outcome.REFUTED, window=None, **rest):
    """A verdict that those acts decide."""
    return Verdict(
        reading=Reading(
            Quantifier.ALWAYS,
            "opposed",
            ("rome",),
            ("carthage",),
            Period(window or Window(day_number(1920), day_number(1941, 12, 31)), "text", "from 1920 to 1941"),
            assumptions=("Rome is the city.",),
            text="Rome was always an opponent of Carthage.",
        ),
        outcome=outcome,
        because=rest.pop("because", "Made up for a test."),
        complete=rest.pop("complete", False),
        deciding=tuple(Weighed(act, Role.CONTRADICTS, True, "rome") for act in deciding),
        n_deciding=rest.pop("n_deciding", len(deciding)),
        swing=tuple(Weighed(act, Role.MAY_REALISE, False, "rome") for act in rest.pop("swing", ())),
        gaps=(),
        phases=rest.pop("phases", ()),
        robustness=rest.pop("robustness", None),
        related=tuple(rest.pop("related", ())),
        fingerprint="feedbeef" * 4,
        version="0.0.0",
        sql=("select 1",),
    )


def make_dossier(number=2, **rest):
    """A dossier with every part."""
    rest = {
        "claim": "Rome was always an opponent of Carthage.",
        "essence": "Rome always stood against Carthage.",
        "voicings": (Voicing("They never met.", "A. Writer, A Book", "p. 7", "1981", "https://book.example/7"),),
        "authors": ("An Author",),
        "fast_facts": (Block(BlockKind.PARAGRAPH, "They made [a treaty](#act-a) in 1922 [@treaties, p. 12]."),),
        "detailed_facts": (
            Block(BlockKind.PARAGRAPH, "In *secret* they made [another](#act-b) [@letters; see @treaties, pp. 3-4]."),
            Block(BlockKind.QUOTE, "Nobody shall know.", speaker="Somebody [@letters, p. 9]"),
            Block(BlockKind.CAPTION, "A picture of Rome", image="rome.png"),
        ),
        "status": "published",
        "published": "2026-03-01",
        "corrections": ({"date": "2026-05-04", "text": "A date was mended."},),
    } | rest
    return Dossier(number, rest.pop("title", "Rome was always an opponent"), **rest)


SOURCES = {
    "treaties": Source("treaties", "Treaties of an Age", authors=("B. Editor",), year="1961"),
    "letters": Source("letters", "Letters", authors=("E. Officer",), year="1970", url="https://letters.example/"),
}


@pytest.fixture
def casebook():
    """Two checked myths, an open one without acts, and one from before our era."""
    dossiers = (
        make_dossier(),
        make_dossier(5, title="Nothing is known", status="reviewed", fast_facts=(), detailed_facts=(), voicings=()),
        make_dossier(9, title="Caesar was never attacked", status="draft"),
        make_dossier(11, title="Not yet checked"),
    )
    return FakeCasebook(dossiers=dossiers, sources=SOURCES)


@pytest.fixture
def verdicts():
    """A refuted, an open and a BCE verdict; number 11 has none."""
    a, b = (
        make_act("a"),
        make_act("b", "1926/1933", "training", "secret", known_from=parse("1946"), locator="", source="letters"),
    )
    phases = (
        Phase(Window(day_number(1920), day_number(1925, 12, 31)), Tenor.SILENT, "open", ()),
        Phase(Window(day_number(1926), day_number(1941, 12, 31)), Tenor.COOPERATIVE, "secret", ("b",)),
    )
    robust = Robustness({"treaties": Outcome.REFUTED}, {"made-up": Outcome.OPEN}, {}, 2, None)
    return {
        2: make_verdict(
            (a, b),
            swing=(make_act("c", "193X", "attack"),),
            related=(a, make_act("d", "1930")),
            phases=phases,
            robustness=robust,
        ),
        5: make_verdict(outcome=Outcome.OPEN),
        9: make_verdict(
            (make_act("ides", "-0043-03-15", "attack"),), window=Window(day_number(-99), day_number(14, 12, 31))
        ),
    }


class Walk(HTMLParser):
    """Walks a page and notes what must hold of it."""

    def __init__(self, text):
        super().__init__()
        self.stack, self.wrong, self.ids, self.links, self.tags, self.attributes = [], [], [], [], [], []
        self.references, self.scripts, self.text = [], [], []
        self.feed(text)
        self.close()
        self.wrong += [f"unclosed {tag}" for tag in self.stack]

    def handle_starttag(self, tag, attrs):
        """Note an element and remember that it is open."""
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Note an element."""
        found = dict(attrs)
        self.tags.append((tag, found))
        self.attributes += [name for name, _ in attrs]
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src") if name in found]
        self.references += found.get("aria-labelledby", "").split()
        if len(found) != len(attrs):
            self.wrong.append(f"an attribute of {tag} is given twice")

    def handle_endtag(self, tag):
        """Close the innermost element, which must be this one."""
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(f"stray end of {tag}")

    def handle_data(self, data):
        """Keep the text, and what scripts hold apart from it."""
        (self.scripts if self.stack and self.stack[-1] == "script" else self.text).append(data)


@pytest.fixture
def walk():
    """Hand a test the walker of pages."""
    return Walk


@pytest.fixture
def make():
    """Hand a test the makers of made-up things."""
    return {
        "act": make_act,
        "verdict": make_verdict,
        "dossier": make_dossier,
        "casebook": FakeCasebook,
        "sources": SOURCES,
    }
