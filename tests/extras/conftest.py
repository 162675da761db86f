"""The engines that must agree, each over the same acts."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from conformance import table_of_drawn

from valla.record.engines import Engine, MemoryEngine
from valla.record.spark import engine_by_url

Makes = Callable[[pa.Table], Engine]


@pytest.fixture(scope="session")
def spark() -> Iterator[str]:
    """Hand out the URL of a Spark that runs here, and stop it in the end."""
    from pyspark.sql import SparkSession

    # Spark's workers take the python3 of the path, where Valla may not be installed
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    url = "spark://local[2]"
    engine_by_url(url)
    yield url
    SparkSession.active().stop()


@pytest.fixture(scope="session")
def acts() -> pa.Table:
    """Hand out some hundreds of drawn acts."""
    return table_of_drawn(300)


@pytest.fixture(scope="session", params=["memory", "duckdb", "duckdb on disk", "sqlite", "spark"])
def engine(request: pytest.FixtureRequest, acts: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Hand out each engine with the drawn acts in it."""
    if request.param == "memory":
        return MemoryEngine(acts)
    return engine_by_url(_url(request, tmp_path_factory.mktemp("database")), tables=[acts])


def _url(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "spark":
        return str(request.getfixturevalue("spark"))
    if request.param == "sqlite":
        pytest.importorskip("regex", reason="Ibis' SQLite is not installed: ibis-framework[sqlite]")
    return {"duckdb": "duckdb", "duckdb on disk": f"duckdb://{folder}/acts.db", "sqlite": "sqlite://"}[request.param]
