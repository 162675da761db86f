"""The log of floors refuses what would weaken it."""

import json
from dataclasses import replace

import pytest
from floors import Entry, fingerprint, in_force, read_log, told_of, weakened

FIRST = Entry("2025-01-01", "a task", "static", "map5", 0.8, "d")
BETTER = replace(FIRST, date="2025-01-02", bound=0.81)
CEILING = replace(FIRST, measure="ece1", bound=0.05)


def test_a_floor_may_rise():
    """The last one is in force."""
    assert not list(weakened([FIRST, BETTER]))
    assert in_force([FIRST, BETTER]) == {FIRST.key: BETTER}


@pytest.mark.parametrize(
    "log",
    [
        [BETTER, replace(FIRST, date="2025-01-03")],
        [FIRST, BETTER, replace(FIRST, date="2025-01-03", bound=0.805)],
        [CEILING, replace(CEILING, bound=0.06)],
    ],
)
def test_a_floor_may_not_sink_nor_a_ceiling_rise(log):
    """Neither below the last nor below any before it."""
    assert [told for told in weakened(log) if "may not become" in told]


def test_a_ceiling_may_sink():
    """Of an error less is better."""
    assert not list(weakened([CEILING, replace(CEILING, bound=0.04)]))
    assert CEILING.allows(0.05)
    assert not CEILING.allows(0.051)


def test_days_do_not_run_backwards():
    """An entry cannot be dated before the one above it."""
    assert [told for told in weakened([BETTER, replace(CEILING)]) if "comes after" in told]


def test_bounds_for_different_things_do_not_meddle():
    """Another task, encoder or measure has a floor of its own."""
    others = [replace(FIRST, bound=0.1, **{name: "other"}) for name in ("task", "encoder", "measure")]

    assert not list(weakened([FIRST, *others]))


def test_what_was_committed_is_the_beginning_of_what_is_there():
    """Only the end may grow: an entry that is gone or changed is named."""
    assert told_of([FIRST, BETTER], [FIRST]) is None
    assert "taken out" in (told_of([], [FIRST]) or "")
    assert "changed" in (told_of([replace(FIRST, bound=0.7), BETTER], [FIRST]) or "")
    assert "changed" in (told_of([BETTER], [FIRST, BETTER]) or "")


def test_the_fingerprint_goes_by_names_and_contents(tmp_path):
    """Not by the order in which files are named, nor by where they lie."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("1")
    other.write_text("2")

    assert fingerprint({"a": one, "b": other}) == fingerprint({"b": other, "a": one})
    assert fingerprint({"a": one, "b": other}) != fingerprint({"a": other, "b": one})


def test_the_file_is_read_as_it_is_written():
    """A list of entries under `log`."""
    entry = {"date": "2025-01-01", "task": "a task", "encoder": "static", "measure": "map5", "bound": 0.8, "data": "d"}

    assert read_log(json.dumps({"log": [entry]})) == (FIRST,)
