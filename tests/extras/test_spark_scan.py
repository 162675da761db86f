"""A scan on Spark finds what a scan here finds."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from scan.batch import batch_fakes
from valla.scan.batch.arrow import record_batch
from valla.scan.batch.parts import as_row
from valla.scan.batch.scanning import sightings_in
from valla.scan.spark import SCHEMA, SCHEMA_DDL, Columns, scan_batches

pytestmark = [
    pytest.mark.extras,
    # py4j leaves its sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def session(spark: str) -> Iterator[Any]:
    """Hand out a session whose executors get the fakes by value: they do not see the folder of the tests."""
    from pyspark import cloudpickle
    from pyspark.sql import SparkSession

    assert spark
    cloudpickle.register_pickle_by_value(batch_fakes)
    yield SparkSession.active()
    cloudpickle.unregister_pickle_by_value(batch_fakes)


def given() -> pa.Table:
    """Return documents as a table."""
    units = batch_fakes.texts(60)
    return pa.table(
        {"doc": [one.document for one in units], "body": [one.text.replace("\ud800", "?") for one in units]}
    )


def expected() -> list[dict[str, Any]]:
    """Return what a scan of them here finds."""
    units = [batch_fakes.FakeUnit(f"a#{row['doc']}", row["body"]) for row in given().to_pylist()]
    return [as_row(one) for one in sightings_in(batch_fakes.plan(units), tell=print)]


@pytest.mark.parametrize("partitions", [1, 3])
def test_spark_finds_the_same(session: Any, partitions: int) -> None:
    """Every sighting with every column, in the order of the texts where the partitions are in order."""
    texts = session.createDataFrame(given()).coalesce(1) if partitions == 1 else session.createDataFrame(given())
    spread = texts if partitions == 1 else texts.repartitionByRange(partitions, "doc")
    job = partial(scan_batches, factory=batch_fakes.FakeFactory(), columns=Columns("doc", "body", "a#"))
    found = spread.mapInArrow(job, SCHEMA_DDL).toArrow()

    assert pa.Table.from_batches([record_batch(expected())]).schema == SCHEMA
    assert SCHEMA.names == found.schema.names
    assert SCHEMA.types == found.schema.types
    assert [field.nullable for field in SCHEMA] == [field.nullable for field in found.schema]
    if partitions == 1:
        assert expected() == found.to_pylist()
    assert by_place(expected()) == by_place(found.to_pylist())


def by_place(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return sightings sorted by document and place."""
    return sorted(rows, key=lambda row: (row["document"], row["start"]))
