"""From a library to its index."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_indexes import contents, libraries
from scan_samples import CLAIMS, LIBRARY

from valla.errors import InputError
from valla.scan.encoders.model import Vectors
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build, fingerprint_of
from valla.scan.index.model import Index, Rows
from valla.scan.library.model import Library, LibraryClaim


class Counting:
    """An encoder that remembers what it was asked for."""

    def __init__(self, encoder: StaticEncoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self.unrelated = encoder.unrelated
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return rows, noting whose."""
        self.asked += texts
        return self._encoder.encode(texts)


@given(library=libraries(), known=libraries())
def test_what_is_known_changes_nothing(static: StaticEncoder, library: Library, known: Library) -> None:
    """An index is the same whether or not another of any claims was given."""
    fresh = build(library, [static])

    assert contents(build(library, [static], known=build(known, [static]))) == contents(fresh)
    assert contents(build(library, [static], known=fresh)) == contents(fresh)


def test_only_new_wordings_are_encoded(static: StaticEncoder, small_index: Index) -> None:
    """A claim that was added costs its own wordings, wherever it stands."""
    counting = Counting(static)
    added = LibraryClaim("new", "Owls nest in chimneys.", context=("Lemons give hearing back",))
    build(Library((added, *CLAIMS)), [counting], known=small_index)

    assert counting.asked == ["Owls nest in chimneys."]


def test_vectors_of_another_encoder_are_not_taken(static: StaticEncoder) -> None:
    """What an index knows of one encoder says nothing of another."""
    without = build(LIBRARY, [])
    counting = Counting(static)
    build(LIBRARY, [counting], known=without)

    assert counting.asked == [wording for claim in CLAIMS for wording in claim.wordings]


@given(library=libraries())
def test_an_index_says_of_every_wording_whose_it_is_and_what_it_says(static: StaticEncoder, library: Library) -> None:
    """Its numbers lead back to the claims, and there is a row for each wording."""
    index = build(library, [static])

    assert tuple(index.wordings) == tuple(wording for claim in library.claims for wording in claim.wordings)
    assert len(index.wording_terms) == len(index.wordings) == len(index.wording_claims)
    assert index.vectors[static.name].shape == (len(index.wordings), static.dimensions)
    for number, claim in enumerate(library.claims):
        first, last = index.first_wordings[number : number + 2]
        assert index.wordings[first:last] == claim.wordings
    assert sorted(index.terms) == list(index.terms)
    assert np.all(np.isfinite(index.weights))
    assert np.all(index.weights >= -1e-6)


def test_the_order_of_terms_is_kept(small_index: Index) -> None:
    """A wording's terms stand in order, as often as they do there."""
    told = [small_index.terms[term] for term in small_index.wording_terms[0]]

    assert told[:4] == ["lemon", "juic", "drip", "ear"]


def test_a_rare_term_weighs_more(small_index: Index) -> None:
    """What little of writing at large has counts most; a term that writing hardly knows and a large library often has counts less."""
    weights = dict(zip(small_index.terms, small_index.weights.tolist(), strict=True))
    many = tuple(LibraryClaim(str(number), f"Lemon number {number}.") for number in range(200))
    other = build(Library((*many, CLAIMS[0])), [])

    assert weights["year"] < weights["bank"] < weights["coin"]
    assert other.weights[other.numbers["lemon"]] < other.weights[other.numbers["ear"]]


@pytest.mark.parametrize(
    "claims", [(), (LibraryClaim("a", ""),), (LibraryClaim("a", " ", ("",)), LibraryClaim("b", "the"))]
)
def test_a_library_without_words_has_an_index(static: StaticEncoder, claims: tuple[LibraryClaim, ...]) -> None:
    """It holds nothing, and that is no error."""
    index = build(Library(claims), [static])

    assert (len(index.claims), len(index.terms), len(index.wording_terms.values)) == (len(claims), 0, 0)


def test_a_wording_that_stands_twice_counts_once(static: StaticEncoder) -> None:
    """In one claim it is one wording; two claims may share it."""
    claim = LibraryClaim("a", "Owls nest in chimneys.", (" Owls nest in chimneys. ",), ("Owls nest in chimneys.",))
    index = build(Library((claim, LibraryClaim("b", "Owls nest in chimneys."))), [static])

    assert index.wordings == ("Owls nest in chimneys.",) * 2
    assert index.wording_claims.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("language", "wording", "terms"),
    [
        ("de", "Die Häuser der Bürgermeister", {"haus", "burgermeist"}),
        ("ru", "Старые маяки", {"стар", "маяк"}),
        ("ja", "灯台は古い", {"灯台", "台は", "は古", "古い"}),
        ("tlh", "tlhIngan maH", {"tlhingan", "mah"}),
    ],
)
def test_other_languages_have_stems_or_whole_words(
    static: StaticEncoder, language: str, wording: str, terms: set[str]
) -> None:
    """A Snowball stemmer where there is one, the words themselves where there is none; stop words go where they are known."""
    index = build(Library((LibraryClaim("a", wording),)), [static], language=language)

    assert set(index.terms) == terms
    assert index.language == language


def test_an_index_tells_library_language_and_encoders_apart(static: StaticEncoder) -> None:
    """Its fingerprint changes with each of them, and with nothing else."""
    told = {
        fingerprint_of(LIBRARY, "en", [static]),
        fingerprint_of(LIBRARY, "de", [static]),
        fingerprint_of(LIBRARY, "en", []),
        fingerprint_of(Library(CLAIMS[:-1]), "en", [static]),
    }

    assert len(told) == 4
    assert build(Library(CLAIMS), [static]).fingerprint in told


def test_an_index_without_the_vectors_is_refused(static: StaticEncoder) -> None:
    """The message names what is there, what is asked for, and the command."""
    with pytest.raises(InputError, match=r"no vectors.*found none; allowed: static-.*valla index"):
        build(LIBRARY, []).check_vectors(static.name)


@given(st.lists(st.lists(st.integers(0, 2**31 - 1), max_size=5)))
def test_lists_laid_end_to_end_are_the_same_lists(lists: list[list[int]]) -> None:
    """Each comes back, empty ones too."""
    rows = Rows.of(lists)

    assert [rows[number].tolist() for number in range(len(rows))] == lists
