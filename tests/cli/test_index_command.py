"""`valla index`: a library made ready, and made ready again when it has grown."""

import re

import pytest
from cli_inputs import listing

ROWS = "id,claim\na,Poland never signed a pact with Germany.\nb,The moon landing was filmed in a studio.\n"


@pytest.fixture
def library(tmp_path):
    """Hand out a table of two claims."""
    file = tmp_path / "claims.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def counts(ran) -> list[int]:
    """Return how many claims, wordings, reused and built the command told."""
    assert ran.code == 0, ran
    return [int(number) for number in re.findall(r"\d+(?= claims| wordings| reused| built)", ran.out)]


def test_what_was_done_is_told(valla, library, tmp_path):
    """Claims, wordings, what was reused and built, seconds."""
    ran = valla("index", library, "-o", tmp_path / "index")

    assert counts(ran) == [2, 2, 0, 2]
    assert re.search(r"\d\.\d seconds", ran.out)


def test_with_a_claim_added_only_that_one_is_built(valla, library, tmp_path):
    """And the index is the same as one that is made of all at once."""
    valla("index", library, "-o", tmp_path / "grown")
    library.write_text(ROWS + "c,The Great Wall is seen from the moon.\n", encoding="utf-8")

    assert counts(valla("index", library, "-o", tmp_path / "grown")) == [3, 3, 2, 1]
    assert counts(valla("index", library, "-o", tmp_path / "fresh")) == [3, 3, 0, 3]
    assert listing(tmp_path / "grown") == listing(tmp_path / "fresh")


def test_columns_can_be_named(valla, tmp_path):
    """Any names will do for id, claim, context and voicings."""
    file = tmp_path / "claims.csv"
    file.write_text("k,said,about,told\n1,One claim.,Its title,Told so\n", encoding="utf-8")
    options = ("--id", "k", "--text", "said", "--context", "about", "--voicings", "told")

    assert counts(valla("index", file, "-o", tmp_path / "index", *options))[:2] == [1, 3]


def test_a_damaged_index_is_made_anew(valla, library, tmp_path):
    """As the line says that refuses it."""
    folder = tmp_path / "index"
    valla("index", library, "-o", folder)
    wanted = listing(folder)
    next(folder.glob("*/*.npy")).write_bytes(b"nothing")
    ran = valla("index", library, "-o", folder)

    assert counts(ran) == [2, 2, 0, 2]
    assert "damaged" in ran.err
    assert listing(folder) == wanted


def test_a_damaged_index_is_refused_when_it_is_searched(valla, refused, library, tmp_path):
    """In one line that names the file."""
    folder = tmp_path / "index"
    valla("index", library, "-o", folder)
    file = next(folder.glob("*/*.npy"))
    file.write_bytes(b"nothing")

    assert str(file) in refused("find", "text", "--library", folder)


def test_something_else_is_not_overwritten(refused, library, tmp_path):
    """A folder that is no index, or a file."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    before = listing(tmp_path)

    assert "something else is there" in refused("index", library, "-o", other)
    assert listing(tmp_path) == before


@pytest.mark.parametrize("content", ["", "id,claim\n", "id,claim\na,x\na,y\n"], ids=["empty", "no rows", "twice"])
def test_a_library_that_is_none_is_refused(content, refused, tmp_path):
    """In one line; nothing is written."""
    file = tmp_path / "claims.csv"
    file.write_text(content, encoding="utf-8")

    assert str(file) in refused("index", file, "-o", tmp_path / "index")
    assert list(listing(tmp_path)) == ["claims.csv"]
