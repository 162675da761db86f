"""Which column is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.scan.tables.columns import distinct, listed, place_of


@pytest.mark.parametrize(
    ("wanted", "names", "place"),
    [
        ("b", ["a", "b"], 1),
        ("", ["", "b"], 0),
        ("2", ["a", "b"], 1),
        ("1", ["a", "1"], 1),
        ("b", ["a", " b "], 1),
        ("b", [" b ", "b"], 1),
        ("2", ["a", "a"], 1),
    ],
)
def test_a_column_is_found_by_name_or_else_by_position(wanted: str, names: list[str], place: int) -> None:
    """A name goes before a position, and the exact name before one with blanks."""
    assert place_of(wanted, names, "t") == place


def test_a_misspelt_column_is_refused_with_those_that_are_there() -> None:
    """The nearest is proposed."""
    with pytest.raises(
        InputError, match="t: there is no column 'vclam'; allowed: title, vclaim; did you mean 'vclaim'"
    ):
        place_of("vclam", ["title", "vclaim"], "t")


@pytest.mark.parametrize("wanted", ["0", "3", "-1", "99999999999999999999", "²"])
def test_a_position_outside_is_refused(wanted: str) -> None:
    """Positions run from 1 to the number of columns."""
    with pytest.raises(InputError, match="there is no column"):
        place_of(wanted, ["a", "b"], "t")


def test_a_name_of_several_columns_is_refused() -> None:
    """Which is meant cannot be told; their positions can be named instead."""
    with pytest.raises(InputError, match="several columns are called 'a'; allowed: their positions: 1, 3"):
        place_of("a", ["a", "b", "a"], "t")


def test_very_many_names_are_shortened() -> None:
    """A table of thousands of columns still gives one short line."""
    assert listed([f"c{number}" for number in range(1000)]).endswith("c19 and 980 more")


@given(st.lists(st.sampled_from(["a", "b", "1", "2", "3", ""])))
def test_distinct_names_keep_their_order_and_differ(names: list[str]) -> None:
    """Each column gets a name of its own; the first of a name keeps it unless a position took it before."""
    found = distinct(names)

    assert len(found) == len(set(found)) == len(names)
