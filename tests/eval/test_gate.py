"""The gate: what was once reached is kept, and the floors that say so cannot be lowered."""

import subprocess
from pathlib import Path

import pytest
from floors import fingerprint, in_force, read_log, told_of, weakened
from retrieval_tasks import TASKS, measured

HERE = Path(__file__).parent
FILE = HERE / "floors.json"
LOG = read_log(FILE.read_text(encoding="utf-8"))
FLOORS = in_force(LOG)


def check(task, encoder, shared, folder):
    """Measure a task and compare it with every floor that is in force for it."""
    floors = [floor for floor in FLOORS.values() if (floor.task, floor.encoder) == (task, encoder)]
    data = fingerprint(TASKS[task].files(shared))
    figures = measured(TASKS[task], encoder, shared, folder)

    assert floors, f"{task} has no floor for {encoder}; measured: {figures}"
    assert {floor.data for floor in floors} == {data}, "the floors were measured on other data"
    assert not [
        f"{floor.measure} is {figures[floor.measure]}, not {floor.bound}"
        for floor in floors
        if not floor.allows(figures[floor.measure])
    ], figures


@pytest.mark.parametrize("task", TASKS)
def test_the_default_encoder_keeps_its_floors(task, shared, tmp_path):
    """No measure of `valla find` is worse than it has been."""
    check(task, "static", shared, tmp_path)


@pytest.mark.extras
@pytest.mark.parametrize("task", TASKS)
def test_the_neural_encoder_keeps_its_floors(task, shared, tmp_path):
    """No measure of `valla find --encoder neural` is worse than it has been."""
    check(task, "neural", shared, tmp_path)


def test_no_floor_is_lower_than_the_one_before():
    """The log only tightens, and goes on in time."""
    assert not list(weakened(LOG))


def test_every_version_that_was_ever_committed_still_stands():
    """No entry that git knows was changed or taken out."""
    for version in committed():
        assert told_of(LOG, version) is None


def committed():
    """Return every version of the log that git has; the test is skipped, saying so, where it has none."""

    def git(*words):
        ran = subprocess.run(["git", "-C", str(HERE), *words], capture_output=True, text=True, check=False)
        return ran.stdout if not ran.returncode else ""

    versions = [git("show", f"{commit}:./{FILE.name}") for commit in git("log", "--format=%H", "--", FILE.name).split()]
    found = [read_log(text) for text in versions if text]
    if not found:
        pytest.skip("git has no earlier version of the floors here")
    return found


def test_every_task_has_floors_for_both_encoders():
    """Average precision and calibration, each once."""
    wanted = {
        (task, encoder, measure) for task in TASKS for encoder in ("static", "neural") for measure in ("map5", "ece1")
    }

    assert wanted <= set(FLOORS)
