"""What an engine's URL says, as far as it can be told without Spark; it runs with `make test`."""

import sys
from pathlib import Path

import pyarrow as pa
import pytest

from valla.errors import InputError, MissingExtra
from valla.record.engines import DuckEngine
from valla.record.query import EVERYTHING
from valla.record.spark import engine_by_url, spark_engine

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


@pytest.mark.parametrize("url", ["duckdb", "duckdb://", "duckdb://{folder}/acts.db"])
def test_duckdb_runs_in_memory_or_beside_a_file(url: str, acts: pa.Table, tmp_path: Path) -> None:
    """All acts are there."""
    engine = engine_by_url(url.format(folder=tmp_path), tables=[acts])

    assert isinstance(engine, DuckEngine)
    assert engine.fetch(EVERYTHING).num_rows == acts.num_rows


def test_a_database_is_left_as_it_was(acts: pa.Table, tmp_path: Path) -> None:
    """The acts of one check are gone when the next one opens the same database."""
    url = f"duckdb://{tmp_path}/acts.db"
    for start in (0, 5):
        engine = engine_by_url(url, tables=[acts.slice(start, 5)])

        assert acts.slice(start, 5)["id"].to_pylist() == sorted(engine.fetch(EVERYTHING)["id"].to_pylist())
        engine.acts.get_backend().disconnect()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("duck", "there is no engine of that name; found duck; allowed: duckdb, duckdb:///FILE, spark"),
        ("goose://pond", "the engine does not answer .*; found goose://pond; allowed: duckdb"),
        ("duckdb:///nowhere/at/all/acts.db", "the engine does not answer"),
    ],
)
def test_a_url_that_names_no_engine_is_refused(url: str, problem: str) -> None:
    """The message says what was asked for and what there is."""
    with pytest.raises(InputError, match=problem):
        engine_by_url(url)


@pytest.mark.parametrize("url", ["spark", "spark://", "spark://local[2]", "spark://host:7077", "pyspark://"])
def test_without_spark_the_message_says_how_to_install_it(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else is asked of a user who names an engine that is not there."""
    for name in [name for name in sys.modules if name.startswith("pyspark")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingExtra, match=r"Spark is not installed; pip install 'valla\[spark\]'"):
        engine_by_url(url)


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark alone does not run."""
    gateway = pytest.importorskip("pyspark.java_gateway", reason="Spark is not installed: make test-extras")

    def fails(*_: object, **__: object) -> None:
        raise FileNotFoundError("java")

    monkeypatch.setattr(gateway, "launch_gateway", fails)
    monkeypatch.setattr("pyspark.sql.SparkSession.active", fails_to_find)
    with pytest.raises(MissingExtra, match="Spark cannot start Java; install Java 17 or newer"):
        spark_engine()


def fails_to_find() -> None:
    """Stand in for a process that has no session."""
    from pyspark.errors import PySparkRuntimeError

    raise PySparkRuntimeError(errorClass="NO_ACTIVE_OR_DEFAULT_SESSION", messageParameters={})
