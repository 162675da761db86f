"""Correlates of War: militarized disputes."""

import pytest

HEADER = "dispnum,ccode1,ccode2,year,hiact1,hiact2,hostlev1,hostlev2"
DEATHS = f"{HEADER},fatality1,fatality2"
TIMES = f"{HEADER},cowmidonset,stmon,maxdur"
DYADIC = "disno,dyindex,statea,stateb,year,hihosta,hihostb,highmcaa,highmcab"


def _kinds(acts):
    return [act[2] for act in acts]


@pytest.mark.parametrize(
    ("level", "action", "kind", "joint"),
    [
        (2, 1, "dispute.threat", "dispute.joint"),
        (3, 7, "dispute.display", "dispute.joint"),
        (4, 14, "dispute.occupation", "dispute.joint-force"),
        (4, 16, "dispute.attack", "dispute.joint-force"),
        (4, 18, "dispute.declaration", "dispute.joint-force"),
        (4, 19, "dispute.force", "dispute.joint-force"),
        (4, 17, "dispute.force", "dispute.joint-force"),
        (4, -9, "dispute.force", "dispute.joint-force"),
        (5, 20, "dispute.war", "dispute.joint-war"),
    ],
)
def test_hostility_action_and_number_of_opponents_make_the_kind(loaded, level, action, kind, joint):
    """The highest hostility decides, and among uses of force the action, where the side had one opponent; of several nobody says which."""
    alone = f"11,255,305,1938,{action},0,{level},1"
    (act,) = loaded("cow-disputes", HEADER, alone).acts.to_pylist()
    several = loaded("cow-disputes", HEADER, alone, f"11,255,315,1938,{action},0,{level},1").acts

    assert ("germany", "austria", kind, False) == tuple(act[name] for name in ("actor", "target", "kind", "mutual"))
    assert "dispute 11, 255-305" == act["locator"]
    assert [joint, joint] == several["kind"].to_pylist()


@pytest.mark.parametrize(
    ("action", "deaths", "kind", "joint"),
    [
        (17, "0,0", "dispute.incident", "dispute.joint"),
        (15, "0,1", "dispute.force", "dispute.joint-force"),
        (15, "-9,0", "dispute.force", "dispute.joint-force"),
        (16, "0,0", "dispute.incident", "dispute.joint-force"),
        (16, "0,1", "dispute.attack", "dispute.joint-force"),
        (18, "0,0", "dispute.declaration", "dispute.joint-force"),
        (19, "0,0", "dispute.incident", "dispute.joint-force"),
    ],
)
def test_force_without_deaths_is_an_incident(said, action, deaths, kind, joint):
    """Only where both sides are known to have lost nobody, and the action is none that says more."""
    row = f"11,255,305,1938,{action},0,4,1,{deaths}"

    assert [kind] == _kinds(said("cow-disputes", DEATHS, row))
    assert joint in _kinds(said("cow-disputes", DEATHS, row, row.replace("305", "315")))


def test_a_declaration_that_the_list_misdates_is_no_declaration(said):
    """Turkey declared war on Germany in February 1945, not in 1944 as dispute 614 has it."""
    assert ["dispute.joint-force"] == _kinds(said("cow-disputes", HEADER, "614,640,255,1944,18,0,4,1"))


def test_opponents_are_counted_over_all_years_and_known_codes_or_not(said):
    """An opponent of another year is one of the dispute, and so is one whose code nobody knows."""
    assert ["dispute.joint", "dispute.joint"] == _kinds(
        said("cow-disputes", HEADER, "11,255,305,1938,7,0,3,1", "11,255,315,1939,7,0,3,1")
    )
    assert ["dispute.joint"] == _kinds(
        said("cow-disputes", HEADER, "11,255,305,1938,7,0,3,1", "11,255,999,1938,7,0,3,1")
    )


def test_no_hostility_is_no_act_and_unknown_hostility_is_set_aside(loaded):
    """Level 1 says that a state did nothing; -9 says that nobody knows."""
    lines = ["11,305,255,1938,0,0,1,1", "12,305,255,1938,0,0,-9,1", "12,255,305,1938,0,0,1,-9"]
    result = loaded("cow-disputes", HEADER, *lines)

    assert 0 == result.acts.num_rows
    assert [(3, "'level' is unknown")] == [(row["row"], row["reason"]) for row in result.aside.to_pylist()]


def test_the_highest_action_is_dated_to_one_day_of_all_years(said):
    """A side reached its highest action once, in whichever of its years; another dispute is another act."""
    lines = ["7,2,365,1948,7,0,3,1", "7,2,365,1950,7,0,3,1", "8,2,365,1951,7,0,3,1"]

    assert [
        ("united-states", "russia", "dispute.display", "[1948..1950]"),
        ("united-states", "russia", "dispute.display", "1951"),
    ] == said("cow-disputes", HEADER, *lines)


@pytest.mark.parametrize(
    ("onset", "month", "days", "date"),
    [
        (1, 3, 141, "[1945-03-01..1945-08-18]"),
        (1, 3, 1, "1945-03"),
        (1, 12, 40, "[1945-12-01..1946-02-08]"),
        (1, 3, -9, "[1945-03-01..1945-12-31]"),
        (1, -9, 20, "1945"),
        (0, 3, 100, "[1944-09-23..1945-12-31]"),
    ],
)
def test_month_and_duration_narrow_the_days(loaded, onset, month, days, date):
    """The act lies between the first day of the month of the onset and the last that the duration allows; earlier if the onset is no row."""
    row = f"3509,160,255,1945,18,0,4,1,{onset},{month},{days}"
    (act,) = loaded("cow-disputes", TIMES, row).acts.to_pylist()

    assert ("dispute.declaration", date) == (act["kind"], act["date"])
    assert (act["begin_min"], act["begin_max"]) == (act["end_min"], act["end_max"])


def test_a_pair_that_left_earlier_has_its_own_years(said):
    """A dispute of 1939 to 1941 between others does not move what a pair did in 1939 alone; a year with another dispute of the pair may hide more."""
    long = ["9,200,255,1939,0,17,1,4,1,9,800", "9,200,255,1941,0,17,1,4,0,9,800"]
    short = "9,290,255,1939,17,0,4,1,1,9,800"
    other = "10,290,255,1940,0,0,1,1,1,2,5"

    assert ["[1939-09-01..1939-12-31]"] == [
        act[3] for act in said("cow-disputes", TIMES, *long, short) if act[0] == "poland"
    ]
    assert ["[1939-09-01..1941-12-07]"] == [
        act[3] for act in said("cow-disputes", TIMES, *long, short, other) if act[0] == "poland"
    ]


@pytest.mark.parametrize("mapping", ["cow-disputes", "gml-disputes"])
def test_a_file_with_one_row_a_pair_is_read_from_both_sides(said, mapping):
    """The second side of a row is not lost where the file has no row for it, and not told twice where it has one."""
    row, turned = "9001,710,740,1931,0,16,1,4", "9001,740,710,1931,16,0,4,1"

    assert [("japan", "china", "dispute.attack", "1931")] == said(mapping, HEADER, row)
    assert said(mapping, HEADER, row) == said(mapping, HEADER, row, turned)


def test_the_dyadic_dataset_gives_both_directions(said):
    """A row of dyadic_mid says what each state did; a file with both directions says no more than one with either."""
    row, turned = "11,1,255,305,1938,4,1,14,0", "11,2,305,255,1938,1,4,0,14"

    assert [("germany", "austria", "dispute.occupation", "1938")] == said("cow-disputes", DYADIC, row)
    assert said("cow-disputes", DYADIC, row) == said("cow-disputes", DYADIC, row, turned)
