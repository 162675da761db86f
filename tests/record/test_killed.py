"""A writer that is killed, and writers at once: the record is as it was before or as it is after."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from valla.record.folder import add, open_folder
from valla.record.query import EVERYTHING

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, and killed by a signal of POSIX")

HEAD = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
SOURCE = Path(__file__).parents[2] / "src"

# what every writer needs is imported once; each writer is a process of its own
_FORKED = """
import json, os, signal, sys
from pathlib import Path
import ibis
import pandas
from valla.actors.catalogue import catalogue
from valla.record import folder

catalogue()
ibis.to_sql(ibis.table({"a": "int"}, name="t").group_by("a").count(), dialect="duckdb")

def writer(file, record, moment):
    seen = 0
    def counted(event, arguments):
        # every opening, renaming and removing in the record is a moment at which to die
        nonlocal seen
        if event in {"open", "os.rename", "os.remove"} and record in str(arguments[0]):
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(counted)
    folder.add("atop", Path(file), Path(record), patience_seconds=float('inf'))

def begun(job):
    pid = os.fork()
    if not pid:
        try:
            writer(*job)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return pid

pids = [begun(job) for job in json.load(sys.stdin)]
print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]))
"""
_MOMENTS = 8


def _file(path, year):
    path.write_text(f"{HEAD}2,20,{year},1,0,0,0,0\n", encoding="utf-8")
    return path


def _years(record):
    return tuple(
        sorted(row["date"][:4] for row in open_folder(record, in_memory=True).engine.fetch(EVERYTHING).to_pylist())
    )


def _run(jobs):
    """Run writers at once: file, record, and the moment at which each is killed; return their exit codes."""
    told = json.dumps([(str(file), str(record), moment) for file, record, moment in jobs])
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    ran = subprocess.run(
        [sys.executable, "-c", _FORKED], input=told, capture_output=True, text=True, env=environment, check=False
    )
    assert not ran.stderr, ran.stderr
    return json.loads(ran.stdout)


def test_a_killed_writer_leaves_the_record_before_or_after(tmp_path):
    """Killed at any moment at which it touches the record, a writer loses and spoils nothing; a second run completes it."""
    add("atop", _file(tmp_path / "first.csv", 1900), tmp_path / "record")
    second = _file(tmp_path / "second.csv", 1950)
    records = [shutil.copytree(tmp_path / "record", tmp_path / f"copy{moment}") for moment in range(1, _MOMENTS + 1)]
    codes = _run([(second, record, moment) for moment, record in enumerate(records, 1)])
    found = [_years(record) for record in records]

    assert {0, -signal.SIGKILL} >= set(codes)
    assert 5 <= codes.count(-signal.SIGKILL) < _MOMENTS
    assert {("1900",), ("1900", "1950")} == set(found)
    assert all(years == ("1900", "1950") for code, years in zip(codes, found, strict=True) if code == 0)
    for record in records[::5]:
        add("atop", second, record)
        assert ("1900", "1950") == _years(record)
        assert not [path for path in record.rglob(".*") if path.name != ".lock"]


def test_six_writers_at_once_all_land(tmp_path):
    """Six processes that add different files to a record that none of them has made yet lose nothing."""
    years = [str(year) for year in range(1900, 1912, 2)]
    codes = _run([(_file(tmp_path / f"{year}.csv", year), tmp_path / "record", 0) for year in years])

    assert [0] * 6 == codes
    assert tuple(years) == _years(tmp_path / "record")
