"""A small library in our own words, sentences about it and about other things, and a model that is easy to reckon with."""

from collections.abc import Sequence

from hypothesis import strategies as st

from valla.scan.analysis import Analysis
from valla.scan.documents.model import Block
from valla.scan.index.model import Index
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.pairs.features import FEATURES
from valla.scan.pairs.model import Curve, Rerank
from valla.scan.sheet import Sheet, TermNumbers, sheet

CLAIMS = (
    LibraryClaim(
        "lemons",
        "Lemon juice dripped into both ears cures deafness within a fortnight.",
        context=("Lemons give hearing back",),
        voicings=("My neighbour was deaf for years until she tried lemon drops in her ears.",),
    ),
    LibraryClaim(
        "lighthouse",
        "The lighthouse of Kettlemouth was built in 1204 by shipwrecked monks.",
        context=("Who built the lighthouse?",),
    ),
    LibraryClaim(
        "waterworks",
        "The mayor of Osterbruck sold the municipal waterworks to a foreign bank for a single coin.",
        voicings=(
            "They gave our waterworks away for one coin, and the mayor pocketed the difference.",
            "A foreign bank has owned every tap in Osterbruck since the mayor signed.",
        ),
        number=7,
    ),
    LibraryClaim("bees", "Bees refuse to pollinate potatoes that were sprayed at full moon."),
    LibraryClaim("sailors", "Rosemary tea, three cups before breakfast, keeps sailors from going bald."),
    LibraryClaim("opponent", "The Soviet Union was always an opponent of Nazi Germany.", number=2),
)
LIBRARY = Library(CLAIMS)

REPETITIONS = {
    "Lemon juice, dripped into both ears, cures deafness within a fortnight!": "lemons",
    "Deafness is cured within a fortnight by dripping lemon juice into both ears.": "lemons",
    "It was shipwrecked monks who built the Kettlemouth lighthouse in 1204.": "lighthouse",
    "For a single coin the mayor of Osterbruck sold a foreign bank the municipal waterworks.": "waterworks",
    "They gave our waterworks away for one coin and the mayor pocketed the difference.": "waterworks",
    "Sprayed at full moon, potatoes are refused by bees, which do not pollinate them.": "bees",
    "Three cups of rosemary tea before breakfast keep sailors from going bald.": "sailors",
    "Moscow never ceased to fight Hitlerism.": "opponent",
}
"""Sentences, each with the claim that it repeats."""

OTHERS = (
    "The committee met on Tuesday and adjourned without a vote.",
    "Trams leave the depot every nine minutes.",
    "Lemon trees do not stand frost.",
    "Her lighthouse paintings hang in the town hall, beside the mayor's portrait.",
    "What a paradox!",
    "The bank lowered its rates by a quarter of a point.",
    "German pilots were trained near Lipetsk, in the Soviet Union.",
    "A sailor's breakfast was biscuit, and tea without milk.",
)
"""Sentences that repeat no claim."""

MODEL = Rerank(
    tuple(
        {"letters": 6.0, "wording_covered": 5.0, "meaning_best": 4.0, "shared": 2.0}.get(name, 0.0) for name in FEATURES
    ),
    bias=-7.0,
    others=-2.0,
    many=Curve(1.0, 0.0, 0.0, 0.0),
    few=Curve(1.0, 0.0, 0.0, 0.0),
    in_text=Curve(1.0, 0.0, 0.0, -0.5),
)
"""A model of four features by hand, so that a test of the cascade does not hang on how the real one was trained."""

ODDITIES = (
    "\U0001f98a\U0001f3fd‍\U0001f9b0",
    "cafe\u0301 n\u0303a\u0308",
    "\r\n",
    "\r\n\r\n",
    "\ufeff",
    "\x00",
    "\ud83d",
    "\udcff",
    "\u200b\u00ad",
    "\u2028",
    "\x85",
    " ",
    "。",
    "東京タワー",
    "İstanbul",
    "…",
)
"""Characters that offsets and encodings stumble over."""

PIECES = st.one_of(st.sampled_from([*REPETITIONS, *OTHERS, *ODDITIES]), st.text(max_size=12))
TEXTS = st.lists(PIECES, max_size=8).map(" ".join) | st.lists(PIECES, max_size=8).map("".join)
"""Texts of repetitions, other sentences, and anything at all."""

WORDS = sorted({word.strip(".,!?") for claim in CLAIMS for text in claim.wordings for word in text.split()})
SENTENCES = st.lists(st.sampled_from([*WORDS, "committee", "Tuesday", "tram", "harvest"]), max_size=14).map(" ".join)
"""Sentences of the library's own words, shuffled: they share much with several claims at once."""


def block(text: str, **given: object) -> Block:
    """Return a block of a text without markup."""
    return Block("page", text, text, **given)  # type: ignore[arg-type]


def sheet_of(index: Index, texts: Sequence[str]) -> Sheet:
    """Return the sentences of texts, each a block."""
    return sheet([block(text) for text in texts], TermNumbers(Analysis(index.language), index.numbers))
