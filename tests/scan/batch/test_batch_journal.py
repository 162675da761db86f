"""The journal: what is done is kept, what is done with another library or other texts is not, and strangers' files are left alone."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from batch_fakes import HEAD, FakeUnit, plan, texts

from valla.errors import InputError
from valla.scan.batch.journal import Head, journal, journal_folder
from valla.scan.batch.model import Summary
from valla.scan.batch.scanning import scan_to
from valla.scan.batch.sinks import JsonLines

pytestmark = pytest.mark.usefixtures("small_tasks")


class StoppedError(Exception):
    """A scan was stopped in its middle."""


def stopped(out: Path, head: Head = HEAD) -> set[str]:
    """Scan until the fourth task, and return the notes of what was done."""
    units = texts(9)
    broken = [*units[:7], FakeUnit("x", "RAISE"), *units[7:]]

    def stop(problem) -> None:
        raise StoppedError(problem)

    with pytest.raises(StoppedError):
        scan_to(plan(broken), [JsonLines(out)], head, tell=stop)
    return {path.name for path in journal_folder(out).glob("parts-*/*.json")}


class Lines:
    """A progress that keeps what it is told."""

    def __init__(self):
        self.told: list[str] = []
        self.begun: tuple[int, int] = (0, 0)
        self.characters = 0

    def begin(self, total: int, done: int = 0) -> None:
        """Keep how far it was."""
        self.begun = (total, done)

    def advance(self, size: float, characters: int) -> None:
        """Keep nothing."""

    def tell(self, line: str) -> None:
        """Keep a line."""
        self.told.append(line)

    def end(self) -> None:
        """Keep nothing."""


def test_a_stopped_scan_leaves_a_journal_and_no_result(tmp_path):
    """With a part for each task that is done."""
    out = tmp_path / "deep" / "out.jsonl"

    assert len(stopped(out)) >= 2
    assert not out.exists()
    assert json.loads((journal_folder(out) / "head.json").read_text())["library"] == "library"


def test_a_finished_scan_leaves_the_result_alone(tmp_path):
    """The journal is gone."""
    out = tmp_path / "out.jsonl"
    scan_to(plan(texts(9)), [JsonLines(out)], HEAD, tell=print)

    assert list(tmp_path.iterdir()) == [out]


def test_a_rerun_is_told_what_is_done(tmp_path):
    """The bar begins there."""
    out, shown, units = tmp_path / "out.jsonl", Lines(), texts(9)
    stopped(out)
    scan_to(plan([*units[:7], FakeUnit("x", "rain "), *units[7:]]), [JsonLines(out)], HEAD, tell=print, progress=shown)

    assert 0 < shown.begun[1] < shown.begun[0]
    assert shown.told == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"library": "other"}, "the library changed"),
        ({"texts": "other"}, "the texts changed"),
        ({"settings": "a", "version": "1"}, "the version of Valla and the settings changed"),
    ],
)
def test_another_head_starts_anew_and_says_why(change, said, tmp_path):
    """What was done counts for nothing."""
    out, shown = tmp_path / "out.jsonl", Lines()
    stopped(out)
    scan_to(plan(texts(9)), [JsonLines(out)], replace(HEAD, **change), tell=print, progress=shown)

    assert shown.begun[1] == 0
    assert len(shown.told) == 1
    assert said in shown.told[0]
    assert "starting anew" in shown.told[0]
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("content", [None, "", "{", "[]"])
def test_a_journal_without_a_head_counts_for_nothing(content, tmp_path):
    """A killed process may leave it so."""
    out, shown = tmp_path / "out.jsonl", Lines()
    stopped(out)
    head = journal_folder(out) / "head.json"
    head.unlink() if content is None else head.write_text(content)
    scan_to(plan(texts(9)), [JsonLines(out)], HEAD, tell=print, progress=shown)

    assert shown.begun[1] == 0
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    """Nothing of it is deleted."""
    folder = journal_folder(tmp_path / "out.jsonl")
    folder.mkdir()
    (folder / "novel.txt").write_text("mine")
    with pytest.raises(InputError, match=r"out.jsonl.partial: the folder for the journal .* found novel.txt"):
        scan_to(plan(texts(9)), [JsonLines(tmp_path / "out.jsonl")], HEAD, tell=print)

    assert [one.name for one in folder.iterdir()] == ["novel.txt"]


def test_a_file_in_the_place_of_the_journal_is_refused(tmp_path):
    """In one line."""
    journal_folder(tmp_path / "out.jsonl").write_text("")
    with pytest.raises(InputError, match="the result cannot be written: File exists"):
        scan_to(plan(texts(9)), [JsonLines(tmp_path / "out.jsonl")], HEAD, tell=print)


def test_a_scan_that_never_began_leaves_nothing(tmp_path):
    """Where no matcher can be made."""
    with pytest.raises(InputError, match="the index is damaged"):
        scan_to(plan(texts(9), fault="refuse"), [JsonLines(tmp_path / "out.jsonl")], HEAD, tell=print)

    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_read_nothing_is_written(tmp_path):
    """The summary says so."""
    found = scan_to(plan([FakeUnit("bad")]), [JsonLines(tmp_path / "out.jsonl")], HEAD, tell=lambda _: None)

    assert found == Summary(troubled=1)
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_a_killed_process_left_holds_nobody_up(tmp_path):
    """Whatever number is in it; and parts that no head belongs to are deleted."""
    folder = journal_folder(tmp_path / "out.jsonl")
    (folder / "parts-0123456789abcdef").mkdir(parents=True)
    (folder / "lock").write_text("1")
    with journal(tmp_path / "out.jsonl", HEAD, print) as parts:
        assert (folder / "lock").read_text() == str(os.getpid())
        assert [one.name for one in folder.glob("parts-*")] == [parts.name]

    assert list(tmp_path.iterdir()) == []


def test_what_a_worker_left_half_written_is_deleted(tmp_path):
    """It has no note, so it is nothing."""
    out = tmp_path / "out.jsonl"
    stopped(out)
    (parts,) = journal_folder(out).glob("parts-*")
    (parts / "000000000-000000003.99.tmp").write_text("{")
    stopped(out)

    assert not list(parts.glob("*.tmp"))
