"""The record on disk."""

import gzip
import json
import math
import multiprocessing
import os
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from valla.dates import Window, day_number
from valla.errors import BusyError, InputError, RecordError
from valla.record import folder
from valla.record.folder import add, describe, open_folder
from valla.record.lock import held
from valla.record.query import EVERYTHING, Selection
from valla.record.table import acts_of

ATOP = """ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
255,365,1926,0,0,1,1,0
255,365,1927,0,0,1,1,0
999,365,1927,0,0,1,1,0
"""
WARS = """warnum,ccode1,ccode2,year,cowinterongoing,cowinteronset,initiator1,initiator2
139,255,290,1939,1,1,1,0
"""
OWN = """
[dataset]
id = "treaties"
title = "Treaties"

[columns]
actor = ["who"]
target = ["whom"]
date = ["when"]
summary = ["what"]

[actors]
by = "name"

[[act]]
kind = "treaty"
mutual = true
"""
_EVERYTHING = Selection(None, None, None, symmetric=True, window=Window())


@pytest.fixture
def atop(tmp_path):
    """A small file of alliances."""
    path = tmp_path / "atop.csv"
    path.write_text(ATOP, encoding="utf-8")
    return path


@pytest.fixture
def wars(tmp_path):
    """A small file of wars."""
    path = tmp_path / "wars.csv"
    path.write_text(WARS, encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path):
    """A mapping of the user's own."""
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def _state(record):
    return {path.relative_to(record): path.read_bytes() for path in record.rglob("*") if path.is_file()}


def _ids(record):
    return sorted(open_folder(record).engine.fetch(_EVERYTHING)["id"].to_pylist())


def test_a_record_has_acts_coverage_sources_and_span(atop, wars, tmp_path):
    """What was added is there, from both files, with where each is complete and who made it."""
    added = add("atop", atop, tmp_path / "record")
    add("cow-wars", wars, tmp_path / "record")
    record = open_folder(tmp_path / "record")

    assert (3, 2, {"the actor: no state has that Correlates of War code": 1}) == (added.rows, added.acts, added.aside)
    assert 4 == len(_ids(tmp_path / "record"))
    assert {"atop", "cow-wars"} == set(record.sources) == {entry.dataset for entry in record.coverage}
    assert (day_number(1926), day_number(1939, 12, 31)) == record.span


def test_both_engines_hold_the_same(atop, wars, tmp_path):
    """In memory or in DuckDB, a record has the same acts and fingerprint."""
    add("atop", atop, tmp_path / "record")
    add("cow-wars", wars, tmp_path / "record")
    one, other = open_folder(tmp_path / "record"), open_folder(tmp_path / "record", in_memory=True)

    assert one.fingerprint == other.fingerprint
    assert one.engine.fetch(_EVERYTHING).sort_by("id") == other.engine.fetch(_EVERYTHING).sort_by("id")


def test_acts_lie_in_the_order_of_queries(atop, tmp_path):
    """On disk acts are sorted by actor, target, kind and begin, on which the speed of a query rests."""
    add("atop", atop, tmp_path / "record")
    (path,) = (tmp_path / "record" / "acts").iterdir()
    table = pq.read_table(path)

    assert table == table.sort_by([(name, "ascending") for name in ("actor", "target", "kind", "begin_min")])


def test_the_list_of_what_was_set_aside_names_rows(atop, tmp_path):
    """A bad row is listed with its number, the reason and what was found."""
    added = add("atop", atop, tmp_path / "record")

    assert '4,"the actor: no state has that Correlates of War code","999"' in added.aside_file.read_text("utf-8")


def test_the_same_file_again_changes_nothing(atop, tmp_path):
    """A file that the record has is known by its content, whatever it is called."""
    first = add("atop", atop, tmp_path / "record")
    before = _state(tmp_path / "record")
    copy = shutil.copy(atop, tmp_path / "other name.csv")
    again = add("atop", Path(copy), tmp_path / "record")

    assert before == _state(tmp_path / "record")
    assert (again.unchanged, again.acts, again.aside) == (True, first.acts, first.aside)


def test_the_order_of_adding_does_not_matter(atop, wars, tmp_path):
    """The fingerprint is the same for the same files in any order, and another for other files."""
    for name, order in (("one", ["atop", "cow-wars"]), ("two", ["cow-wars", "atop"]), ("three", ["atop"])):
        for mapping in order:
            add(mapping, atop if mapping == "atop" else wars, tmp_path / name)
    prints = [open_folder(tmp_path / name).fingerprint for name in ("one", "two", "three")]

    assert prints[0] == prints[1] != prints[2]


def test_files_that_overlap_do_not_double_acts(atop, tmp_path):
    """An act that another file of the dataset brought is not taken twice; editions that disagree are two acts."""
    longer = tmp_path / "longer.csv"
    longer.write_text(ATOP + "2,20,1950,1,0,0,0,0\n255,365,1928,0,0,1,0,0\n", encoding="utf-8")
    add("atop", atop, tmp_path / "record")
    added = add("atop", longer, tmp_path / "record")
    ids = _ids(tmp_path / "record")

    assert 1 == added.aside["the record has the act already"]
    assert len(ids) == len(set(ids)) == 4
    assert 1 == sum(bool(re.fullmatch(r"atop:255-365:alliance\.neutrality:1926@\w{12}", one)) for one in ids)


def test_a_mapping_of_the_users_own(own, tmp_path):
    """Any table can be added by a mapping file; a changed mapping replaces what the file gave before."""
    table = tmp_path / "treaties.csv"
    table.write_text('who,whom,when,what\nGermany,Soviet Union,1922-04-16,"Rapallo, in peace"\n', encoding="utf-8")
    add(own, table, tmp_path / "record")
    (act,) = open_folder(tmp_path / "record").engine.fetch(_EVERYTHING).to_pylist()
    own.write_text(OWN.replace("mutual = true", "mutual = false"), encoding="utf-8")
    add(own, table, tmp_path / "record")
    (changed,) = open_folder(tmp_path / "record").engine.fetch(_EVERYTHING).to_pylist()

    assert ("1922-04-16", "Rapallo, in peace", True) == (act["date"], act["summary"], act["mutual"])
    assert changed["mutual"] is False
    assert 1 == len(list((tmp_path / "record" / "acts").iterdir()))


def test_a_parquet_table(atop, tmp_path):
    """A Parquet file of numbers is read like the text."""
    table = pa.Table.from_pylist(
        [{"ccode1": 255, "ccode2": 365, "year": 1926.0, "atop_defense": None, "atop_offense": 0, "atop_neutral": 1,
          "atop_nonagg": 1, "atop_consul": 0}]
    )  # fmt: skip
    pq.write_table(table, tmp_path / "atop.parquet")
    added = add("atop", tmp_path / "atop.parquet", tmp_path / "record")

    assert (2, {"'defense' is unknown": 1}) == (added.acts, added.aside)
    assert atop.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("title", r"own\.toml: unknown key 'dataset\.titel'.*did you mean 'title'\?"),
        ("kind", r"own\.toml: act\.1\.kind: no kind of act is called 'traety'; did you mean|is 'treaty' meant"),
        ("actors", r"own\.toml: the key 'actors' is missing"),
        ("target", r"own\.toml: \[columns\] lacks 'target'"),
        ("toml", r"own\.toml: the mapping cannot be read: no TOML"),
        ("by", r"own\.toml: actors\.by: .*found 'nome'"),
    ],
)
def test_a_mapping_with_a_fault_is_named(own, atop, tmp_path, change, message):
    """A typo in a mapping is one line with file and key, and with the nearest key that is allowed."""
    changes = {
        "title": ("title =", "titel ="),
        "kind": ('"treaty"', '"traety"'),
        "actors": ('[actors]\nby = "name"\n', ""),
        "target": ('target = ["whom"]\n', ""),
        "toml": ("[columns]", "[columns"),
        "by": ('"name"', '"nome"'),
    }
    own.write_text(OWN.replace(*changes[change]), encoding="utf-8")

    with pytest.raises(RecordError, match=message) as caught:
        add(own, atop, tmp_path / "record")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "record").exists()


def test_the_nearest_key_is_named(own, atop, tmp_path):
    """An unknown key is answered with the key that was probably meant."""
    own.write_text(OWN.replace("mutual", "mutal"), encoding="utf-8")

    with pytest.raises(RecordError, match=r"unknown key 'act\.1\.mutal'.*did you mean 'mutual'\?"):
        add(own, atop, tmp_path / "record")


def test_an_unknown_mapping_is_answered_with_the_nearest(atop, tmp_path):
    """The name of a built-in mapping that is misspelt is a clear error."""
    with pytest.raises(InputError, match=r"no mapping is called 'atpo'.*did you mean 'atop'\?"):
        add("atpo", atop, tmp_path / "record")


def _truncated_gzip(path):
    data = gzip.compress(ATOP.encode() * 500)
    path.write_bytes(data[: len(data) // 2])


def _truncated_parquet(path):
    pq.write_table(pa.table({"ccode1": list(range(9999))}), path)
    path.write_bytes(path.read_bytes()[:-20])


_BROKEN = {
    "cut.csv.gz": (_truncated_gzip, InputError, "cannot be read"),
    "cut.parquet": (_truncated_parquet, InputError, "cannot be read"),
    "empty.csv": (lambda path: path.write_bytes(b""), InputError, "the file is empty"),
    "blank.csv": (lambda path: path.write_bytes(b"\n\n"), InputError, "the file is empty"),
    "header.csv": (lambda path: path.write_text(ATOP.splitlines()[0]), RecordError, "no row that can be used"),
    "other.csv": (
        lambda path: path.write_text("ccode1,ccode2,yaer\n1,2,3\n"),
        RecordError,
        "column for 'year' is missing",
    ),
    "binary.csv": (lambda path: path.write_bytes(bytes(range(256)) * 50), InputError, "the file is not text"),
    "zip.zip": (lambda path: path.write_bytes(b"PK\x03\x04broken"), InputError, "cannot be read"),
    "none.csv": (lambda _: None, InputError, "no such file"),
}


@pytest.mark.parametrize("name", _BROKEN)
def test_a_broken_file_leaves_the_record_as_it_was(name, atop, tmp_path):
    """Whatever is wrong with a file, it is one line, and nothing of it gets into the record."""
    make, error, message = _BROKEN[name]
    make(tmp_path / name)
    add("atop", atop, tmp_path / "record")
    before = _state(tmp_path / "record")

    with pytest.raises(error, match=message) as caught:
        add("atop", tmp_path / name, tmp_path / "record")
    assert "\n" not in str(caught.value)
    assert before == _state(tmp_path / "record")


def test_a_record_of_a_newer_version_is_refused(atop, tmp_path):
    """A record that a later version wrote is neither read nor written to."""
    add("atop", atop, tmp_path / "record")
    path = tmp_path / "record" / "record.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"format": 99}), encoding="utf-8")
    before = _state(tmp_path / "record")

    with pytest.raises(RecordError, match="written by a newer version"):
        open_folder(tmp_path / "record")
    with pytest.raises(RecordError, match="written by a newer version"):
        add("atop", atop, tmp_path / "record")
    assert before == _state(tmp_path / "record")


def test_a_record_from_before_acts_had_witnesses_is_refused(atop, tmp_path):
    """In one line that says to add its files again."""
    add("atop", atop, tmp_path / "record")
    path = tmp_path / "record" / "record.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"format": 2}), encoding="utf-8")

    with pytest.raises(RecordError, match=r"older version of Valla; found format 2; .*add the files anew") as caught:
        open_folder(tmp_path / "record")
    assert "\n" not in str(caught.value)


def test_each_act_of_a_dataset_has_one_witness(atop, tmp_path):
    """The dataset itself; nobody disputes it, and it has no title."""
    add("atop", atop, tmp_path / "record")
    table = open_folder(tmp_path / "record").engine.fetch(EVERYTHING)

    assert table["sources"].to_pylist() == table["source"].to_pylist() == ["atop"] * table.num_rows
    assert not any(table["disputed"].to_pylist())
    assert [act.sources for act in acts_of(table)] == [("atop",)] * table.num_rows
    assert not any(act.title for act in acts_of(table))


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 3, "additions": [{}]}', '{"format": "x"}'])
def test_a_broken_list_of_files_is_named(content, atop, tmp_path):
    """A damaged record.json is one clear line."""
    add("atop", atop, tmp_path / "record")
    (tmp_path / "record" / "record.json").write_text(content, encoding="utf-8")

    with pytest.raises(RecordError, match="list of files is broken"):
        open_folder(tmp_path / "record")


def test_acts_that_are_gone_or_damaged_are_named(atop, tmp_path):
    """A record whose Parquet file is missing or cut off says so."""
    add("atop", atop, tmp_path / "record")
    (path,) = (tmp_path / "record" / "acts").iterdir()
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(RecordError, match="the acts of 'atop' cannot be read"):
        open_folder(tmp_path / "record")
    path.unlink()
    with pytest.raises(RecordError, match="the acts of 'atop' cannot be read"):
        open_folder(tmp_path / "record")


def test_a_folder_of_something_else_is_left_alone(atop, tmp_path):
    """A record is not made among other files."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")

    with pytest.raises(InputError, match="no record, and not empty"):
        add("atop", atop, tmp_path / "photos")
    with pytest.raises(InputError, match="this is no record"):
        open_folder(tmp_path / "photos")


def test_one_writer_at_a_time(atop, wars, tmp_path):
    """While another process writes, one is told to try again; afterwards it lands."""
    add("atop", atop, tmp_path / "record")
    with held(tmp_path / "record" / ".lock"), pytest.raises(BusyError, match="another process is writing"):
        add("cow-wars", wars, tmp_path / "record", patience_seconds=0.1)
    add("cow-wars", wars, tmp_path / "record")

    assert 4 == len(_ids(tmp_path / "record"))


def _add_many(arguments):
    folder, number = arguments
    path = Path(folder) / f"{os.getpid()}-{number}.csv"
    path.write_text(f"{ATOP.splitlines()[0]}\n2,20,{1900 + 2 * number},1,0,0,0,0\n", encoding="utf-8")
    return add("atop", path, Path(folder) / "record", patience_seconds=math.inf).acts


def test_processes_that_add_at_once_lose_nothing(tmp_path):
    """Files added by several processes at the same time are all there."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert [1] * 6 == pool.map(_add_many, [(str(tmp_path), number) for number in range(6)], chunksize=1)

    assert 6 == len(_ids(tmp_path / "record"))


def test_a_reader_whom_a_writer_overtakes_reads_the_new_state(own, tmp_path, monkeypatch):
    """A file that is replaced between the reading of the list and of the file does not fail the reader."""
    table = tmp_path / "treaties.csv"
    table.write_text("who,whom,when,what\nGermany,Soviet Union,1922-04-16,Rapallo\n", encoding="utf-8")
    add(own, table, tmp_path / "record")
    lists = [folder.read_manifest(tmp_path / "record")]
    own.write_text(OWN.replace("mutual = true", "mutual = false"), encoding="utf-8")
    add(own, table, tmp_path / "record")
    lists.append(folder.read_manifest(tmp_path / "record"))
    monkeypatch.setattr(folder, "read_manifest", lambda _: lists.pop(0))

    assert [False] == open_folder(tmp_path / "record").engine.fetch(_EVERYTHING)["mutual"].to_pylist()


def test_describe_names_files_and_what_was_set_aside(atop, tmp_path):
    """Every file is named with its rows, source and the reasons for which rows are missing."""
    add("atop", atop, tmp_path / "record")
    text = "\n".join(describe(tmp_path / "record"))

    for part in ("atop.csv", "3 rows, 2 acts", "Leeds", "1  the actor: no state has that"):
        assert part in text
