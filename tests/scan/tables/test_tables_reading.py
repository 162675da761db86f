"""Tables to rows."""

import csv
import gzip
import io
import json
import os
import threading
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, counted_module, growth
from valla.errors import InputError
from valla.scan.tables.asked import Asked
from valla.scan.tables.limits import Limits
from valla.scan.tables.model import Form, Row, RowProblem
from valla.scan.tables.reading import column_names, rows, rows_of_stream

SMALL = Limits(max_row_bytes=1000)
CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ODD = st.text(st.sampled_from('a",;\t\r\n\0\ufeff\u2028é😀'), max_size=6)
NAMES = st.lists(st.one_of(CELL, ODD), min_size=1, max_size=4, unique_by=str.strip)


def tables(cells: st.SearchStrategy) -> st.SearchStrategy:
    """Tables: names, and rows as wide as there are names."""
    return NAMES.flatmap(
        lambda names: st.tuples(
            st.just(names), st.lists(st.lists(cells, min_size=len(names), max_size=len(names)), max_size=6)
        )
    )


def of(text: str | bytes, form: Form, columns: tuple[str, ...] | None = None, **asked: object) -> list:
    """Read a table from memory: the values of each row, or what is wrong with it."""
    data = text.encode() if isinstance(text, str) else text
    found = rows_of_stream(io.BytesIO(data), "t", form, Asked(columns, **asked))
    return [str(row) if isinstance(row, RowProblem) else tuple(row.values.values()) for row in found]


@given(tables(st.one_of(CELL, ODD)), st.sampled_from([Form.CSV, Form.TSV]), st.sampled_from(["\n", "\r\n"]))
def test_what_the_csv_module_writes_is_read(table: tuple, form: Form, newline: str) -> None:
    """Names and cells come back as they were, quotation marks, line ends and zero bytes included."""
    names, cells = table
    file = io.StringIO()
    quoting = (
        csv.QUOTE_ALL
        if any(mark in repr(table) for mark in (r"\r", r"\n", r"\ufeff", ";", r"\t"))
        else csv.QUOTE_MINIMAL
    )
    csv.writer(file, delimiter="\t" if form is Form.TSV else ",", lineterminator=newline, quoting=quoting).writerows(
        [names, *cells]
    )
    (*found,) = rows_of_stream(io.BytesIO(file.getvalue().encode()), "t", form, Asked())

    assert [list(row.values.values()) for row in found] == cells
    assert all(list(row.values) == names for row in found)
    assert [row.number for row in found] == list(range(1, len(cells) + 1))


@given(st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=8), min_size=1), max_size=6), st.booleans())
def test_what_the_json_module_writes_is_read(objects: list[dict], ascii_only: bool) -> None:
    """Every value comes back, lone surrogates included where they are escaped."""
    text = "".join(json.dumps(one, ensure_ascii=ascii_only) + "\n" for one in objects)
    data = text.encode("utf-8", "surrogatepass")
    found = list(rows_of_stream(io.BytesIO(data), "t", Form.JSONL, Asked()))

    for row, one in zip(found, objects, strict=True):
        lone = not ascii_only and any(
            "\ud800" <= mark <= "\udfff" for pair in one.items() for text in pair for mark in text
        )
        assert (isinstance(row, RowProblem) and "UTF-8" in row.told) if lone else row.values == one


@given(tables(CELL), st.sampled_from([pa.string(), pa.large_string()]), st.booleans(), st.integers(1, 4))
def test_what_pyarrow_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, table: tuple, kind: pa.DataType, dictionary: bool, size: int
) -> None:
    """Every cell comes back, in whatever groups and encodings it was written."""
    names, cells = table
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    columns = [pa.array(column, kind) for column in zip(*cells, strict=True)] or [pa.array([], kind) for _ in names]
    pq.write_table(pa.table(columns, names=names), path, use_dictionary=dictionary, row_group_size=size)

    assert [list(row.values.values()) for row in rows(path)] == cells
    assert [row.values[names[-1]] for row in rows(path, [names[-1]])] == [row[-1] for row in cells]


@given(st.binary(max_size=300), st.sampled_from([Form.CSV, Form.TSV, Form.JSONL]), st.booleans())
def test_any_bytes_give_rows_problems_or_one_line(data: bytes, form: Form, header: bool) -> None:
    """Nothing else ever comes out, and a problem is one line."""
    try:
        found = list(rows_of_stream(io.BytesIO(data), "t", form, Asked(header=header, limits=Limits(max_row_bytes=50))))
    except InputError as error:
        told, found = [str(error)], []
    else:
        told = [str(row) for row in found if isinstance(row, RowProblem)]

    assert not any("\n" in line for line in told)
    assert [row.number for row in found] == list(range(1, len(found) + 1))


@given(st.text(st.sampled_from('a,"\n'), max_size=40))
def test_a_row_is_never_made_of_what_the_csv_module_would_not_see(text: str) -> None:
    """Where nothing is broken, the rows are those of the csv module."""
    found = of("x,y\n" + text, Form.CSV)
    if all(isinstance(row, tuple) for row in found):
        known = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
        assert found == known


def test_a_byte_order_mark_and_line_ends_of_windows_are_no_text() -> None:
    """The first column is named as it is meant, and the last cell has no carriage return."""
    assert of(b"\xef\xbb\xbfid,text\r\n1,one\r\n", Form.CSV, ("id", "text")) == [("1", "one")]


def test_a_table_without_header_is_named_by_positions() -> None:
    """The first row is data."""
    assert of("a\tone\nb\ttwo\n", Form.TSV, ("2", "1"), header=False) == [("one", "a"), ("two", "b")]


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_csv_may_be_separated_by_semicolons_or_tabs(separator: str) -> None:
    """The header shows by which; what stands in quotation marks does not count."""
    assert of(f'id{separator}"a,b"\n1{separator}one\n', Form.CSV) == [("1", "one")]


def test_a_broken_row_does_not_stop_the_others() -> None:
    """Each tells its line; a row that is too long, ragged or not UTF-8 is set aside."""
    data = b"id,text\n1,one\n2,two,too\n3,\xff\n4," + b"x" * 2000 + b"\n5,five\n"

    assert of(data, Form.CSV, limits=SMALL) == [
        ("1", "one"),
        "line 3: 3 cells where there should be 2",
        "line 4: not text in UTF-8: byte 3 of the line is 0xff",
        "line 5: the line has 2,003 bytes; allowed: at most 1,000",
        ("5", "five"),
    ]


def test_broken_json_does_not_stop_the_others() -> None:
    """What is no object, nested too deep or no JSON is told in one line."""
    deep = '{"a":' + "[" * 5000 + "]" * 5000 + "}"
    lines = ['{"a": 1}', "{", "[1]", deep, '{"a": ' + "9" * 5000 + "}", "", '{"a": "\\ud800"}']
    found = of("\n".join(lines), Form.JSONL)

    assert found[0] == ("1",)
    assert found[-1] == ("\ud800",)
    assert [line.split("; ")[0].split(" at ")[0] for line in found[1:4]] == [
        "line 2: no JSON: Expecting property name enclosed in double quotes",
        "line 3: not a JSON object",
        "line 4: the JSON is nested too deep",
    ]
    assert found[4] == "line 5: the JSON holds a number of too many digits; allowed: at most 4,300"


def test_a_file_cut_within_a_cell_gives_one_line() -> None:
    """What comes after the open mark is told with it, not taken for rows."""
    text = 'id,text\n1,one\n2,"a text that goes on\n\nfor lines, and is cut\nhere'

    assert of(text, Form.CSV) == [
        ("1", "one"),
        "line 3: a quotation mark is not closed: lines 4 to 6 were left out with it",
    ]


@pytest.mark.parametrize("after", ["3,three\n", '3,"three"\n', '3,"three\nlines"\n4,four\n'])
def test_a_stray_quotation_mark_costs_its_own_line(after: str) -> None:
    """The rows after it are read, whether or not they have marks themselves."""
    plain = of("id,text\n" + after, Form.CSV)

    assert of('id,text\n2,"stray\n' + after, Form.CSV) == ["line 2: a quotation mark is not closed", *plain]


def test_a_tsv_that_was_written_without_quotation_is_read_as_it_stands() -> None:
    """A mark at the beginning of a cell is a mark where it cannot be quotation."""
    text = 'id\ttext\n1\t"Never," he said.\n2\t"Always\n3\tplain\n4\t"a ""b"""\n'

    assert of(text, Form.TSV) == [("1", '"Never," he said.'), ("2", '"Always'), ("3", "plain"), ("4", 'a "b"')]


@pytest.mark.parametrize("line", ['"Never," he said.', '"Always'])
def test_the_first_row_of_a_tsv_is_read_as_the_others_are(line: str) -> None:
    """Stray marks in it do not refuse the file."""
    assert of(f"1\t{line}\n2\ttwo\n", Form.TSV, header=False) == [("1", line), ("2", "two")]


@pytest.mark.parametrize("line", ['x"y,"z\n', '"x\n', 'a,"b\n', '","\n'])
def test_marks_that_never_fit_take_time_in_proportion(line: str) -> None:
    """Four times as many lines of stray marks are four times the work, and a hundred thousand come to an end."""
    reading, model, asked, limits = (
        counted_module(f"valla.scan.tables.{name}") for name in ("reading", "model", "asked", "limits")
    )

    def read(text: str) -> list:
        few = asked.Asked(None, limits=limits.Limits(max_row_bytes=200))
        return list(reading.rows_of_stream(io.BytesIO(text.encode()), "t", model.Form.CSV, few))

    assert growth(read, lambda size: "id,text,more\n" + line * (size // len(line)) + '"', 1_000) < MOST_GROWTH

    found = of("id,text,more\n" + line * 100_000 + '"', Form.CSV, limits=Limits(max_row_bytes=1_000_000))

    assert not any(isinstance(row, tuple) for row in found)


def test_a_line_of_200_megabytes_is_passed_over(tmp_path: Path) -> None:
    """It is told in one line, little of it is held, and the next line is read."""
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"a": "one"}\n')
        file.seek(200_000_000, os.SEEK_CUR)
        file.write(b'\n{"a": "two"}\n')
    tracemalloc.start()
    first, long, last = rows(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (first.values, last.values) == ({"a": "one"}, {"a": "two"})
    assert str(long) == "line 2: the line has 200,000,001 bytes; allowed: at most 16,000,000"
    assert most < 80_000_000


def test_a_named_column_that_no_object_has_is_refused() -> None:
    """Those that are there are named; a column that only some objects have is empty in the others."""
    text = '{"id": 1}\n{"id": 2, "text": null, "more": [true, "é"]}\n'

    assert of(text, Form.JSONL, ("id", "text", "more")) == [("1", "", ""), ("2", "", '[true, "é"]')]
    with pytest.raises(InputError, match="t: there is no column 'txt'; allowed: id, text, more; did you mean 'text'"):
        of(text, Form.JSONL, ("id", "txt"))


def test_values_of_parquet_that_are_no_text_become_text(tmp_path: Path) -> None:
    """Numbers, dates, lists and nothing."""
    path = tmp_path / "t.parquet"
    columns = {
        "n": [1, None],
        "d": pa.array([0, 1], pa.date32()),
        "l": [["a"], []],
        "s": pa.array(["x", "x"]).dictionary_encode(),
    }
    pq.write_table(pa.table(columns), path)

    assert [tuple(row.values.values()) for row in rows(path)] == [
        ("1", "1970-01-01", '["a"]', "x"),
        ("", "1970-01-02", "[]", "x"),
    ]
    assert column_names(path) == ("n", "d", "l", "s")


def test_text_of_parquet_that_is_not_utf8_is_set_aside(tmp_path: Path) -> None:
    """The row is told, the others are read."""
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": pa.array([b"one", b"\xff", b"two"], pa.binary())}), path)
    broken = pa.array([b"one", b"\xff", b"two"], pa.binary()).view(pa.string())
    other = tmp_path / "u.parquet"
    pq.write_table(pa.table({"a": broken}), other)

    for file in (path, other):
        first, aside, last = rows(file)
        assert (first.values["a"], last.values["a"]) == ("one", "two")
        assert str(aside) == "row 2: not text in UTF-8: it has the byte 0xff"


def test_a_long_text_repeated_in_parquet_is_held_a_few_times_at_most(tmp_path: Path) -> None:
    """A small file whose rows unpack to a gigabyte is read in bounded memory, its rows told as too long where they are."""
    path = tmp_path / "t.parquet"
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 100, pa.int32()), pa.array(["x" * 10_000_000]))
    pq.write_table(pa.table({"a": text}), path, compression="zstd", dictionary_pagesize_limit=1 << 30)
    before = pa.total_allocated_bytes()
    most = 0
    for row in rows(path, limits=SMALL):
        assert str(row).endswith("the row has 10,000,000 bytes; allowed: at most 1,000")
        most = max(most, pa.total_allocated_bytes() - before)

    assert most < 400_000_000


def test_a_parquet_that_is_cut_is_refused(tmp_path: Path) -> None:
    """The damage is told in one line."""
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": [str(number) for number in range(1000)]}), path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    with pytest.raises(InputError, match=r"t\.parquet: no Parquet that can be read"):
        list(rows(path))


def test_a_pack_that_is_cut_gives_its_rows_and_then_one_line(tmp_path: Path) -> None:
    """What could be unpacked was read."""
    path = tmp_path / "t.csv.gz"
    data = gzip.compress(
        b"id,text\n" + b"".join(f"{number},{os.urandom(20).hex()}\n".encode() for number in range(5000))
    )
    path.write_bytes(data[:-100])
    found = []

    with pytest.raises(InputError, match=r"t\.csv\.gz: the table cannot be read to its end"):
        found.extend(rows(path))
    for row in rows(path):
        assert isinstance(row, Row)
        break


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("t", '{"id": "1", "text": "one"}\n', "jsonl"),
        ("t.txt", "id\ttext\n1\tone\n", "tsv"),
        ("t.data", "id,text\n1,one\n", "csv"),
        ("t.CSV", "id,text\n1,one\n", "csv"),
        ("t.tab", "id\ttext\n1\tone\n", "tsv"),
        ("t.ndjson", '{"id": "1", "text": "one"}\n', "jsonl"),
    ],
)
def test_a_form_is_told_by_suffix_or_content(tmp_path: Path, name: str, text: str, form: str) -> None:
    """The same row comes out, packed or not."""
    for file, data in ((tmp_path / name, text.encode()), (tmp_path / f"{name}.gz", gzip.compress(text.encode()))):
        file.write_bytes(data)
        (row,) = rows(file)

        assert row == Row(1, 1 if form == "jsonl" else 2, {"id": "1", "text": "one"})
        assert column_names(file) == ("id", "text")


def test_a_table_may_come_through_a_pipe(tmp_path: Path) -> None:
    """It is read once, from its beginning to its end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"id,text\n1,one\n"))
    writer.start()

    assert [row.values for row in rows(pipe, ["text"])] == [{"text": "one"}]
    writer.join()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("none.csv", None, "there is no such file"),
        ("empty.csv", b"", "the table is empty"),
        ("blank.csv", b"\n\n", "the table is empty"),
        ("t.txt", b"words alone", "no table that can be read; allowed: .csv"),
        ("t.csv", b"a,\xff\n", "not text in UTF-8: byte 3 of the line is 0xff"),
        ("mac.csv", b"a,b\r1,2\r", "the lines end in carriage returns alone"),
        ("t.csv", b"a" + b",b" * 20_000, "too many columns; found 20,001; allowed: at most 10,000"),
        ("t.csv", b'a,"b\n', "a quotation mark is not closed"),
        ("empty.jsonl", b"", "the table is empty"),
        ("blank.ndjson", b"\n \n", "the table is empty"),
        (
            "t.jsonl",
            b"not json\n",
            "t.jsonl:1: no JSON: Expecting value at character 1; found 'not json'; write a JSON",
        ),
        ("t.jsonl", b"\n[1]\n{\n", "t.jsonl:2: not a JSON object; found '[1]'"),
        ("t.parquet", b"PAR1" + bytes(100), "no Parquet that can be read"),
        ("t.csv.gz", b"\x1f\x8b" + bytes(100), "the table cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, data: bytes | None, told: str) -> None:
    """One line names the file and what is wrong."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(InputError) as caught:
        list(rows(path, column_names(path)) if path.suffix in {".jsonl", ".ndjson"} else rows(path))
    assert told in str(caught.value)
    assert name in str(caught.value)
    with pytest.raises(InputError):
        column_names(path)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    """It is said that a file is wanted."""
    with pytest.raises(InputError, match="a table is a file; found a folder"):
        list(rows(tmp_path))


def test_a_table_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """Reading ends where the limit is passed."""
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": ["12345"] * 10}), path)

    with pytest.raises(InputError, match="t:4: the table is too long; allowed: at most 20 bytes"):
        of("id,text\n" + "1,one\n" * 10, Form.CSV, limits=Limits(max_text_bytes=20))
    with pytest.raises(InputError, match="row 5: the table is too long; allowed: at most 20 bytes"):
        list(rows(path, limits=Limits(max_text_bytes=20)))


def test_parquet_is_not_read_from_a_stream() -> None:
    """It must be a file."""
    with pytest.raises(InputError, match="t: Parquet cannot be read from a stream"):
        of(b"PAR1", Form.PARQUET)
