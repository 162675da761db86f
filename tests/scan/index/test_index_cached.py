"""Indexes in the user's cache."""

import shutil
from pathlib import Path

import pytest
from scan_indexes import contents
from scan_samples import CLAIMS, LIBRARY

import valla.scan.index.cached as cached_module
from valla.errors import InputError
from valla.record.lock import held
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.cached import indexed
from valla.scan.index.folder import open_index
from valla.scan.index.model import Index
from valla.scan.library.model import Library


def test_a_library_is_worked_out_once(
    static: StaticEncoder, small_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time its index is there already."""
    folder = indexed(LIBRARY, [static], cache=tmp_path)
    monkeypatch.setattr(cached_module, "build", None)

    assert indexed(LIBRARY, [static], cache=tmp_path) == folder
    assert contents(open_index(folder)) == contents(small_index)


def test_another_library_language_or_encoder_has_a_folder_of_its_own(static: StaticEncoder, tmp_path: Path) -> None:
    """None stands in the other's way."""
    folders = {
        indexed(LIBRARY, [static], cache=tmp_path),
        indexed(Library(CLAIMS[:1]), [static], cache=tmp_path),
        indexed(LIBRARY, [static], "de", cache=tmp_path),
        indexed(LIBRARY, [], cache=tmp_path),
    }

    assert len(folders) == 4
    assert sorted(path.name for path in (tmp_path / "indexes").iterdir() if path.is_dir()) == sorted(
        folder.name for folder in folders
    )


@pytest.mark.parametrize("name", ["valla-index.json", "claims.jsonl", "weights.npy"])
def test_a_damaged_index_is_made_again(static: StaticEncoder, small_index: Index, tmp_path: Path, name: str) -> None:
    """A cache mends itself: nobody need know that it is there."""
    folder = indexed(LIBRARY, [static], cache=tmp_path)
    (folder / name).write_bytes(b"{}")

    assert indexed(LIBRARY, [static], cache=tmp_path) == folder
    assert contents(open_index(folder)) == contents(small_index)


def test_the_users_cache_is_where_the_environment_says(
    static: StaticEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`VALLA_CACHE` names it."""
    monkeypatch.setenv("VALLA_CACHE", str(tmp_path))

    assert indexed(Library(CLAIMS[:1]), [static]).is_relative_to(tmp_path)


def test_a_cache_that_cannot_be_written_is_refused(static: StaticEncoder, tmp_path: Path) -> None:
    """In one line, as anything else."""
    path = tmp_path / "file"
    path.write_text("", encoding="utf-8")

    with pytest.raises(InputError, match="cannot be written"):
        indexed(LIBRARY, [static], cache=path)


def test_an_index_that_another_process_is_making_is_waited_for(
    static: StaticEncoder, small_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it is there it is taken, not made again."""
    folder = indexed(LIBRARY, [static], cache=tmp_path)
    seen = iter([False, True])
    monkeypatch.setattr(cached_module, "_is_whole", lambda _: next(seen))
    monkeypatch.setattr(cached_module, "build", None)

    assert indexed(LIBRARY, [static], cache=tmp_path) == folder
    assert contents(open_index(folder)) == contents(small_index)


def test_who_never_finishes_is_not_waited_for_for_ever(
    static: StaticEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what to do."""
    folder = indexed(LIBRARY, [static], cache=tmp_path)
    shutil.rmtree(folder)
    monkeypatch.setattr(cached_module, "_PATIENCE_SECONDS", 0.0)

    with (
        held(folder.parent / f".{folder.name}.lock"),
        pytest.raises(InputError, match="another process is making it; try again later"),
    ):
        indexed(LIBRARY, [static], cache=tmp_path)
