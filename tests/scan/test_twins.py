"""Claims that a library holds twice."""

from hypothesis import given
from scan_indexes import libraries

from valla.scan.library.model import Library, LibraryClaim
from valla.scan.twins import first_twins


def test_other_punctuation_and_capitals_make_no_other_claim() -> None:
    """Each is told by the first that says the same."""
    texts = ["Owls bark.", "Trams bark.", "“OWLS” bark!", "owls-bark", ""]

    assert first_twins(LibraryClaim(str(number), text) for number, text in enumerate(texts)) == [0, 1, 0, 0, 4]


def test_a_claim_without_letters_is_nobodys_twin() -> None:
    """Not even where its id is what another says."""
    claims = [LibraryClaim("a", "Owls bark."), LibraryClaim("owlsbark", "…"), LibraryClaim("c", "…")]

    assert first_twins(claims) == [0, 1, 2]


@given(library=libraries())
def test_the_first_of_twins_is_its_own(library: Library) -> None:
    """It stands before all others, and they all lead to it."""
    firsts = first_twins(library.claims)

    assert all(firsts[first] == first <= number for number, first in enumerate(firsts))
