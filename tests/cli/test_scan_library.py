"""`valla scan` with the libraries that it is given: real ones, with the static encoder."""

import gzip
import json
import sys
from pathlib import Path

import pytest

SAID = "Poland never signed a pact with Germany"
ROWS = f"id,claim\na,{SAID}\nb,The moon landing was filmed in a studio\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch) -> Path:
    """Work in a folder of its own, with a cache, a text and a library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VALLA_CACHE", str(tmp_path / "cache"))
    Path("talk.txt").write_text(f"It rained. {SAID}! We left.", encoding="utf-8")
    Path("claims.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def found(ran) -> list[tuple[str, str]]:
    """Return the claims that a scan found, with their quotations."""
    assert ran.code == 0, ran
    return [(row["claim"], row["quotation"]) for row in map(json.loads, ran.out.splitlines())]


def test_a_table_is_a_library(valla):
    """Its claims are found in the text."""
    assert found(valla("scan", "talk.txt", "-l", "claims.csv", "--json")) == [("a", f"{SAID}!")]


@pytest.mark.parametrize(
    ("table", "option", "problem"),
    [
        ("id,claim,statement\na,one,two\n", "--text", "several columns may hold the claim"),
        ("nr,words\na,one\n", "--text", "no column looks like the claim"),
        ("id,claim\na,one\na,two\n", "--id", "two claims have the id 'a'"),
    ],
)
def test_columns_of_a_library_are_named_for_its_index(table, option, problem, refused, valla):
    """Here --id and --text are those of the texts: naming them here would change nothing, and the way that is told leads on."""
    Path("odd.csv").write_text(table, encoding="utf-8")
    line = refused("scan", "talk.txt", "-l", "odd.csv")

    assert problem in line
    assert f"valla index odd.csv {option} COLUMN -o FOLDER, then scan with --library FOLDER" in line
    assert "name it" not in line
    assert option in refused("scan", "talk.txt", "-l", "odd.csv", option, "words")

    Path("odd.csv").write_text(f"nr,claim,statement\n1,other,{SAID}\n", encoding="utf-8")
    assert valla("index", "odd.csv", "--id", "nr", "--text", "statement", "-o", "odd").code == 0
    assert found(valla("scan", "talk.txt", "--library", "odd", "--json")) == [("1", f"{SAID}!")]


@pytest.mark.parametrize("command", ["index", "find"])
def test_elsewhere_the_options_of_the_columns_are_the_librarys(command, refused):
    """There they name its columns."""
    Path("odd.csv").write_text("nr,words\n1,one\n", encoding="utf-8")
    args = ("odd.csv", "-o", "odd") if command == "index" else ("text", "-l", "odd.csv")

    assert "name it: --text COLUMN" in refused(command, *args)


def test_the_help_says_whose_columns_are_meant(valla):
    """Of the texts, not of the library."""
    told = " ".join(valla("scan", "--help").out.split())

    assert told.count("not in the library") == 2
    assert "Find where the claims of a library are repeated" in " ".join(valla("--help").out.split())


@pytest.mark.parametrize("command", ["scan", "find"])
def test_standard_input_that_is_closed_is_told_in_one_line(command, refused, monkeypatch):
    """It is not a fault of Valla."""
    monkeypatch.setattr(sys, "stdin", None)

    assert refused(command, "-", "-l", "claims.csv") == (
        "valla: standard input is closed; pipe a text in, or name a file\n"
    )


def test_the_annotations_of_a_page_are_of_what_it_shows(valla):
    """Though it is packed, and its name does not end as that of a page: no tags, and no places that count them."""
    page = f"<p>It rained.</p><p>{SAID.replace('pact', '<b>pact</b>')}&#33;</p>"
    Path("p.html.gz").write_bytes(gzip.compress(page.encode()))
    ran = valla("scan", "p.html.gz", "-l", "claims.csv", "--annotations", "out.jsonl")
    selectors = json.loads(Path("out.jsonl").read_text(encoding="ascii"))["target"]["selector"]

    assert ran.code == 0
    assert [selector["type"] for selector in selectors] == ["TextQuoteSelector"]
    assert selectors[0]["exact"] == f"{SAID}!"


def test_a_library_that_grows_leaves_no_old_index(valla):
    """The cache holds one for the file, and it is found in as before."""
    first = found(valla("scan", "talk.txt", "-l", "claims.csv", "--json"))
    Path("claims.csv").write_text(f"{ROWS}c,It rained in Warsaw on every day of that year\n", encoding="utf-8")
    second = found(valla("scan", "talk.txt", "-l", "claims.csv", "--json"))

    assert ("a", f"{SAID}!") in first
    assert ("a", f"{SAID}!") in second
    assert len([path for path in Path("cache/indexes").iterdir() if path.is_dir()]) == 1
