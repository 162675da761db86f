"""What the commands print: text and data that say the same, pictures, batches, help."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from cli_inputs import CLAIM, listing

from valla.check.basis import Basis

COMMANDS = (
    ("import",),
    ("read",),
    ("check",),
    ("index",),
    ("find",),
    ("eval",),
    ("scan",),
    ("publish",),
    ("lint",),
    ("record",),
    ("record", "add"),
    ("record", "acts"),
    ("record", "info"),
)


@pytest.mark.parametrize("command", [(), *COMMANDS], ids=" ".join)
def test_every_command_explains_itself(command, valla):
    """--help succeeds, cuts no sentence short, and shows no option by the name of a Python type."""
    ran = valla(*command, "--help")

    assert ran.code == 0
    assert "Usage:" in ran.out
    assert not re.search(r"^ +-.*<(str|list|path|tuple)|^  \w.*\.\.\.$", ran.out, re.MULTILINE)


def test_the_version_is_told(valla):
    """--version names the program and its version."""
    ran = valla("--version")

    assert ran.code == 0
    assert re.fullmatch(r"valla \d+\.\d+\.\d+\n", ran.out)


def test_the_text_and_the_data_of_a_check_say_the_same(valla):
    """Verdict, reason, reading, deciding acts and fingerprint are the same in both."""
    text, data = valla("check", CLAIM), valla("check", CLAIM, "--json")
    told = json.loads(data.out)
    plain = " ".join(text.out.split())

    assert text.code == data.code == 0
    assert told["verdict"] == "refuted"
    assert f"{told['verdict'].upper()}. {told['because']}" in plain
    assert f"Decided by ({Basis(**told['basis'])})" in plain
    assert told["basis"]["acts"] == told["n_deciding"]
    assert told["fingerprint"] in plain
    for act in told["deciding"]:
        assert act["id"] in plain
        assert act["summary"] in plain
    for assumption in told["reading"]["assumptions"]:
        assert assumption in plain


def test_no_line_is_wider_than_a_page(valla):
    """Long citations are wrapped."""
    ran = valla("check", "The Soviet Union was always an opponent of Nazi Germany")

    assert max(map(len, ran.out.splitlines())) <= 110


def test_the_queries_are_printed_and_are_data_with_json(valla):
    """--sql adds what was run; with --json the output stays one JSON value."""
    text, data = valla("check", CLAIM, "--sql"), valla("check", CLAIM, "--sql", "--json")
    queries = json.loads(data.out)["sql"]

    assert queries
    assert all(query in text.out for query in queries)
    assert all("SELECT" in query for query in queries)


def test_other_readings_are_shown_with_their_verdicts(valla):
    """None is picked in silence."""
    claim = "Moscow and Berlin were never allied"
    text, data = valla("check", claim), valla("check", claim, "--json")
    others = json.loads(data.out)["other_readings"]

    assert others
    assert text.out.count("\n  never · allied") == len(others)


def test_a_picture_is_well_formed_and_whole(valla, tmp_path):
    """--svg writes one XML file, making its folder, and leaves nothing beside it."""
    ran = valla("check", CLAIM, "--svg", tmp_path / "new" / "timeline.svg")

    assert ran.code == 0
    assert list(listing(tmp_path)) == ["new/timeline.svg"]
    assert ET.parse(tmp_path / "new" / "timeline.svg").getroot().tag.endswith("svg")


def test_a_reading_can_be_given_as_text_or_as_a_file(valla, tmp_path):
    """What `read --json` prints is what `check --reading` takes."""
    reading = json.loads(valla("read", CLAIM, "--json").out)[0]
    file = tmp_path / "reading.json"
    file.write_text(json.dumps(reading), encoding="utf-8")
    wanted = json.loads(valla("check", CLAIM, "--json").out)

    for given in (json.dumps(reading), file):
        found = json.loads(valla("check", "--reading", given, "--json").out)

        assert found["verdict"] == wanted["verdict"]
        assert found["deciding"] == wanted["deciding"]


def test_a_batch_answers_each_claim_as_a_check_alone_would(valla, tmp_path):
    """Ids come back in order, with the same verdicts; a claim that cannot be read says why."""
    texts = [CLAIM, "The Soviet Union was always an opponent of Nazi Germany", "Blue is nice", "Poland attacked Mars"]
    file, output = tmp_path / "claims.jsonl", tmp_path / "out" / "verdicts.jsonl"
    lines = [json.dumps({"id": f"c{number}", "text": text, "more": 1}) for number, text in enumerate(texts)]
    file.write_text("\n".join(lines), encoding="utf-8")
    printed, written = valla("check", "--batch", file), valla("check", "--batch", file, "-o", output)
    answers = [json.loads(line) for line in printed.out.splitlines()]

    assert printed.code == written.code == 0
    assert output.read_text(encoding="utf-8") == printed.out
    assert [answer["id"] for answer in answers] == ["c0", "c1", "c2", "c3"]
    assert [answer["verdict"] for answer in answers[:2]] == [
        json.loads(valla("check", text, "--json").out)["verdict"] for text in texts[:2]
    ]
    assert all(answer["verdict"] is None and answer["error"] for answer in answers[2:])


def test_acts_are_listed_in_order_of_time(valla, casebook):
    """Those between two actors, in the period, and no others."""
    ran = valla("record", "acts", casebook, "--between", "Berlin", "Poland", "--period", "1930/1938")

    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == ["1934-01-26/1939-04-28", "1935-01"]
    assert "talks" in ran.out
    assert "attack" not in ran.out


def test_info_counts_what_a_record_holds(valla, casebook):
    """Acts, kinds, coverage, in lines."""
    ran = valla("record", "info", casebook)

    assert ran.code == 0
    assert re.search(r"^acts +3$", ran.out, re.MULTILINE)
    assert re.search(r"^complete +1933/1939: .*among Germany, Poland", ran.out, re.MULTILINE)


def test_lint_counts_and_lists(valla, casebook):
    """The findings are counted by rule; --all names their places."""
    short, long = valla("lint", casebook), valla("lint", casebook, "--all")

    assert short.code == long.code == 0
    assert "    2  acts whose source has no locator" in short.out
    assert "acts.csv, row 2: pact-1934" not in short.out
    assert "acts.csv, row 2: pact-1934" in long.out


def test_scan_finds_the_myth_of_a_casebook_with_its_place(valla, casebook, tmp_path):
    """The offsets point to the sentence; a record of each is printed."""
    text = tmp_path / "talk.txt"
    text.write_text("It rained. Poland never had a non-aggression pact with Germany. We left.\n", encoding="utf-8")
    ran = valla("scan", text, "--library", casebook, "--json")
    found = [json.loads(line) for line in ran.out.splitlines()]

    assert ran.code == 0
    assert [one["dossier"] for one in found] == [1]
    assert text.read_text(encoding="utf-8")[found[0]["start"] : found[0]["end"]] == found[0]["quotation"]


def test_publish_writes_a_site_and_says_where_to_open_it(valla, casebook, tmp_path):
    """The same casebook can be published again into the same folder, to the same files."""
    site = tmp_path / "site"
    first = valla("publish", casebook, "-o", site)
    before = listing(site)
    second = valla("publish", casebook, "-o", site)

    assert first.code == second.code == 0
    assert str(site / "index.html") in first.out
    assert before == listing(site)


def test_import_places_every_line(valla, tmp_path):
    """A manuscript becomes a dossier beside a list of its lines."""
    manuscript = tmp_path / "myth.txt"
    manuscript.write_text(
        "Myth 7\n\nPoland never signed a pact with Germany\n\nFast facts\n\nIt did in 1934.\n", encoding="utf-8"
    )
    ran = valla("import", manuscript, "-o", tmp_path / "drafts")

    assert ran.code == 0
    assert len(listing(tmp_path / "drafts")) == ran.out.count("wrote ")
    assert "1934" in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "drafts").glob("*.md"))


def test_two_records_are_taken_together(valla, casebook):
    """--record may be given twice; the acts of both are counted."""
    reading = json.dumps(
        {"quantifier": "never", "relation": "attacked", "subjects": ["germany"], "objects": ["poland"]}
    )
    one = json.loads(valla("check", "--reading", reading, "--record", casebook, "--json").out)
    bundled = json.loads(valla("check", "--reading", reading, "--json").out)

    assert one["n_deciding"] == 1
    assert bundled["n_deciding"] >= 1
    assert one["fingerprint"] != bundled["fingerprint"]
