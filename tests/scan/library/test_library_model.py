"""What a library is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.scan.library.model import Library, LibraryClaim


def test_equal_wordings_count_once() -> None:
    """A title that repeats the claim adds nothing."""
    assert LibraryClaim("c", "A claim.", ("A claim.", " A claim. ", "")).wordings == ("A claim.",)


def test_two_claims_of_one_id_are_refused() -> None:
    """A sighting must point to one claim."""
    with pytest.raises(InputError, match="two claims of the library have the id 'a'"):
        Library((LibraryClaim("a", "One."), LibraryClaim("a", "Two.")))


@given(st.text(), st.text())
def test_the_fingerprint_tells_libraries_apart(one: str, other: str) -> None:
    """Libraries have the same fingerprint exactly where they say the same."""
    prints = [Library((LibraryClaim("a", text),)).fingerprint for text in (one, other)]

    assert (prints[0] == prints[1]) == (one == other)
