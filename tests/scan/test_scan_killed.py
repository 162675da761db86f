"""The command itself, killed while it scans."""

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from scan_samples import CLAIMS, OTHERS, REPETITIONS

TEXTS = 2_500
"""Texts are scanned a thousand at a time: when the first thousand is done, others are not."""

DOOMED = """
import os, signal, sys
from pathlib import Path

scan = os.getpid()

def doom(event, arguments):
    # one part is done, and whoever is about to finish a second one kills all that it belongs to, as it is
    if event != "os.rename" or not str(arguments[1]).endswith(".json"):
        return
    folder = Path(arguments[1]).parent
    if folder.name.startswith("parts-") and any(folder.glob("*.json")):
        if scan in {os.getpid(), os.getppid()}:
            os.kill(scan, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(doom)
from valla.cli import main
main()
"""

SENTENCES = (*REPETITIONS, *OTHERS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hand out a folder with a library, many small texts, and what a scan makes of them that nobody disturbs."""
    tmp_path = tmp_path_factory.mktemp("killed")
    with (tmp_path / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "claim"), *((claim.id, claim.text) for claim in CLAIMS)])
    (tmp_path / "texts").mkdir()
    for number in range(TEXTS):
        said = SENTENCES[number % len(SENTENCES) :] + SENTENCES[: number % len(SENTENCES)]
        name = f"{number:04d}.{'html' if number % 7 == 0 else 'txt'}"
        (tmp_path / "texts" / name).write_text(" ".join(said[:3]), encoding="utf-8")
    assert f"in {TEXTS:,} documents" in ended(scan(tmp_path, "undisturbed", 2))
    return tmp_path


def scan(folder: Path, out: str, workers: int, program: Sequence[str] = ("-m", "valla")) -> subprocess.Popen[str]:
    """Begin a scan."""
    results = ("-o", f"{out}/out.jsonl", "--annotations", f"{out}/notes.jsonl")
    return subprocess.Popen(
        [sys.executable, *program, "scan", "texts", "-l", "claims.csv", *results, "--workers", str(workers)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "VALLA_CACHE": str(folder / "cache")},
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(running: subprocess.Popen[str]) -> str:
    """Wait for a scan that ends well, and return what it told."""
    told = running.communicate()[1]

    assert running.returncode == 0, told
    return told


def results(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by its name."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_scan_that_is_killed_goes_on_to_the_same_bytes(folder: Path, workers: int) -> None:
    """With a real library and the static encoder: `kill -9` when a part is done and another is not."""
    out = f"killed {workers}"
    with scan(folder, out, workers, ("-c", DOOMED)) as running:
        running.communicate()
    left = results(folder / out)
    notes = [name for name in left if "/parts-" in name and name.endswith(".json")]

    assert running.returncode == -signal.SIGKILL
    assert "out.jsonl" not in left
    assert "notes.jsonl" not in left
    assert 0 < len(notes) < 3

    again = ended(scan(folder, out, 3 - workers))

    assert "starting anew" not in again
    assert results(folder / out) == results(folder / "undisturbed")
    assert sorted(results(folder / out)) == ["notes.jsonl", "out.jsonl"]
    assert len(results(folder / "undisturbed")["out.jsonl"].splitlines()) > TEXTS
