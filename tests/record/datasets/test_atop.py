"""Alliances: ATOP directed dyad-years."""

import pytest

ATOP_HEADER = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul"

PACT = [f"255,365,{year},0,0,1,1,0" for year in range(1926, 1934)]


def test_consecutive_years_are_one_state(loaded):
    """A pact in the data for 1926 to 1933 is dated 1926/1933, mutual and open, with a locator and the dataset as source."""
    acts = loaded("atop", ATOP_HEADER, *PACT).acts.to_pylist()

    assert ["alliance.neutrality", "alliance.nonaggression"] == [act["kind"] for act in acts]
    assert {"1926/1933"} == {act["date"] for act in acts}
    assert (True, "open", "dyad 255-365, 1926-1933", "atop") == tuple(
        acts[0][name] for name in ("mutual", "channel", "locator", "source")
    )
    assert "atop:255-365:alliance.neutrality:1926" == acts[0]["id"]


def test_a_gap_parts_two_states(said):
    """Years that do not follow each other are two acts; a single year is a state of one year."""
    lines = ["2,20,1950,1,0,0,0,0", "2,20,1951,1,0,0,0,0", "2,20,1953,1,0,0,0,0"]

    assert [
        ("canada", "united-states", "alliance.defense", "1950/1951"),
        ("canada", "united-states", "alliance.defense", "1953/1953"),
    ] == said("atop", ATOP_HEADER, *lines)


def test_a_missing_direction_changes_nothing(said):
    """A mutual tie in one direction, in the other, or in both is the same one act."""
    forward = [ATOP_HEADER, "255,365,1926,0,0,1,0,0", "255,365,1927,0,0,1,0,0"]
    backward = [ATOP_HEADER, "365,255,1926,0,0,1,0,0", "365,255,1927,0,0,1,0,0"]
    mixed = [*forward[:2], backward[2]]

    assert said("atop", *forward) == said("atop", *backward) == said("atop", *forward, *backward[1:])
    assert said("atop", *forward) == said("atop", *mixed)


@pytest.mark.parametrize("unknown", ["NA", "-9", ""])
def test_unknown_is_not_zero(loaded, unknown):
    """A value that is missing or -9 makes no act, and its row is listed; what else the row says still counts."""
    result = loaded("atop", ATOP_HEADER, f"2,20,1950,{unknown},0,0,1,0")

    assert ["alliance.nonaggression"] == result.acts["kind"].to_pylist()
    assert [{"row": 2, "reason": "'defense' is unknown", "found": ""}] == result.aside.to_pylist()


def test_zeros_are_neither_acts_nor_set_aside(loaded):
    """A row of zeros says that nothing was agreed."""
    result = loaded("atop", ATOP_HEADER, "2,20,1950,0,0,0,0,0")

    assert (0, 0, 1) == (result.acts.num_rows, result.aside.num_rows, result.rows)


def test_coverage_is_the_datasets_own(loaded):
    """Zeros past 2018 do not widen the window in which silence means absence, nor do few years narrow it."""
    result = loaded("atop", ATOP_HEADER, "2,20,1950,0,0,0,0,0", "2,20,2030,0,0,0,0,0")

    (coverage,) = result.coverage
    assert (662550, 737059) == (coverage.window.begin, coverage.window.end)
    assert 5 == len(coverage.kinds)


def test_official_column_names(said):
    """The file as ATOP distributes it has other names for the same columns, in another order and among others."""
    header = "ddyad,stateA,stateB,year,atopally,defense,offense,neutral,nonagg,consul,version"

    assert [("canada", "united-states", "alliance.defense", "1950/1950")] == said(
        "atop", header, "2020,2,20,1950,1,1,0,0,0,0,5.1"
    )


def test_bad_rows_are_set_aside_with_line_and_reason(loaded):
    """Ragged rows, a second header, unknown states, a bad year and a bad value are listed; the good rows count."""
    result = loaded(
        "atop",
        ATOP_HEADER,
        "2,20,1950,1,0,0,0,0",
        "2,20,1951,1,0,0",
        "2,20,1952,1,0,0,0,0,0",
        ATOP_HEADER,
        "",
        "999,20,1950,1,0,0,0,0",
        "2,20,next,1,0,0,0,0",
        "2,20,1954,7,0,0,0,0",
        "2,2,1955,1,0,0,0,0",
        "NA,2,1955,1,0,0,0,0",
    )

    assert ["1950/1950"] == result.acts["date"].to_pylist()
    assert [
        (3, "not 8 cells", "6"),
        (4, "not 8 cells", "9"),
        (5, "a second header", ""),
        (7, "the actor: no state has that Correlates of War code", "999"),
        (8, "the year is unknown or no number", "next"),
        (9, "'defense' is none of 0, 1", "7"),
        (10, "both sides belong to one state", "2"),
        (11, "the actor: not named", ""),
    ] == [tuple(row.values()) for row in result.aside.to_pylist()]


def test_an_open_quotation_mark_costs_one_row(loaded):
    """A quotation mark that is never closed does not swallow the rows after it."""
    result = loaded("atop", ATOP_HEADER, '"2","20",1950,1,0,0,0,0', '"2,20,1951,1,0,0,0,0', "2,20,1952,1,0,0,0,0")

    assert ["1950/1950", "1952/1952"] == result.acts["date"].to_pylist()
    assert [(3, "a quotation mark is not closed")] == [(row["row"], row["reason"]) for row in result.aside.to_pylist()]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_ending_and_whole_numbers_with_a_point(said, newline):
    """Files from any system, and numbers as statistics programs write them, are read alike."""
    lines = [ATOP_HEADER, "2.0, 20.0 ,1950.0,1.0,0.0,0,0,0", "2,20,1951,1,0,0,0,0"]

    assert [("canada", "united-states", "alliance.defense", "1950/1951")] == said("atop", *lines, newline=newline)
