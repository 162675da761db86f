"""An editor's sheet of acts: what is read, and what is refused by its row."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.claims.kinds import kinds
from valla.errors import InputError, RecordError
from valla.record.schema import EDITED, Witness
from valla.record.sheet import CHANNELS, read_sheet, read_witnesses

LEAST = "id,actor,target,kind,date"
texts = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" ,\"\n;'"), max_size=30).map(str.strip)


def sheet(tmp_path, text, encoding="utf-8"):
    """Read a sheet with that text."""
    path = tmp_path / "acts.csv"
    path.write_bytes(text.encode(encoding))
    return read_sheet(path, "made")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(kinds())),
            st.sampled_from(["1939", "1939-08-23/1941-06-22", "1933~", "../1938"]),
            texts,
            st.sampled_from(CHANNELS),
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read(tmp_path_factory, rows):
    """Commas, quotes and line breaks in a cell survive; each act knows its row."""
    path = tmp_path_factory.mktemp("sheet") / "acts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, EDITED)
        writer.writeheader()
        for number, (kind, date, text, channel) in enumerate(rows):
            writer.writerow(
                {
                    "id": f"a{number}",
                    "actor": "x",
                    "target": "y",
                    "kind": kind,
                    "date": date,
                    "summary": text,
                    "channel": channel,
                }
            )
    acts = read_sheet(path, "made")

    assert [(act.kind, act.when.text, act.summary, act.channel) for act in acts] == rows
    assert [act.dataset_row for act in acts] == list(range(2, len(rows) + 2))
    assert {act.dataset for act in acts} <= {"made"}


def test_columns_may_be_left_out_and_come_in_any_order(tmp_path):
    """What is not given is empty; a channel that is not given is unknown."""
    act = sheet(tmp_path, "date,kind,target,actor,id\n1939,war,poland,germany,a\n")[0]

    assert (act.actor, act.channel, act.source, act.known_from, act.mutual) == ("germany", "unknown", "", None, False)


def test_a_byte_order_mark_and_windows_lines_are_taken(tmp_path):
    """As a spreadsheet writes them."""
    assert len(sheet(tmp_path, f"{LEAST}\r\na,germany,poland,war,1939\r\n\r\n", "utf-8-sig")) == 1


@pytest.mark.parametrize(
    ("text", "truth"), [("true", True), ("TRUE", True), ("yes", True), ("1", True), ("no", False), ("", False)]
)
def test_mutual_is_yes_or_no(tmp_path, text, truth):
    """In the words that spreadsheets use."""
    assert sheet(tmp_path, f"{LEAST},mutual\na,germany,poland,war,1939,{text}\n")[0].mutual is truth


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty; allowed: a header"),
        (f"{LEAST},sumary\n", "unknown column 'sumary'.*did you mean 'summary'"),
        ("id,actor,target,kind\n", "the column 'date' is missing"),
        (f"{LEAST}\na,germany,poland,war\n", "row 2: a row has the wrong number of cells; found 4; allowed: 5"),
        (f"{LEAST}\n,germany,poland,war,1939\n", "row 2: the cell 'id' is empty"),
        (f"{LEAST}\na,germany,poland,wra,1939\n", "row 2: no kind of act is called 'wra'.*did you mean 'war'"),
        (f"{LEAST}\na,germany,poland,war,1.9.1939\n", "row 2: date: '1.9.1939' is not a date"),
        (f"{LEAST}\na,germany,poland,war,1941/1939\n", "row 2: date: .*ends before it begins"),
        (
            f"{LEAST}\na,germany,poland,war,1939\na,germany,poland,war,1940\n",
            "row 3: the id 'a' is used twice; found the first in row 2",
        ),
        (
            f"{LEAST},channel\na,germany,poland,war,1939,hidden\n",
            "row 2: unknown channel; found 'hidden'; allowed: open, secret, unknown",
        ),
        (f"{LEAST},mutual\na,germany,poland,war,1939,both\n", "row 2: mutual is neither true nor false; found 'both'"),
        (f"{LEAST},known_from\na,germany,poland,war,1939,later\n", "row 2: known_from: 'later' is not a date"),
    ],
)
def test_a_fault_is_named_with_its_row(tmp_path, text, said):
    """And with what would do."""
    with pytest.raises(RecordError, match=rf"acts\.csv.*{said}"):
        sheet(tmp_path, text)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'id,"actor\n', bytes(range(256))])
def test_what_is_not_text_is_refused(tmp_path, content):
    """In one error, whatever the bytes."""
    path = tmp_path / "acts.csv"
    path.write_bytes(content)
    with pytest.raises((InputError, RecordError), match=r"acts\.csv"):
        read_sheet(path, "made")


def witnesses(tmp_path, text):
    """Read a sheet of witnesses with that text."""
    path = tmp_path / "witnesses.csv"
    path.write_text(text, encoding="utf-8")
    return read_witnesses(path)


def test_witnesses_are_read_by_their_acts(tmp_path):
    """In the order of their rows; who says nothing else supports."""
    found = witnesses(tmp_path, "act,source,locator,quote,says,note\na,one,p. 1,W,,\nb,two,,,disputes,N\na,two,,,,\n")

    assert found == {
        "a": (Witness("one", "p. 1", "W"), Witness("two")),
        "b": (Witness("two", says="disputes", note="N"),),
    }


def test_an_act_has_the_witnesses_of_both_sheets(tmp_path):
    """Its own first, as older sheets have it; the same one twice is one."""
    path = tmp_path / "acts.csv"
    path.write_text(f"{LEAST},source,locator\na,germany,poland,war,1939,one,p. 1\n", encoding="utf-8")
    (act,) = read_sheet(
        path, "made", {"a": (Witness("one", "p. 1"), Witness("two"), Witness("three", says="disputes"))}
    )

    assert [witness.source for witness in act.witnesses] == ["one", "two", "three"]
    assert act.sources == ("one", "two")
    assert (act.source, act.locator, act.disputed) == ("one", "p. 1", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"sheet of witnesses is empty; allowed: a header act,source"),
        ("act,sourse\n", "unknown column 'sourse'.*did you mean 'source'"),
        ("source\n", "the column 'act' is missing"),
        ("act,source,source\n", "the column 'source' is there twice"),
        ("act,source\n,one\n", "row 2: the cell 'act' is empty"),
        ("act,source\na,\n", "row 2: a witness says nothing"),
        ("act,source,says\na,one,maybe\n", "row 2: a witness says neither; found 'maybe'; allowed: supports, disputes"),
        ("act,source\na,one two\n", "row 2: the key of a source has no spaces; found 'one two'"),
    ],
)
def test_a_fault_of_a_witness_is_named_with_its_row(tmp_path, text, said):
    """And with what would do."""
    with pytest.raises(RecordError, match=rf"witnesses\.csv.*{said}"):
        witnesses(tmp_path, text)
