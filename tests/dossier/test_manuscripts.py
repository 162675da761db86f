"""Chapters set in many ways all give the same dossier."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chapters import CHAPTERS, FLAX, HANSA, Style, rendered
from hypothesis import given
from hypothesis import strategies as st

from valla.dossier.manuscript.build import imported
from valla.dossier.manuscript.lines import numbered
from valla.dossier.model import BlockKind

AXES = {
    "head": [
        "Myth {n}. {t}", "Myth {n} – {t}", "MYTH {n}: {t}", "Myth No. {n}. {t}", "Myth #{n} - {t}", "Myth {n}\n{t}",
        "# Myth {n}. {t}", "{n}. {t}", "Myth number {n}: {t}", "MYTH\n{n}\n{t}",
    ],
    "marks": [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("„", "”"), ("‘", "’"), ("''", "''")],
    "order": ["asv", "avs", "vsa", "ia", "ai"],
    "dash": ["", "— ", "– "],
    "joined": [" and ", ", ", "\n", " & "],
    "headings": [
        ("The Essence of the Myth", "Fast Facts", "Detailed Facts"),
        ("ESSENCE", "IN BRIEF", "IN DETAIL"),
        ("The Myth:", "Key facts:", "The facts in detail:"),
        ("1. The Claim", "2. Facts in Brief", "3. Facts in Detail"),
        ("## Essence", "## Fast facts", "## Detailed facts"),
        ("**Essence of the myth**", "**In short**", "**Detailed Facts**"),
    ],
    "sources": ["Sources", "References:", "Further Reading", "BIBLIOGRAPHY", "Notes"],
    "layout": ["open", "wrapped", "close", "close-wrapped", "indented"],
    "ends": ["\n", "\r\n", "\r"],
    "pages": [False, True],
    "attribution": ["", "— {s}", "– {s}"],
    "bullets": ["", "• ", "- "],
    "shout": [False, True],
}  # fmt: skip
STYLES = st.builds(Style, **{name: st.sampled_from(values) for name, values in AXES.items()})


def dossier_of(text):
    """Import a text."""
    return imported(numbered(text)).dossier


def told(blocks):
    """The words of blocks."""
    return [block.text for block in blocks]


def assert_like(dossier, chapter, style):
    """Compare every field of a dossier with the chapter that the manuscript was made from."""
    detailed = list(chapter.detailed)
    if style.attribution:
        detailed[len(chapter.before) + 1] = "The clerk of the town left a letter. Its words are these:"
    quotes = [block for block in dossier.detailed_facts if block.kind is BlockKind.QUOTE]
    warnings = () if chapter.sources else ("no bibliography or sources section",)

    assert (chapter.number, chapter.title, chapter.authors) == (dossier.number, dossier.title, dossier.authors)
    assert chapter.voicings == tuple((each.text, each.source) for each in dossier.voicings)
    assert chapter.essence == dossier.essence
    assert list(chapter.fast) == told(dossier.fast_facts)
    assert detailed == told(dossier.detailed_facts)
    assert [(chapter.quote, chapter.speaker)] == [(quote.text, quote.speaker) for quote in quotes]
    assert [chapter.caption] == told(dossier.captions)
    assert chapter.sources == dossier.sources
    assert warnings == dossier.warnings
    assert ([chapter.conclusion] if chapter.conclusion else []) == [b.text for s in dossier.sections for b in s.blocks]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: str(chapter.number))
@pytest.mark.parametrize(("axis", "value"), [(axis, value) for axis, values in AXES.items() for value in values])
def test_each_variation(chapter, axis, value):
    """A manuscript that differs in one habit of setting gives the chapter it was made from."""
    style = replace(Style(), **{axis: value})

    assert_like(dossier_of(rendered(chapter, style)), chapter, style)


@given(chapter=st.sampled_from(CHAPTERS), style=STYLES)
def test_variations_together(chapter, style):
    """A manuscript that differs in all habits at once gives the chapter it was made from."""
    assert_like(dossier_of(rendered(chapter, style)), chapter, style)


def test_ends_in_caption_without_closing_section():
    """A manuscript that ends in a caption may be cut short; a conclusion or list of sources after it says it is not."""
    cut = replace(HANSA, last_caption="The seal of the town of Stralsund")
    whole = replace(FLAX, last_caption="The seal of the spinners’ guild")
    warning = "the text may be cut short: it ends in a caption with no closing section"

    assert warning in dossier_of(rendered(cut, Style())).warnings
    assert warning not in dossier_of(rendered(whole, Style())).warnings


def test_ends_in_mid_sentence():
    """A manuscript whose last paragraph has no end is said to be cut short."""
    text = rendered(HANSA, Style()).rsplit(" ", 3)[0]

    assert "the text may be cut short: it ends in mid-sentence" in dossier_of(text).warnings


ROMAN = """\
TALL STORIES RETOLD

MYTH XIV

THE LIGHTHOUSE OF THE POINT NEVER
WENT DARK

By Dr. Ada Fenwick
Institute of Coastal History

«No night in two hundred years has seen that lamp go out.»
— Harbour calendar for 1932

ESSENCE
The lamp burned every night

IN A NUTSHELL
The lamp was out for three winters. Oil was short.

IN DETAIL
The lamp was lit in 1740. It went dark in 1781, when the oil ship was lost off the
View of the Point from the sea, 1790
northern shoals. The keeper noted in his log: “No oil, no light.”
It was dark again in the win-
ter of 1813. The keeper’s widow, Ruth Cole, remembered:
“We sat without a light for forty nights.
Nobody came to ask why.”

WORKS CITED
Cole R. Nights at the Point. 1822
Log of the Point, 1780–1815
"""


def test_roman_number_and_close_lines():
    """Roman numerals, a title over two lines, an institution, a caption amid lines, a hyphen and a long quotation."""
    dossier = dossier_of(ROMAN)

    assert (dossier.number, dossier.title) == (14, "THE LIGHTHOUSE OF THE POINT NEVER WENT DARK")
    assert dossier.authors == ("Ada Fenwick",)
    assert dossier.voicings[0].source == "Harbour calendar for 1932"
    assert dossier.essence == "The lamp burned every night"
    assert told(dossier.captions) == ["View of the Point from the sea, 1790"]
    assert "lost off the northern shoals" in dossier.detailed_facts[0].text
    assert "in the winter of 1813" in dossier.detailed_facts[1].text
    assert [block.speaker for block in dossier.detailed_facts if block.kind is BlockKind.QUOTE] == ["Ruth Cole"] * 2
    assert dossier.sources == ("Cole R. Nights at the Point. 1822", "Log of the Point, 1780–1815")
    assert dossier.warnings == ("lines that could not be placed: 1",)


UNQUOTED = """\
Myth #3 - The Miller Knew Nothing of the Flood

Ivan Drozd

The miller could not know of the flood, because nobody had told him.
Karl Wirt, Waters of the Valley (1902)

It came like thunder from a clear sky.
From a school essay

Claim

The miller was taken by surprise.

Facts in brief

He was warned four times. He did not believe it.

Facts in detail

Two weeks before, a rider came from the upper dam. The miller wrote on the back of the letter:

"Send this 'rider' back to his mother. He is a drunkard."

— Josef Kern, note of 12 March

The foreman asked for leave to open the gates. It was refused, and on the night of the

Figure 2. The upper dam, about 1890 (Town Archive)

20th the water came. Nobody was paid.

Wheels of the old mill
"""


def test_voicings_without_marks():
    """Voicings without quotation marks are known by their sources; a dash after a quotation says who spoke and where."""
    dossier = dossier_of(UNQUOTED)
    (quote,) = [block for block in dossier.detailed_facts if block.kind is BlockKind.QUOTE]

    assert [voicing.source for voicing in dossier.voicings] == [
        "Karl Wirt, Waters of the Valley (1902)",
        "From a school essay",
    ]
    assert (quote.speaker, quote.source) == ("Josef Kern", "note of 12 March")
    assert "on the night of the 20th the water came" in dossier.detailed_facts[-1].text
    assert told(dossier.captions) == ["Figure 2. The upper dam, about 1890 (Town Archive)", "Wheels of the old mill"]
    assert dossier.warnings == (
        "no bibliography or sources section",
        "the text may be cut short: it ends in a caption with no closing section",
    )


UKRAINIAN = """\
Міф 2. Млин ніколи не стояв

Остап Гай

«Наш млин працював щодня, відколи світ стоїть».
З календаря, 1985

Суть міфу

Млин працював без перерви.

Факти стисло

У 1922 році млин згорів. Його відбудували через три роки.

Факти докладно

Перший млин збудували ченці. Про нього згадує опис маєтку.

Вигляд млина з боку греблі

У травні 1923 року Михайло Лоза сказав громаді:

«Не дивіться на попіл, дивіться на воду».

Відтоді млин мололи двічі на тиждень.

Джерела

Опис маєтку. 1740.
"""


def test_ukrainian():
    """A Ukrainian chapter is understood alike, and its language is told."""
    dossier = dossier_of(UKRAINIAN)

    assert (dossier.number, dossier.language, dossier.authors) == (2, "uk", ("Остап Гай",))
    assert dossier.voicings[0].text == "Наш млин працював щодня, відколи світ стоїть."
    assert dossier.essence == "Млин працював без перерви."
    assert [block.speaker for block in dossier.detailed_facts if block.kind is BlockKind.QUOTE] == ["Михайло Лоза"]
    assert told(dossier.captions) == ["Вигляд млина з боку греблі"]
    assert dossier.sources == ("Опис маєтку. 1740.",)
    assert dossier.warnings == ()


def test_labelled_lines():
    """Lines that say themselves what they are need no guessing; a heading may share its line with the text."""
    text = (
        "Title: The Ferry Always Sailed\nNumber: 8\nAuthor: Una Reed\nQuote: “It sailed in any weather.”\n"
        "Source: The Ferryman, 1950\n\nEssence: The ferry never missed a day.\n\nIn brief: It missed many. Ice stopped it.\n\n"
        "Facts in detail: In 1891 ice held it for a month. The log says so.\n\nSources: Log of the ferry, 1891.\n"
    )
    dossier = dossier_of(text)

    assert (dossier.title, dossier.authors) == ("The Ferry Always Sailed", ("Una Reed",))
    assert [(each.text, each.source) for each in dossier.voicings] == [
        ("It sailed in any weather.", "The Ferryman, 1950")
    ]
    assert dossier.essence == "The ferry never missed a day."
    assert told(dossier.fast_facts) == ["It missed many. Ice stopped it."]
    assert dossier.sources == ("Log of the ferry, 1891.",)


def test_no_headings():
    """Where no heading is known, the prose after the head is kept as the detailed facts, and what lacks is said."""
    prose = "The ferry was built in 1801 by the town. It sailed on every market day, and the ferrymen were paid by the week, as the rolls of the town show for all those years."
    dossier = dossier_of(
        f"Myth 8. The Ferry Always Sailed\n\nUna Reed\n\n“It sailed in any weather.”\nThe Ferryman, 1950\n\n{prose}\n\n{prose}\n"
    )

    assert told(dossier.detailed_facts) == [prose, prose]
    assert {"no essence", "no fast facts"} <= set(dossier.warnings)


def test_denial_is_noticed():
    """An essence that says not where the title does not is the denial rather than the myth."""
    denying = replace(
        HANSA, title="The Towns Always Kept the Peace", essence="The towns did not always keep the peace."
    )
    stating = replace(HANSA, title="The Towns Always Kept the Peace", essence="The towns kept the peace at all times.")
    warning = "the essence states the denial instead of the myth"

    assert warning in dossier_of(rendered(denying, Style())).warnings
    assert warning not in dossier_of(rendered(stating, Style())).warnings
