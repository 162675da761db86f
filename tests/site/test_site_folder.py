"""A folder is written whole or not at all, and never over what is not ours."""

import json

import pytest

from valla.errors import InputError
from valla.site import folder as module
from valla.site.folder import MANIFEST, replace_folder

FILES = {"index.html": b"one", "myth/2/index.html": b"two"}


def content(folder):
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_the_files_and_their_list(tmp_path):
    """A new folder is made, with its parents."""
    replace_folder(FILES, tmp_path / "deep" / "site")
    found = content(tmp_path / "deep" / "site")

    assert set(found) == {*FILES, MANIFEST}
    assert set(json.loads(found[MANIFEST])["files"]) == set(FILES)


def test_an_earlier_site_is_replaced_whole(tmp_path):
    """No page of an earlier build is left behind, and nothing else in the parent folder."""
    replace_folder({**FILES, "old.html": b"old"}, tmp_path / "site")
    replace_folder(FILES, tmp_path / "site")

    assert set(content(tmp_path / "site")) == {*FILES, MANIFEST}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["thesis.docx", ".git/config", "myth/2/notes.txt"])
def test_a_folder_with_files_of_others_is_refused(tmp_path, name):
    """Publishing into the wrong folder destroys nothing."""
    replace_folder(FILES, tmp_path / "site")
    other = tmp_path / "site" / name
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_bytes(b"precious")

    with pytest.raises(InputError, match=name):
        replace_folder(FILES, tmp_path / "site")
    assert other.read_bytes() == b"precious"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    """The error names it."""
    (tmp_path / "site").write_bytes(b"a file")

    with pytest.raises(InputError, match="needs a folder"):
        replace_folder(FILES, tmp_path / "site")


def test_a_failure_leaves_the_old_site_as_it_was(tmp_path, monkeypatch):
    """Whatever breaks while writing, the old pages stay and nothing half-written remains."""
    replace_folder(FILES, tmp_path / "site")

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_write", fails)
    with pytest.raises(InputError, match="No space left on device"):
        replace_folder({"index.html": b"new"}, tmp_path / "site")

    assert content(tmp_path / "site")["index.html"] == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
