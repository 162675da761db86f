"""Acts as a table and as a record: nothing is lost, and the fingerprint is of what is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.dates import Span, Window, day_number, parse
from valla.errors import RecordError
from valla.record.query import EVERYTHING
from valla.record.schema import COLUMNS, Act, Coverage, Witness
from valla.record.store import record_of
from valla.record.table import act_of, acts_of, number_of_witnesses, table_of

days = st.none() | st.integers(-(2**31) + 1, 2**31 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
spans = st.builds(Span, st.just("drawn"), days, days, days, days)
keys = st.text("abc-1", min_size=1, max_size=4)
witnesses = st.lists(
    st.builds(Witness, keys, texts, texts, st.sampled_from(["supports", "disputes"]), texts), max_size=3
).map(tuple)
acts = st.lists(
    st.builds(
        Act,
        texts,
        texts,
        texts,
        st.sampled_from(["war", "treaty"]),
        st.booleans(),
        spans,
        st.sampled_from(["open", "secret", "unknown"]),
        st.none() | st.sampled_from(["1946", "1946-05-22", "1946/1948"]).map(parse),
        texts,
        texts,
        witnesses,
        texts,
        texts,
        texts,
        st.integers(0, 10**9),
    ),
    max_size=5,
)


@given(acts)
def test_acts_come_back_from_a_table_as_they_went_in(drawn):
    """But for the day on which they became known at the latest, which is the latest day on which that can have begun."""
    found = acts_of(table_of(drawn))

    assert [replace(act, known_from=None) for act in found] == [replace(act, known_from=None) for act in drawn]
    for before, after in zip(drawn, found, strict=True):
        assert (before.known_from is None) == (after.known_from is None)
        if before.known_from:
            assert after.known_from.text == before.known_from.text
            assert after.known_from.begin_min == before.known_from.begin_min
            assert after.known_from.latest_begin == before.known_from.latest_begin
    assert table_of(drawn).column_names == list(COLUMNS)


def test_a_date_too_far_off_is_refused():
    """Day numbers must fit in four bytes."""
    far = Act("deep", "a", "b", "war", True, Span("Y-9000000", -(2**40), None, None, None))
    with pytest.raises(RecordError, match="'deep' is dated too far off; found Y-9000000"):
        table_of([far])

    with pytest.raises(RecordError, match="'deep' is dated too far off; found Y17E7"):
        table_of([replace(far, when=parse("1950/.."), known_from=parse("Y17E7"))])


def test_an_open_end_is_kept_apart_from_an_unknown_one():
    """Both come back from the table as they were, and neither stretches the span of the record."""
    dated = [Act(name, "a", "b", "war", True, parse(name)) for name in ("1950/..", "1950/", "../1990", "/1990")]
    table = table_of(dated)

    assert [act.when for act in acts_of(table)] == [act.when for act in dated]
    assert record_of(dated).span == (day_number(1950), day_number(1990, 12, 31))


@pytest.mark.parametrize("packed", ["[", "7", "[7]", '[["a", "b", "c", "d", "e", "f"]]'])
def test_witnesses_that_are_none_are_refused(packed):
    """A table of others may hold anything in that column."""
    row = {**table_of([Act("a", "a", "b", "war", True, parse("1950"))]).to_pylist()[0], "witnesses": packed}
    with pytest.raises(RecordError, match="the witnesses of an act are broken"):
        act_of(row)


@given(acts)
def test_the_table_names_every_source_that_supports_an_act(drawn):
    """In the order of the witnesses; whether anybody disputes it stands beside them."""
    table = table_of(drawn)

    assert [text.split() for text in table["sources"].to_pylist()] == [list(act.sources) for act in drawn]
    assert table["disputed"].to_pylist() == [act.disputed for act in drawn]
    assert table["source"].to_pylist() == [act.source for act in drawn]
    assert number_of_witnesses(table) == sum(len(act.supporting) for act in drawn)


@given(acts, st.randoms())
def test_the_fingerprint_is_of_the_acts_whatever_their_order(drawn, random):
    """In memory or in DuckDB, in any order, the same."""
    mixed = drawn[:]
    random.shuffle(mixed)

    assert record_of(drawn, in_memory=True).fingerprint == record_of(mixed, in_memory=True).fingerprint


@given(acts.filter(bool), st.sampled_from(["summary", "title", "channel", "witnesses", "dataset_row"]))
def test_any_change_gives_another_fingerprint(drawn, field):
    """A word in a summary too."""
    other = {"channel": "changed", "dataset_row": drawn[0].dataset_row + 1}.get(field, getattr(drawn[0], field, 0))
    other = f"{other}x" if field in {"summary", "title"} else other
    other = (*other, Witness("another")) if field == "witnesses" else other
    changed = [replace(drawn[0], **{field: other}), *drawn[1:]]

    assert record_of(drawn, in_memory=True).fingerprint != record_of(changed, in_memory=True).fingerprint


def test_coverage_is_part_of_the_fingerprint():
    """What silence proves is part of what a record says."""
    one = Coverage("d", frozenset(["war"]), Window(1, 2))

    assert record_of([], [one]).fingerprint != record_of([]).fingerprint
    assert record_of([], [one]).fingerprint != record_of([], [replace(one, actors=frozenset(["a"]))]).fingerprint


def test_a_record_of_nothing_answers():
    """With no acts, no names and no span."""
    for in_memory in (True, False):
        record = record_of([], in_memory=in_memory)

        assert not record.engine.fetch(EVERYTHING).num_rows
        assert record.engine.names() == frozenset()
        assert record.span is None
