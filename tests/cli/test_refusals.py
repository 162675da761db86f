"""Whatever is wrong with an input is said in one line with exit code 2, and nothing half-written is left behind."""

import json
import os

import pytest
from cli_inputs import CLAIM, listing

BINARY = bytes(range(256)) * 8


@pytest.mark.parametrize(
    "args",
    [
        ("import", "{missing}"),
        ("scan", "{missing}"),
        ("check", "--file", "{missing}"),
        ("check", "--batch", "{missing}"),
        ("check", CLAIM, "--record", "{missing}"),
        ("check", "--reading", "{missing}"),
        ("publish", "{missing}", "-o", "{tmp}/site"),
        ("lint", "{missing}"),
        ("record", "info", "{missing}"),
        ("record", "acts", "{missing}"),
        ("record", "add", "atop", "{missing}", "--to", "{tmp}/record"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_named(args, refused, tmp_path):
    """Every command that takes a path names the one that is missing, and makes nothing."""
    missing = tmp_path / "missing"
    line = refused(*(arg.format(missing=missing, tmp=tmp_path) for arg in args))

    assert str(missing) in line
    assert not listing(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", BINARY, b"\xff\xfe\x00", b"PK\x03\x04" + BINARY], ids=["empty", "binary", "utf-16", "zip"]
)
@pytest.mark.parametrize(
    "args",
    [
        ("import", "{file}", "-o", "{tmp}/out"),
        ("check", "--batch", "{file}", "-o", "{tmp}/out"),
        ("check", "--reading", "{file}"),
        ("check", CLAIM, "--record", "{file}"),
        ("publish", "{file}", "-o", "{tmp}/out"),
        ("record", "add", "atop", "{file}", "--to", "{tmp}/out"),
        ("record", "add", "{file}", "{file}", "--to", "{tmp}/out"),
    ],
    ids=" ".join,
)
def test_a_file_of_the_wrong_sort_is_refused(args, content, valla, tmp_path):
    """An empty or binary file gives one line; what there was before is what there is after."""
    file = tmp_path / "given.csv"
    file.write_bytes(content)
    before = listing(tmp_path)
    ran = valla(*(arg.format(file=file, tmp=tmp_path) for arg in args))

    if content or args[1] != "--batch":  # no lines are no claims: nothing is wrong with that
        assert ran.code == 2, ran
        assert ran.err.startswith("valla: ")
        assert ran.err.count("\n") == 1
        assert before == listing(tmp_path)
    assert "Traceback" not in ran.err + ran.out


@pytest.mark.parametrize(
    "args",
    [("import", "{folder}"), ("scan", "{folder}"), ("check", "--batch", "{folder}"), ("check", "--file", "{folder}")],
    ids=" ".join,
)
def test_a_folder_is_no_file(args, refused, tmp_path):
    """Where a file is wanted, a folder is refused."""
    assert str(tmp_path) in refused(*(arg.format(folder=tmp_path) for arg in args))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("dossiers/1.md", "number: 1", "number: [1", ["1.md:3", "YAML"]),
        ("dossiers/1.md", "number: 1", "number: one", ["1.md", "number"]),
        ("dossiers/1.md", "title:", "tilte:", ["1.md", "title"]),
        ("casebook.toml", 'id = "small"', "id = ", ["casebook.toml", "line 1"]),
        ("casebook.toml", 'id = "small"', 'id = "Not A Slug!"', ["casebook.toml", "'id'"]),
        ("casebook.toml", "title =", "titel =", ["casebook.toml", "titel"]),
        ("casebook.toml", '"war"', '"wor"', ["casebook.toml", "wor", "war"]),
        ("casebook.toml", '"poland"', '"polandia"', ["casebook.toml", "polandia"]),
        ("casebook.toml", '"1933"', '"soon"', ["casebook.toml", "soon"]),
        ("acts.csv", "pact-1934,germany", "pact-1934,grmany", ["acts.csv, row 2", "grmany"]),
        ("acts.csv", "1934-01-26/1939-04-28", "26.1.1934", ["acts.csv, row 2", "26.1.1934", "EDTF"]),
        ("acts.csv", "1935-01,", "1939-13,", ["acts.csv, row 3", "1939-13"]),
        (
            "acts.csv",
            "alliance.nonaggression",
            "alliance.nonagression",
            ["acts.csv, row 2", "did you mean 'alliance.nonaggression'"],
        ),
        ("acts.csv", "talks-1935", "pact-1934", ["acts.csv, row 3", "pact-1934", "row 2"]),
        ("acts.csv", "actor,target", "actr,target", ["acts.csv", "'actr'", "did you mean 'actor'"]),
        ("acts.csv", "id,actor", "actor", ["acts.csv", "'id'"]),
        ("acts.csv", "secret", "hidden", ["acts.csv, row 3", "hidden", "open, secret, unknown"]),
        ("acts.csv", '"A hunt, and talk."', "A hunt, and talk.", ["acts.csv, row 3", "15", "14"]),
        (
            "acts.csv",
            "poland,alliance.nonaggression,true",
            "poland,alliance.nonaggression,perhaps",
            ["row 2", "mutual", "perhaps"],
        ),
        ("acts.csv", ",1949,", ",nineteen,", ["acts.csv, row 3", "known_from"]),
        ("acts.csv", "attack-1939,germany,", "attack-1939,,", ["acts.csv, row 4", "'actor' is empty"]),
        ("sources.yaml", "title: A White Book", "title: [A White Book", ["sources.yaml:", "not YAML"]),
        ("sources.yaml", "title: A White Book", "titel: A White Book", ["sources.yaml", "white-book", "title"]),
        ("sources.yaml", "year:", "yaer:", ["sources.yaml", "yaer", "did you mean 'year'"]),
    ],
)
def test_a_fault_in_a_casebook_is_found_where_it_is(file, old, new, said, refused, casebook, tmp_path):  # noqa: PLR0917
    """The line names the file, the row or line, what was found and what would do; no site is written."""
    path = casebook / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = listing(tmp_path)
    line = refused("publish", casebook, "-o", tmp_path / "site")

    for words in said:
        assert words in line
    assert before == listing(tmp_path)


@pytest.mark.parametrize("name", ["acts.csv", "sources.yaml", "casebook.toml", "dossiers/1.md"])
@pytest.mark.parametrize("content", [b"", BINARY, b"\xff\xfeh\x00i\x00"], ids=["empty", "binary", "utf-16"])
def test_a_file_of_a_casebook_that_is_not_text_is_named(name, content, valla, casebook, tmp_path):
    """No file of a casebook can bring down a command."""
    (casebook / name).write_bytes(content)
    ran = valla("publish", casebook, "-o", tmp_path / "site")

    assert "Traceback" not in ran.err
    assert ran.code == 2, ran
    assert ran.err.count("\n") == 1
    assert name in ran.err
    assert not (tmp_path / "site").exists()


def test_a_file_of_a_casebook_that_is_a_folder_is_named(refused, casebook):
    """A folder called acts.csv is no sheet of acts."""
    (casebook / "acts.csv").unlink()
    (casebook / "acts.csv").mkdir()

    assert "acts.csv" in refused("lint", casebook)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("", ["empty"]),
        ("   ", ["empty"]),
        ("Atlantis was never at war with Germany", ["Atlantis"]),
        ("Germany and the Soviet Union.", ["relation"]),
        ("The Soviet Union opponent Nazi Germany", ["quantifier", "always", "never"]),
        ("Germany always attacked Poland", ["always", "attacked"]),
        ("Germany never attacked Sweden between 1950 and 1940", ["1950"]),
        ("Nazi Germany never attacked the Confederate States of America", []),
        ("x" * 100_000, []),
        ("\x00\x01", []),
        ("?" * 500, []),
    ],
    ids=lambda value: str(value)[:30] or "nothing",
)
def test_a_claim_that_cannot_be_checked_is_refused(claim, said, refused):
    """The line says which words stand in the way."""
    line = refused("check", claim)

    for words in said:
        assert words in line


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("{", ["JSON"]),
        ('{"quantifier": "always"', ["JSON"]),
        ("{}", ["quantifier"]),
        ('{"quantifier": "always", "relation": "oposed", "subjects": ["russia"]}', ["oposed", "opposed"]),
        ('{"quantifier": "sometimes", "relation": "opposed", "subjects": ["russia"]}', ["sometimes", "always"]),
        ('{"quantifier": "never", "relation": "war", "subjects": []}', ["subjects"]),
        ('{"quantifier": "never", "relation": "war", "subjects": ["atlantis"]}', ["atlantis"]),
        ('{"quantifier": "never", "relation": "war", "subjects": [99999]}', ["99999"]),
        ('{"quantifier": "never", "relation": "war", "subjects": ["poland"], "period": "soon"}', ["soon"]),
        ('{"quantifier": "never", "relation": "war", "subjects": ["poland"], "period": "1940/1930"}', ["1940/1930"]),
        ('{"quantifier": "never", "relation": "war", "subjects": ["poland"], "perod": "1940"}', ["perod", "period"]),
        ('{"quantifier": "never", "relation": "war", "subjects": ["poland"], "known_by": "now"}', ["now"]),
        ('{"quantifier": "never", "relation": "war", "subjects": ["poland"], "channel": "loud"}', ["loud", "secret"]),
        ('{"quantifier": "always", "relation": "attacked", "subjects": ["poland"]}', ["always", "attacked"]),
    ],
)
def test_a_reading_that_is_not_one_is_refused(reading, said, refused):
    """The line names the key and what it may be."""
    line = refused("check", "--reading", reading)

    for words in said:
        assert words in line


DEEP = "[" * 100_000
MANY_DIGITS = "9" * 20_000


@pytest.mark.parametrize(
    ("value", "said"), [(DEEP, "the JSON is nested too deep"), (MANY_DIGITS, "too many digits")], ids=["deep", "long"]
)
@pytest.mark.parametrize("form", ["text", "file"])
def test_a_reading_that_no_parser_bears_is_refused(form, value, said, refused, tmp_path):
    """Nested without end, or a number without end: the line says so."""
    reading = f'{{"quantifier": "never", "relation": {value}'
    file = tmp_path / "reading.json"
    file.write_text(reading, encoding="utf-8")

    assert said in refused("check", "--reading", reading if form == "text" else file)


@pytest.mark.parametrize("table", ["a", "[[coverage]]\nbegin", "x.title"])
@pytest.mark.parametrize(
    ("value", "said"),
    [
        (DEEP, "the TOML is nested too deep"),
        ("{a=" * 5000, "the TOML is nested too deep"),
        (MANY_DIGITS, "the TOML holds a number that is too large"),
        (f"0x{MANY_DIGITS}", "the TOML holds a number that is too large"),
    ],
    ids=lambda value: value[:20],
)
def test_toml_that_no_parser_bears_is_refused(table, value, said, refused, casebook, tmp_path):  # noqa: PLR0917
    """In the head of a casebook as in a mapping of one's own: the line says so, and nothing is made."""
    mapping = tmp_path / "own.toml"
    for path in (casebook / "casebook.toml", mapping):
        path.write_text(f"{table} = {value}\n", encoding="utf-8")
    before = listing(tmp_path)

    assert said in refused("lint", casebook)
    assert said in refused("publish", casebook, "-o", tmp_path / "site")
    assert said in refused("record", "add", mapping, casebook / "acts.csv", "--to", tmp_path / "record")
    assert before == listing(tmp_path)


@pytest.mark.parametrize(
    "content", [DEEP, MANY_DIGITS, '"\\ud800"', "{" + '"a": {' * 5000], ids=lambda value: value[:20]
)
def test_a_broken_list_of_the_files_of_a_record_is_named(content, refused, tmp_path):
    """Whatever it holds."""
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "record.json").write_text(content, encoding="utf-8")

    assert "record.json: the record's list of files is broken" in refused("record", "info", tmp_path / "record")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), ["nothing to check"]),
        ((CLAIM, "--reading", "{}"), ["--reading"]),
        ((CLAIM, "--batch", "claims.jsonl"), ["--batch"]),
        (("--batch", "claims.jsonl", "--channel", "open"), ["--channel", "--batch"]),
        (("--batch", "claims.jsonl", "--svg", "x.svg"), ["--svg", "--batch"]),
        ((CLAIM, "-o", "x"), ["--output"]),
        ((CLAIM, "--channel", "loud"), ["loud", "secret"]),
        ((CLAIM, "--known-by", "yesterday"), ["yesterday", "EDTF"]),
    ],
    ids=lambda value: " ".join(value)[:40],
)
def test_options_that_do_not_fit_are_refused(args, said, refused):
    """No option is passed over in silence."""
    line = refused("check", *args)

    for words in said:
        assert words in line


@pytest.mark.parametrize(
    "line",
    [
        *("not json", "[]", '"text"', '{"id": 1}', '{"text": "x"}', '{"id": 1, "text"', "\x00", "NaN"),
        f'{{"id": {DEEP}',
        f'{{"id": {MANY_DIGITS}, "text": "x"}}',
    ],
    ids=lambda value: value[:20],
)
def test_a_broken_line_of_a_batch_is_named(line, refused, tmp_path):
    """The number of the line is told, and no output is begun."""
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps({"id": 1, "text": CLAIM}) + f"\n\n{line}\n", encoding="utf-8")

    assert "line 3" in refused("check", "--batch", file, "-o", tmp_path / "verdicts.jsonl")
    assert [file] == list(tmp_path.iterdir())


def test_a_record_is_a_folder(refused, tmp_path):
    """A data file given as a record is refused with the way to make one."""
    file = tmp_path / "acts.parquet"
    file.write_bytes(b"PAR1")

    assert "valla record add" in refused("check", CLAIM, "--record", file)


def test_a_folder_that_holds_other_files_is_not_published_over(refused, casebook, tmp_path):
    """What somebody else wrote stays."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.txt").write_text("ten years of work", encoding="utf-8")
    before = listing(tmp_path)

    assert "thesis.txt" in refused("publish", casebook, "-o", site)
    assert before == listing(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(refused, casebook, tmp_path):
    """A folder without write permission gives one line."""
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    assert "locked" in refused("publish", casebook, "-o", locked / "site")


@pytest.mark.parametrize(
    "args",
    [
        ("publish", "{casebook}", "-o", "{file}/site"),
        ("publish", "{casebook}", "-o", "{file}"),
        ("import", "{text}", "-o", "{file}/drafts"),
        ("check", CLAIM, "--svg", "{file}/x.svg"),
        ("check", CLAIM, "--svg", "{casebook}"),
        ("check", "--batch", "{claims}", "-o", "{file}/out.jsonl"),
        ("check", "--batch", "{claims}", "-o", "{casebook}"),
        ("record", "add", "atop", "{data}", "--to", "{file}"),
        ("record", "add", "atop", "{data}", "--to", "{casebook}"),
    ],
    ids=" ".join,
)
def test_output_that_has_no_place_is_refused(args, refused, casebook, tmp_path):
    """Where a file stands in the way of a folder, or a folder in the way of a file, nothing is touched."""
    file, text, claims, data = (tmp_path / name for name in ("file", "text.txt", "claims.jsonl", "atop.csv"))
    file.write_text("mine", encoding="utf-8")
    text.write_text("Myth 1\n\nPoland never signed anything.\n", encoding="utf-8")
    claims.write_text(json.dumps({"id": 1, "text": CLAIM}), encoding="utf-8")
    data.write_text(
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n", encoding="utf-8"
    )
    before = listing(tmp_path)
    places = {"casebook": casebook, "file": file, "text": text, "claims": claims, "data": data}
    refused(*(arg.format(**places) for arg in args))

    assert before == listing(tmp_path)


@pytest.mark.parametrize(
    "args", [("nonsense",), ("check", "--nonsense"), ("record", "nonsense"), ("publish",), ("read",)]
)
def test_a_command_that_is_none_says_how_to_find_one(args, valla):
    """A wrong verb or option leads to --help, with exit code 2."""
    ran = valla(*args)

    assert ran.code == 2
    assert "--help" in ran.err
    assert "Traceback" not in ran.err


def test_a_fault_of_our_own_is_one_line_too(valla, monkeypatch):
    """Even where Valla itself is wrong, nobody reads a traceback unasked."""

    def broken(text):
        raise ZeroDivisionError(text)

    monkeypatch.setattr("valla.claims.reading.read", broken)
    ran = valla("read", CLAIM)

    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "fault of Valla" in ran.err
    assert "ZeroDivisionError" in ran.err
