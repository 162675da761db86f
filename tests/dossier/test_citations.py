"""What prose cites and links to: one grammar for the page, for lint and for the list of acts."""

import pytest

from valla.dossier.citations import act_of, cited_keys, linked_acts, prose
from valla.dossier.model import Block, BlockKind, Dossier, Section


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("So [@x].", ("x",)),
        ("So [see @x].", ("x",)),
        ("So [@a; @b, p. 3].", ("a", "b")),
        ("So [see @a, pp. 3-4; also @b].", ("a", "b")),
        ("So [@a.b].", ("a.b",)),
        ("So [@{a.b}, p. 1].", ("a.b",)),
        ("One [@a], two [@b]\nand [@a].", ("a", "b", "a")),
        ("Write to [me@example.org].", ()),
        ("Write to [us; @a] not.", ()),
        ("A `[@code]` is none, nor \\[@this].", ()),
        ("*So [@a]*, [so [@b]](http://example.org)", ("a", "b")),
        ("No @x without brackets.", ()),
    ],
)
def test_the_keys_of_citations(text, keys):
    """Each key counts, whatever stands before it; an address and code cite nothing."""
    assert cited_keys(text) == keys


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("It [was](#act-pact-1934).", ("pact-1934",)),
        ("It [was](<#act-a b>).", ("a b",)),
        ('It [was](#act-a "the pact").', ("a",)),
        ("It [was](#act-%C3%A9).", ("é",)),
        ("It [was](#act-a.b) and [is](#act-c_d).", ("a.b", "c_d")),
        ("It [was][p].\n\n[p]: #act-p", ("p",)),
        ("It [was](#other), [not](http://example.org/#act-x), `[x](#act-y)`.", ()),
    ],
)
def test_the_acts_that_are_linked_to(text, acts):
    """As Markdown reads links, so they are found."""
    assert linked_acts(text) == acts


def test_only_the_address_of_an_act_names_one():
    """A bare anchor is the page's own."""
    assert (act_of("#act-x"), act_of("#x"), act_of("")) == ("x", None, None)


def test_prose_is_all_that_is_shown_as_markdown():
    """Facts, further sections, captions, and who is quoted."""
    quote = Block(BlockKind.QUOTE, "b", speaker="c [@k]")
    dossier = Dossier(
        1,
        "t",
        fast_facts=(Block(BlockKind.PARAGRAPH, "a"),),
        detailed_facts=(quote,),
        sections=(Section("s", (Block(BlockKind.PARAGRAPH, "d"),)),),
        captions=(Block(BlockKind.CAPTION, "e"),),
    )

    assert prose(dossier) == ("a", "b", "c [@k]", "d", "e")
