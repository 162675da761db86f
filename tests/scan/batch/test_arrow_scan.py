"""A scan of Arrow batches, which needs no Spark."""

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_fakes import FakeFactory, plan, texts

from valla.errors import InputError
from valla.scan.batch.arrow import arrow_schema, record_batch
from valla.scan.batch.parts import as_row
from valla.scan.batch.request import Request, sightings_of
from valla.scan.batch.scanning import sightings_in
from valla.scan.model import Stance
from valla.scan.spark import SCHEMA, SCHEMA_DDL, Columns, scan_batches

NAMED = Columns("doc", "body")


def given(count: int = 12) -> list[tuple[str, str | None]]:
    """Return some documents, one without a text."""
    listed = [(unit.document, unit.text.replace("\ud800", "?")) for unit in texts(count)]
    return [*listed[:5], ("none", None), *listed[5:]]


def batched(
    rows: list[tuple[str, str | None]], length: int = 4, kind: pa.DataType | None = None
) -> list[pa.RecordBatch]:
    """Return documents as Arrow batches."""
    groups = [rows[at : at + length] for at in range(0, len(rows), length)]
    return [
        pa.record_batch(
            [pa.array([row[0] for row in group]), pa.array([row[1] for row in group], kind or pa.string())],
            names=["doc", "body"],
        )
        for group in groups
    ]


def rows_of(batches) -> list[dict]:
    """Return the rows of all batches."""
    return [row for batch in batches for row in batch.to_pylist()]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())], ids=str)
@pytest.mark.parametrize("length", [1, 4, 100])
def test_arrow_batches_give_what_the_same_texts_give_here(length, kind):
    """However they are cut, and whichever of Arrow's strings they are."""
    units = texts(12)
    for unit in units:
        object.__setattr__(unit, "text", unit.text.replace("\ud800", "?"))
    expected = [as_row(one) for one in sightings_in(plan(units), tell=print)]

    assert expected == rows_of(scan_batches(batched(given(), length, kind), FakeFactory(), NAMED))


def test_the_schema_is_kept_and_batches_are_bounded(monkeypatch):
    """Also where a text has a great many sightings."""
    monkeypatch.setattr("valla.scan.spark.ROW_GROUP", 10)
    found = list(scan_batches(batched(given()), FakeFactory(), NAMED))

    assert len(found) > 3
    assert all(batch.schema == SCHEMA for batch in found)
    assert all(batch.num_rows <= 10 for batch in found)


def test_spark_and_arrow_have_the_same_columns():
    """Each is named in the DDL, quoted."""
    assert SCHEMA.names == re.findall(r"`(\w+)`", SCHEMA_DDL)
    assert SCHEMA_DDL.count("NOT NULL") == len(SCHEMA) - 1
    assert SCHEMA_DDL.startswith("`document` STRING NOT NULL, `claim`")


ODD = {
    "numbers": (pa.array([7, 8]), pa.array(["myth", "myth1"])),
    "bytes": (pa.array([b"x1", b"\xff"]), pa.array([b"myth \xc3\xa9", b"myth1"])),
    "dictionaries": (
        pa.array(["a", "b"]).dictionary_encode(),
        pa.array([b"myth", b"myth1"]).dictionary_encode(),
    ),
    "broken bytes": (pa.array(["a", "b"]), pa.array([b"myth \xff", b"myth1"])),
    "null and empty": (pa.array(["a", "b"]), pa.array([None, ""])),
    "too long": (pa.array(["a", "b"]), pa.array(["myth " + "x" * 20_000_000, "myth1"])),
    "fractions": (pa.array([0.5, 1.0]), pa.array(["myth", "myth1"])),
}


@pytest.mark.parametrize("name", ODD)
def test_rows_are_read_as_those_of_a_parquet_file(name, tmp_path, monkeypatch):
    """Whatever the types: the same documents, sightings and problems."""
    monkeypatch.chdir(tmp_path)
    batch, told, told_here = pa.record_batch(list(ODD[name]), names=["id", "text"]), [], []
    pq.write_table(pa.Table.from_batches([batch]), "a.parquet")
    request = Request((Path("a.parquet"),), FakeFactory(), "library", workers=1)
    expected = [as_row(one) for one in sightings_of(request, tell=told_here.append)]
    found = rows_of(scan_batches([batch], FakeFactory(), Columns(prefix="a.parquet#"), tell=told.append))

    assert found == expected
    assert told == told_here
    assert len(told) == (name in {"broken bytes", "too long"})


@pytest.mark.parametrize("ids", [pa.array(["a", None]), pa.array(["a", ""]), pa.array([7, None])], ids=str)
def test_a_text_without_an_id_is_refused(ids):
    """There is no number of a row over batches, and two texts of one name could not be told apart."""
    batch = pa.record_batch([ids, pa.array(["myth", "myth"])], names=["id", "text"])

    with pytest.raises(InputError, match=r"^a text has no id; give each an id of its own$"):
        list(scan_batches([batch], FakeFactory()))


def test_a_broken_row_is_told_to_the_log(caplog):
    """On Spark nobody else takes it."""
    batch = pa.record_batch([pa.array(["a"]), pa.array([b"\xff"])], names=["id", "text"])

    assert list(scan_batches([batch], FakeFactory(), Columns(prefix="p#"))) == []
    assert caplog.messages == ["p#a: not text in UTF-8; found the byte 0xff"]


def test_only_the_stances_that_are_asked_for_are_kept():
    """As in a scan here."""
    found = rows_of(scan_batches(batched(given()), FakeFactory(), NAMED, frozenset({Stance.REPORTS})))

    assert {row["stance"] for row in found} == {"reports"}


def test_no_batches_give_none():
    """A partition of Spark's may be empty."""
    assert list(scan_batches([], FakeFactory())) == []
    assert list(scan_batches(batched([("a", "no such word")]), FakeFactory(), NAMED)) == []
    assert record_batch([]).schema == arrow_schema()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (Columns("dok", "body"), "there is no column 'dok'; allowed: doc, body; did you mean 'doc'?"),
        (Columns("doc", "text"), "there is no column 'text'; allowed: doc, body"),
    ],
)
def test_a_column_that_is_not_there_is_named(columns, said):
    """With those that are."""
    with pytest.raises(InputError, match=re.escape(said)):
        list(scan_batches(batched(given()), FakeFactory(), columns))


def test_a_column_of_numbers_is_no_text():
    """It is refused."""
    batch = pa.record_batch([pa.array(["a"]), pa.array([1])], names=["id", "text"])
    with pytest.raises(InputError, match="the column 'text' holds no text; found int64"):
        list(scan_batches([batch], FakeFactory()))
