"""Sightings as lines, and parts that are there whole or not at all."""

import json
from pathlib import Path

import numpy as np
import pytest
from batch_fakes import FakeUnit
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.batch import parts
from valla.scan.batch.model import Summary, Task
from valla.scan.batch.parts import Parts, PartWriter, UnwritableError, as_line, finished, from_line
from valla.scan.documents.model import Problem
from valla.scan.model import Decision, Sighting, Stance

TEXT = st.text(st.characters(codec=None))  # lone surrogates too
TASK = Task(3, (FakeUnit("a"), FakeUnit("b")))


@st.composite
def drawn(draw) -> Sighting:
    """Draw a sighting."""
    start = draw(st.integers(0, 10**12))
    return Sighting(
        *(draw(TEXT), draw(TEXT), draw(st.none() | st.integers(0, 10**6)), start, start + draw(st.integers(0, 99))),
        *(draw(TEXT), draw(TEXT), draw(TEXT), draw(st.floats(0, 1)), draw(st.sampled_from(Decision))),
        *(draw(st.sampled_from(Stance)), draw(TEXT)),
    )


@given(drawn())
def test_a_line_holds_a_sighting(sighting):
    """Every character comes back, lone surrogates too, and the line is one line of ASCII."""
    line = as_line(sighting)

    assert from_line(line) == sighting
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert list(json.loads(line)) == list(Sighting.__slots__)


def test_the_numbers_of_a_matcher_may_be_numpys():
    """JSON knows none of them."""
    plain = Sighting("a", "b", 1, 2, 3, "c", "", "", 0.5, Decision.CONFIRM, Stance.REPEATS, "d")
    numeric = Sighting(
        "a", "b", np.int32(1), np.int64(2), np.int64(3), "c", "", "", np.float32(0.5), plain.decision, plain.stance, "d"
    )

    assert as_line(numeric) == as_line(plain)


@given(st.lists(st.lists(drawn(), max_size=3), max_size=4), st.lists(st.tuples(TEXT, TEXT), max_size=3))
def test_a_part_holds_what_was_added(tmp_path_factory, groups, problems):
    """In its order, with its problems and a summary."""
    folder = tmp_path_factory.mktemp("parts")
    told = [Problem(*one) for one in problems]
    with PartWriter(folder, TASK) as writer:
        for group in groups:
            writer.add(group)
        summary = writer.finish(Summary(documents=2, characters=9), told)
    made = Parts(folder, (TASK,), summary)
    every = [one for group in groups for one in group]

    assert finished(folder, TASK) == summary
    assert list(made.sightings()) == every
    assert list(made.problems()) == told
    assert summary.sightings == len(every)
    assert (summary.documents, summary.characters, summary.troubled) == (2, 9, len(told))
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".jsonl"][: 1 + bool(every)]

    made.remove()

    assert list(folder.iterdir()) == []


def test_a_part_that_is_not_finished_is_not_there(tmp_path, sighting):
    """What was written of it is gone."""

    def interrupted() -> None:
        with PartWriter(tmp_path, TASK) as writer:
            writer.add([sighting])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert list(tmp_path.iterdir()) == []
    assert finished(tmp_path, TASK) is None


@pytest.mark.parametrize(
    "note", ["", "{", "[]", '{"summary": {}}' + " " * 9 + "x", '{"summary": {"confirmed": 1, "of": 2}}']
)
def test_a_damaged_note_is_none(note, tmp_path):
    """The task is done again."""
    (tmp_path / f"{TASK.key}.json").write_text(note)

    assert finished(tmp_path, TASK) is None


def test_very_many_problems_are_counted_not_listed(tmp_path, monkeypatch):
    """A file of bad rows does not fill the screen."""
    monkeypatch.setattr(parts, "MAX_TOLD", 3)
    with PartWriter(tmp_path, TASK) as writer:
        summary = writer.finish(Summary(), [Problem(str(number), "bad") for number in range(2_000)])
    told = [(one.document, one.told) for one in Parts(tmp_path, (TASK,), summary).problems()]

    assert told == [("0", "bad"), ("1", "bad"), ("2", "bad"), ("a", "and 1,997 more of the same files")]


def test_a_folder_that_is_gone_is_told_in_one_line(tmp_path, sighting):
    """It is no problem of a text."""
    with PartWriter(tmp_path / "gone", TASK) as writer:
        with pytest.raises(UnwritableError, match="the result cannot be written: No such file or directory"):
            writer.add([sighting])
        with pytest.raises(UnwritableError, match="make room, and run it again"):
            writer.finish(Summary(), [])


def test_a_full_disk_is_told_in_one_line(tmp_path, sighting):
    """Wherever it shows: when a line is written or when the file is put on the disk."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with PartWriter(tmp_path, TASK) as writer:
        writer._beside.symlink_to(full)
        with pytest.raises(UnwritableError, match="No space left on device"):
            writer.add([sighting] * 1_000)


@pytest.fixture
def sighting() -> Sighting:
    """Hand out a sighting."""
    return Sighting("a", "b", None, 2, 3, "c", "", "", 0.5, Decision.CONFIRM, Stance.REPEATS, "d")
