"""Datasets of leaders: who led which state, and when."""

import pytest

from valla.actors.leaders import NOBODY, finder, known_with
from valla.check.engine import check
from valla.claims.reading import read
from valla.dates import Window, parse
from valla.errors import RecordError
from valla.record.folder import add, describe, open_folder
from valla.record.leaders import load_leaders
from valla.record.listing import acts_between
from valla.record.mapping_files import read_mapping
from valla.record.seats import seats_of

HEAD = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit\n"
ROWS = HEAD + (
    "A-1,390,p1,Zorban,1900,M,1931-02-03,1935-06-07,Regular,Regular\n"
    "A-2,390,p1,Zorban,1900,M,1940-01-01,1941-01-01,Regular,Regular\n"
    "B-1,260,p2,Quopp,1930,M,1985-01-01,1998-12-31,Regular,Regular\n"
    "B-2,390,p3,Zorban,1900,M,1950-01-01,,Regular,Still in Office\n"
    "C-1,365,p4,Stalin,1878,M,1922-04-03,1953-03-05,Regular,Natural Death\n"
    "D-1,815,p5,Tu,1829,M,1847-11-10,1883-07-19,Regular,Natural Death\n"
    "D-2,390,p6,,1829,M,1847-11-10,1883-07-19,Regular,Regular\n"
    "D-3,390,p7,Late,1829,M,soon,1883-07-19,Regular,Regular\n"
    "D-4,390,p8,Back,1829,M,1890-01-01,1883-07-19,Regular,Regular\n"
)
WARS = """warnum,ccode1,ccode2,year,cowinterongoing,cowinteronset,initiator1,initiator2
939,390,290,1934,1,1,1,0
940,390,290,1938,1,1,1,0
"""


@pytest.fixture
def archigos(tmp_path):
    """A small file of leaders."""
    path = tmp_path / "archigos.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def record(archigos, tmp_path):
    """A record with these leaders and two wars of Denmark, in 1934 and in 1938."""
    wars = tmp_path / "wars.csv"
    wars.write_text(WARS, encoding="utf-8")
    add("archigos", archigos, tmp_path / "record")
    add("cow-wars", wars, tmp_path / "record")
    return open_folder(tmp_path / "record")


def test_leaders_become_people_with_terms(record):
    """A leader has his state and all his terms; one after unification led two states; without an end he is still there."""
    known = known_with(record.people)
    zorban = known.actor("zorban-of-denmark")

    assert ("Zorban", "denmark") == (zorban.name, zorban.part_of)
    assert (parse("1931-02-03/1935-06-07").extent, parse("1940-01-01/1941-01-01").extent) == zorban.life
    assert (Window(parse("1950-01-01").begin_min),) == known.life("zorban-of-denmark-1950")
    assert ("quopp-of-west-germany", parse("1985-01-01/1990-10-02").extent) in known.expand("west-germany")
    assert "stalin" in known.actors
    assert not [person for person in record.people.actors if "stalin" in person.id]


def test_what_cannot_be_used_is_set_aside(archigos):
    """A state without a counterpart, a nameless leader and terms without sense are listed with their lines."""
    loaded = load_leaders(read_mapping("archigos").mapping, archigos)

    assert [7, 8, 9, 10] == loaded.aside["row"].to_pylist()
    assert ["815", "", "soon", "1890-01-01/1883-07-19"] == loaded.aside["found"].to_pylist()
    assert 9 == loaded.rows


def test_what_a_state_did_counts_as_its_leader_s_in_his_time(record):
    """A claim about a leader is read, and checked by the deeds of his state in his terms only."""
    who, find = known_with(record.people), finder(record.people)
    in_office = read("Zorban never attacked Poland in 1934.", find=find)[0]
    between = read("Zorban never attacked Poland in 1938.", find=find)[0]

    assert ("zorban-of-denmark",) == in_office.subjects
    assert "refuted" == str(check(in_office, record, who=who).outcome)
    assert not [
        one for one in acts_between(record, ("zorban-of-denmark", "Poland"), "1938") if one.when.text.startswith("1938")
    ]
    assert {"1934", "1934/1934"} == {
        one.when.text for one in acts_between(record, ("zorban-of-denmark", "Poland"), "../..")
    }
    assert in_office.subjects == between.subjects


def test_acts_by_a_leader_count_as_his_state_s(record, archigos, tmp_path):
    """A dataset that names a leader whom only the record knows is understood, and his deed is his state's."""
    mapping, table = tmp_path / "own.toml", tmp_path / "own.csv"
    mapping.write_text(
        '[dataset]\nid = "own"\ntitle = "Own"\n[columns]\nactor = ["a"]\ntarget = ["b"]\ndate = ["d"]\n'
        '[actors]\nby = "name"\n[[act]]\nkind = "attack"\n',
        encoding="utf-8",
    )
    table.write_text("a,b,d\nQuopp,Poland,1986-05-01\n", encoding="utf-8")
    add(mapping, table, tmp_path / "record")
    opened = open_folder(tmp_path / "record")
    reading = read("West Germany never attacked Poland in 1986.")[0]

    assert archigos.exists()
    assert record.people.actors
    assert "refuted" == str(check(reading, opened, who=known_with(opened.people)).outcome)


def test_adding_leaders_again_and_in_another_edition(archigos, tmp_path):
    """The same file changes nothing; a longer edition adds its people; both are described and fingerprinted."""
    first = add("archigos", archigos, tmp_path / "record")
    print_of_one = open_folder(tmp_path / "record").fingerprint
    again = add("archigos", archigos, tmp_path / "record")
    archigos.write_text(ROWS + "E-1,380,p9,Newman,1970,F,2001-01-01,2004-01-01,Regular,Regular\n", encoding="utf-8")
    longer = add("archigos", archigos, tmp_path / "record")
    record = open_folder(tmp_path / "record")

    assert (True, first.leaders) == (again.unchanged, again.leaders)
    assert longer.leaders == first.leaders + 1
    assert "newman-of-sweden" in known_with(record.people).actors
    assert [f"{first.leaders} leaders", f"{longer.leaders} leaders"] == [
        part for line in describe(tmp_path / "record") for part in line.split(", ") if part.endswith(" leaders")
    ]
    assert print_of_one != record.fingerprint


def test_the_official_names_of_the_columns(tmp_path):
    """The dataset as its makers distribute it, in tabs, with `ccode` for the state, gives the same people."""
    path = tmp_path / "archigos.txt"
    path.write_text(ROWS.replace("gwcode", "ccode").replace(",", "\t"), encoding="utf-8")
    loaded = load_leaders(read_mapping("archigos").mapping, path)

    assert 4 == loaded.leaders


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("state =", "sate =", r"\[columns\] has 'sate', which leaders have not; is 'state' meant\?"),
        ('end = ["e"]\n', "", r"\[columns\] lacks 'end'"),
        ('by = "cow"', 'by = "cwo"', r"leaders\.by: .*found 'cwo'"),
        ("[leaders]", "[actors]\n[leaders]", "unknown key 'actors'"),
    ],
)
def test_a_mapping_of_leaders_with_a_fault_is_named(old, new, message, tmp_path):
    """A fault in a mapping of leaders is one line that names it."""
    text = (
        '[dataset]\nid = "own"\ntitle = "Own"\n[leaders]\nby = "cow"\n[columns]\nstate = ["s"]\nname = ["n"]\n'
        'begin = ["b"]\nend = ["e"]\n'
    )
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    assert read_mapping(path)
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RecordError, match=message):
        read_mapping(path)


def test_a_file_without_leaders_of_known_states_is_refused(tmp_path):
    """Nothing usable is an error, not an empty addition."""
    path = tmp_path / "none.csv"
    path.write_text(HEAD + "D-1,815,p5,Tu,1829,M,1847-11-10,1883-07-19,Regular,Regular\n", encoding="utf-8")

    with pytest.raises(RecordError, match="no row names a leader of a known state"):
        add("archigos", path, tmp_path / "record")
    assert not (tmp_path / "record").exists()


@pytest.mark.parametrize(
    ("code", "period", "seats"),
    [
        ("260", "1980/1985", ["west-germany"]),
        ("260", "2000/2001", ["germany"]),
        ("260", "1982-10-01/1998-10-27", ["germany", "west-germany"]),
        ("678", "1995", ["yemen"]),
        ("340", "1900", ["yugoslavia"]),
        ("563", "1890", ["transvaal"]),
        ("365", "1950", ["russia"]),
        ("815", "1850", []),
        ("x", "1850", []),
    ],
)
def test_codes_of_gleditsch_and_ward(code, period, seats):
    """A code stands for the state that the other list has in those days."""
    window = parse(period).extent
    found = seats_of(code, window, "gw", known_with(NOBODY))

    assert seats == sorted(seat.state for seat in found)
    assert all(window.holds(seat.window) for seat in found)


def test_all_of_archigos(shared):
    """Of the whole dataset all but the rulers of Annam are placed."""
    path = shared / "data" / "record" / "archigos.csv.gz"
    loaded = load_leaders(read_mapping("archigos").mapping, path)

    assert {"815"} == set(loaded.aside["found"].to_pylist())
    assert 3409 == loaded.rows
