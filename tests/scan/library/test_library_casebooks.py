"""A casebook as a library."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from valla.dossier.model import Dossier, Voicing
from valla.scan.library.casebooks import from_casebook, from_dossiers

NUMBERS = st.one_of(st.none(), st.integers(0, 5))


@dataclass(frozen=True)
class Book:
    """The least that a casebook must have."""

    dossiers: tuple[Dossier, ...]


def test_a_dossier_gives_every_wording() -> None:
    """Claim, essence, title and voicings are all looked for, the claim first."""
    dossier = Dossier(2, "A title", claim="A claim.", essence="An essence.", voicings=(Voicing("A voice."),))
    (claim,) = from_casebook(Book((dossier,))).claims

    assert claim.wordings == ("A claim.", "An essence.", "A title", "A voice.")
    assert claim.number == 2


def test_a_dossier_without_a_claim_is_looked_for_by_what_it_has() -> None:
    """The essence stands in for the claim, then the title."""
    texts = [
        claim.text
        for claim in from_dossiers([Dossier(1, "A title", essence="An essence."), Dossier(2, "Another")]).claims
    ]

    assert texts == ["An essence.", "Another"]


def test_a_dossier_without_words_is_left_out() -> None:
    """There is nothing to look for."""
    assert from_dossiers([Dossier(1, " ")]).claims == ()


@given(st.lists(NUMBERS))
def test_ids_differ_even_where_numbers_do_not(numbers: list[int | None]) -> None:
    """Dossiers without a number, or with one twice, still get ids of their own."""
    library = from_dossiers([Dossier(number, "A title") for number in numbers])

    assert len({claim.id for claim in library.claims}) == len(numbers)
