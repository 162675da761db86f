"""Stages 3 and 4 of a search: claims worth a closer look."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import CLAIMS, LIBRARY, REPETITIONS, SENTENCES

from valla.scan.analysis import Analysis
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build
from valla.scan.index.model import Index
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.stages import candidates
from valla.scan.stages.candidates import Candidates


def bm25(index: Index, terms: set[str], number: int) -> float:
    """Return the BM25 score of a claim, written out: k1 = 1.2, b = 0.75."""
    told = [Analysis().terms(" ; ".join(claim.wordings)) for claim in LIBRARY.claims]
    length = len(told[number]) / (sum(map(len, told)) / len(told))
    total = 0.0
    for term in terms & set(told[number]):
        count = told[number].count(term)
        total += float(index.weights[index.numbers[term]]) * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length))
    return total


@given(text=SENTENCES | st.sampled_from(list(REPETITIONS)))
def test_words_find_what_the_formula_finds(small_index: Index, static: StaticEncoder, text: str) -> None:
    """With one place the claim of the highest BM25 score is there."""
    terms = set(Analysis().terms(text))
    scores = [bm25(small_index, terms, number) for number in range(len(CLAIMS))]
    near = Candidates(small_index, static.name).near(tuple(terms), np.zeros(static.dimensions, np.int8), count=1)

    if max(scores) == 0:
        assert near == []
    else:
        (found,) = near
        assert math.isclose(scores[found], max(scores), rel_tol=1e-5)


@given(text=SENTENCES | st.sampled_from(list(REPETITIONS)))
def test_meaning_finds_the_nearest_wordings(small_index: Index, static: StaticEncoder, text: str) -> None:
    """With one place the claim of the highest cosine is there, by any of its wordings."""
    (row,) = static.encode([text])
    cosines = small_index.vectors[static.name].astype(int) @ row.astype(int)
    near = Candidates(small_index, static.name).near((), row, count=1)

    assert near == ([int(small_index.wording_claims[cosines.argmax()])] if cosines.max() > 0 else [])


def test_they_come_in_order_of_the_library(small_index: Index, static: StaticEncoder) -> None:
    """What ranks them is the next stage."""
    (row,) = static.encode(["the mayor of the lighthouse drank lemon tea"])
    near = Candidates(small_index, static.name).near(("mayor", "lighthous", "lemon", "tea"), row)

    assert near == sorted(set(near))
    assert len(near) >= 4


@pytest.mark.parametrize("at_once", [1, 3])
def test_it_does_not_matter_how_many_rows_go_at_once(
    small_index: Index, static: StaticEncoder, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Products of whole numbers are the same in any part."""
    (row,) = static.encode(["the mayor of the lighthouse drank lemon tea"])
    whole = Candidates(small_index, static.name).near((), row)
    monkeypatch.setattr(candidates, "_ROWS_AT_ONCE", at_once)

    assert Candidates(small_index, static.name).near((), row) == whole != []


def test_of_equals_the_first_are_taken(static: StaticEncoder) -> None:
    """A library may hold the same claim many times."""
    index = build(Library(tuple(LibraryClaim(str(n), "Owls bark.") for n in range(9))), [static])
    (row,) = static.encode(["Owls bark."])

    assert Candidates(index, static.name).near(("owl", "bark"), row, count=3) == [0, 1, 2]


@pytest.mark.parametrize("claims", [(), (LibraryClaim("a", ""),), (LibraryClaim("a", "the"), LibraryClaim("b", ""))])
def test_a_library_without_terms_has_no_candidates(static: StaticEncoder, claims: tuple[LibraryClaim, ...]) -> None:
    """There is nothing to find by words, and by meaning nothing of an empty claim."""
    index = build(Library(claims), [static])
    near = Candidates(index, static.name).near(("owl",), np.zeros(static.dimensions, np.int8))

    assert near == []
