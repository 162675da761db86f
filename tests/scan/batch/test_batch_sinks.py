"""The files that sightings are written to."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_fakes import HEAD, FakeUnit, plan, texts

from valla.errors import InputError
from valla.scan.batch import sinks
from valla.scan.batch.arrow import COLUMNS, arrow_schema
from valla.scan.batch.parts import as_row
from valla.scan.batch.scanning import scan_to, sightings_in
from valla.scan.batch.sinks import JsonLines, ParquetTable, sink_for
from valla.scan.model import Sighting

UNITS = [*texts(25), FakeUnit("lone \ud800 name", "\ud83d myth \udc00")]


def written(*names: str, folder: Path) -> list[Path]:
    """Scan some texts to files of these names."""
    paths = [folder / name for name in names]
    scan_to(plan(UNITS), [sink_for(path) for path in paths], HEAD, tell=print)
    return paths


def rows() -> list[dict]:
    """Return the sightings in those texts as data."""
    return [as_row(one) for one in sightings_in(plan(UNITS), tell=print)]


def mended(row: dict) -> dict:
    """Return a sighting with U+FFFD in the place of each lone surrogate."""
    lone = re.compile("[\ud800-\udfff]")
    return {key: lone.sub("\ufffd", value) if isinstance(value, str) else value for key, value in row.items()}


def test_json_lines_and_parquet_hold_the_same(tmp_path):
    """Except that Parquet has no lone surrogates: each is one U+FFFD, so that offsets stay right."""
    lines, table = written("a.jsonl", "b.parquet", folder=tmp_path)
    read = pq.read_table(table).to_pylist()

    assert [json.loads(line) for line in lines.read_bytes().splitlines()] == rows()
    assert read == [mended(row) for row in rows()]
    assert read[-1]["document"] == "lone \ufffd name"
    assert (read[-1]["prefix"], read[-1]["suffix"], read[-1]["start"]) == ("\ufffd ", " \ufffd", 2)


def test_a_table_has_the_declared_columns(tmp_path):
    """Types and nullability are those of the schema, and only a dossier may be missing."""
    (table,) = written("b.parquet", folder=tmp_path)
    read = pq.read_schema(table)

    assert read == arrow_schema()
    assert list(COLUMNS) == list(Sighting.__slots__)
    assert [field.name for field in read if field.nullable] == ["dossier"]
    assert read.field("start").type == pa.int64()


def test_a_table_is_written_in_row_groups(tmp_path, monkeypatch):
    """So that little is in memory, and a reader may skip some."""
    monkeypatch.setattr(sinks, "ROW_GROUP", 50)
    (table,) = written("b.parquet", folder=tmp_path)
    made = pq.ParquetFile(table).metadata

    assert made.num_rows == len(rows()) > 100
    assert made.num_row_groups == -(-len(rows()) // 50)


def test_no_sightings_make_an_empty_file(tmp_path):
    """It has a schema, and can be read."""
    scan_to(
        plan([FakeUnit("a", "nothing")]),
        [ParquetTable(tmp_path / "a.parquet"), JsonLines(tmp_path / "a.jsonl")],
        HEAD,
        tell=print,
    )

    assert pq.read_table(tmp_path / "a.parquet").num_rows == 0
    assert (tmp_path / "a.jsonl").read_bytes() == b""


@pytest.mark.parametrize("name", ["A.JSONL", "a.ndjson"])
def test_the_suffix_decides(name):
    """In capitals too."""
    assert isinstance(sink_for(Path(name)), JsonLines)
    assert isinstance(sink_for(Path("a.PARQUET")), ParquetTable)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.csv", "a.csv: sightings are not written to such a file; found .csv; allowed: .jsonl, .ndjson, .parquet"),
        ("a", "found no suffix"),
        ("a.json", "did you mean a.jsonl"),
        ("a.parqet", "did you mean a.parquet"),
    ],
)
def test_another_suffix_is_refused(name, said):
    """With those that are allowed."""
    with pytest.raises(InputError, match=re.escape(said)):
        sink_for(Path(name))


def test_a_folder_in_the_place_of_a_file_is_refused_and_nothing_is_written(tmp_path):
    """Not even the other file."""
    (tmp_path / "b.parquet").mkdir()
    with pytest.raises(InputError, match=r"b.parquet: the file cannot be written; found a folder"):
        written("a.jsonl", "b.parquet", folder=tmp_path)

    assert not (tmp_path / "a.jsonl").exists()
