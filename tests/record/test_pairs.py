"""Tables of those who certainly fought each other."""

from importlib.resources import files

import pytest

from valla.actors.catalogue import catalogue
from valla.errors import RecordError
from valla.record.pairs import read_pairs

TABLE = files("valla.record").joinpath("datasets", "cow-wars-pairs.csv").read_text(encoding="utf-8")


def test_a_pair_has_its_days_and_years():
    """Dates are EDTF, an empty one is open to whatever the rows say; comments are passed over."""
    exact, empty = read_pairs(
        "# by hand\nunit,one,other,first,last,opening\n1,2,20,1939-09-01,1940,1\n1,2,70,,,0\n", "t"
    )

    assert (True, frozenset({"2", "20"})) == (exact.opening, exact.sides)
    assert [False, True, True, False] == [exact.in_year(year) for year in (1938, 1939, 1940, 1941)]
    assert (empty.first, empty.last, empty.in_year(1800)) == ("", "", True)


def test_a_bad_table_is_told_with_its_line():
    """A missing column, and a date that is none."""
    with pytest.raises(RecordError, match="the column 'first' is missing"):
        read_pairs("unit,one,other,last\n", "pairs.csv")
    with pytest.raises(RecordError, match=r"pairs\.csv, line 3"):
        read_pairs("# by hand\nunit,one,other,first,last\n1,2,20,September,1940\n", "pairs.csv")


def test_the_pairs_of_wars_are_in_order():
    """Every code is a state's, no stretch of a pair overlaps another, each war that has an opening has it with its earliest known day."""
    known = catalogue()
    pairs = read_pairs(TABLE, "cow-wars-pairs.csv")
    for pair in pairs:
        assert 2 == len({known.by_cow(int(code)).id for code in pair.sides})
        if pair.begin[0] is not None and pair.end[1] is not None:
            assert pair.begin[0] <= pair.end[1]
    for one in pairs:
        for other in pairs:
            if one is not other and (one.unit, one.sides) == (other.unit, other.sides):
                assert one.end[1] < other.begin[0] or other.end[1] < one.begin[0]
            if one.unit == other.unit and one.opening and one.begin[0] == one.begin[1] and other.begin[1]:
                assert one.begin[0] is None or one.begin[0] <= other.begin[1]
