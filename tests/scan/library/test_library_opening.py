"""Libraries from files."""

import csv
import gzip
import json
from contextlib import suppress
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, counted_module, growth
from valla.casebook.folder import bundled
from valla.errors import InputError
from valla.scan.library import pages
from valla.scan.library.columns import Columns
from valla.scan.library.gathering import Opened, within
from valla.scan.library.model import LibraryClaim
from valla.scan.library.opening import open_library
from valla.scan.tables.limits import Limits
from valla.scan.tables.model import RowProblem

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CLAIMS = st.dictionaries(
    st.from_regex(r"\A[a-z]{1,4}\Z"), st.tuples(TEXT.filter(str.strip), TEXT), min_size=1, max_size=5
)
REVIEW = {"@context": "https://schema.org", "@type": "ClaimReview", "url": "https://e.org/1", "claimReviewed": "One."}


def opened(path: Path, text: str | bytes, columns: Columns | None = None) -> Opened:
    """Open a library that is written first."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return open_library(path, columns=columns)


@given(CLAIMS, st.sampled_from(["csv", "tsv", "jsonl", "json", "parquet"]), st.booleans())
def test_a_table_holds_the_same_claims_in_every_form(
    tmp_path_factory: pytest.TempPathFactory, claims: dict, form: str, packed: bool
) -> None:
    """Whatever it is written in, packed or not, named columns give the claims that went in."""
    path = tmp_path_factory.mktemp("library") / f"claims.{form}"
    listed = [{"key": key, "told": text, "more": more} for key, (text, more) in claims.items()]
    if form in {"csv", "tsv"}:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(
                file, list(listed[0]), delimiter="," if form == "csv" else "\t", quoting=csv.QUOTE_ALL
            )
            writer.writeheader()
            writer.writerows(listed)
    elif form == "parquet":
        pq.write_table(pa.Table.from_pylist(listed), path)
    else:
        rows = [json.dumps(one) for one in listed]
        path.write_text("\n".join(rows) if form == "jsonl" else f"[{','.join(rows)}]")
    if packed and form != "parquet":
        path = path.with_name(path.name + ".gz")
        path.write_bytes(gzip.compress(path.with_suffix("").read_bytes()))
    found = open_library(path, columns=Columns("key", "told", ("more",)))

    assert found.problems == ()
    assert found.library.claims == tuple(
        LibraryClaim(key, text.strip(), (more.strip(),) if more.strip() else ()) for key, (text, more) in claims.items()
    )


def test_an_unnamed_first_column_is_the_id(tmp_path: Path) -> None:
    """By default, by its empty name, or by its position."""
    text = '\tvclaim\ttitle\n0\t"A ""claim"" of ours."\tA title\n'
    expected = (LibraryClaim("0", 'A "claim" of ours.', ("A title",)),)

    for columns in (None, Columns("", "vclaim", ("title",)), Columns("1", "2", ("3",))):
        assert opened(tmp_path / "t.tsv", text, columns).library.claims == expected


def test_without_an_id_rows_are_counted(tmp_path: Path) -> None:
    """And it is said."""
    found = opened(tmp_path / "t.csv", "claim\nOne.\nTwo.\n")

    assert [claim.id for claim in found.library.claims] == ["row-1", "row-2"]
    assert found.problems == (
        f"{tmp_path}/t.csv: no column is an id: the claims are called by their rows, row-1 and so on",
    )


def test_a_row_without_an_id_is_called_by_its_number(tmp_path: Path) -> None:
    """The others keep theirs."""
    found = opened(tmp_path / "t.csv", "id,claim\na,One.\n,Two.\n")

    assert [claim.id for claim in found.library.claims] == ["a", "row-2"]
    assert found.problems[0].endswith("claims without an id are called by their rows, row-1 and so on: line 3")


def test_claims_without_text_are_left_out_and_told(tmp_path: Path) -> None:
    """In one line, whatever their number."""
    found = opened(tmp_path / "t.csv", "id,claim\n1,\n2,Two.\n3,  \n" + "".join(f"{n},\n" for n in range(4, 20)))

    assert len(found.library.claims) == 1
    assert found.problems[0].endswith(
        "18 claims without text were left out: lines 2, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 8 more"
    )


def test_broken_rows_are_told_and_the_others_kept(tmp_path: Path) -> None:
    """The first twenty each, then their number."""
    found = opened(tmp_path / "t.csv", "id,claim\n1,One.\n" + "x\n" * 30)

    assert len(found.library.claims) == 1
    assert found.problems[0].endswith("t.csv: line 3: 1 cells where there should be 2")
    assert found.problems[20].endswith("and 10 more rows that are broken")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "id,claim\na,One.\nb,Two.\na,Three.\n",
            "two claims have the id 'a'; found lines 2 and 4, with different claims; give",
        ),
        ("id,claim\na,One.\nb,Two.\na,One.\n", "two claims have the id 'a'; found lines 2 and 4, alike; take one out"),
        ("id,claim\n1,\n2, \n", r"no claims; found .*2 claims without text were left out: lines 2, 3"),
        ("id,claim\n", "the library has no claims"),
        ("id,claim\nx\n", "the library has no claims; found .*line 2: 1 cells where there should be 2"),
        ("a,b\n1,2\n", "no column looks like the claim; allowed: a, b; name it: --text COLUMN"),
        ("", "the table is empty"),
    ],
)
def test_a_table_that_is_no_library_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """One line says why and what to do."""
    with pytest.raises(InputError, match=told):
        opened(tmp_path / "t.csv", text)


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """In every form, with the nearest."""
    (tmp_path / "t.csv").write_text("id,vclaim\n1,One.\n")
    (tmp_path / "t.json").write_text('[{"id": 1, "vclaim": "One."}]')
    pq.write_table(pa.table({"id": ["1"], "vclaim": ["One."]}), tmp_path / "t.parquet")

    for name in ("t.csv", "t.json", "t.parquet"):
        with pytest.raises(InputError, match="there is no column 'vclam'; allowed: id, vclaim; did you mean 'vclaim'"):
            open_library(tmp_path / name, columns=Columns("id", "vclam"))


def test_a_cell_may_list_several_voicings(tmp_path: Path) -> None:
    """As JSON; any other cell is one."""
    lines = [
        {"id": "a", "claim": "One.", "voicings": ["1!", " ", "2!"]},
        {"id": "b", "claim": "Two.", "voicings": "[so]"},
    ]
    found = opened(tmp_path / "t.jsonl", "\n".join(map(json.dumps, lines)))

    assert [claim.voicings for claim in found.library.claims] == [("1!", "2!"), ("[so]",)]


@pytest.mark.parametrize("name", ["feed.json", "feed.jsonld", "feed.jsonl", "feed.json.gz", "feed"])
def test_reviews_are_known_in_a_file_of_json(tmp_path: Path, name: str) -> None:
    """By what they are, not by the name of the file."""
    text = json.dumps(REVIEW).encode() + b"\n"
    found = opened(tmp_path / name, gzip.compress(text) if name.endswith("gz") else text)

    assert found.library.claims == (LibraryClaim("https://e.org/1", "One."),)


def test_reviews_are_known_in_lines_of_json(tmp_path: Path) -> None:
    """Items of a feed, one in each line, broken lines aside."""
    lines = [
        json.dumps({"@type": "DataFeedItem", "item": [{**REVIEW, "url": f"https://e.org/{number}"}]})
        for number in range(3)
    ]
    found = opened(tmp_path / "feed.jsonl", "\n".join(["{", *lines]))

    assert [claim.id for claim in found.library.claims] == [f"https://e.org/{number}" for number in range(3)]
    assert "feed.jsonl: line 1: no JSON" in found.problems[0]


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "lines.txt"])
@pytest.mark.parametrize("wrapped", ["{}", "<!--\n{}\n-->", "//<![CDATA[\n{}\n//]]>", "{};"])
def test_reviews_are_read_from_pages(tmp_path: Path, name: str, wrapped: str) -> None:
    """Every script of JSON-LD counts; one that is broken is told with its line."""
    script = '<script type="application/ld+json">{}</script>'
    page = "<!DOCTYPE html>\n<script>var a = 1 < 2;</script>\n" + script.format("{") + "\n"
    page += script.format(wrapped.replace("{}", json.dumps(REVIEW))).replace("script", "SCRIPT") + "<p>text</p>"
    found = opened(tmp_path / name, page)

    assert found.library.claims == (LibraryClaim("https://e.org/1", "One."),)
    assert f"{name}:3: a script is left out: no JSON" in found.problems[0]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("page.html", b"<p>nothing</p>", "page.html: the library has no claims"),
        ("page.html", b"<script" * 100_000, "the library has no claims"),
        ("page.html", b'<script type="application/ld+json">' * 20_000, "the library has no claims; found .*no JSON"),
        ("page.html", b"<b>" * 100_000, "the library has no claims"),
        ("page.html", b"<p>\xff</p>", "page.html:1: the library is not text in UTF-8; found the byte 0xff"),
        ("t.json", b"{", "t.json: no JSON: Expecting property name"),
        ("t.json", b"[" * 100_000, "t.json: the JSON is nested too deep"),
        ("t.json", b'{"@type": "WebPage"}', "t.json: the library has no claims"),
        ("t.json", b'["One.", "Two."]', "t.json: the library has no claims"),
        ("t.json", b'[{"n": ' + b"9" * 5000 + b"}]", "t.json: the JSON holds a number of too many digits"),
        ("t.json.gz", b"\x1f\x8b" + bytes(30), "the library cannot be read"),
        ("t.jsonl", b'{"a": ' + b"[" * 100_000 + b"}\n", "t.jsonl:1: the JSON is nested too deep"),
        ("t.jsonl", b"x\n" * 10_000, "t.jsonl:1: no JSON: Expecting value at character 1; found 'x'"),
        ("t.txt", b"words", "no table that can be read"),
    ],
)
def test_what_is_no_library_is_refused(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    """In one line."""
    with pytest.raises(InputError, match=told) as caught:
        opened(tmp_path / name, data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "head", "unit"),
    [
        ("page.html", "", "<script"),
        ("page.html", "", '<script type="application/ld+json">'),
        ("page.html", "", '<script type="application/ld+json">{}</script>\n'),
        ("page.html", "", "<b>"),
        ("page.html", '<script type="application/ld+json">', "<!--"),
        ("t.json", '[{"@type": "WebPage"}', ', {"a": [1]}'),
        ("t.jsonl", "", "x\n"),
        ("t.csv", "id,claim\n", '"'),
    ],
)
def test_the_work_of_opening_is_in_proportion_to_the_length(tmp_path: Path, name: str, head: str, unit: str) -> None:
    """Be there a library in it or not."""
    open_counted = counted_module("valla.scan.library.opening").open_library
    refused = counted_module("valla.errors").VallaError

    def opening(path: Path) -> None:
        with suppress(refused):
            open_counted(path)

    def written(size: int) -> Path:
        path = tmp_path / str(size) / name
        path.parent.mkdir()
        path.write_text(head + unit * (size // len(unit)))
        return path

    assert growth(opening, written, 2_000) < MOST_GROWTH


@pytest.mark.parametrize(
    ("name", "unit", "number", "told"),
    [
        ("t.json", b"{},", 6_000_000, "the JSON would take too much memory; found about 1,7"),
        ("t.json", b'"a",', 17_000_000, "the JSON would take too much memory; found about 1,6"),
        ("t.json.gz", b"{},", 9_000_000, "the JSON would take too much memory; found about 2,5"),
        ("t.json.gz", b"{},", 11_000_000, "unpacks to over 100 times its length; allowed: at most 32,000,000 bytes"),
        ("t.html.gz", b"<p>", 11_000_000, "unpacks to over 100 times its length; allowed: at most 32,000,000 bytes"),
    ],
)
def test_a_little_that_would_become_very_much_is_refused(  # noqa: PLR0917
    tmp_path: Path, name: str, unit: bytes, number: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is parsed, and so before the memory is taken."""
    data = b"[" + unit * number + b"0]"
    packed = gzip.compress(data, 1) if name.endswith("gz") else data
    monkeypatch.setattr(pages, "parse_json", lambda *_, **__: pytest.fail("it is parsed"))

    with pytest.raises(InputError, match=told):
        opened(tmp_path / name, packed)


@pytest.mark.parametrize(
    ("name", "text"), [("t.json", "[]" + " " * 100), ("t.html", "<p>" * 50), ("t.csv", "id,claim\n" * 50)]
)
def test_a_library_that_is_too_long_is_refused(tmp_path: Path, name: str, text: str) -> None:
    """Before it is held."""
    (tmp_path / name).write_text(text)

    with pytest.raises(InputError, match="too long"):
        open_library(tmp_path / name, limits=Limits(max_text_bytes=100), max_page_bytes=100)


def test_a_library_of_very_many_rows_is_refused() -> None:
    """They would be held; broken ones count."""
    rows = (RowProblem(number, number, "broken") for number in count(1))

    with pytest.raises(InputError, match="t: the library has too many rows; allowed: at most 50"):
        list(within(rows, "t", 50))
    assert list(within("abc", "t", 3)) == ["a", "b", "c"]


def test_of_many_broken_lines_the_first_are_told(tmp_path: Path) -> None:
    """Twenty, and how many more there are, in a table and in lines of reviews."""
    for one in ({"claim": "One."}, REVIEW):
        told = opened(tmp_path / "t.jsonl", json.dumps(one) + "\nx" * 50).problems

        assert [line for line in told if "no JSON" in line] == [told[number] for number in range(20)]
        assert told[20].endswith("t.jsonl: and 30 more rows that are broken")


@pytest.mark.parametrize("name", ["none.csv", "none.json", "none.html", "none"])
def test_a_library_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    """Whatever it would be."""
    with pytest.raises(InputError, match="there is no such file"):
        open_library(tmp_path / name)


@given(
    st.binary(max_size=200),
    st.sampled_from(["t.csv", "t.tsv", "t.jsonl", "t.json", "t.html", "t.parquet", "t", "t.gz"]),
)
def test_any_bytes_give_a_library_or_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    """Nothing else ever comes of a file that a user names."""
    try:
        told = [*opened(tmp_path_factory.mktemp("any") / name, data).problems]
    except InputError as error:
        told = [str(error)]

    assert not any("\n" in line for line in told)


def test_a_casebook_is_a_library() -> None:
    """The one that comes with Valla: a claim for each dossier."""
    found = open_library(bundled())

    assert found.problems == ()
    assert all(claim.number for claim in found.library.claims)


def test_a_folder_without_a_casebook_is_refused(tmp_path: Path) -> None:
    """It is said what is missing."""
    with pytest.raises(InputError, match=r"the folder has no casebook\.toml"):
        open_library(tmp_path)


@pytest.mark.parametrize(
    ("name", "columns", "count"),
    [
        ("checkthat2020/verified_claims.docs.tsv", Columns("", "vclaim", ("title",)), 10_375),
        ("checkthat2022/vclaims.jsonl", Columns("vclaim_id", "vclaim", ("title", "subtitle")), 14_231),
        ("euvsdisinfo/posts.csv", Columns("id", "title"), 10_892),
    ],
)
def test_real_libraries_are_read_whole_with_or_without_naming_columns(
    shared: Path, name: str, columns: Columns, count: int
) -> None:
    """No claim is lost, nothing is told, and the usual names are the right ones."""
    found = open_library(shared / "data" / name, columns=columns)

    assert (len(found.library.claims), found.problems) == (count, ())
    assert open_library(shared / "data" / name) == found


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (["One."], "a list"),
        ({"en": "One."}, "an object"),
        (1939, "a number"),
        (1.5, "a number"),
        (True, "true or false"),
    ],
)
@pytest.mark.parametrize("form", ["jsonl", "json", "parquet", "jsonl.gz"])
def test_a_column_that_holds_no_text_is_no_claim(tmp_path: Path, form: str, value: object, kind: str) -> None:
    """One line names it and its type; numbers are ids all the same."""
    path = tmp_path / f"claims.{form}"
    listed = [{"id": 7, "claim": None}, {"id": 8, "claim": value}]
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(listed), path)
    else:
        text = "\n".join(map(json.dumps, listed)) if "jsonl" in form else json.dumps(listed)
        path.write_bytes(gzip.compress(text.encode()) if form.endswith("gz") else text.encode())
    place = {"parquet": ": row 2", "json": ": item 2"}.get(form, ":2")

    for columns in (None, Columns("id", "claim")):
        with pytest.raises(InputError, match=f"{form}{place}: the column 'claim' holds no text; found {kind}; allowed"):
            open_library(path, columns=columns)
