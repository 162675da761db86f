"""A scan that is killed at any moment is resumed by the same call, and ends in the same bytes."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = ("out.jsonl", "out.parquet", "out.jsonld")
TASKS = 9


def command(folder: Path, workers: int, delay: float = 0, renames: int = 0, gate: Path | str = "") -> list[str]:
    """Return the command of a scan."""
    return [sys.executable, str(HERE / "kill_driver.py"), *map(str, (folder, workers, delay, renames, gate))]


def environment() -> dict[str, str]:
    """Return the environment in which a process finds Valla and the fakes."""
    return os.environ | {"PYTHONPATH": os.pathsep.join([*sys.path, str(HERE)])}


def scan(folder: Path, workers: int, delay: float = 0, renames: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a scan to its end, whatever that is."""
    return subprocess.run(
        command(folder, workers, delay, renames),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def results(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by its name."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def wait_for(running: subprocess.Popen[bytes], folder: Path, pattern: str, count: int = 1) -> None:
    """Wait until so many things of that name are there, which a scan makes while it runs."""
    while len(list(folder.glob(pattern))) < count:
        assert running.poll() is None
        time.sleep(0.01)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory) -> dict[str, bytes]:
    """Hand out what a scan makes that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    ran = scan(folder, 1)

    assert ran.returncode == 0, ran.stderr
    assert sorted(results(folder)) == sorted(FILES)
    assert int(ran.stdout) > 100
    return results(folder)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("renames", [1, 2, 3, 6])
def test_killed_at_a_rename_it_is_resumed(renames, workers, tmp_path, undisturbed):
    """While the head, a part or its note is put in its place."""
    killed = scan(tmp_path, workers, renames=renames)

    assert killed.returncode == -signal.SIGKILL
    assert not set(FILES) & set(results(tmp_path))

    rerun = scan(tmp_path, workers)

    assert rerun.returncode == 0, rerun.stderr
    assert rerun.stderr == ""
    assert results(tmp_path) == undisturbed


def test_killed_while_the_files_are_put_in_their_places_it_is_resumed(tmp_path, undisturbed):
    """The parts are still there, so all the files are made again, and none is half written."""
    first = 1 + 2 * TASKS + 1  # the head, then a part and a note for each task
    seen = []
    for renames in range(first, first + len(FILES)):
        assert scan(tmp_path, 1, renames=renames).returncode == -signal.SIGKILL

        there = set(results(tmp_path)) & set(FILES)
        seen.append(len(there))

        assert all(results(tmp_path)[name] == undisturbed[name] for name in there)
        assert scan(tmp_path, 1).returncode == 0
        assert results(tmp_path) == undisturbed
        for name in FILES:
            (tmp_path / name).unlink()

    assert seen == [0, 1, 2]


@pytest.mark.parametrize("seed", range(4))
def test_killed_again_and_again_at_any_moment_it_is_resumed(seed, tmp_path, undisturbed):
    """The moments are drawn; each run gets further than the last, or as far."""
    drawn = random.Random(seed)
    for _ in range(2):
        with subprocess.Popen(
            command(tmp_path, 1 + seed % 2, delay=0.01), env=environment(), stdout=subprocess.DEVNULL
        ) as running:
            time.sleep(drawn.uniform(0.1, 0.9))
            running.kill()
    rerun = scan(tmp_path, 2 - seed % 2)

    assert rerun.returncode == 0, rerun.stderr
    assert {name: data for name, data in results(tmp_path).items() if name in FILES} == undisturbed


def test_what_is_done_is_not_done_again(tmp_path):
    """A rerun spends its time on what is left."""
    killed = scan(tmp_path, 1, renames=9)
    notes = list(tmp_path.glob("out.jsonl.partial/parts-*/*.json"))
    before = {note: note.stat().st_mtime_ns for note in notes}
    again = scan(tmp_path, 1, renames=4)

    assert killed.returncode == again.returncode == -signal.SIGKILL
    assert before
    assert before == {note: note.stat().st_mtime_ns for note in notes}
    assert len(list(tmp_path.glob("out.jsonl.partial/parts-*/*.json"))) > len(notes)


def test_a_result_that_is_there_stays_until_the_new_one_is_whole(tmp_path, undisturbed):
    """A killed run leaves the old file as it is."""
    (tmp_path / "out.jsonl").write_text("old\n")
    scan(tmp_path, 1, renames=9)

    assert (tmp_path / "out.jsonl").read_text() == "old\n"

    scan(tmp_path, 1)

    assert (tmp_path / "out.jsonl").read_bytes() == undisturbed["out.jsonl"]


def test_a_second_scan_to_the_same_file_is_refused_and_disturbs_nothing(tmp_path, undisturbed):
    """It says which process writes it; when that is killed, nothing is locked."""
    gate = tmp_path / "gate"
    with subprocess.Popen(command(tmp_path, 2, gate=gate), env=environment(), stdout=subprocess.DEVNULL) as first:
        wait_for(first, tmp_path, "out.jsonl.partial/parts-*")
        second = scan(tmp_path, 2)

        assert second.returncode != 0
        assert f"another scan is writing this result; found process {first.pid}" in second.stderr

        first.kill()
        first.wait()
        third = scan(tmp_path, 2)  # at once: the workers of the first are still there
        gate.touch()

    assert third.returncode == 0, third.stderr
    assert {name: data for name, data in results(tmp_path).items() if name in FILES} == undisturbed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell of other processes")
def test_the_workers_of_a_killed_scan_end_soon(tmp_path):
    """They look after their parent each time that they have scanned something: they finish no task."""
    gate = tmp_path / "gate"
    with subprocess.Popen(command(tmp_path, 2, gate=gate), env=environment(), stdout=subprocess.DEVNULL) as first:
        wait_for(first, tmp_path, "gate.*", 2)
        first.kill()
    workers = [one.suffix.removeprefix(".") for one in tmp_path.glob("gate.*")]

    assert all(alive(worker) for worker in workers)

    gate.touch()
    while any(alive(worker) for worker in workers):
        time.sleep(0.01)

    assert not list(tmp_path.glob("out.jsonl.partial/parts-*/*.json"))


def alive(process: str) -> bool:
    """Return whether a process is there and has not ended."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
