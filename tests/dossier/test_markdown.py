"""A dossier written as Markdown reads back as it was; faults in the head are told in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.dossier.markdown import read, write
from valla.dossier.model import Block, BlockKind, Dossier, Section, Voicing
from valla.errors import CasebookError

MARKS = st.sampled_from(
    [
        "# ",
        "## ",
        "### ",
        ">",
        "> ",
        "![a](b)",
        "— ",
        "- ",
        "\\",
        "\\> ",
        "---",
        "[@key, p. 3]",
        "*",
        "1939",
        ": ",
        "&a",
        "no",
        "~",
        "; ",
        "]",
        ")",
        "“",
    ]
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=8)
LINE = (
    st.lists(MARKS | WORDS, min_size=1, max_size=6).map("".join).map(lambda text: " ".join(text.split())).filter(bool)
)
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
PLAIN = LINE | st.just("")

PARAGRAPHS = st.builds(Block, st.just(BlockKind.PARAGRAPH), PROSE)
QUOTES = st.builds(Block, st.just(BlockKind.QUOTE), PROSE, speaker=PLAIN, source=PLAIN)
PICTURES = st.builds(Block, st.just(BlockKind.CAPTION), LINE, image=PLAIN)
BLOCKS = st.lists(PARAGRAPHS | QUOTES | PICTURES, max_size=4).map(tuple)
RESERVED = {"essence", "fast facts", "detailed facts", "pictures"}
TITLES = LINE.filter(lambda text: text.casefold() not in RESERVED)
SECTIONS = st.lists(st.builds(Section, TITLES, BLOCKS), max_size=2)
PREAMBLE = BLOCKS.filter(bool).map(lambda blocks: [Section("", blocks)]) | st.just([])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT.filter(bool), inner, max_size=3),
    max_leaves=5,
)
DOSSIERS = st.builds(
    Dossier,
    number=st.none() | st.integers(0, 999),
    title=TEXT,
    claim=TEXT,
    essence=PROSE | st.just(""),
    voicings=st.lists(
        st.builds(Voicing, TEXT, TEXT, TEXT, TEXT, TEXT, st.sampled_from(["quotation", "paraphrase"])), max_size=2
    ).map(tuple),
    authors=st.lists(TEXT, max_size=2).map(tuple),
    fast_facts=BLOCKS,
    detailed_facts=BLOCKS,
    captions=st.lists(PICTURES, max_size=3).map(tuple),
    reading=st.none() | st.dictionaries(TEXT.filter(bool), VALUES, max_size=3),
    reading_note=TEXT,
    status=st.sampled_from(["draft", "reviewed", "published", "corrected"]),
    language=st.sampled_from(["en", "uk", "no"]),
    sources=st.lists(TEXT, max_size=2).map(tuple),
    published=st.sampled_from(["", "1939", "2024-05-01", "2024~"]),
    corrections=st.lists(
        st.fixed_dictionaries({"text": TEXT.filter(bool)}, optional={"date": TEXT.filter(bool)}), max_size=2
    ).map(tuple),
    warnings=st.lists(TEXT, max_size=2).map(tuple),
    sections=st.tuples(PREAMBLE, SECTIONS).map(lambda both: tuple(both[0] + both[1])),
)

HEAD = "---\nnumber: 2\ntitle: The wall never fell\n---\n"


@given(DOSSIERS)
def test_round_trip(dossier):
    """Reading what was written gives the same dossier, whatever its words look like."""
    assert dossier == read(write(dossier), "dossier.md")


@given(DOSSIERS)
def test_writing_is_stable(dossier):
    """Writing what was read gives the same text."""
    text = write(dossier)

    assert text == write(read(text, "dossier.md"))


def test_reads_what_people_write():
    """Hand-made Markdown, with Windows line ends, wrapped lines and lists, is read as it looks."""
    text = (
        "---\ntitle: The wall never fell\nnumber: 2\npublished: 2024-05-01\nlanguage: no\nvoicings:\n- {text: It held., date: 1911}\n---\n# The wall never fell\n\n"
        "## Essence\n\nIt held\nfor ever.\n\n## Fast facts\n- It fell.\n- It fell again [@kos, p. 12].\n\n## Detailed facts\n\nJan Kos said:\n> Stones do not\n> lie.\n>\n> — Jan Kos\n\n"
        "![The wall](pictures/wall.png)\n\n### Later\n\nIt was mended.\n\n## Conclusion\n\nSo it fell.\n\n## Pictures\n\n- The gate,\n  1890\n- The tower\n"
    ).replace("\n", "\r\n")
    dossier = read(text, "wall.md")

    assert (dossier.number, dossier.published, dossier.language, dossier.voicings[0].date) == (
        2,
        "2024-05-01",
        "no",
        "1911",
    )
    assert dossier.essence == "It held\nfor ever."
    assert dossier.fast_facts == (Block(BlockKind.PARAGRAPH, "- It fell.\n- It fell again [@kos, p. 12]."),)
    assert dossier.detailed_facts[:3] == (
        Block(BlockKind.PARAGRAPH, "Jan Kos said:"),
        Block(BlockKind.QUOTE, "Stones do not\nlie.", "Jan Kos"),
        Block(BlockKind.CAPTION, "The wall", image="pictures/wall.png"),
    )
    assert dossier.sections == (Section("Conclusion", (Block(BlockKind.PARAGRAPH, "So it fell."),)),)
    assert [caption.text for caption in dossier.captions] == ["The gate, 1890", "The tower"]


FAULTS = [
    ("number: 2\ntitle: x\nautors: [A]\n", r"^d\.md:4: no key is called 'autors'.*did you mean 'authors'"),
    ("title: x\nvoicings:\n  - text: a\n    sorce: b\n", r"^d\.md:5: no key is called 'sorce'.*did you mean 'source'"),
    ("title: x\ncorrections: [{when: a}]\n", r"^d\.md:3: no key is called 'when'; allowed: date, text"),
    ("title: x\ncorrections: [{date: 2026}]\n", r"^d\.md:3: corrections\.0\.text: is missing"),
    ("title: x\ncorrections: [{text: ''}]\n", r"^d\.md:3: corrections\.0\.text: cannot be this.*some words"),
    ("title: x\ncorrections: [mended]\n", r"^d\.md:3: corrections\.0: cannot be this.*as in \{text: \.\.\.\}"),
    ("title: x\nvoicings: [{text: a, form: verse}]\n", r"^d\.md:3: voicings\.0\.form.*'quotation' or 'paraphrase'"),
    ("number: 2\ntilte: x\n", r"^d\.md:3: no key is called 'tilte'.*did you mean 'title'"),
    ("number: two\ntitle: x\n", r"^d\.md:2: number: .*found 'two'; allowed: a whole number"),
    ("number: -2\ntitle: x\n", r"^d\.md:2: number: "),
    ("number: 2\n", r"title: is missing"),
    (
        "title: x\nstatus: done\n",
        r"^d\.md:3: status: .*found 'done'; allowed: 'draft', 'reviewed', 'published' or 'corrected'",
    ),
    ("title: x\npublished: 1939.10\n", r"^d\.md:3: published: .*allowed: text; put it into quotation marks"),
    ("title: x\nauthors: Ada\n", r"^d\.md:3: authors: .*allowed: a list"),
    ("title: x\ntitle: y\n", r"^d\.md:3: the key 'title' comes twice"),
    ("title: x: y\n", r"^d\.md:2: the head is not YAML"),
    ("title: [x\n", r"^d\.md:\d: the head is not YAML"),
    ("title: &a x\nclaim: *a\n", r"^d\.md:3: an alias stands in the head"),
    ("title: !!python/object:os.system x\n", r"^d\.md:2: the head is not YAML"),
    ("- title\n", r"the head is no list of keys"),
    ("title: x\nessence: y\n", r"write it in the text, under '## Essence'"),
    ("title: x\nreading: " + "[" * 5000 + "\n", r"^d\.md"),
]


@pytest.mark.parametrize(("head", "message"), FAULTS)
def test_faults_in_the_head(head, message):
    """A fault in the head is told in one line with the file, the line, the key and the repair."""
    with pytest.raises(CasebookError, match=message) as caught:
        read(f"---\n{head}---\n\n## Essence\n", "d.md")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [("# Wall\n", "begins with a YAML head"), ("---\ntitle: x\n", "does not end"), ("", "begins with")],
)
def test_no_head(text, message):
    """A file without a head, or with half of one, is no dossier."""
    with pytest.raises(CasebookError, match=message):
        read(text, "d.md")


def test_section_order_is_free():
    """Sections are known by their names, wherever they stand and however they are capitalised."""
    dossier = read(f"{HEAD}\n## DETAILED FACTS\n\nb\n\n## essence\n\na\n", "d.md")

    assert (dossier.essence, dossier.detailed_facts[0].text) == ("a", "b")
