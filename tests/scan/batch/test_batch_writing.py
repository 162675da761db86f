"""Files of any length are put in their places whole, all of them or none."""

import pytest
from batch_fakes import FakeFactory

from valla.errors import InputError
from valla.files import beside, writing
from valla.scan.batch.request import Request, scan_paths
from valla.scan.batch.sinks import JsonLines


def test_files_are_there_when_the_block_ends(tmp_path):
    """Not before, and what was there until then stays."""
    paths = [tmp_path / "deep" / "a", tmp_path / "b"]
    paths[1].write_bytes(b"old")
    with writing(paths) as files:
        for number, file in enumerate(files):
            file.write(b"%d" % number)

        assert not paths[0].exists()
        assert paths[1].read_bytes() == b"old"
        assert all(beside(path).exists() for path in paths)
    assert [path.read_bytes() for path in paths] == [b"0", b"1"]
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["a", "b", "deep"]


def test_a_block_that_fails_writes_nothing(tmp_path):
    """And leaves nothing."""

    def fail() -> None:
        with writing([tmp_path / "a"]) as (file,):
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_written_over(tmp_path):
    """Its name is always the same."""
    beside(tmp_path / "a").write_bytes(b"much that a killed process left")
    with writing([tmp_path / "a"]) as (file,):
        file.write(b"new")

    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    """In one line, and no other file is written."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with (
        pytest.raises(InputError, match="folder: the file cannot be written; found a folder"),
        writing([tmp_path / "a", tmp_path / "folder"]),
    ):
        pass
    with (
        pytest.raises(InputError, match=r"the file cannot be written: Not a directory|File exists"),
        writing([tmp_path / "file" / "a"]),
    ):
        pass

    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("number", [0, 1])
def test_every_place_is_tried_before_a_text_is_read(number, tmp_path):
    """A scan may take days; nothing is left of one that could not have been written."""
    (tmp_path / "a.txt").write_text("a myth")
    (tmp_path / "folder").mkdir()
    sinks = [JsonLines(tmp_path / "out"), JsonLines(tmp_path / "notes")]
    sinks[number] = JsonLines(tmp_path / "folder")
    problems = []
    with pytest.raises(InputError, match="folder: the file cannot be written; found a folder"):
        scan_paths(
            Request((tmp_path / "a.txt", tmp_path / "none"), FakeFactory(), "library"), sinks, tell=problems.append
        )

    assert not problems
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "folder"]
