"""`valla scan`: what it prints and writes, and how it ends."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scan.batch.batch_fakes import FakeFactory
from valla.cli import scan
from valla.scan.batch.model import Summary

TALK = "It rained. A myth is told. We left.\r\nAnother myth 😀 myth7.\n"
DRIVER = """
import sys
from pathlib import Path
from scan.batch.batch_fakes import FakeFactory
from valla.cli import main, scan
gate = sys.argv.pop(1)
factory = FakeFactory(gate=Path(gate) if gate else None)
scan.matcher_for = lambda *asked: (factory, "library")
main()
"""


@pytest.fixture(autouse=True)
def matcher(monkeypatch) -> list[tuple]:
    """Put the fake matcher in the place of the real one, and hand out what it was asked for."""
    asked = []

    def made(*given):
        asked.append(given)
        return FakeFactory(), "library"

    monkeypatch.setattr(scan, "matcher_for", made)
    return asked


@pytest.fixture
def talk(tmp_path, monkeypatch) -> Path:
    """Hand out a text with three myths, in a folder of its own, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "talk.txt"
    path.write_bytes(TALK.encode())
    return path


def rows(text: str | bytes) -> list[dict]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_says_where_which_claim_how_sure_and_what(valla, talk):
    """One for each sighting; the count goes to standard error."""
    ran = valla("scan", talk.name)

    assert ran.code == 0
    assert ran.out.splitlines()[0] == "talk.txt:13-17  claim 6  0.13 suggest rebuts  myth"
    assert len(ran.out.splitlines()) == 3
    assert re.fullmatch(r"3 sightings \(\d confirmed, \d suggested\) in 1 document; \d+\.\d s\n", ran.err)


def test_json_prints_what_a_file_would_hold(valla, talk):
    """Line by line, and the offsets slice back to the quotation."""
    printed = valla("scan", talk, "--json")
    valla("scan", talk, "-o", "out.jsonl")

    assert printed.out == Path("out.jsonl").read_text(encoding="ascii")
    assert all(TALK[row["start"] : row["end"]] == row["quotation"] for row in rows(printed.out))
    assert len(rows(printed.out)) == 3


def test_files_hold_the_same_whatever_the_number_of_workers(valla, talk):
    """JSON lines, Parquet and annotations."""
    made = []
    for workers in (1, 2):
        ran = valla("scan", talk, "-o", "out.parquet", "--annotations", "out.jsonld", "--workers", workers)
        made.append([Path("out.parquet").read_bytes(), Path("out.jsonld").read_bytes()])

        assert (ran.code, ran.out) == (0, "")
    assert made[0] == made[1]
    assert pq.read_table("out.parquet").num_rows == 3
    assert json.loads(made[0][1])["total"] == 3
    assert sorted(path.name for path in talk.parent.iterdir()) == ["out.jsonld", "out.parquet", "talk.txt"]


def test_annotations_lead_to_the_texts_from_where_they_stand(valla, talk):
    """Also where no other file is written."""
    ran = valla("scan", talk.name, "--annotations", "deep/notes.jsonl")

    assert ran.code == 0
    assert {row["target"]["source"] for row in rows(Path("deep/notes.jsonl").read_bytes())} == {"../talk.txt"}


def test_a_folder_is_scanned_without_the_results_in_it(valla, talk):
    """Else a second scan would read what the first wrote."""
    first = valla("scan", ".", "-o", "out.jsonl", "--annotations", "notes.jsonl")
    before = Path("out.jsonl").read_bytes()
    second = valla("scan", ".", "-o", "out.jsonl", "--annotations", "notes.jsonl")

    assert first.code == second.code == 0
    assert [row["document"] for row in rows(before)] == [f"./{talk.name}"] * 3
    assert before == Path("out.jsonl").read_bytes()


def test_what_is_piped_in_is_a_text(valla, monkeypatch, talk):
    """It is called by a hyphen, and its offsets are those of what was piped."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(talk.read_bytes())))
    ran = valla("scan", "-", "--json", "--workers", "2")

    assert [row["document"] for row in rows(ran.out)] == ["-"] * 3
    assert rows(ran.out)[0]["start"] == 13


def test_columns_thresholds_and_stances_are_passed_on(valla, talk, matcher):
    """A table is read by its columns; what is not asked for is left out."""
    Path("talks.csv").write_text("number,speech,note\n7,a myth,myth\n8,the myth,myth\n", encoding="utf-8")
    ran = valla(
        *("scan", "talks.csv", "--json", "--id", "number", "--text", "speech", "--confirm", "0.9", "--suggest", "0.2"),
        *("--stance", "reports", "--stance", "repeats"),
    )

    assert [row["document"] for row in rows(ran.out)] == ["talks.csv#7"]
    assert matcher[0][1] == "static"
    assert (matcher[0][3].confirm, matcher[0][3].suggest) == (0.9, 0.2)
    assert talk.exists()


def test_what_cannot_be_read_is_told_and_the_rest_is_scanned(valla, talk):
    """With exit code 0: something was scanned."""
    Path("bad.txt").write_bytes(b"a myth \xff\xfe")
    ran = valla("scan", "bad.txt", "missing.txt", talk.name, "-o", "out.jsonl")
    told = ran.err.splitlines()

    assert ran.code == 0
    assert len(told) == 3
    assert told[0].startswith("valla: bad.txt: ")
    assert told[1].startswith("valla: missing.txt: there is no such file")
    assert "2 problems;" in told[2]
    assert {row["document"] for row in rows(Path("out.jsonl").read_bytes())} >= {"talk.txt"}


def test_where_nothing_can_be_read_nothing_is_written(refused, talk):
    """Exit code 2, a line for each."""
    assert "missing.txt: there is no such file" in refused("scan", "missing.txt", "-o", "out.jsonl")
    assert list(talk.parent.iterdir()) == [talk]

    talk.write_bytes(b"\0\xff")

    assert refused("scan", "talk.txt", "-o", "out.jsonl").startswith("valla: talk.txt: a binary file")
    assert list(talk.parent.iterdir()) == [talk]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "out.csv"], "out.csv: sightings are not written to such a file; found .csv; allowed: .jsonl"),
        (["--annotations", "out.xml"], "annotations are not written to such a file"),
        (["-o", "a.jsonl", "--annotations", "a.jsonl"], "sightings and annotations cannot go to one file"),
        (["-o", "a.jsonl", "--annotations", "b/../a.jsonl"], "sightings and annotations cannot go to one file"),
        (["-o", "a.jsonl", "--json"], "--json prints the sightings, --output and --annotations write them to files"),
        (["--confirm", "0.4"], "the thresholds are not in order; found --suggest 0.5 --confirm 0.4"),
        (["--suggest", "-1"], "the thresholds are not in order"),
        (["--confirm", "nan"], "the thresholds are not in order"),
        (["--workers", "0"], "a scan needs a process; found --workers 0; allowed: 1 or more"),
        (["-o", "talk.txt/out.jsonl"], "cannot be written"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_asked_is_refused_in_one_line(args, said, refused, talk):
    """Before anything is scanned."""
    assert said in refused("scan", talk.name, *args)
    assert list(talk.parent.iterdir()) == [talk]


def test_a_result_that_would_replace_a_text_is_refused(refused, talk):
    """Even one of the right suffix."""
    Path("talks.jsonl").write_text('{"text": "a myth"}\n')

    assert "the result would replace a text that is to be scanned" in refused(
        "scan", "talks.jsonl", "-o", "talks.jsonl"
    )
    assert Path("talks.jsonl").read_text() == '{"text": "a myth"}\n'
    assert talk.exists()


def test_quiet_says_nothing_but_what_went_wrong(valla, talk):
    """No bar, no last line."""
    assert valla("scan", talk, "--quiet", "-o", "out.jsonl").err == ""
    assert valla("scan", talk, "missing.txt", "-q").err.count("\n") == 1


def test_what_would_move_a_terminals_cursor_is_not_shown(valla, talk):
    """Nor what would turn the text about, nor half a character."""
    Path("talks.jsonl").write_text(json.dumps({"id": "\x1b[2J\u202e\ud800", "text": "a myth"}) + "\n")
    ran = valla("scan", "talks.jsonl")

    assert ran.out.startswith("talks.jsonl#\ufffd[2J\ufffd\ufffd:2-6  ")
    assert talk.exists()


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (
            Summary(1, 2_000_000, 1),
            "1 sighting (1 confirmed, 0 suggested) in 1 document; 2.0 s, 1.0 million characters a second",
        ),
        (
            Summary(2_000, 0, 1_000, 1, 1),
            "1,001 sightings (1,000 confirmed, 1 suggested) in 2,000 documents; 1 problem; 2.0 s",
        ),
    ],
)
def test_the_last_line_counts(summary, said):
    """In the singular where there is one, with the speed where there was enough to tell it by."""
    assert scan.told(summary, 2.0, summary.characters) == said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_it_at_once_and_a_rerun_goes_on(workers, tmp_path):
    """Nothing is finished first, one line says so, and the result is that of an undisturbed scan."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text("a myth " * number)
    tests = Path(__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*sys.path, str(tests)])}
    command = ["scan", str(folder), "-o", str(tmp_path / "out.jsonl"), "--workers", workers]
    waiting = [sys.executable, "-c", DRIVER, str(tmp_path / "gate"), *command]
    quick = [sys.executable, "-c", DRIVER, "", *command]
    with subprocess.Popen(
        waiting, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        while not list(tmp_path.glob("gate.*")):
            assert running.poll() is None
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        told = running.communicate()[1]

    assert running.returncode == scan.STOPPED
    assert told == "valla: stopped; the same command goes on from here\n"
    assert not (tmp_path / "out.jsonl").exists()

    rerun = subprocess.run(quick, env=environment, capture_output=True, text=True, check=True)

    assert "66 sightings" in rerun.stderr
    assert len(rows((tmp_path / "out.jsonl").read_bytes())) == 66
