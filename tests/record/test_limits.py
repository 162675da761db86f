"""Files that are too large, broken or changing: one line, exit code 2, and the record as it was."""

import gzip
import os
import zipfile
from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from valla.errors import InputError, RecordError, VallaError
from valla.record import folder
from valla.record.folder import add
from valla.record.limits import Limits, limits_from

HEAD = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
ROW = "255,365,1926,0,0,1,1,0\n"
SMALL = Limits(max_file_bytes=30_000, max_text_bytes=60_000, max_rows=500, max_columns=20, max_row_chars=2000)


@pytest.fixture
def record(tmp_path):
    """A record with one file."""
    path = tmp_path / "first.csv"
    path.write_text(HEAD + ROW, encoding="utf-8")
    add("atop", path, tmp_path / "record")
    return tmp_path / "record"


def _snapshot(path):
    return {
        one.relative_to(path): (one.read_bytes(), one.stat().st_mtime_ns) for one in path.rglob("*") if one.is_file()
    }


def _zip(path, text, names=("a.csv",)):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, text)


def _lying_zip(path):
    """An archive that says its member is small."""
    _zip(path, HEAD + ROW * 300 + "x," * 100_000)
    data = path.read_bytes()
    size = (len(HEAD + ROW * 300) + 200_000).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))


def _parquet(path, columns):
    pq.write_table(pa.table(columns), path)


_NAMES = HEAD.strip().split(",")
_FILES = {
    "large.csv": (lambda path: path.write_text(HEAD + ROW * 2000), "too large, in bytes; found 46082; allowed: at most 30000"),
    "rows.csv": (lambda path: path.write_text(HEAD + ROW * 501), "too many rows"),
    "line.csv": (lambda path: path.write_text(HEAD + ROW + "x" * 2001 + "\n"), r"line 3: a line is too long"),
    "open.csv": (lambda path: path.write_text(HEAD + '"' + "x" * 25_000), "line is too long"),
    "columns.csv": (lambda path: path.write_text("a,b,c,d,e,f,g,h,i,j,k,l,m," + HEAD), "too many columns; found 21"),
    "nul.csv": (lambda path: path.write_text(HEAD + "255,36\x005,1926,0,0,1,1,0\n"), r"line 2: .*not text; found a NUL"),
    "wide.csv": (lambda path: path.write_text(HEAD + ROW, encoding="utf-16"), "not text"),
    "bomb.csv.gz": (lambda path: path.write_bytes(gzip.compress((HEAD + ROW * 10_000).encode())), "too many rows"),
    "line.csv.gz": (lambda path: path.write_bytes(gzip.compress(b"x" * 10_000_000)), "line is too long"),
    "cut.csv.gz": (lambda path: path.write_bytes(gzip.compress(os.urandom(5000).hex().encode())[:-9]), "is too long|cannot be read"),
    "declared.zip": (lambda path: _zip(path, HEAD + ROW * 5000), "unpacks to too much text, in bytes; found 115082"),
    "lying.zip": (_lying_zip, "is too long|cannot be read"),
    "two.zip": (lambda path: _zip(path, HEAD + ROW, ("a.csv", "b.csv")), "does not hold one file; found 2"),
    "none.parquet": (lambda path: path.write_bytes(b"PAR1 not really PAR1"), "cannot be read"),
    "text.parquet": (lambda path: path.write_text(HEAD + ROW * 2), "cannot be read"),
    "rows.parquet": (lambda path: _parquet(path, {name: [0] * 501 for name in _NAMES}), "too many rows; found 501"),
    "columns.parquet": (lambda path: _parquet(path, {str(n): [1] for n in range(21)}), "too many columns; found 21"),
    "bomb.parquet": (
        lambda path: _parquet(path, {name: ["x" * 100] * 400 for name in _NAMES}),
        "unpacks to too much text",
    ),
    "nested.parquet": (lambda path: _parquet(path, {name: [[1]] for name in _NAMES}), "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", _FILES)
def test_a_file_beyond_a_limit_is_refused(name, record, tmp_path):
    """Whatever is too much, the message says how much is allowed, and not a byte of the record changes."""
    make, message = _FILES[name]
    make(tmp_path / name)
    before = _snapshot(record)

    with pytest.raises(VallaError, match=message) as caught:
        add("atop", tmp_path / name, record, limits=SMALL)
    assert isinstance(caught.value, (InputError, RecordError))
    assert "\n" not in str(caught.value)
    assert 2 == caught.value.exit_code
    assert before == _snapshot(record)


def test_a_file_at_its_limits_is_taken(record, tmp_path):
    """A limit is what is allowed, not what is refused."""
    path = tmp_path / "good.csv"
    path.write_text(HEAD + ROW * 500, encoding="utf-8")
    limits = Limits(path.stat().st_size, path.stat().st_size, 500, 8, len(HEAD))

    assert 500 == add("atop", path, record, limits=limits).rows


def test_ten_megabytes_in_one_line_with_the_default_limits(record, tmp_path):
    """A file without line ends is refused by the limits that nobody set."""
    path = tmp_path / "long.csv"
    path.write_bytes(b"1," * 5_000_000)
    before = _snapshot(record)

    with pytest.raises(InputError, match=r"a line is too long.*split the file, or set VALLA_RECORD_MAX_ROW_CHARS"):
        add("atop", path, record)
    assert before == _snapshot(record)


def test_a_file_that_changes_while_it_is_read(record, tmp_path, monkeypatch):
    """What is written to meanwhile is refused: half of it may be old, half new."""
    path = tmp_path / "growing.csv"
    path.write_text(HEAD + ROW.replace("255", "2"), encoding="utf-8")
    before, load = _snapshot(record), folder.load

    def slow(*arguments):
        loaded = load(*arguments)
        with path.open("a", encoding="utf-8") as file:
            file.write(ROW)
        return loaded

    monkeypatch.setattr(folder, "load", slow)
    with pytest.raises(InputError, match="the file changed while it was read; add it when it is finished"):
        add("atop", path, record)
    assert before == _snapshot(record)


@pytest.mark.parametrize(
    ("asked", "header", "meant"),
    [
        ("atop", "warnum,ccode1,ccode2,year,cowinterongoing,cowinteronset,initiator1,initiator2", "cow-wars"),
        ("cow-wars", "dispnum,ccode1,ccode2,year,hostlev1,hostlev2,hiact1,hiact2", "cow-disputes"),
        ("cow-wars", HEAD.strip(), "atop"),
        ("atop", "tssr_id,ccode1,ccode2,start,end", "rivalries"),
        ("rivalries", "obsid,gwcode,leadid,leader,startdate,enddate", "archigos"),
    ],
)
def test_the_mapping_that_fits_is_named(asked, header, meant, tmp_path):
    """Columns that are those of another dataset are recognised."""
    path = tmp_path / "other.csv"
    path.write_text(f"{header}\n{','.join('1' for _ in header.split(','))}\n", encoding="utf-8")

    with pytest.raises(RecordError, match=rf"is missing.*the columns look like those of {meant}$"):
        add(asked, path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_settings_are_read_and_checked():
    """Each limit has a setting; one that is no number is refused by name."""
    settings = {name: str(number + 1) for number, (name, _) in enumerate(Limits().as_settings())}

    assert Limits(1, 2, 3, 4, 5) == limits_from(settings)
    assert Limits() == limits_from({})
    for text in ("0", "-1", "many", "", "1e6"):
        with pytest.raises(InputError, match=r"VALLA_RECORD_MAX_ROWS: the setting is no number"):
            limits_from({"VALLA_RECORD_MAX_ROWS": text})
    assert 1_000 == limits_from({"VALLA_RECORD_MAX_ROWS": "1_000"}).max_rows


def test_limits_grow_together():
    """What is allowed of a file's text is no less than what is allowed of the file."""
    defaults = Limits()
    sizes = (defaults.max_row_chars, defaults.max_file_bytes, defaults.max_text_bytes)

    assert all(one <= other for one, other in pairwise(sizes))
