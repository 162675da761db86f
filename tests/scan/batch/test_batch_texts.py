"""Which texts a scan reads, and what they are known by."""

import errno
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from valla.errors import InputError
from valla.scan.batch.journal import journal_folder
from valla.scan.batch.texts import opened_texts
from valla.scan.documents.options import Form, Options


@pytest.fixture
def folder(tmp_path) -> Path:
    """Hand out a folder with two texts."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"the text {name}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def pipe(monkeypatch) -> Callable[[bytes], None]:
    """Hand out what puts bytes into standard input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def fingerprint(*paths: Path, options: Options | None = None) -> str:
    """Return the fingerprint of some texts."""
    with opened_texts(paths, options or Options()) as texts:
        return texts.fingerprint


def read(*paths: Path, options: Options | None = None) -> list[tuple[str, str]]:
    """Return the documents of some paths with their texts."""
    with opened_texts(paths, options or Options()) as texts:
        return [(one.document, one.text) for unit in texts.units for one in texts.reader(unit, problems=[])]


def test_the_fingerprint_is_of_names_sizes_and_times(folder):
    """It is the same as long as nothing changes."""
    seen = [fingerprint(folder), fingerprint(folder)]
    (folder / "c.txt").touch()
    seen.append(fingerprint(folder))
    (folder / "c.txt").write_text("more")
    os.utime(folder / "c.txt", ns=(1, 1))
    seen.append(fingerprint(folder))
    (folder / "c.txt").write_text("less")
    os.utime(folder / "c.txt", ns=(2, 2))
    seen.append(fingerprint(folder))
    (folder / "c.txt").rename(folder / "d.txt")
    seen.append(fingerprint(folder))

    assert seen[0] == seen[1]
    assert len(set(seen)) == 5


def test_results_and_journals_in_a_folder_are_no_texts(folder):
    """Files that are called like them elsewhere are."""
    out, notes = folder / "out.jsonl", folder / "notes.jsonl"
    other = folder / "deep" / "out.jsonl"
    inside = journal_folder(out) / "parts-0123456789abcdef" / "000000000-000000001.jsonl"
    for path in (out, notes, other, inside):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"text": "x"}\n')
    with opened_texts([folder], Options(), [out, notes]) as texts:
        found = [Path(unit.path).relative_to(folder).as_posix() for unit in texts.units]

    assert found == ["a.txt", "b.txt", "deep/out.jsonl"]


def test_what_a_result_is_linked_to_is_no_text(folder):
    """It is written, whatever the link is called."""
    (folder / "real.jsonl").write_text('{"text": "x"}\n')
    (folder / "out.jsonl").symlink_to("real.jsonl")
    with opened_texts([folder], Options(), [folder / "out.jsonl"]) as texts:
        assert [Path(unit.path).name for unit in texts.units] == ["a.txt", "b.txt"]


def test_a_folder_with_nothing_but_results_is_refused(tmp_path):
    """There is nothing to scan."""
    (tmp_path / "out.jsonl").write_text("{}")
    with (
        pytest.raises(InputError, match=r"there is nothing to scan; name files or folders"),
        opened_texts([tmp_path], Options(), [tmp_path / "out.jsonl"]),
    ):
        pass


def test_a_text_that_is_named_is_not_replaced(folder):
    """By whatever path it is named."""
    with (
        pytest.raises(InputError, match="the result would replace a text that is to be scanned"),
        opened_texts([folder / "a.txt"], Options(), [folder / ".." / folder.name / "a.txt"]),
    ):
        pass


def test_what_is_piped_in_is_kept_until_the_end_and_known_by_its_content(folder, pipe):
    """Not by the name of the file that it is kept in, so that a scan of the same goes on."""
    seen = []
    for data in (b"one", b"one", b"two"):
        pipe(data)
        with opened_texts([folder / "a.txt", Path("-")], Options()) as texts:
            kept = Path(texts.units[1].path)

            assert kept.read_bytes() == data
            assert [unit.document for unit in texts.units] == [str(folder / "a.txt"), "-"]
        assert not kept.exists()
        seen.append(texts.fingerprint)

    assert seen[0] == seen[1] != seen[2]


def test_what_is_piped_in_may_be_a_table(pipe):
    """Its rows are called by the hyphen and their ids."""
    pipe(b'{"id": "x", "text": "a"}\n{"id": "y", "text": "b"}\n')

    assert read(Path("-"), options=Options(form=Form.JSONL)) == [("-#x", "a"), ("-#y", "b")]


def test_what_is_not_there_is_a_text_that_cannot_be_read(folder):
    """It is told when its turn comes; the others are read."""
    problems = []
    with opened_texts([folder / "no.txt", folder / "a.txt"], Options()) as texts:
        documents = [one.document for unit in texts.units for one in texts.reader(unit, problems=problems)]

    assert documents == [str(folder / "a.txt")]
    assert [one.told for one in problems] == ["there is no such file or folder"]


def test_an_index_in_a_folder_is_passed_over_and_told(folder):
    """Once; what is named in it is read even so."""
    claims = folder / "deep" / "index" / "files-0" / "claims.jsonl"
    claims.parent.mkdir(parents=True)
    claims.write_text('{"text": "x"}\n')
    (claims.parents[1] / "valla-index.json").write_text("{}")
    told = []
    with opened_texts([folder], Options(), tell=told.append) as texts:
        found = [Path(unit.path).name for unit in texts.units]

    assert found == ["a.txt", "b.txt"]
    assert [(one.document, one.told) for one in told] == [
        (str(claims.parents[1]), "an index of Valla, which is passed over")
    ]
    assert read(claims) == [(f"{claims}#1", "x")]


def test_what_is_piped_in_and_cannot_be_kept_is_told(pipe, monkeypatch):
    """The folder for it is named, not what is printed to."""
    pipe(b"text")

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "open", full)
    with (
        pytest.raises(InputError, match="standard input cannot be kept: No space left on device; name another folder"),
        opened_texts([Path("-")], Options()),
    ):
        pass
