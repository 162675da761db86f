"""DuckDB, Spark and the other engines give the same acts and the same verdicts to the same questions."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conformance import GAPS, drawn, gap, selections, wanted

from valla.casebook.folder import bundled, open_casebook
from valla.check.engine import check
from valla.check.model import Verdict
from valla.claims.reading import read
from valla.errors import RecordError
from valla.record.engines import Engine
from valla.record.folder import add, open_folder
from valla.record.query import EVERYTHING
from valla.record.spark import engine_by_url
from valla.record.table import ARROW_SCHEMA

pytestmark = [
    pytest.mark.extras,
    # py4j leaves its sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    # Ibis 12 calls DuckDB by a name that DuckDB 2 gave up
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    # and fetches from SQLite by way of pandas, with an option that pandas 3 gave up
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option:DeprecationWarning"),
]

DATASETS = {"atop": "atop_alliance", "cow-disputes": "cow_mid_ddydisps", "cow-wars": "cow_war_inter"}
PATHS = (
    *(
        f"{folder}/acts.parquet"
        for folder in ("a b", "[ab]*?", "{a,b}", "100%20", "#1", "back\\slash", "a:b", "côte 日本", "_a")
    ),
    *("_acts.parquet", ".acts.parquet", "acts"),
)
DETAILED = 3
"""Of the gold claims so many are checked with all details, whose queries Spark takes seconds for."""


def in_order(table: pa.Table) -> list[dict[str, Any]]:
    """Return the rows of a table by their ids."""
    return sorted(table.to_pylist(), key=lambda row: row["id"])


def test_an_engine_fetches_the_acts_that_the_rule_picks(engine: Engine, acts: pa.Table) -> None:
    """For each drawn selection an engine finds exactly the acts that plain Python finds, each once."""
    rows = acts.to_pylist()
    for selection in drawn(selections(), 40):
        expected = sorted(row["id"] for row in rows if wanted(row, selection))

        assert expected == sorted(engine.fetch(selection)["id"].to_pylist()), selection


def test_an_engine_hands_back_the_acts_as_they_were(engine: Engine, acts: pa.Table) -> None:
    """Every column comes back with its type, every text to the letter, and what is unknown stays unknown."""
    found = engine.fetch(EVERYTHING)

    assert found.schema.equals(ARROW_SCHEMA)
    assert in_order(acts) == in_order(found)


def test_an_engine_knows_who_acts(engine: Engine, acts: pa.Table) -> None:
    """The names are those of all actors and targets."""
    assert {*acts["actor"].to_pylist(), *acts["target"].to_pylist()} == engine.names()


def test_spark_reads_files_and_tables_together(spark: str, acts: pa.Table, tmp_path: Path) -> None:
    """The acts of a record are those of all its files and of what is in memory."""
    files = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for file, part in zip(files, (acts.slice(0, 100), acts.slice(100, 100)), strict=True):
        pq.write_table(part, file, compression="zstd")
    found = engine_by_url(spark, tables=[acts.slice(200)], files=files).fetch(EVERYTHING)

    assert in_order(acts) == in_order(found)


def test_two_records_in_one_spark_stay_apart(spark: str, acts: pa.Table) -> None:
    """A second record does not take the place of the first."""
    first, second = (engine_by_url(spark, tables=[acts.slice(start, 5)]) for start in (0, 5))

    assert in_order(acts.slice(0, 5)) == in_order(first.fetch(EVERYTHING))
    assert in_order(acts.slice(5, 5)) == in_order(second.fetch(EVERYTHING))


def test_a_record_without_acts_is_empty_on_spark(spark: str) -> None:
    """Nothing is asked of nothing."""
    empty = engine_by_url(spark)

    assert empty.fetch(EVERYTHING).num_rows == 0
    assert empty.names() == frozenset()


@pytest.mark.parametrize("name", PATHS)
def test_spark_takes_a_path_as_it_is_written(name: str, spark: str, acts: pa.Table, tmp_path: Path) -> None:
    """No character of a path is a pattern, and no file is passed over for its name."""
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    pq.write_table(acts.slice(0, 5), file)

    assert in_order(acts.slice(0, 5)) == in_order(engine_by_url(spark, files=[file]).fetch(EVERYTHING))


def test_a_missing_file_is_named(spark: str, tmp_path: Path) -> None:
    """What Spark cannot read is said in one line."""
    with pytest.raises(RecordError, match=r"gone\.parquet: Spark cannot read the acts"):
        engine_by_url(spark, files=[tmp_path / "gone.parquet"])


ALONE = """
from valla.errors import InputError
from valla.record.spark import engine_by_url
try:
    engine_by_url("spark://local[many]")
except InputError as error:
    print(error)
print(len(engine_by_url("spark://local[1]").names()))
"""


def test_spark_starts_without_a_word() -> None:
    """In a process of its own it says nothing but what it is asked, and refuses a place that it does not know in one line."""
    paths = os.pathsep.join(sys.path)
    ran = subprocess.run(
        [sys.executable, "-c", ALONE],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )

    assert not ran.stderr
    assert ran.stdout == "Spark does not start; found local[many]; allowed: local, local[2], spark://HOST:PORT\n0\n"


def settled(verdict: Verdict) -> Verdict:
    """Return a verdict without what engines may differ in: their dialect, and the order of acts that begin alike."""
    return replace(
        verdict,
        sql=(),
        deciding=tuple(sorted(verdict.deciding, key=lambda weighed: weighed.act.id)),
        swing=tuple(sorted(verdict.swing, key=lambda weighed: weighed.act.id)),
    )


def test_spark_judges_the_bundled_casebook_as_duckdb_does(spark: str) -> None:
    """Each myth gets the same verdict, with the same acts, phases and robustness."""
    casebook = open_casebook(bundled())
    record = casebook.record()
    moved = replace(record, engine=engine_by_url(spark, tables=[record.engine.fetch(EVERYTHING)]))
    for dossier in casebook.dossiers:
        reading = read(dossier.claim)[0]

        assert settled(check(reading, record)) == settled(check(reading, moved)), dossier.claim


def test_spark_judges_datasets_as_duckdb_does(spark: str, shared: Path, tmp_path: Path) -> None:
    """Some of the gold claims get the same verdict on both, over alliances, disputes and wars."""
    folder = tmp_path / "record"
    for mapping, name in DATASETS.items():
        add(mapping, shared / "data" / "record" / f"{name}.csv.gz", folder)
    record = open_folder(folder)
    moved = replace(record, engine=engine_by_url(spark, files=sorted((folder / "acts").glob("*.parquet"))))
    lines = (shared / "eval" / "claims.jsonl").read_text(encoding="utf-8").splitlines()[::4]
    for number, line in enumerate(lines):
        reading = read(json.loads(line)["text"])[0]
        here, there = (check(reading, one, details=number < DETAILED) for one in (record, moved))

        assert settled(here) == settled(there), line


def test_every_gap_has_its_reason() -> None:
    """Each known gap says why it is let stand."""
    for name in GAPS:
        gap(name)


@pytest.mark.parametrize("gaps", [{}, {"sloth": ""}, {"sloth": "  "}])
def test_a_gap_without_a_reason_fails(gaps: dict[str, str]) -> None:
    """What nobody explains is a fault, not a gap."""
    with pytest.raises(ValueError, match="the gap 'sloth' has no reason"):
        gap("sloth", gaps)
