"""`valla find`: the claims nearest to a text, as text, as data and as a run."""

import io
import json
import sys

import pytest
from cli_inputs import listing

from valla.scan.find import MAX_QUERY_CHARS

CLAIMS = """\
id\tvclaim\ttitle
pact\tPoland never signed a pact with Germany.\tThe pact that was none
moon\tThe moon landing of 1969 was filmed in a studio.\tA small step in a studio
wall\tThe Great Wall of China can be seen from the moon.\tA wall seen from far away
"""


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory, monkeypatch):
    """Keep what is made on the way out of the user's cache."""
    monkeypatch.setenv("VALLA_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def library(tmp_path):
    """Hand out a table of three claims."""
    file = tmp_path / "claims.tsv"
    file.write_text(CLAIMS, encoding="utf-8")
    return file


def ids(ran) -> list[str]:
    """Return the ids that a run of the command printed as data."""
    assert ran.code == 0, ran
    return [row["id"] for row in json.loads(ran.out)]


def test_the_claim_that_is_told_again_comes_first(valla, library):
    """In other words, with its rank, probability, id and text."""
    ran = valla("find", "They say the 1969 moon landing was filmed in a studio", "--library", library)
    rank, probability, claim, text = ran.out.splitlines()[0].split(maxsplit=3)

    assert ran.code == 0
    assert (rank, claim, text) == ("1", "moon", "The moon landing of 1969 was filmed in a studio.")
    assert 0 <= float(probability) <= 1


def test_data_and_text_say_the_same(valla, library):
    """The same claims in the same order, the probabilities falling."""
    args = ("find", "a wall that is seen from the moon", "--library", library)
    rows = json.loads(valla(*args, "--json").out)

    assert [row["id"] for row in rows] == [line.split()[2] for line in valla(*args).out.splitlines()]
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["probability"] for row in rows] == sorted((row["probability"] for row in rows), reverse=True)
    assert all(0 <= row["probability"] <= 1 and row["wording"] for row in rows)


def test_no_more_are_listed_than_were_asked_for(valla, library):
    """--top is the most."""
    assert len(ids(valla("find", "the moon", "--library", library, "--top", 1, "--json"))) <= 1


def test_a_library_and_its_index_give_the_same(valla, library, tmp_path):
    """Whether the index lies in a folder or is made on the way."""
    valla("index", library, "-o", tmp_path / "index")
    text = "the moon landing was filmed"

    for option in ((), ("--json",)):
        found = [valla("find", text, "--library", one, *option).out for one in (library, tmp_path / "index")]
        assert found[0] == found[1]


def test_a_casebook_is_a_library(valla, casebook):
    """Its dossiers go by their numbers; without a library the bundled casebook is searched."""
    text = "Poland never had a pact with Germany"

    assert ids(valla("find", text, "--library", casebook, "--json"))[0] == "myth-1"
    assert valla("find", text).code == 0


def test_the_text_may_come_from_standard_input(valla, library, monkeypatch):
    """A dash stands for it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"the moon landing, filmed in a studio")))
    ran = valla("find", "-", "--library", library, "--json")

    assert ids(ran)[0] == "moon"


def test_queries_become_a_run(valla, library, tmp_path):
    """Six words a line, ranks from 1, scores falling; the run can be judged."""
    queries, run, qrels = (tmp_path / name for name in ("queries.tsv", "run.txt", "qrels.txt"))
    queries.write_text(
        '1\tthe moon landing, filmed in a studio\n2\t"the ""Great Wall"", from the moon"\n', encoding="utf-8"
    )
    qrels.write_text("1\t0\tmoon\t1\n2\t0\twall\t1\n", encoding="utf-8")
    ran = valla("find", "--queries", queries, "--library", library, "--top", 2, "-o", run)
    rows = [line.split() for line in run.read_text(encoding="utf-8").splitlines()]

    assert ran.code == 0, ran
    assert {len(row) for row in rows} == {6}
    assert {row[1] for row in rows} == {"Q0"}
    assert [row[3] for row in rows if row[0] == "1"] == [
        str(rank) for rank in range(1, 1 + sum(row[0] == "1" for row in rows))
    ]
    assert "MAP@1     1.0000" in valla("eval", run, qrels).out


def test_a_header_of_the_queries_is_passed_over_when_asked(valla, library, tmp_path):
    """--header, and not otherwise."""
    queries = tmp_path / "queries.tsv"
    queries.write_text("id\ttext\n1\tthe moon\n", encoding="utf-8")
    found = []
    for option in ((), ("--header",)):
        valla("find", "--queries", queries, "--library", library, *option, "-o", tmp_path / "run.txt")
        found.append({line.split()[0] for line in (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines()})

    assert found[1] <= {"1"}
    assert "id" not in found[1]


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ((), "nothing to look for"),
        (("",), "nothing to look for"),
        (("text", "--queries", "q.tsv", "-o", "run"), "both given"),
        (("--queries", "q.tsv"), "-o RUN"),
        (("text", "-o", "run"), "--output"),
        (("text", "--header"), "--header"),
        (("--queries", "q.tsv", "-o", "run", "--json"), "--json"),
        (("text", "--top", "0"), "--top"),
        (("text", "--encoder", "magic"), "static or neural"),
        (("text", "--model", "folder"), "--encoder neural"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_refused(args, named, refused, library):
    """In one line that names it; nothing is written."""
    before = listing(library.parent)

    assert named in refused("find", *args, "--library", library)
    assert listing(library.parent) == before


def test_columns_are_refused_of_an_index(valla, refused, library, tmp_path):
    """It has none; a column that a table lacks is named."""
    valla("index", library, "-o", tmp_path / "index")

    assert "an index has no columns" in refused("find", "text", "--library", tmp_path / "index", "--text", "vclaim")
    assert "nothing" in refused("find", "text", "--library", library, "--text", "nothing")


def test_a_document_is_not_looked_for(refused, valla, library, monkeypatch):
    """Only its beginning would count: the line says which command reads all of it."""
    long = "the moon " * 600
    line = refused("find", long, "--library", library)

    assert line == (
        "valla: the text is too long to be looked for: that is a document; found 5,400 characters; "
        "allowed: at most 5,000; valla scan it\n"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(long.encode())))
    assert refused("find", "-", "--library", library) == line
    assert valla("find", long[:MAX_QUERY_CHARS] + "\n", "--library", library).code == 0


def test_the_help_says_how_much_of_a_query_counts(valla):
    """As many characters as the search looks at."""
    assert f"first {MAX_QUERY_CHARS:,} characters count" in " ".join(valla("find", "--help").out.split())


@pytest.mark.parametrize("text", ["!!!", "the weather in spring"])
def test_a_text_about_nothing_known_is_told_in_words(valla, library, text):
    """Rather than by nothing, or by rows that say 0.00."""
    assert valla("find", text, "--library", library).out == "no claim of the library is near\n"


def test_an_id_that_no_run_can_hold_is_told_before_the_search(valla, tmp_path):
    """It is mended in the library."""
    (tmp_path / "claims.csv").write_text("id,claim\na b,The moon is a lamp.\n")
    (tmp_path / "queries.tsv").write_text("1\tIs the moon a lamp?\n")
    ran = valla("find", "--queries", tmp_path / "queries.tsv", "-l", tmp_path / "claims.csv", "-o", tmp_path / "run")

    assert ran.code == 2
    assert "the library: the id of a claim must be one word; found 'a b'" in ran.err


def test_queries_that_find_nothing_are_counted(valla, library, tmp_path):
    """A run has no line for them."""
    (tmp_path / "queries.tsv").write_text("1\ta wall that is seen from the moon\n2\t!!!\n")
    ran = valla("find", "--queries", tmp_path / "queries.tsv", "-l", library, "-o", tmp_path / "run")

    assert ran.err.endswith("; 1 of 2 queries found nothing\n")


def test_the_name_of_a_file_is_not_taken_for_what_it_holds(valla, library, tmp_path, monkeypatch):
    """It is looked for as a text, and a line says how to look into it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "moon.txt").write_text("The moon is a lamp.")

    assert valla("find", "moon.txt", "--library", library).err.endswith("to look into the file: valla scan moon.txt\n")
