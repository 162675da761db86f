"""An index as a folder."""

import builtins
import io
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from index_forgery import FORGED_ARRAYS, FORGED_HEADS, FORGED_TEXTS, Change, forge
from scan_indexes import contents, libraries
from scan_samples import CLAIMS, LIBRARY, REPETITIONS

import valla.scan.index.folder as folder_module
from valla.errors import InputError
from valla.record.lock import held
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index import method, place
from valla.scan.index.build import build
from valla.scan.index.folder import FORMAT, HEAD, is_index, open_index, write_index
from valla.scan.index.model import Index
from valla.scan.library.model import Library, LibraryClaim


@pytest.fixture
def folder(small_index: Index, tmp_path: Path) -> Path:
    """Hand out the folder of a written index."""
    path = tmp_path / "index"
    write_index(small_index, path)
    return path


def file_of(folder: Path, name: str) -> Path:
    """Return where a file of an index is."""
    found = [path for path in folder.rglob(name) if path.is_file()]

    assert len(found) == 1
    return found[0]


def refusal(path: Path) -> str:
    """Return the one line with which an index is refused."""
    with pytest.raises(InputError, match=r".") as caught:
        open_index(path)
    told = str(caught.value)

    assert "\n" not in told
    assert str(path) in told
    return told


@given(library=libraries())
@example(library=Library(()))
@example(library=Library((LibraryClaim("\ud83d\ude00", "a \ud83d and \ude00", ("\ud83d\ude00",)),)))
@example(library=Library((LibraryClaim("a", "one\r\ntwo\x85three\u2028four\x1cfive\x00six\ufeff"),)))
def test_an_index_is_opened_as_it_was_written(static: StaticEncoder, library: Library) -> None:
    """All that it holds comes back, whatever characters the claims have: lone surrogates and line ends too."""
    index = build(library, [static])
    with tempfile.TemporaryDirectory() as folder:
        write_index(index, Path(folder) / "index")
        opened = open_index(Path(folder) / "index")

        assert contents(opened) == contents(index)
        assert len(opened.claims) == len(library.claims)


def test_an_index_of_another_language_comes_back(static: StaticEncoder, tmp_path: Path) -> None:
    """The language is part of it."""
    index = build(
        Library((LibraryClaim("a", "Schiffbrüchige Mönche bauten den Leuchtturm."),)), [static], language="de"
    )
    write_index(index, tmp_path / "index")

    assert contents(open_index(tmp_path / "index")) == contents(index)


def test_claims_can_be_asked_for_by_number_and_slice(folder: Path) -> None:
    """They are read when the first one is asked for."""
    claims = open_index(folder).claims

    assert len(claims) == len(CLAIMS)
    assert claims[1] == CLAIMS[1]
    assert tuple(claims[2:4]) == CLAIMS[2:4]
    assert list(claims) == list(CLAIMS)


def test_two_writings_are_the_same_bytes(small_index: Index, tmp_path: Path) -> None:
    """Nothing in the folder depends on when or where it was written."""
    written = []
    for name in ("one", "two"):
        write_index(small_index, tmp_path / name)
        paths = (path for path in (tmp_path / name).rglob("*") if path.is_file())
        written.append({str(path.relative_to(tmp_path / name)): path.read_bytes() for path in paths})

    assert written[0] == written[1]


def test_nothing_is_left_beside_the_folder(folder: Path) -> None:
    """What it was written as first is gone, and everybody may read it."""
    assert [path.name for path in folder.parent.iterdir()] == ["index"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_an_index_is_replaced_by_another(static: StaticEncoder, folder: Path) -> None:
    """The old one leaves nothing behind."""
    index = build(Library(CLAIMS[:2]), [static])
    write_index(index, folder)

    assert contents(open_index(folder)) == contents(index)
    assert len(list(folder.glob("files-*"))) == 1
    assert len(list(folder.iterdir())) == 3  # the head, the files, the lock


def test_an_opened_index_outlives_its_replacement(static: StaticEncoder, folder: Path, small_index: Index) -> None:
    """Who scans with an index is not disturbed by one who makes it again."""
    opened = open_index(folder)
    write_index(build(Library(CLAIMS[:2]), [static]), folder)

    assert contents(opened) == contents(small_index)


@pytest.mark.parametrize(
    "name", [HEAD, "claims.jsonl", "terms.txt", "weights.npy", "wording_starts.npy", "vectors-0.npy"]
)
@given(data=st.data())
def test_a_damaged_byte_is_noticed(small_index: Index, name: str, data: st.DataObject) -> None:
    """One bit that changed in any file is refused, and never a traceback or another index."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "index"
        write_index(small_index, folder)
        path = file_of(folder, name)
        written = bytearray(path.read_bytes())
        written[data.draw(st.integers(0, len(written) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(written)

        assert "index" in refusal(folder)


@pytest.mark.parametrize("name", ["claims.jsonl", "terms.txt", "weights.npy", "wording_claims.npy", "vectors-0.npy"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """The message says which, and the repair."""
    file_of(folder, name).unlink()

    told = refusal(folder)
    assert name in told
    assert "missing" in told
    assert "valla index" in told


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_a_truncated_head_is_refused(folder: Path, share: float) -> None:
    """A head that stops in its middle is damaged."""
    told = (folder / HEAD).read_bytes()
    (folder / HEAD).write_bytes(told[: int(len(told) * share)])

    assert "head of the index is damaged" in refusal(folder)


@pytest.mark.parametrize("name", ["claims.jsonl", "vectors-0.npy", "terms.txt"])
def test_a_truncated_file_is_refused(folder: Path, name: str) -> None:
    """So is any other file that is shorter than it was."""
    path = file_of(folder, name)
    told = path.read_bytes()
    path.write_bytes(told[: len(told) // 2])

    assert "is damaged" in refusal(folder)


def test_another_format_is_refused(folder: Path) -> None:
    """The message names both, and how to get from one to the other."""
    head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
    (folder / HEAD).write_text(json.dumps(head | {"format": FORMAT + 1}), encoding="utf-8")

    assert f"found format {FORMAT + 1}; allowed: format {FORMAT}; make it again with valla index" in refusal(folder)


def test_an_index_that_was_worked_out_otherwise_is_refused(
    small_index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts would not yield the terms that it holds; the message says how to mend it, and that does."""
    monkeypatch.setattr(method, "VERSION", method.VERSION + 1)
    method.method_of.cache_clear()
    try:
        told = refusal(folder)
        write_index(small_index, folder)
        opened = contents(open_index(folder))
    finally:
        method.method_of.cache_clear()

    assert told == f"{folder}: the index was made by another version of Valla; make it again with valla index"
    assert opened == contents(small_index)


@pytest.mark.parametrize(
    "change",
    [
        list,
        str,
        lambda head: head | {"files": []},
        lambda head: head | {"files": {}},
        lambda head: head | {"files": {"claims.jsonl": 3}},
        lambda head: head | {"claims": "six"},
        lambda head: head | {"claims": 1},
        lambda head: head | {"encoders": None},
        lambda head: head | {"encoders": [*head["encoders"], "neural-384-0"]},
        lambda head: head | {"language": 3},
        lambda head: {name: value for name, value in head.items() if name != "files"},
    ],
)
def test_a_head_that_is_not_ours_is_refused(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Whatever somebody wrote there is refused in one line."""
    head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
    (folder / HEAD).write_text(json.dumps(change(head)), encoding="utf-8")

    assert "index" in refusal(folder)


@pytest.mark.parametrize("told", [b"\xff\xfe", b"[" * 100_000, b"1" * 10_000, b"null"])
def test_a_head_that_is_no_text_or_too_deep_is_refused(folder: Path, told: bytes) -> None:
    """No bytes at all end in a traceback."""
    (folder / HEAD).write_bytes(told)

    assert "head of the index is damaged" in refusal(folder)


@pytest.mark.parametrize("told", FORGED_HEADS, ids=str)
def test_a_head_is_not_believed_for_its_seal(told: dict[str, object], folder: Path) -> None:
    """Anybody can seal: each key is looked at, and none leads out of the folder."""
    forge(folder, **told)

    assert "index" in refusal(folder)


@pytest.mark.parametrize(("name", "change"), FORGED_ARRAYS)
def test_numbers_are_not_believed_for_their_seal(name: str, change: Change, folder: Path) -> None:
    """Those that lead out of an array would kill the process that follows them."""
    forge(folder, f"{name}.npy", change(np.load(file_of(folder, f"{name}.npy"))))
    with pytest.raises(InputError, match="a file of the index is damaged; make it again with valla index"):
        tuple(open_index(folder).claims)


@pytest.mark.parametrize(("name", "data"), FORGED_TEXTS)
def test_what_is_no_array_and_no_text_is_not_believed_for_its_seal(name: str, data: bytes, folder: Path) -> None:
    """Nor what says that it is longer than it is."""
    forge(folder, name, data)

    assert "a file of the index is damaged; make it again with valla index" in refusal(folder)


CLAIM = {"id": "a", "text": "Owls.", "context": [], "voicings": [], "number": None}


@pytest.mark.parametrize(
    "row",
    [
        {},
        [],
        5,
        None,
        "x" * 5,
        CLAIM | {"id": 5},
        CLAIM | {"text": None},
        CLAIM | {"context": "so"},
        CLAIM | {"voicings": [5]},
        CLAIM | {"voicings": {"a": 1}},
        CLAIM | {"number": "7"},
        CLAIM | {"text": ""},
        CLAIM | {"voicings": ["Other owls."]},
    ],
    ids=str,
)
def test_claims_are_not_believed_for_their_seal(row: object, folder: Path, small_index: Index) -> None:
    """They are looked at when the first one is asked for; each has as many wordings as the arrays say."""
    lines = file_of(folder, "claims.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    forge(folder, "claims.jsonl", "".join([json.dumps(row) + "\n", *lines[1:]]))
    opened = open_index(folder)

    assert len(opened.claims) == len(small_index.claims)
    with pytest.raises(InputError, match=r"claims\.jsonl: a file of the index is damaged"):
        opened.claims[0]


def test_vectors_of_another_length_are_not_compared(static: StaticEncoder, folder: Path) -> None:
    """Their name says nothing of it; and a new index takes none of them over."""
    rows = np.load(file_of(folder, "vectors-0.npy"))
    forge(folder, "vectors-0.npy", np.ascontiguousarray(rows[:, :3]))
    opened = open_index(folder)

    with pytest.raises(InputError, match="the vectors of the index are damaged; found 3; allowed: 256 dimensions"):
        opened.check_encoder(static)
    assert contents(build(LIBRARY, [static], known=opened))["vectors"] == {static.name: rows.tolist()}


def refusing(refused: Path, opens: Callable[..., object]) -> Callable[..., object]:
    """Return a function that opens all files but one."""

    def opened(path: object, *args: object, **kwargs: object) -> object:
        assert str(path) != str(refused), "this would wait for ever"
        return opens(path, *args, **kwargs)

    return opened


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
@pytest.mark.parametrize("name", [HEAD, "claims.jsonl", "terms.txt", "weights.npy"])
def test_a_pipe_is_not_waited_for(name: str, small_index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may ever write to it; whoever makes the index again removes it."""
    path = file_of(folder, name)
    path.unlink()
    os.mkfifo(path)
    for module, opens in ((builtins, "open"), (io, "open"), (os, "open")):
        monkeypatch.setattr(module, opens, refusing(path, getattr(module, opens)))
    told = refusal(folder)
    write_index(small_index, folder)
    monkeypatch.undo()

    assert "index" in told
    assert contents(open_index(folder)) == contents(small_index)


def test_a_foreign_folder_is_no_index(tmp_path: Path) -> None:
    """The message names the command that makes one."""
    (tmp_path / "notes.txt").write_text("Owls.", encoding="utf-8")

    assert not is_index(tmp_path)
    assert "this is no index; make one with valla index" in refusal(tmp_path)


def test_a_file_or_a_missing_folder_is_no_index(tmp_path: Path) -> None:
    """Neither is a traceback."""
    path = tmp_path / "notes.txt"
    path.write_text("Owls.", encoding="utf-8")

    assert "this is no index" in refusal(path)
    assert "this is no index" in refusal(tmp_path / "none")


def test_a_folder_with_something_else_is_not_overwritten(small_index: Index, tmp_path: Path) -> None:
    """What is there stays as it is, and nothing is left beside it."""
    (tmp_path / "index").mkdir()
    notes = tmp_path / "index" / "notes.txt"
    notes.write_text("Owls.", encoding="utf-8")

    with pytest.raises(InputError, match="something else is there"):
        write_index(small_index, tmp_path / "index")
    assert notes.read_text(encoding="utf-8") == "Owls."
    assert [path.name for path in tmp_path.rglob("*")] == ["index", "notes.txt"]


def test_a_place_for_an_index_is_tried_beforehand(small_index: Index, folder: Path, tmp_path: Path) -> None:
    """It may be new, or hold an index; nothing is left there."""
    place.check_place(folder)
    place.check_place(tmp_path / "some" / "new")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").touch()
    for path, said in (
        (tmp_path / "other", "something else is there"),
        (tmp_path / "other" / "notes.txt", "something else is there"),
        (tmp_path / "other" / "notes.txt" / "index", "the folder cannot be written"),
    ):
        with pytest.raises(InputError, match=said):
            place.check_place(path)

    assert contents(open_index(folder)) == contents(small_index)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "other"]


def test_an_index_without_its_head_is_known(folder: Path, tmp_path: Path) -> None:
    """Other folders, and whole indexes, are none."""
    assert not place.is_left_of_index(folder)
    assert not place.is_left_of_index(tmp_path)
    assert not place.is_left_of_index(tmp_path / "none")
    (folder / HEAD).unlink()
    assert place.is_left_of_index(folder)


def test_a_head_that_is_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """What it leads to is not of the index, and stays."""
    (folder / HEAD).rename(tmp_path / "head")
    before = (tmp_path / "head").read_bytes()
    (folder / HEAD).symlink_to(tmp_path / "head")
    write_index(build(Library(CLAIMS[:2]), []), folder)

    assert (tmp_path / "head").read_bytes() == before
    assert not (folder / HEAD).is_symlink()
    assert len(open_index(folder).claims) == 2


def test_notes_beside_an_index_are_not_lost(small_index: Index, folder: Path) -> None:
    """A folder that holds an index and something else is not replaced either."""
    notes = folder / "notes.txt"
    notes.write_text("Owls.", encoding="utf-8")

    with pytest.raises(InputError, match="something else is there"):
        write_index(small_index, folder)
    assert notes.read_text(encoding="utf-8") == "Owls."


def test_notes_among_the_files_of_an_index_are_not_lost_either(small_index: Index, folder: Path) -> None:
    """Though the folder with the files is replaced as a whole."""
    notes = file_of(folder, "claims.jsonl").with_name("notes.txt")
    notes.write_text("Owls.", encoding="utf-8")

    with pytest.raises(InputError, match="something else is there"):
        write_index(small_index, folder)
    assert notes.read_text(encoding="utf-8") == "Owls."


@pytest.mark.parametrize("name", ["claims.jsonl", "weights.npy", HEAD])
def test_a_damaged_index_is_replaced_by_the_same(small_index: Index, folder: Path, name: str) -> None:
    """What is damaged is not taken for what is to be written, though it has its name."""
    file_of(folder, name).write_bytes(b"{}")
    write_index(small_index, folder)

    assert contents(open_index(folder)) == contents(small_index)
    assert len(list(folder.glob("files*"))) == 1


def test_an_index_of_the_first_format_is_replaced(small_index: Index, folder: Path) -> None:
    """Its files lay beside its head: they are removed."""
    file_of(folder, "claims.jsonl").parent.rename(folder / "files")
    for path in (folder / "files").iterdir():
        path.rename(folder / path.name)
    (folder / "files").rmdir()
    (folder / HEAD).write_text('{"format": 1}', encoding="utf-8")
    write_index(small_index, folder)

    assert contents(open_index(folder)) == contents(small_index)
    assert len(list(folder.iterdir())) == 3


def test_a_reader_whose_index_is_replaced_meanwhile_gets_the_new_one(
    static: StaticEncoder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files that the head named when it was read are gone: the head is read again."""
    index = build(Library(CLAIMS[:2]), [static])
    old = [place.read_head(folder)]
    write_index(index, folder)
    monkeypatch.setattr(folder_module, "read_head", lambda path: old.pop() if old else place.read_head(path))

    assert contents(open_index(folder)) == contents(index)


def test_who_never_finishes_writing_is_not_waited_for_for_ever(
    small_index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One writes at a time; the message says what to do."""
    monkeypatch.setattr(place, "_PATIENCE_SECONDS", 0.0)

    with (
        held(folder / ".valla-index.lock"),
        pytest.raises(InputError, match="another process is writing it; try again later"),
    ):
        write_index(small_index, folder)
    assert contents(open_index(folder)) == contents(small_index)


def test_a_file_is_not_overwritten(small_index: Index, tmp_path: Path) -> None:
    """An index is a folder."""
    path = tmp_path / "index"
    path.write_text("Owls.", encoding="utf-8")

    with pytest.raises(InputError, match="something else is there"):
        write_index(small_index, path)
    assert path.read_text(encoding="utf-8") == "Owls."


def test_an_empty_folder_becomes_the_index(small_index: Index, tmp_path: Path) -> None:
    """Somebody may have made it first."""
    (tmp_path / "index").mkdir()
    write_index(small_index, tmp_path / "index")

    assert is_index(tmp_path / "index")


def test_a_place_that_cannot_be_written_is_named(small_index: Index, tmp_path: Path) -> None:
    """A file stands where a folder should."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(InputError, match="cannot be written"):
        write_index(small_index, tmp_path / "file" / "index")


def test_the_folder_that_one_is_in_can_be_written_to(
    static: StaticEncoder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays where it is: what is in it is replaced."""
    monkeypatch.chdir(folder)
    index = build(Library(CLAIMS[:2]), [static])
    write_index(index, Path())

    assert contents(open_index(Path())) == contents(index)


def test_a_link_leads_to_the_folder_that_is_replaced(static: StaticEncoder, folder: Path) -> None:
    """The link itself stays."""
    link = folder.parent / "link"
    link.symlink_to(folder)
    index = build(Library(CLAIMS[:2]), [static])
    write_index(index, link)

    assert link.is_symlink()
    assert contents(open_index(folder)) == contents(index)


def test_an_opened_index_is_mapped_not_read(folder: Path) -> None:
    """Its arrays cost no memory until they are looked at."""
    opened = open_index(folder)

    assert type(opened.weights).__name__ == "memmap"
    assert all(type(rows).__name__ == "memmap" for rows in opened.vectors.values())


def test_samples_name_claims_of_the_library() -> None:
    """The sentences that other tests rely on repeat claims that are there."""
    assert set(REPETITIONS.values()) == {claim.id for claim in LIBRARY.claims}
