"""Where the commands write: never over what they read, and nothing is begun for a place that cannot be written."""

import os
import shutil
from pathlib import Path

import pytest
from cli_inputs import listing

from valla.cli import find, index, scan

ROWS = "id,claim\na,Poland never signed a pact with Germany.\nb,The moon landing was filmed in a studio.\n"
LINES = '{"id": "a", "claim": "Poland never signed a pact with Germany."}\n'


@pytest.fixture(autouse=True)
def here(valla, tmp_path, monkeypatch) -> Path:
    """Work in a folder with libraries, an index, queries and a text."""
    monkeypatch.setenv("VALLA_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, text in (
        ("L.csv", ROWS),
        ("L.jsonl", LINES),
        ("q.tsv", "1\tthe moon landing\n"),
        ("talk.txt", "Poland never signed a pact with Germany."),
        ("claims.txt", '{"id": "a", "text": "Poland never signed a pact."}\n'),
    ):
        Path(name).write_text(text, encoding="utf-8")
    Path("link.jsonl").symlink_to("L.jsonl")
    Path("folder.jsonl").mkdir()

    assert valla("index", "L.csv", "-o", "index").code == 0
    return folder


@pytest.fixture
def nothing_done(monkeypatch) -> None:
    """Let whoever opens a library before the place is looked at fail."""

    def opened(*_, **__):
        pytest.fail("the work has begun")

    for module in (find, index, scan):
        monkeypatch.setattr(module, "read_library", opened)
        monkeypatch.setattr(module, "encoders_of", opened)


@pytest.mark.usefixtures("nothing_done")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("scan talk.txt -l L.jsonl -o L.jsonl", "L.jsonl: the result would replace the library; name another"),
        ("scan talk.txt -l L.jsonl -o link.jsonl", "the result would replace the library"),
        ("scan talk.txt -l link.jsonl -o folder.jsonl/../L.jsonl", "the result would replace the library"),
        ("scan talk.txt -l L.jsonl -o o.jsonl --annotations L.jsonl", "the result would replace the library"),
        ("scan L.jsonl -l L.csv -o L.jsonl", "the result would replace a text that is to be scanned"),
        ("scan talk.txt -l index -o index/claims.jsonl", "the result would be written into an index; name another"),
        ("scan talk.txt -l L.csv -o index/new.jsonl", "the result would be written into an index"),
        ("find --queries q.tsv -l L.csv -o L.csv", "the result would replace the library"),
        ("find --queries q.tsv -l L.csv -o q.tsv", "the result would replace the queries"),
        ("find --queries q.tsv -l L.csv -o index/run.tsv", "the result would be written into an index"),
        ("index L.csv -o L.csv", "the index would replace the library; name another folder"),
        ("index L.csv -o .", "the index would replace the library"),
        ("index L.csv -o L.csv/index", "L.csv/index: the folder cannot be written: Not a directory"),
        ("index L.csv -o folder.jsonl/../../here", "the index would replace the library"),
        ("scan talk.txt -l L.csv -o folder.jsonl", "the file cannot be written; found a folder"),
        ("scan talk.txt -l L.csv -o o.jsonl --annotations folder.jsonl", "the file cannot be written; found a folder"),
        ("scan talk.txt -l L.csv -o o.jsonl --annotations q.tsv/x.jsonl", "the file cannot be written: Not a directory"),
        ("find --queries q.tsv -l L.csv -o folder.jsonl", "the file cannot be written; found a folder"),
        ("find --queries q.tsv -l L.csv -o q.tsv/run", "the file cannot be written: Not a directory"),
        ("check --batch claims.txt -o claims.txt", "the result would replace the claims"),
        ("check --batch claims.txt -o folder.jsonl", "the file cannot be written; found a folder"),
        ("check Owls. --svg folder.jsonl", "the file cannot be written; found a folder"),
    ],
)  # fmt: skip
def test_a_place_is_refused_before_anything_is_done(command, said, refused, here):
    """What is there stays as it is, and nothing is left beside it."""
    before = listing(here)
    line = refused(*command.split())

    assert said in line
    assert listing(here) == before
    assert not list(here.glob("*.partial"))


@pytest.mark.usefixtures("nothing_done")
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that cannot be written to")
@pytest.mark.parametrize(
    "command",
    [
        "scan talk.txt -l L.csv -o /proc/x.jsonl",
        "scan talk.txt -l L.csv -o o.jsonl --annotations /proc/zz/x.jsonl",
        "find --queries q.tsv -l L.csv -o /proc/zz/x",
        "index L.csv -o /proc/zz",
    ],
)
def test_a_folder_that_cannot_be_written_is_named(command, refused, here):
    """Whatever would have been written there."""
    before = listing(here)

    assert "the folder cannot be written: " in refused(*command.split())
    assert listing(here) == before
    assert not list(here.glob("*.partial"))


def test_a_casebook_is_not_replaced_but_may_hold_results(valla, refused, casebook):
    """Its own files are refused, results beside them are not, and can be made again."""
    queries = ("find", "--queries", "q.tsv", "-l", casebook)

    assert "the result would replace the library" in refused(*queries, "-o", casebook / "acts.csv")
    assert "the result would replace the record" in refused(
        "check", "Poland never signed a pact.", "-r", casebook, "--svg", casebook / "dossiers" / "1.md"
    )
    for _ in range(2):
        assert valla(*queries, "-o", casebook / "run.tsv").code == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_links_are_followed_and_what_is_no_file_stays(valla, refused):
    """A run may go to a pipe; sightings, which are put in their place when all are there, may not."""
    Path("real.tsv").touch()
    Path("to.tsv").symlink_to("real.tsv")
    os.mkfifo("pipe.jsonl")

    assert valla("find", "--queries", "q.tsv", "-l", "index", "-o", "to.tsv").code == 0
    assert Path("to.tsv").is_symlink()
    assert Path("real.tsv").read_text().startswith("1\tQ0\tb\t1\t")

    reader = os.open("pipe.jsonl", os.O_RDONLY | os.O_NONBLOCK)
    assert valla("find", "--queries", "q.tsv", "-l", "index", "-o", "pipe.jsonl").code == 0
    assert os.read(reader, 1000) == Path("real.tsv").read_bytes()
    os.close(reader)
    assert "found a device, a pipe or the like" in refused("scan", "talk.txt", "-l", "index", "-o", "pipe.jsonl")
    assert Path("pipe.jsonl").is_fifo()
    assert not Path("pipe.jsonl.partial").exists()


@pytest.mark.parametrize(
    ("args", "after"),
    [
        (["scan", ""], "scan"),
        (["scan", "talk.txt", ""], "talk.txt"),
        (["scan", "talk.txt", "-l", ""], "-l"),
        (["scan", "talk.txt", "--library="], "--library"),
        (["scan", "talk.txt", "-l", "index", "-o", ""], "-o"),
        (["find", "moon", "-l", ""], "-l"),
        (["find", "--queries", ""], "--queries"),
        (["index", "", "-o", "new"], "index"),
        (["index", "L.csv", "-o", ""], "-o"),
        (["eval", "", "q.tsv"], "eval"),
        (["lint", ""], "lint"),
        (["publish", ""], "publish"),
        (["import", "talk.txt", "-o", ""], "-o"),
        (["record", "info", ""], "info"),
        (["check", "Owls.", "-r", ""], "-r"),
    ],
    ids=" ".join,
)
def test_an_empty_path_is_not_the_folder_that_one_is_in(args, after, refused, here):
    """It comes of a variable of the shell that is not set."""
    before = listing(here)

    assert refused(*args) == f"valla: an argument is empty; found nothing after {after}; name it\n"
    assert listing(here) == before


def test_an_empty_text_is_refused_where_it_is_read(refused):
    """It is no path."""
    assert "there is nothing to look for; found an empty text" in refused("find", "")
    assert "the claim is empty" in refused("check", "")
    assert "the claim is empty" in refused("read", "")


def test_an_index_is_no_library_and_known_without_its_head(refused):
    """Nobody is told to look for a casebook."""
    assert "index: this is an index already" in refused("index", "index", "-o", "new")
    Path("index/valla-index.json").unlink()
    for command in (
        ("scan", "talk.txt", "-l", "index"),
        ("find", "moon", "-l", "index"),
        ("index", "index", "-o", "new"),
    ):
        assert "index: this looks like an index without its head, valla-index.json; make it again" in refused(*command)


def test_an_index_in_the_cache_heals_itself(valla):
    """Without its head, with a stray file: it is made anew, in silence, and stays."""
    command = ("find", "the moon landing", "-l", "L.csv")
    wanted = valla(*command)
    kept = next(path for path in Path("../cache/indexes").iterdir() if path.is_dir())
    (kept / "valla-index.json").unlink()
    (kept / ".DS_Store").touch()
    for _ in range(2):
        assert valla(*command) == wanted
    shutil.rmtree(kept)

    assert valla(*command) == wanted


def test_an_index_in_a_folder_that_is_scanned_is_passed_over(valla):
    """Its own claims are no sightings; a line says so, and to a file it is the same."""
    Path("texts").mkdir()
    shutil.copy("talk.txt", "texts")
    shutil.copytree("index", "texts/index")
    printed = valla("scan", "texts", "-l", "L.csv", "-q")
    written = valla("scan", "texts", "-l", "L.csv", "-q", "-o", "o.jsonl")

    assert [line.split(":")[0] for line in printed.out.splitlines()] == ["texts/talk.txt"]
    assert printed.err == written.err == "valla: texts/index: an index of Valla, which is passed over\n"
    assert Path("o.jsonl").read_text().count("\n") == 1
