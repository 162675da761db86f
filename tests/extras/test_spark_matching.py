"""A scan on Spark with a real index finds what the command finds in the same Parquet file."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scan.scan_samples import LIBRARY, OTHERS, REPETITIONS
from valla.scan.encoders.static import load
from valla.scan.index.build import build
from valla.scan.index.folder import write_index
from valla.scan.matching import Matching
from valla.scan.spark import SCHEMA_DDL, Columns, scan_batches

pytestmark = [
    pytest.mark.extras,
    # py4j leaves its sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROWS = 200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hand out a folder with an index, and texts with ids and bodies of bytes, some of them null or broken."""
    write_index(build(LIBRARY, [load()]), tmp_path / "index")
    sentences = [*REPETITIONS, *OTHERS]
    texts = [f"{sentences[n % len(sentences)]} {sentences[n * 7 % len(sentences)]} 😀".encode() for n in range(ROWS)]
    bodies = [None if n % 50 == 9 else b"\xff" + text if n % 50 == 10 else text for n, text in enumerate(texts)]
    ids = [f"speech {n:03d} é".encode() for n in range(ROWS)]
    pq.write_table(pa.table({"id": ids, "text": bodies}), tmp_path / "texts.parquet")
    return tmp_path


def command(folder: Path) -> list[dict[str, Any]]:
    """Return what the command finds."""
    ran = subprocess.run(
        [sys.executable, "-m", "valla", "scan", "texts.parquet", "-l", "index", "-o", "out.parquet", "-q"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count("not text in UTF-8") == ROWS // 50
    rows: list[dict[str, Any]] = pq.read_table(folder / "out.parquet").to_pylist()
    return rows


@pytest.mark.parametrize("partitions", [1, 3])
def test_spark_finds_what_the_command_finds(spark: str, folder: Path, partitions: int) -> None:
    """Row for row, with every column."""
    from pyspark.sql import SparkSession

    assert spark
    texts = SparkSession.active().read.parquet(str(folder / "texts.parquet"))
    spread = texts.coalesce(1) if partitions == 1 else texts.repartitionByRange(partitions, "id")
    job = partial(scan_batches, factory=Matching(folder / "index"), columns=Columns(prefix="texts.parquet#"))
    found = spread.mapInArrow(job, SCHEMA_DDL).toArrow().to_pylist()
    expected = command(folder)

    assert len(expected) > ROWS // 2
    assert sorted(found, key=by_place) == sorted(expected, key=by_place)


def by_place(row: dict[str, Any]) -> tuple[str, int, str]:
    """Return what sightings are sorted by."""
    return row["document"], row["start"], row["claim"]
