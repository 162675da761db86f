"""Indexes in the user's cache."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from index_kills import killed_at
from scan_indexes import contents
from scan_samples import CLAIMS, LIBRARY

import valla.scan.index.cached as cached_module
from valla.errors import InputError
from valla.record.lock import held
from valla.scan.encoders.model import Vectors
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build
from valla.scan.index.cached import Source, indexed, kept
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


def without_head(folder: Path) -> None:
    """Take the head of an index away."""
    (folder / "valla-index.json").unlink()


def without_head_and_lock(folder: Path) -> None:
    """Leave the files alone."""
    without_head(folder)
    (folder / ".valla-index.lock").unlink()


def head_is_a_folder(folder: Path) -> None:
    """Put a folder in the place of the head."""
    without_head(folder)
    (folder / "valla-index.json" / "deep").mkdir(parents=True)


def is_a_file(folder: Path) -> None:
    """Put a file in the place of the folder."""
    shutil.rmtree(folder)
    folder.touch()


def beside_files(folder: Path) -> None:
    """Drop a stray file among the files."""
    (next(folder.glob("files-*")) / ".DS_Store").touch()


@pytest.mark.parametrize("stray", [None, ".DS_Store", "some/notes.txt"])
@pytest.mark.parametrize(
    "damage", [without_head, without_head_and_lock, head_is_a_folder, shutil.rmtree, is_a_file, beside_files]
)
def test_whatever_is_in_the_way_in_the_cache_an_index_is_made(
    damage: Callable[[Path], None], stray: str | None, static: StaticEncoder, small_index: Index, tmp_path: Path
) -> None:
    """The user named no folder, and cannot be asked for another."""
    folder = indexed(LIBRARY, [static], cache=tmp_path)
    damage(folder)
    if stray and folder.is_dir():
        (folder / stray).parent.mkdir(exist_ok=True)
        (folder / stray).touch()
    for _ in range(2):
        assert indexed(LIBRARY, [static], cache=tmp_path) == folder
        assert contents(open_index(folder)) == contents(small_index)


@pytest.mark.parametrize("told", ["[]", '{"index": []}', '{"index": "../..", "source": 5}', "[" * 100_000])
def test_what_is_told_of_a_source_is_not_believed(
    told: str, static: StaticEncoder, source: Source, cache: Path
) -> None:
    """It may be of another version, or damaged."""
    with kept(FEW, [static], source, cache=cache):
        pass
    for path in (cache / "indexes" / f"{source.key}.json", cache / "indexes" / "other.json"):
        path.write_text(told)
    with kept(MORE, [static], source, cache=cache) as folder:
        assert tuple(open_index(folder).claims) == MORE.claims


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


class Counting:
    """The static encoder, which counts what it is asked for."""

    def __init__(self, static: StaticEncoder) -> None:
        self._static = static
        self.name, self.dimensions, self.unrelated = static.name, static.dimensions, static.unrelated
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts."""
        self.asked += texts
        return self._static.encode(texts)


FEW, MORE = Library(CLAIMS[:3]), Library(CLAIMS[:4])


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Hand out a file that a library comes from."""
    path = tmp_path / "claims.csv"
    path.touch()
    return Source(path, "static")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Hand out a cache."""
    return tmp_path / "cache"


def folders(cache: Path) -> set[str]:
    """Return the names of the indexes in a cache."""
    return {path.name for path in (cache / "indexes").iterdir() if path.is_dir()}


def test_with_a_claim_added_only_that_one_is_worked_out(static: StaticEncoder, source: Source, cache: Path) -> None:
    """The next index of a file starts from its last, takes its place, and is the same as one made of all at once."""
    encoder = Counting(static)
    with kept(FEW, [encoder], source, cache=cache):
        encoder.asked.clear()
    with kept(MORE, [encoder], source, cache=cache) as folder:
        assert encoder.asked == list(CLAIMS[3].wordings)
        assert contents(open_index(folder)) == contents(build(MORE, [static]))
        assert folders(cache) == {folder.name}


def test_an_index_that_is_in_use_is_not_removed(static: StaticEncoder, source: Source, cache: Path) -> None:
    """A worker that starts later finds it; once nobody uses it, the next that is made takes it away."""
    with kept(FEW, [static], source, cache=cache) as old:
        with kept(MORE, [static], source, cache=cache) as new:
            assert folders(cache) == {old.name, new.name}
        assert contents(open_index(old)) == contents(build(FEW, [static]))
    with kept(LIBRARY, [static], source, cache=cache) as last:
        assert folders(cache) == {last.name}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_an_index_in_use_by_another_process_is_not_removed(static: StaticEncoder, source: Source, cache: Path) -> None:
    """When that process is killed, it is: nothing stays locked."""
    heard, told = os.pipe()
    with kept(FEW, [static], source, cache=cache) as old:
        child = os.fork()
        if not child:
            os.write(told, b".")
            signal.pause()
    os.read(heard, 1)
    with kept(MORE, [static], source, cache=cache) as new:
        assert folders(cache) == {old.name, new.name}
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(heard)
    os.close(told)
    with kept(LIBRARY, [static], source, cache=cache) as last:
        assert folders(cache) == {last.name}


def test_two_files_with_the_same_claims_share_an_index(static: StaticEncoder, source: Source, cache: Path) -> None:
    """It stays as long as one of them has it."""
    other = Source(source.path.with_name("other.csv"))
    other.path.touch()
    for one in (source, other):
        with kept(FEW, [static], one, cache=cache) as shared:
            pass
    with kept(MORE, [static], source, cache=cache) as new:
        assert folders(cache) == {shared.name, new.name}
    with kept(MORE, [static], other, cache=cache):
        assert folders(cache) == {new.name}


def test_a_file_that_is_named_otherwise_is_the_same(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its path from here, or through a link."""
    monkeypatch.chdir(source.path.parent)
    Path("link.csv").symlink_to("claims.csv")
    keys = {Source(Path(name), "static").key for name in ("claims.csv", "link.csv", "none/../claims.csv")}

    assert keys == {source.key}
    assert Source(source.path, "neural").key != source.key


def test_what_belongs_to_files_that_are_gone_is_removed(static: StaticEncoder, source: Source, cache: Path) -> None:
    """When an index is made; one that belongs to no file stays."""
    with kept(FEW, [static], source, cache=cache) as old:
        pass
    stays = indexed(LIBRARY, [static], cache=cache)
    source.path.unlink()
    other = Source(source.path.parent)
    with kept(MORE, [static], other, cache=cache) as new:
        assert folders(cache) == {stays.name, new.name}
    assert not (cache / "indexes" / f"{source.key}.json").exists()
    assert old.name not in folders(cache)


@pytest.mark.parametrize("told", [b"", b"[]", b"{}", b"\xff", b'{"index": 3}', b'{"index": "../.."}'])
def test_a_damaged_note_is_no_hindrance(static: StaticEncoder, source: Source, cache: Path, told: bytes) -> None:
    """It is written anew."""
    with kept(FEW, [static], source, cache=cache):
        (cache / "indexes" / f"{source.key}.json").write_bytes(told)
    with kept(MORE, [static], source, cache=cache) as folder:
        assert folders(cache) == {folder.name}
        note = json.loads((cache / "indexes" / f"{source.key}.json").read_bytes())
        assert note == {"source": str(source.path), "index": folder.name}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_killed_at_any_step_the_next_one_finds_all_in_order(static: StaticEncoder, source: Source, cache: Path) -> None:
    """Whatever was left is used or removed."""

    def grown() -> None:
        with kept(MORE, [static], source, cache=cache):
            pass

    with kept(FEW, [static], source, cache=cache):
        pass
    step = 1
    while killed_at(step, grown):
        with kept(MORE, [static], source, cache=cache) as folder:
            assert contents(open_index(folder)) == contents(build(MORE, [static]))
        with kept(FEW, [static], source, cache=cache) as folder:
            assert folders(cache) == {folder.name}
        step += 1

    assert step > 30
