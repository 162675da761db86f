"""Questions of one shape have one query, and a filled blank can be nothing but a value."""

import sqlglot
from hypothesis import assume, given
from hypothesis import strategies as st

from valla.dates import Window
from valla.record.query import Selection, filled, shape_of

names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
sides = st.none() | st.frozensets(names, max_size=3)
days = st.none() | st.integers(-(2**31), 2**31 - 1)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Draw any selection."""
    return Selection(
        draw(st.none() | st.just(frozenset(["war"]))),
        draw(sides),
        draw(sides),
        symmetric=draw(st.booleans()),
        window=Window(draw(days), draw(days)),
    )


@given(selections())
def test_a_shape_is_the_shape_of_itself(asked):
    """To take the shape twice changes nothing."""
    assert shape_of(shape_of(asked)) == shape_of(asked)


@given(selections())
def test_a_shape_holds_no_name_and_no_day_of_its_selection(asked):
    """Only how many there are, and which are shared."""
    shape = shape_of(asked)
    for side in ("subjects", "objects"):
        own, blank = getattr(asked, side), getattr(shape, side)

        assert (own is None) == (blank is None)
        assert own is None or len(own) == len(blank)
    if asked.subjects and asked.objects:
        assert len(asked.subjects & asked.objects) == len(shape.subjects & shape.objects)


@given(st.frozensets(names, min_size=1, max_size=3), st.frozensets(names, min_size=1, max_size=3))
def test_other_actors_have_the_same_shape(subjects, objects):
    """One query serves all pairs of states."""
    assume(not subjects & objects)
    one = Selection(None, subjects, objects, symmetric=True, window=Window(1, 2))
    plain = Selection(
        None,
        frozenset(f"s{number}" for number in range(len(subjects))),
        frozenset(f"o{number}" for number in range(len(objects))),
        symmetric=True,
        window=Window(3, 4),
    )

    assert shape_of(one) == shape_of(plain)


@given(names, names)
def test_a_filled_blank_is_a_literal_and_nothing_else(one, other):
    """Whatever a name holds, a parser of SQL finds it back as a string, and no second statement."""
    assume(one != other)
    asked = Selection(None, frozenset([one]), frozenset([other]), symmetric=True, window=Window(-5, 7))
    shape = shape_of(asked)
    subject, target = next(iter(shape.subjects)), next(iter(shape.objects))
    sql = f"SELECT '{subject}' AS a, '{target}' AS b, {shape.window.begin} AS c, {shape.window.end} AS d"
    statements = sqlglot.parse(filled(sql, asked), dialect="duckdb")

    assert len(statements) == 1
    assert [literal.this for literal in statements[0].find_all(sqlglot.exp.Literal) if literal.is_string] == [
        one,
        other,
    ]
    assert "-5 AS c" in filled(sql, asked)
    assert "7 AS d" in filled(sql, asked)
