"""Stage 2: the gate."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from valla.scan.history.actors import KnownActors
from valla.scan.history.index import Index, build
from valla.scan.history.matcher import FLOOR
from valla.scan.history.stages.candidate import Candidate
from valla.scan.history.stages.gate import Gate
from valla.scan.history.stages.lexical import Lexical
from valla.scan.history.terms import WORD, items
from valla.scan.library.model import Library
from valla.scan.text import Sentence

WORDS = st.sampled_from(
    [
        "the",
        "Soviet",
        "Union",
        "Finland",
        "attacked",
        "never",
        "betrayed",
        "Poland",
        "France",
        "Hitler",
        "fascism",
        "always",
        "first",
        "pact",
        "signed",
        "country",
        "Munich",
        "agreement",
        "started",
        "Second",
        "World",
        "War",
        "from",
        "beginning",
        "without",
        "pause",
        "fought",
        "opponent",
        "ally",
        "not",
        "by",
        "was",
        "of",
        "harvest",
        "weather,",
        "USSR’s",
        "Stalin",
        "antifascist",
        "non-aggression",
    ]
)


@cache
def known() -> Index:
    """Return an index without claims over the actors of the catalogue."""
    return build(Library(()), KnownActors())


@given(text=st.lists(WORDS, max_size=25).map(" ".join))
def test_the_gate_drops_nothing_that_the_next_stage_would_keep(index: Index, text: str) -> None:
    """Whatever scores enough when every wording is tried is let through."""
    sentence = Sentence(0, len(text), text)
    lexical = Lexical(FLOOR)
    found = tuple(items(text, index.spotter, index.lexicon))
    every = [Candidate(sentence, (wording,), found) for wording in index.wordings]
    gated = {wording.text for candidate in Gate(index).open([sentence]) for wording in candidate.wordings}

    assert {candidate.wordings[0].text for candidate in lexical.sift(every)} <= gated


@given(
    names=st.lists(st.sampled_from(sorted({name for name, _ in KnownActors().names()})), max_size=3),
    text=st.lists(WORDS, max_size=12).map(" ".join),
)
def test_the_gate_lets_every_name_of_the_catalogue_through(names: list[str], text: str) -> None:
    """Whatever the spotter finds in a sentence, the gate held possible."""
    sentence = f"{text} {', '.join(names)}."
    index = known()
    possible = frozenset[str]().union(*(index.possible(word) for word in WORD.findall(sentence)))

    assert {term for spot in index.spotter.spots(sentence) for term in spot.terms} <= possible


def test_the_gate_drops_what_is_about_something_else(index: Index) -> None:
    """A sentence without the names of any claim ends here."""
    text = "The opponents of the war always gathered before the town hall."

    assert list(Gate(index).open([Sentence(0, len(text), text)])) == []


def test_there_is_one_candidate_for_each_claim(index: Index) -> None:
    """All wordings of one claim go on together."""
    text = "The Soviet Union always fought fascism and opposed Germany from the beginning, without pause."
    found = list(Gate(index).open([Sentence(0, len(text), text)]))

    assert [candidate.wordings[0].claim.id for candidate in found] == ["myth-2"]
    assert len(found[0].wordings) == 2
