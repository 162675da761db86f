"""A scan of Arrow batches, which needs no Spark."""

import re

import pyarrow as pa
import pytest
from batch_fakes import FakeFactory, plan, texts

from valla.errors import InputError
from valla.scan.batch.arrow import arrow_schema, record_batch
from valla.scan.batch.parts import as_row
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


def test_ids_may_be_numbers_or_missing_and_have_a_prefix():
    """A document is called by the prefix and its id."""
    batch = pa.record_batch([pa.array([7, None]), pa.array(["myth", "myth"])], names=["id", "text"])
    found = rows_of(scan_batches([batch], FakeFactory(), Columns(prefix="a.parquet#")))

    assert [row["document"] for row in found] == ["a.parquet#7", "a.parquet#"]


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
    with pytest.raises(InputError, match="the column 'text' is not of texts; found int64; allowed: string"):
        list(scan_batches([batch], FakeFactory()))
