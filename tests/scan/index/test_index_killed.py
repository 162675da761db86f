"""An index whose writer is killed at any of its steps."""

import os
from pathlib import Path

import pytest
from index_kills import killed_at
from scan_indexes import contents
from scan_samples import CLAIMS

from valla.errors import InputError
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build
from valla.scan.index.folder import is_index, open_index, write_index
from valla.scan.index.model import Index
from valla.scan.library.model import Library

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture
def other(static: StaticEncoder) -> Index:
    """Hand out another index than the small one."""
    return build(Library(CLAIMS[:2]), [static])


def test_at_any_kill_the_old_index_opens_or_the_new_one(small_index: Index, other: Index, tmp_path: Path) -> None:
    """The next writing leaves nothing of it; and each of them is met."""
    folder, met, step = tmp_path / "index", [], 1
    write_index(small_index, folder)
    while killed_at(step, lambda: write_index(other, folder)):
        opened = contents(open_index(folder))

        assert opened in (contents(small_index), contents(other))
        met.append(opened == contents(other))
        write_index(small_index, folder)
        assert contents(open_index(folder)) == contents(small_index)
        assert len(list(folder.iterdir())) == 3
        assert [path.name for path in tmp_path.iterdir()] == ["index"]
        step += 1

    assert step > 20
    assert {*met} == {False, True}
    assert met == sorted(met)


def test_at_any_kill_of_the_first_writing_there_is_no_index_or_a_whole_one(small_index: Index, tmp_path: Path) -> None:
    """And the same command ends well when it is given again."""
    folder, step = tmp_path / "deep" / "index", 1
    while killed_at(step, lambda: write_index(small_index, folder)):
        if is_index(folder):
            assert contents(open_index(folder)) == contents(small_index)
        else:
            with pytest.raises(InputError, match="this is no index"):
                open_index(folder)
        write_index(small_index, folder)
        assert contents(open_index(folder)) == contents(small_index)
        for path in (*folder.glob("*/*"), *folder.iterdir(), folder, folder.parent):
            path.rmdir() if path.is_dir() else path.unlink()
        step += 1

    assert step > 20


def test_killed_twice_it_is_written_the_third_time(small_index: Index, other: Index, tmp_path: Path) -> None:
    """What two killed writers left is no hindrance either."""
    folder = tmp_path / "index"
    write_index(small_index, folder)
    for first in range(1, 40, 5):
        for second in range(1, 40, 6):
            killed_at(first, lambda: write_index(other, folder))
            killed_at(second, lambda: write_index(other, folder))

            assert contents(open_index(folder)) in (contents(small_index), contents(other))
            write_index(small_index, folder)
            assert len(list(folder.iterdir())) == 3
