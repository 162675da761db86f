"""What a post has around its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import OTHERS, TEXTS

from counted import MOST_GROWTH, counted_module, growth
from valla.scan.posts import bare


@pytest.mark.parametrize(
    ("post", "text"),
    [
        ("Owls bark! https://example.org/a?b=c#d", "Owls bark!"),
        ("www.example.org owls bark pic.twitter.com/AbC1 t.co/x", "owls bark"),
        ("#OwlsBark in #chimney_stacks", "Owls Bark in chimney stacks"),
        ("@OldOwl says they bark", "Old Owl says they bark"),
        ("Owls bark. — The Old Owl (@oldowl) May 4, 2019", "Owls bark."),
        ("Owls bark. — The Old Owl (@oldowl)", "Owls bark."),
        ("Owls — as they say (not @oldowl) — bark", "Owls — as they say (not oldowl ) — bark"),
        ("  Owls\n\nbark\t. ", "Owls bark ."),
        ("a#b @ # c", "a b @ # c"),
        ("", ""),
    ],
)
def test_links_handles_hashtags_and_signatures_are_taken_off(post: str, text: str) -> None:
    """What is left is what somebody said."""
    assert bare(post) == text


@given(text=TEXTS | st.text("#@_-— (aB1:/.\n", max_size=60))
def test_any_text_can_be_made_bare(text: str) -> None:
    """No white space is left but single spaces, and no link."""
    found = bare(text)

    assert found == " ".join(found.split())
    assert "https://a" not in found


@pytest.mark.parametrize("text", OTHERS)
def test_a_text_that_is_no_post_stays_as_it_is(text: str) -> None:
    """There is nothing to take off."""
    assert bare(text) == text


@pytest.mark.parametrize(
    ("head", "units"),
    [("", (" -",)), ("", ("#",)), ("", (" — a(@b) ",)), ("", ("@a_",)), (" — ", ("a",)), ("", ("(@", "  "))],
)
def test_the_work_grows_with_the_length_alone(head: str, units: tuple[str, ...]) -> None:
    """No text makes an expression try again and again."""
    module = counted_module("valla.scan.posts")

    assert (
        growth(module.bare, lambda size: head + "".join(unit * (size // len(unit)) for unit in units), 1_000)
        < MOST_GROWTH
    )
