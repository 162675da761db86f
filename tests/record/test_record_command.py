"""`valla record` as a user meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from valla.record.folder import add

SOURCE = Path(__file__).parents[2] / "src"
HEAD = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A record of treaties between Germany and Russia in every other year."""
    folder = tmp_path_factory.mktemp("command")
    rows = "".join(f"255,365,{year},0,0,1,1,0\n" for year in range(1816, 1945, 2))
    (folder / "atop.csv").write_text(HEAD + rows, encoding="utf-8")
    add("atop", folder / "atop.csv", folder / "record")
    return folder / "record"


def _start(*arguments, **settings):
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **settings}
    command = [sys.executable, "-m", "valla", "record", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _run(*arguments, **settings):
    run = _start(*arguments, **settings)
    out, err = run.communicate()
    return run.returncode, out, err


def test_acts_of_a_regime_are_those_of_its_time(record):
    """What Germany did counts as Nazi Germany's from 1933 to 1945 only; dates stand under each other; sources have their place."""
    code, out, err = _run("acts", record, "--between", "Soviet Union", "Nazi Germany")
    lines = out.splitlines()

    assert (0, "") == (code, err)
    assert ["1934/1934", "1936/1936"] == [line[:9] for line in lines[:4:2]]
    assert all("Germany and the USSR: n" in line and "[atop, dyad 255-365, 19" in line for line in lines)


def test_a_reader_that_leaves_is_no_fault(record):
    """Piped to a program that stops reading, as head does, nothing is said."""
    run = _start("acts", record)
    run.stdout.readline()
    run.stdout.close()
    err = run.stderr.read()
    run.stderr.close()
    run.wait()

    assert not err


def test_nothing_found_is_said(record):
    """No acts is an answer."""
    assert (0, "", "no acts\n") == _run("acts", record, "--between", "Chile", "Norway")


def test_a_limit_from_the_environment_holds(record, tmp_path):
    """A setting is heard, and what is refused leaves nothing behind."""
    code, out, err = _run(
        "add", "atop", record.parent / "atop.csv", "--to", tmp_path / "new", VALLA_RECORD_MAX_ROWS="9"
    )

    assert (2, "") == (code, out)
    assert err.endswith("too many rows; allowed: at most 9; split the file, or set VALLA_RECORD_MAX_ROWS\n")
    assert not (tmp_path / "new").exists()
