"""Lines of text to columns."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from valla.record import lines

_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='",\t\u2028\u2029\x85'), max_size=4)
_ROWS = st.lists(st.lists(_CELL, max_size=5), max_size=12)
_QUOTED = st.text(st.sampled_from('ab",\n '), max_size=6)


def _shape(form="csv"):
    return lines.Shape(form, 3, {"one": 0, "three": 2}, ("one", "two", "three"))


def _told(parts):
    found = list(parts)
    rows = [tuple(row.values()) for part in found for row in part.table.to_pylist()]
    return rows, sorted((one.row, one.reason, one.found) for part in found for one in part.aside)


@given(_ROWS, st.sampled_from(["csv", "tsv"]))
def test_the_quick_way_and_the_careful_way_agree(rows, form):
    """Without quotation marks both ways take the same rows from the same lines and set aside the same others."""
    separator = "\t" if form == "tsv" else ","
    text = [separator.join(row) + "\n" for row in [*rows, ["one", "two", "three"], ["a", "b", "c"]]]

    assert _told(lines.columns_of(iter(text), _shape(form), 1)) == _told(lines._careful(iter(text), _shape(form), 1))


@given(st.lists(st.lists(_QUOTED, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_a_csv_writer_wrote_is_read_back(rows):
    """Cells with commas, quotation marks and line breaks come back as they were, but for rows that are blank or a header."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    file.seek(0)
    found, aside = _told(lines.columns_of(iter(file), _shape(), 0))

    assert [(one, three) for one, _, three in rows if one or three] == [row[1:] for row in found]
    assert not aside


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_every_line_is_taken_or_set_aside(widths):
    """Whatever the widths of the rows, each that is not blank is in the table or listed, with its own line."""
    text = [",".join("x" * width) + "\n" for width in widths]
    rows, aside = _told(lines.columns_of(iter(text), _shape(), 0))

    assert [line for line, width in enumerate(widths, 1) if width] == sorted(
        [row[0] for row in rows] + [one[0] for one in aside]
    )
    assert [line for line, width in enumerate(widths, 1) if width == 3] == [row[0] for row in rows]
