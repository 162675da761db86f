"""A short text and a library."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import CLAIMS, LIBRARY, MODEL, ODDITIES, OTHERS, REPETITIONS, TEXTS

from valla.errors import InputError
from valla.scan.encoders.choice import encoder_of
from valla.scan.encoders.model import Vectors
from valla.scan.encoders.static import StaticEncoder
from valla.scan.find import MAX_QUERY_CHARS, Finder, parts_of
from valla.scan.index.build import build
from valla.scan.index.model import Index
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.model import Settings
from valla.scan.pairs.model import VERBATIM
from valla.scan.stages.rerank import WHOLE_PROBABILITY


class Toy:
    """An encoder of a kind that no model was trained for."""

    name = "toy-2"
    dimensions = 2
    unrelated = 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return rows that say nothing."""
        return np.zeros((len(texts), 2), np.int8)


@pytest.fixture(scope="module")
def finder(small_index: Index, static: StaticEncoder) -> Finder:
    """Hand out a finder with the model that Valla carries."""
    return Finder(small_index, static)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_every_wording_of_a_claim_finds_it_first(finder: Finder, claim: LibraryClaim) -> None:
    """And names itself as the nearest."""
    for wording in claim.wordings:
        best = finder.find(wording)[0]

        assert (best.claim, best.wording) == (claim, wording)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claims_own_text_finds_it_with_high_probability(finder: Finder, claim: LibraryClaim) -> None:
    """All others are hardly probable at all."""
    best, *others = finder.find(claim.text, len(CLAIMS))

    assert best.claim == claim
    assert best.probability > 0.8
    assert all(match.probability < 0.1 for match in others)


def test_another_wording_in_a_post_finds_the_claim_first(finder: Finder) -> None:
    """Whatever stands around it."""
    for text, claim in REPETITIONS.items():
        if claim != "opponent":
            assert finder.find(f"RT @Somebody: {text} https://example.org/x #news")[0].claim.id == claim


def test_a_claim_told_by_other_names_is_found(finder: Finder) -> None:
    """Who did what to whom is known by the actors and the relation, whatever they are called."""
    for text in ("Stalin was Hitler's enemy at all times", "It is said that Moscow opposed the Third Reich always."):
        best = finder.find(text)[0]

        assert best.claim.id == "opponent"
        assert best.probability >= WHOLE_PROBABILITY


def test_other_text_is_about_no_claim(static: StaticEncoder, finder: Finder) -> None:
    """The nearest claims are listed all the same, as improbable as they are, however few claims there are."""
    alone = Finder(build(Library(CLAIMS[:1]), [static]), static)

    assert all(
        match.probability < Settings().confirm for one in (finder, alone) for text in OTHERS for match in one.find(text)
    )


@given(text=TEXTS, top=st.integers(0, 8))
def test_any_text_can_be_looked_up(finder: Finder, text: str, top: int) -> None:
    """At most so many claims as were asked for, each once, the most probable first."""
    found = finder.find(text, top)

    assert len(found) <= top
    assert len({match.claim.id for match in found}) == len(found)
    assert [match.probability for match in found] == sorted((match.probability for match in found), reverse=True)
    assert all(match.wording in match.claim.wordings and 0 <= match.probability <= 1 for match in found)
    assert found == finder.find(text, 8)[:top]


@given(texts=st.lists(TEXTS, max_size=4))
def test_many_texts_give_what_each_gives(finder: Finder, texts: list[str]) -> None:
    """No text counts for another."""
    assert finder.find_many(texts) == [finder.find(text) for text in texts]


def test_another_finder_finds_the_same(static: StaticEncoder, finder: Finder) -> None:
    """To the last digit, whatever was looked up before."""
    fresh = Finder(build(LIBRARY, [static]), static)

    assert [fresh.find(text) for text in reversed(REPETITIONS)] == [finder.find(text) for text in reversed(REPETITIONS)]


def test_of_equal_claims_the_first_stands_first(static: StaticEncoder) -> None:
    """Order does not fall to chance."""
    library = Library(tuple(LibraryClaim(name, "Owls bark at noon.") for name in "zya"))

    assert [match.claim.id for match in Finder(build(library, [static]), static).find("Owls bark at noon.")] == [
        "z",
        "y",
        "a",
    ]


def test_as_many_claims_are_listed_as_are_asked_for(static: StaticEncoder) -> None:
    """A run may be as deep as the library holds claims that have something in common with the text."""
    index = build(Library(tuple(LibraryClaim(str(n), f"Owls bark at tower {n}.") for n in range(300))), [static])

    assert len(Finder(index, static).find("Do owls bark?", top=250)) == 250


@pytest.mark.parametrize("text", ["", " \n", "https://example.org", "…", "\ud83d", "the of and", "\x00", *ODDITIES])
def test_a_text_without_known_words_is_no_error(finder: Finder, text: str) -> None:
    """Nothing that is found is as probable as what a claim's own words find."""
    assert all(match.probability < 0.8 for match in finder.find(text))


def test_of_a_long_text_only_the_beginning_counts(finder: Finder) -> None:
    """What is longer is a document, to be scanned."""
    beginning = ("The committee adjourned. " * 300)[:MAX_QUERY_CHARS]

    assert finder.find(beginning + CLAIMS[0].text) == finder.find(beginning)


@pytest.mark.parametrize("claims", [(), (LibraryClaim("a", ""),), (LibraryClaim("a", "the of"),)])
def test_a_library_without_words_finds_nothing(static: StaticEncoder, claims: tuple[LibraryClaim, ...]) -> None:
    """There is nothing to find."""
    assert Finder(build(Library(claims), [static]), static).find("Owls bark.") == []


def test_claims_with_lone_surrogates_are_found(static: StaticEncoder) -> None:
    """JSON may hold half a character."""
    claim = LibraryClaim("a", "Owls bark \ud83d at noon.", ("\udcff",))

    assert Finder(build(Library((claim,)), [static]), static).find("owls bark at noon")[0].claim == claim


def test_an_unknown_encoder_is_refused() -> None:
    """The message names those that there are."""
    with pytest.raises(InputError, match="no such encoder; found 'magic'; allowed: static or neural"):
        encoder_of("magic")


def test_an_encoder_without_vectors_in_the_index_is_refused(static: StaticEncoder) -> None:
    """Nothing could be compared."""
    with pytest.raises(InputError, match="the index has no vectors"):
        Finder(build(LIBRARY, []), static)


def test_an_encoder_without_a_model_is_refused_unless_one_is_given() -> None:
    """Weights that were trained for one kind say nothing of another."""
    index = build(LIBRARY, [Toy()])

    with pytest.raises(InputError, match="no rerank model"):
        Finder(index, Toy())
    assert Finder(index, Toy(), MODEL).find(CLAIMS[0].text)[0].claim == CLAIMS[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Owls bark.", ["Owls bark."]),
        (
            "Owls bark at noon. Trams leave at nine. Yes.",
            ["Owls bark at noon. Trams leave at nine. Yes.", "Owls bark at noon.", "Trams leave at nine."],
        ),
        ("Owls bark at noon. Yes. No.", ["Owls bark at noon. Yes. No."]),
        ("", [""]),
    ],
)
def test_a_text_is_looked_up_whole_and_by_its_sentences(text: str, parts: list[str]) -> None:
    """Sentences that are very short say nothing by themselves."""
    assert parts_of(text) == parts


@given(text=TEXTS)
def test_the_whole_always_stands_first(text: str) -> None:
    """Its parts are parts of it, and not too many."""
    whole, *parts = parts_of(text)

    assert all(part in whole for part in parts)
    assert len(parts) <= 12


def test_a_wording_is_sure_however_many_claims_say_nearly_the_same(static: StaticEncoder) -> None:
    """They are all meant; but a title of a word or two is no statement."""
    texts = [f"The mayor of Osterbruck sold the waterworks {when}." for when in ("in spring", "in secret", "at last")]
    claims = [LibraryClaim(str(number), text, ("Waterworks",)) for number, text in enumerate(texts)]
    finder = Finder(build(Library((*CLAIMS, *claims)), [static]), static)

    assert finder.find(texts[1].upper())[0].claim.id == "1"
    assert finder.find(texts[1].upper())[0].probability >= VERBATIM
    assert finder.find("Waterworks?")[0].probability < VERBATIM
