"""Documents from files of every form."""

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Form, Options
from valla.scan.documents.plan import units
from valla.scan.documents.reading import blocks, unit_blocks
from valla.scan.text import sentences

ODD = "\ufeffOne.\r\nTwo\0 e\u0301 😀.\r\n\r\nThree\u2028four\x0b\x85"
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("\r\n\0\ufeff .<>&;-*_`#|[]()!\u0301😀\"'=/abp")
    )
)


@pytest.mark.parametrize("name", ["a.txt", "a", "a.log", "A.TXT"])
def test_a_text_is_read_as_it_is(tmp_path, read, name):
    """Byte order mark, line ends, zero characters, emoji and combining marks stay and count."""
    (tmp_path / name).write_bytes(ODD.encode())

    found, problems = read(tmp_path / name)

    assert found == [Block(str(tmp_path / name), ODD, ODD)]
    assert problems == []
    assert found[0].text is found[0].source


@given(TEXTS, st.sampled_from([".txt", ".html", ".xhtml", ".md"]), st.integers(1, 60))
def test_blocks_joined_are_the_document(tmp_path_factory, text, suffix, block_chars):
    """Whatever stands in a file, nothing of it is lost, no offset is wrong, and no sentence is missing."""
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(text.encode())
    problems: list[Problem] = []

    found = list(blocks([path], Options(block_chars=block_chars), problems.append))

    assert problems == []
    assert "".join(block.source for block in found) == text
    for block in found:
        end = block.offset + len(block.source)
        assert text[block.offset : end] == block.source
        assert 1 <= len(block.text) == len(block.source) <= block_chars + 32
        assert block.before == text[max(0, block.offset - 32) : block.offset]
        assert block.after == text[end : end + 32]
        for sentence in sentences(block.text):
            assert block.text[sentence.start : sentence.end] == sentence.text


@given(
    st.lists(st.text(max_size=40), max_size=6),
    st.sampled_from(["csv", "tsv", "jsonl", "parquet"]),
    st.integers(1, 30),
)
def test_each_row_is_a_document(tmp_path_factory, texts, form, block_chars):
    """Offsets count the characters of a row's text, and empty rows are no documents."""
    path = tmp_path_factory.mktemp("rows") / f"a.{form}"
    kept = [text.encode("utf-8", "ignore").decode() for text in texts]
    if form in {"csv", "tsv"}:
        kept = ["".join(sign for sign in text if sign.isalnum() or sign == " ") + "." for text in kept]
        path.write_text("".join(f"{line}\n" for line in ["text", *kept]), encoding="utf-8")
    elif form == "jsonl":
        kept = texts
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in kept))
    else:
        pq.write_table(pa.table({"text": pa.array(kept, pa.string())}), path)
    problems: list[Problem] = []

    found = list(blocks([path], Options(block_chars=block_chars), problems.append))

    joined: dict[str, str] = {}
    for block in found:
        assert block.offset == len(joined.get(block.document, ""))
        joined[block.document] = joined.get(block.document, "") + block.source
    assert joined == {f"{path}#{number}": text for number, text in enumerate(kept, start=1) if text}
    assert problems == [] or not kept


def test_lone_surrogates_of_json_stay(tmp_path, read):
    """A character that no encoding has is one character of its row."""
    (tmp_path / "a.jsonl").write_text('{"text": "a\\ud800b", "id": "x"}\n')

    found, _ = read(tmp_path / "a.jsonl")

    assert [block.text for block in found] == ["a\ud800b"]
    assert found[0].document.endswith("a.jsonl#x")


def test_columns_are_those_that_are_named(tmp_path, read):
    """By name, for texts and ids."""
    (tmp_path / "a.csv").write_text("key,said,text\nk1,hello,no\nk2,there,no\n")

    found, _ = read(tmp_path / "a.csv", options=Options(text="said", id="key"))

    assert [(block.document.rpartition("#")[2], block.text) for block in found] == [("k1", "hello"), ("k2", "there")]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet"])
def test_a_missing_column_is_told_once(tmp_path, read, suffix):
    """With those that are there; other files are read all the same."""
    path = tmp_path / f"a.{suffix}"
    rows = [{"a": "x", "b": "y"}] * 3
    if suffix == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif suffix == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        sign = "," if suffix == "csv" else "\t"
        path.write_text("".join(sign.join(row) + "\n" for row in [["a", "b"], ["x", "y"]]))
    (tmp_path / "b.txt").write_text("Read.")

    found, problems = read(tmp_path, options=Options(text="speech"))

    assert [block.text for block in found] == ["Read."]
    assert [problem.document for problem in problems] == [str(path)]
    assert "there is no column 'speech'" in problems[0].told
    assert "a, b" in problems[0].told


def test_a_column_of_texts_is_guessed_or_asked_for(tmp_path, read):
    """The likeliest name wins; where none is likely that is told."""
    (tmp_path / "a.csv").write_text("n,Body,title\n1,b,t\n")
    (tmp_path / "b.csv").write_text("n,m\n1,2\n")
    (tmp_path / "c.csv").write_text("anything\nonly\n")

    found, problems = read(tmp_path)

    assert [block.text for block in found] == ["b", "only"]
    assert [problem.told for problem in problems] == [
        "no column is called as texts are; found n, m; name the column of the texts"
    ]


def test_broken_rows_are_told_and_the_others_read(tmp_path, read):
    """A line of JSON that is none, a row of Parquet that is no UTF-8, and a column that holds numbers."""
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\nno\n{"text": "three"}\n')
    binary = pa.array([b"one", b"\xff", b"three"], pa.binary())
    pq.write_table(pa.table({"text": binary}), tmp_path / "b.parquet")
    pq.write_table(pa.table({"text": [1, 2]}), tmp_path / "c.parquet")
    (tmp_path / "d.parquet").write_bytes(b"PAR1 and no more")

    found, problems = read(tmp_path)

    assert [block.text for block in found] == ["one", "three"] * 2
    assert [problem.document.rpartition("/")[2] for problem in problems] == [
        "a.jsonl#2", "b.parquet#2", "c.parquet", "d.parquet",
    ]  # fmt: skip
    assert all("\n" not in problem.told for problem in problems)


def test_a_folder_is_read_in_order_of_names(tmp_path, read):
    """Folders within it too; hidden files, and links that lead back, are passed over."""
    for name in ["b.txt", "a/z.md", "a/.hidden.txt", ".git/x.txt", "c.html"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")

    found, problems = read(tmp_path)

    assert [block.source for block in found] == ["a/z.md", "b.txt", "c.html"]
    assert [Path(problem.document).name for problem in problems] == ["broken.txt", "pipe"]


def test_folders_may_be_nested_deep(tmp_path, read):
    """Hundreds of folders in each other."""
    folder = tmp_path.joinpath(*["d"] * 400)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Deep.")

    found, problems = read(tmp_path)

    assert [block.text for block in found] == ["Deep."]
    assert problems == []


def test_what_cannot_be_read_is_told(tmp_path, read):
    """A missing path, an empty folder, a binary file, broken and UTF-16 text, a PDF; an empty file is no fault."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\0\xff\xfe")
    (tmp_path / "broken.txt").write_bytes(b"one\ntwo\nthr\xffee")
    (tmp_path / "cut.txt").write_bytes("né".encode()[:-1])
    (tmp_path / "wide.txt").write_bytes("a".encode("utf-16"))
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 plain")
    (tmp_path / "ok.txt").write_text("Fine.")
    names = ["empty", "empty.txt", "binary", "broken.txt", "cut.txt", "wide.txt", "x.pdf", "none", "ok.txt", "a\0b"]

    found, problems = read(*[tmp_path / name for name in names])

    assert [block.text for block in found] == ["Fine."]
    assert [(Path(problem.document).name, problem.told) for problem in problems] == [
        ("empty", "the folder has no file that can be read"),
        ("binary", "a binary file, no text; found the byte 0xff at the offset 6 (line 1); save it as text in UTF-8"),
        ("broken.txt", "not text in UTF-8; found the byte 0xff at the offset 11 (line 3); save it as text in UTF-8"),
        ("cut.txt", "not text in UTF-8; found the byte 0xc3 at the offset 1 (line 1); save it as text in UTF-8"),
        ("wide.txt", "the text is in UTF-16; save it in UTF-8"),
        ("x.pdf", "no text; found a PDF; save it as text in UTF-8"),
        ("none", "there is no such file or folder"),
        ("a\0b", "it cannot be read: embedded null byte"),
    ]


def test_a_long_text_is_read_until_it_breaks(tmp_path, read):
    """What was read before the broken byte is given, and how far that is is told."""
    (tmp_path / "a.txt").write_bytes(b"A sentence. " * 100_000 + b"\xff")

    found, problems = read(tmp_path / "a.txt", options=Options(block_chars=100_000))

    read_chars = sum(len(block.text) for block in found)
    assert read_chars > 800_000
    assert problems[0].told.endswith(f"(line 1); save it as text in UTF-8; read up to the character {read_chars:,}")


def test_packed_files_are_unpacked(tmp_path, read):
    """Texts and tables alike."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"One.") + gzip.compress(b" Two."))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Three."}\n'))
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(b"<p>Four."))

    found, problems = read(tmp_path)

    assert [block.text.strip() for block in found] == ["One. Two.", "Three.", "Four."]
    assert problems == []


def test_what_unpacks_without_end_is_refused(tmp_path, read):
    """So is what is packed badly."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" " * 3_000_000))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(os.urandom(1000))[:-100])
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"word " * 1000)[:-30] + b"x" * 30)

    _, problems = read(tmp_path, options=Options(unpacked_bytes=1_000_000, block_chars=100_000))

    assert "it unpacks to far more than text does" in problems[0].told
    assert all(problem.told.startswith("it cannot be read: ") for problem in problems[1:])
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("form", "data", "documents"),
    [
        (Form.TEXT, b"One.", {"-": "One."}),
        (Form.HTML, b"<i>One", {"-": "   One"}),
        (Form.JSONL, b'{"id": "a", "text": "One."}\n\n{"text": "Two."}\n', {"-#a": "One.", "-#3": "Two."}),
        (Form.CSV, b"id,text\na,One.\n", {"-#a": "One."}),
    ],
)
def test_standard_input_is_read(monkeypatch, read, form, data, documents):
    """As text, or as what it is said to be."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    found, problems = read("-", options=Options(form=form))

    assert {block.document: block.text for block in found} == documents
    assert problems == []


@pytest.mark.parametrize("suffix", ["txt", "jsonl", "parquet"])
def test_units_read_by_themselves_give_the_whole(tmp_path, suffix):
    """Long files are split, each part is read alone, and offsets, ids and contexts are those of the whole."""
    path = tmp_path / f"a.{suffix}"
    texts = [f"Sentence number {number} é😀. And more of it. " * 20 for number in range(2000)]
    whole = "\n\n".join(texts)
    if suffix == "txt":
        path.write_bytes(whole.encode())
    elif suffix == "jsonl":
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    else:
        pq.write_table(pa.table({"text": texts}), path, row_group_size=900, use_dictionary=False)
    options = Options(unit_bytes=200_000, block_chars=50_000)
    problems: list[Problem] = []

    parts = units([path], options)
    found = [block for unit in reversed(parts) for block in list(unit_blocks(unit, options, problems.append))[::-1]][
        ::-1
    ]

    assert len(parts) > 4
    assert parts == units([path], options)
    assert problems == []
    assert found == list(blocks([path], options, problems.append))
    if suffix == "txt":
        assert "".join(block.source for block in found) == whole
        for block in found:
            end = block.offset + len(block.source)
            assert whole[block.offset : end] == block.source
            assert block.before == whole[max(0, block.offset - 32) : block.offset]
            assert block.after == whole[end : end + 32]
    else:
        assert [(block.document, block.text) for block in found] == [
            (f"{path}#{number}", text) for number, text in enumerate(texts, start=1)
        ]


def test_a_long_broken_text_is_split_as_far_as_it_goes(tmp_path, read):
    """The place of the broken byte is that in the file."""
    line = "A sentence stands here.\n"
    (tmp_path / "a.txt").write_bytes(line.encode() * 50_000 + b"\xff" + line.encode() * 50_000)

    found, problems = read(tmp_path / "a.txt", options=Options(unit_bytes=300_000, block_chars=20_000))

    assert "".join(block.source for block in found) == (line * 50_000)[: sum(len(block.source) for block in found)]
    assert len(problems) == 1
    assert "at the offset 1,200,000 (line 50,001)" in problems[0].told


def test_a_path_is_read_once(tmp_path, read):
    """However often it is named."""
    (tmp_path / "a.txt").write_text("One.")

    assert len(read(tmp_path / "a.txt", tmp_path / "a.txt")[0]) == 1


def test_a_name_that_is_no_utf_8_does_not_break_anything(tmp_path, read):
    """The id of its document can be written down."""
    (tmp_path / os.fsdecode(b"\xff.txt")).write_bytes(b"One.")

    found, problems = read(tmp_path)

    assert [block.text for block in found] == ["One."]
    assert found[0].document.encode("utf-8")
    assert problems == []
