"""Reading small files within a limit, and writing files whole."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.files import is_same, read_text, standard_input, write_all, write_whole, writing


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not text.startswith("\ufeff")))
def test_what_is_written_is_read(tmp_path_factory, text):
    """Every character survives, line ends too where they are asked for."""
    path = tmp_path_factory.mktemp("files") / "deep" / "a.txt"
    write_whole(path, text)

    assert read_text(path, keep_newlines=True) == text
    assert read_text(path) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]


def test_a_byte_order_mark_is_no_text(tmp_path):
    """It is left out."""
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfword")

    assert read_text(tmp_path / "a") == "word"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file; name the dossier"),
        ("folder", "a dossier is a file; found a folder"),
        (b" \n", "the dossier is empty"),
        (b"one\n\xff", r":2: the dossier is not text in UTF-8; found the byte 0xff; save it in UTF-8"),
        (b"x" * 101, "the dossier is too long; allowed: at most 100 bytes"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(content, said, tmp_path):
    """Missing, a folder, empty, not UTF-8, too long: each has its own words and names the file."""
    path = tmp_path / "a.md"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        read_text(path, "dossier", 100, may_be_empty=False)

    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_file_of_the_longest_length_is_read(tmp_path):
    """The limit is what is still allowed."""
    (tmp_path / "a").write_bytes(b"x" * 100)

    assert len(read_text(tmp_path / "a", max_bytes=100)) == 100


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that does not end")
def test_no_more_than_the_limit_is_read_of_a_device():
    """Its size says nothing; what comes out of it is counted."""
    with pytest.raises(InputError, match="too long"):
        read_text(Path("/dev/zero"), max_bytes=1000)


def test_none_is_replaced_where_one_cannot_be_written(tmp_path):
    """Two files that belong together are both new or both old, and nothing is left beside them."""
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "b").mkdir()
    with pytest.raises(InputError, match="cannot be written; found a folder"):
        write_all({tmp_path / "a": "new", tmp_path / "b": "new"})

    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "b"]


def other_name(way: str, path: Path) -> Path:
    """Return another name for a file."""
    name = path.parent / ("sub/../a" if way == "round" else "b")
    if way == "link":
        name.symlink_to(path)
    if way == "hard link":
        name.hardlink_to(path)
    return name


@pytest.mark.parametrize("way", ["round", "link", "hard link"])
def test_two_results_in_one_file_are_refused(way, tmp_path):
    """One would destroy the other, by whatever way it is named; what is there stays."""
    path = tmp_path / "a"
    path.write_text("old", encoding="utf-8")
    other = other_name(way, path)

    with pytest.raises(InputError, match="two results cannot go to one file"), writing([path, tmp_path / "c", other]):
        pytest.fail("nothing is opened")
    with pytest.raises(InputError, match="two results cannot go to one file"):
        write_all({path: "one", other: "two"})
    assert path.read_text(encoding="utf-8") == "old"


def test_files_that_are_not_there_are_the_same_by_their_places(tmp_path, monkeypatch):
    """Though nothing can be asked of them."""
    monkeypatch.chdir(tmp_path)

    assert is_same(Path("a"), tmp_path / "sub" / ".." / "a")
    assert not is_same(Path("a"), Path("b"))


def test_standard_input_that_is_closed_is_refused_in_one_line(monkeypatch):
    """Python has none where its file was closed before it began."""
    closed = io.TextIOWrapper(io.BytesIO(b"text"))
    monkeypatch.setattr(sys, "stdin", closed)

    assert standard_input().read() == b"text"
    closed.close()
    for stream in (closed, None):
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(InputError, match="standard input is closed; pipe a text in, or name a file"):
            standard_input()
