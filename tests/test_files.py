"""Reading small files within a limit, and writing files whole."""

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.files import is_same, probe, probe_folder, read_text, standard_input, write_all, write_whole, writing


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not text.startswith("\ufeff")))
def test_what_is_written_is_read(tmp_path_factory, text):
    """Every character survives, line ends too where they are asked for."""
    path = tmp_path_factory.mktemp("files") / "deep" / "a.txt"
    write_whole(path, text)

    assert read_text(path, keep_newlines=True) == text
    assert read_text(path) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]


def test_what_utf_8_cannot_hold_is_written_as_an_escape(tmp_path):
    """So that a lone surrogate, which JSON may have, is the same again where JSON is read."""
    write_whole(tmp_path / "a.json", json.dumps("\ud800, é", ensure_ascii=False))

    assert json.loads((tmp_path / "a.json").read_bytes()) == "\ud800, é"


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


def written_by(way: str, path: Path) -> None:
    """Write a word to a file in one of the ways that there are."""
    if way == "writing":
        with writing([path]) as (file,):
            file.write(b"new")
    else:
        write_whole(path, "new")


WAYS = pytest.mark.parametrize("way", ["write_whole", "writing"])


@WAYS
@pytest.mark.parametrize("content", ["old", None])
def test_a_link_is_followed(way, content, tmp_path):
    """What it leads to is written, be it there or not, in a folder of its own; the link stays, and nothing else is left."""
    (tmp_path / "real").mkdir()
    if content:
        (tmp_path / "real" / "a").write_text(content, encoding="utf-8")
    (tmp_path / "first").symlink_to("real/a")
    (tmp_path / "link").symlink_to("first")
    written_by(way, tmp_path / "link")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "first").is_symlink()
    assert (tmp_path / "real" / "a").read_text(encoding="utf-8") == "new"
    assert sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")) == ["first", "link", "real", "real/a"]


@WAYS
def test_links_that_lead_nowhere_are_refused(way, tmp_path):
    """They lead to one another."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for path in (tmp_path / "a", Path("\0")):
        with pytest.raises(InputError, match="cannot be written"):
            written_by(way, path)


pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")


@pipes
@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_is_written_to_and_stays(linked, tmp_path):
    """A file in its place would leave its reader waiting for ever."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_all({(tmp_path / "link" if linked else pipe): "new", tmp_path / "file": "too"})

        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert (tmp_path / "link").is_symlink()


@pipes
def test_what_is_put_in_its_place_when_it_is_whole_is_no_pipe(tmp_path):
    """It may be long in the making, and is refused before that; it stays."""
    os.mkfifo(tmp_path / "pipe")
    for refused in (lambda: written_by("writing", tmp_path / "pipe"), lambda: probe(tmp_path / "pipe")):
        with pytest.raises(InputError, match="cannot be written; found a device, a pipe or the like; name a file"):
            refused()
    probe(tmp_path / "pipe", may_be_stream=True)

    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(not hasattr(os, "mknod") or os.geteuid(), reason="only root makes devices")
def test_a_device_is_written_to_and_stays(tmp_path):
    """One that is full says so; it is no file afterwards."""
    full = tmp_path / "full"
    try:
        os.mknod(full, stat.S_IFCHR | 0o666, os.makedev(1, 7))
        full.write_text("")
    except OSError:
        pytest.skip("devices cannot be made here")
    with pytest.raises(InputError, match="full: the file cannot be written: No space left on device"):
        write_whole(full, "new")
    assert full.is_char_device()
    assert [one.name for one in tmp_path.iterdir()] == ["full"]


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_standard_output_is_appended_to(tmp_path):
    """Whatever it goes to: a file that the shell opened is neither emptied nor replaced."""
    log = tmp_path / "log"
    log.write_text("before\n")
    work = "import sys; from pathlib import Path; from valla.files import write_whole; write_whole(Path(sys.argv[1]), 'new')"
    for name in ("/dev/stdout", str(log)):
        with log.open("a") as out:
            subprocess.run([sys.executable, "-c", work, name], stdout=out, check=True)
    piped = subprocess.run([sys.executable, "-c", work, "/dev/stdout"], capture_output=True, check=True)

    assert log.read_text() == "before\nnewnew"
    assert piped.stdout == b"new"


def test_a_place_is_tried_and_nothing_is_left_of_it(tmp_path):
    """Neither the folders that were made for it, nor a file; what is there stays."""
    (tmp_path / "a").write_text("old", encoding="utf-8")
    probe(tmp_path / "a")
    probe(tmp_path / "some" / "deep" / "b")
    probe_folder(tmp_path / "other")

    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"


def test_a_place_where_nothing_can_be_written_is_told_beforehand(tmp_path):
    """A folder, what lies below a file, a folder that the system lets nobody write to."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written; found a folder"):
        probe(tmp_path)
    with pytest.raises(InputError, match="cannot be written: Not a directory"):
        probe(tmp_path / "file" / "a")
    with pytest.raises(InputError, match=r"file: the folder cannot be written: Not a directory"):
        probe_folder(tmp_path / "file")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that cannot be written to")
def test_a_folder_that_cannot_be_written_is_named():
    """Not the file, which has nothing to do with it."""
    for path in (Path("/proc/a"), Path("/proc/some/a")):
        with pytest.raises(InputError, match=f"^{path.parent}: the folder cannot be written: "):
            probe(path)
