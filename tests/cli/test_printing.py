"""What is printed, whatever the characters are and whatever standard output is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from valla.cli.printing import json_told, shown

SAID = "The moon landing was filmed in a studio \u2014 caf\u00e9 \u6f22 \U0001f600"
CLAIMS = [{"id": "a\u202e", "claim": f"{SAID}."}, {"id": "b", "claim": "The moon \x1b[31m and\x07 \u202e\ud800 moon."}]
ENCODINGS = [
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]
COMMANDS = [
    "scan talk.txt -l index -q",
    "scan talk.txt -l index -q --json",
    "find moon -l index",
    "find moon -l index --json",
    "index claims.jsonl -o other",
    "eval run.tsv qrels.tsv",
    "--help",
]


@pytest.fixture
def here(valla, tmp_path, monkeypatch) -> Path:
    """Work in a folder with an index of claims that are hard to print, a text, a run and judgements."""
    monkeypatch.chdir(tmp_path)
    Path("claims.jsonl").write_text("".join(json.dumps(claim) + "\n" for claim in CLAIMS))
    Path("talk.txt").write_text(f"It rained. {SAID}.", encoding="utf-8")
    Path("run.tsv").write_text("1\tQ0\ta\t1\t0.5\tx\n")
    Path("qrels.tsv").write_text("1\t0\ta\t1\n")

    assert valla("index", "claims.jsonl", "-o", "index").code == 0
    return tmp_path


def ran(command: str, redirected: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as the shell does."""
    line = f'"{sys.executable}" -m valla {command} {redirected}'
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, env=os.environ | environment)


pytestmark = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("environment", ENCODINGS, ids=str)
@pytest.mark.parametrize("command", COMMANDS[:4])
def test_no_encoding_stops_what_is_printed(command, environment):
    """What it does not have is told by its number, and JSON stays JSON."""
    done = ran(command, **environment)

    assert (done.returncode, done.stderr) == (0, b"")
    if "--json" in command:
        rows = json.loads(b"[" + done.stdout.strip().replace(b"\n", b",") + b"]" if "scan" in command else done.stdout)
        assert SAID in {row.get("claim", "").rstrip(".") for row in rows} | {
            row.get("quotation", "")[:-1] for row in rows
        }
    else:
        assert done.stdout.count(b"studio") == 1


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_output_is_written_to_in_silence(command):
    """As other tools do; so they do where all streams are closed."""
    for closed in (">&-", ">&- 2>&- <&-"):
        done = ran(command, closed)

        assert done.returncode == 0, (closed, done)
        assert b"Error" not in done.stderr + done.stdout


@pytest.mark.usefixtures("here")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_output_is_named(command):
    """In one line, with exit code 2, whenever it is that Python writes."""
    done = ran(command, ">/dev/full", PYTHONUNBUFFERED="1" if "find" in command else "")

    assert done.returncode == 2
    assert done.stderr == b"valla: standard output: No space left on device\n"


@pytest.mark.usefixtures("here")
def test_claims_are_shown_as_a_terminal_can_show_them(valla):
    """Nothing in a claim or its id moves the cursor or turns the text about; as data they are as they are."""
    told = valla("find", "moon", "-l", "index").out

    assert not {"\x1b", "\x07", "\u202e"} & {*told}
    assert "The moon \ufffd[31m and\ufffd \ufffd\ufffd moon." in told
    assert "  a\ufffd  " in told
    assert [row["claim"] for row in json.loads(valla("find", "moon", "-l", "index", "--json").out)] == [
        claim["claim"] for claim in sorted(CLAIMS, key=lambda claim: claim["id"] != told.split()[2][:1])
    ]


def test_a_shown_text_has_nothing_that_moves_or_turns():
    """Each such sign is replaced by one that can be seen; all others stay, and so do blanks in the names of files."""
    assert shown("a  b\u2028c\x9b\r\n\u2066 ") == "a  b\ufffdc\ufffd\ufffd\ufffd\ufffd "
    assert shown(SAID) == SAID


def test_json_is_data_in_any_encoding():
    """Lone halves of characters too."""
    for data in (CLAIMS, [], {"a": None}):
        for indent in (2, None):
            assert json.loads(json_told(data, indent)) == data
