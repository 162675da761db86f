"""The forms of headlines and quotations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.stance.forms import has_source_after, has_source_before, quoted_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dam caused the flood – mayor", True),
        ("Dam caused the flood — mayor of the town", True),
        ("Dam caused the flood - mayor", True),
        ("Dam caused the flood", False),
        ("The well-known dam caused the flood", False),
        ("Flood – a report", False),
        ("The dam – so the engineers who built it thirty years ago – caused the flood in the valley", False),
        ("Dam caused the flood –", False),
    ],
)
def test_a_short_name_behind_a_dash_is_a_source(text: str, expected: bool) -> None:
    """The dash stands free, what follows is short, what goes before is a statement."""
    assert has_source_after(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor: the dam caused it", True),
        ("The dam caused it", False),
        ("1909: the dam caused it", False),
        ("What the engineers who had built it found was this: the dam caused it", False),
        ("Mayor:", False),
    ],
)
def test_a_short_name_before_a_colon_is_a_source(text: str, expected: bool) -> None:
    """A date is no name, and half a sentence is none."""
    assert has_source_before(text) is expected


def test_quotations_are_found_in_every_kind_of_marks() -> None:
    """Apostrophes inside words are no marks."""
    assert list(quoted_words('the ‘so-called’ dam\'s "flood" and the «end»')) == ["so-called", "flood", "end"]


@given(st.text())
def test_any_text_has_forms(text: str) -> None:
    """No text fails, and a quotation is part of it."""
    assert isinstance(has_source_after(text), bool)
    assert isinstance(has_source_before(text), bool)
    assert all(quotation in text for quotation in quoted_words(text))
