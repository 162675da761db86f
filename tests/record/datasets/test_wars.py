"""Correlates of War: wars between states. Numbers above 900 are made up, so that no table of pairs speaks of them."""

import pytest

from valla.record.loader import load
from valla.record.mapping_files import read_mapping

WARS = "warnum,ccode1,ccode2,year,cowinterongoing,cowinteronset,initiator1,initiator2"
PARTICIPANTS = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,"
    "StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,BatDeath,Version"
)


def _years(unit, one, other, years, began="1,0"):
    """The rows of a pair, in both directions."""
    turned = ",".join(reversed(began.split(",")))
    for year in years:
        onset = int(year == years[0])
        yield f"{unit},{one},{other},{year},1,{onset},{began}"
        yield f"{unit},{other},{one},{year},1,{onset},{turned}"


def _participant(code, side, begin, end, initiator, *, unit=901, second="-8,-8,-8,-8,-8,-8"):
    return f"{unit},A war,1,{code},A state,{side},{begin},{end},{second},-8,2,{initiator},1,-8,-9,4"


def test_two_alone_fought_each_other_and_the_beginner_attacked(said):
    """In a war of two states both fought for certain, and the one side that began it has attacked in the first year."""
    assert [("germany", "poland", "attack", "1939"), ("germany", "poland", "war", "1939/1940")] == said(
        "cow-wars", WARS, *_years(901, 255, 290, [1939, 1940])
    )


def test_a_file_with_one_row_a_pair_is_read_from_both_sides(said):
    """The initiator may be the second side of a row."""
    assert [("germany", "poland", "attack", "1939"), ("germany", "poland", "war", "1939/1939")] == said(
        "cow-wars", WARS, "901,290,255,1939,1,1,0,1"
    )


@pytest.mark.parametrize("initiators", ["1,1", "0,0", "1,-9"])
def test_nobody_attacked_where_not_one_side_alone_began(said, initiators):
    """Both sides, neither, or a side of which it is unknown: there is a war and no attack."""
    assert ["war"] == [act[2] for act in said("cow-wars", WARS, *_years(901, 220, 230, [1823], initiators))]


def test_of_several_nobody_says_who_fought_whom_and_who_attacked_whom(said):
    """In a war of several states that no table of pairs knows, and of which there are years alone, they stood on different sides."""
    lines = [*_years(901, 255, 290, [1939]), *_years(901, 255, 220, [1939, 1940])]

    assert [
        ("france", "germany", "war.sides", "1939/1940"),
        ("germany", "poland", "war.sides", "1939/1939"),
    ] == said("cow-wars", WARS, *lines)


def test_pairs_of_the_table_fought_on_their_days(said):
    """Of known pairs the days are told, those of the first pair of the war with the attack; other pairs and years are sides."""
    lines = [
        *_years(139, 255, 290, [1939]),
        *_years(139, 255, 365, [1941, 1942, 1943, 1944, 1945]),
        *_years(139, 740, 365, [1941, 1942, 1943, 1944, 1945], "0,0"),
        *_years(139, 375, 2, [1941, 1942, 1943, 1944], "0,0"),
    ]

    assert [
        ("finland", "united-states", "war.sides", "1941/1944"),
        ("germany", "poland", "attack", "1939-09-01"),
        ("germany", "poland", "war", "1939-09-01/1939"),
        ("germany", "russia", "war", "1941-06-22/1945-05-07"),
        ("japan", "russia", "war", "1945-08-09/1945"),
        ("japan", "russia", "war.sides", "1941/1944"),
    ] == said("cow-wars", WARS, *lines)


def test_days_that_the_rows_do_not_allow_are_not_taken(loaded):
    """The years of the rows stay, and the act says why."""
    (act,) = loaded("cow-wars", WARS, *_years(130, 740, 710, [1938, 1939], "0,0")).acts.to_pylist()

    assert "1938/1939" == act["date"]
    assert (
        "dated by year: the days of the pair, 1937-07-07/1941-12-06, are not in the years of the rows" == act["reason"]
    )


def test_a_war_that_resumed_in_its_year_is_two_acts(said):
    """Turkey and Cyprus fought in July and in August 1974; only the first fighting was the attack."""
    lines = ["184,640,352,1974,1,1,1,0", "184,640,352,1974,1,1,1,0", "184,352,640,1974,1,1,0,1"]

    assert [
        ("turkey", "cyprus", "attack", "1974-07-20"),
        ("cyprus", "turkey", "war", "1974-07-20/1974-07-29"),
        ("cyprus", "turkey", "war", "1974-08-14/1974-08-16"),
    ] == sorted(said("cow-wars", WARS, *lines), key=lambda act: (act[2], act[3]))


def test_the_directed_dyads_know_no_attack(said):
    """The dyadic dataset of wars has pairs and years, and no column that says plainly who began."""
    header = "warnum,disno,dyindex,statea,stateb,year"

    assert [("germany", "poland", "war", "1939-09-01/1939")] == said("cow-wars", header, "139,258,1,255,290,1939")


def test_participants_are_paired_by_side_and_days(said):
    """Those on different sides stood against each other in the years that they have days in common."""
    lines = [
        _participant(255, 1, "9,1,1939", "5,7,1945", 1),
        _participant(290, 2, "9,1,1939", "9,27,1939", 2),
        _participant(365, 2, "6,22,1941", "5,7,1945", 2),
        _participant(325, 1, "6,10,1940", "9,2,1943", 2),
    ]

    assert [
        ("germany", "poland", "attack", "1939"),
        ("germany", "poland", "war.sides", "1939/1939"),
        ("germany", "russia", "war.sides", "1941/1945"),
        ("italy", "russia", "war.sides", "1941/1943"),
    ] == said("cow-wars", PARTICIPANTS, *lines)


def test_who_began_a_war_did_not_attack_those_who_joined_it_later(said):
    """Iraq began the Gulf War against Kuwait; the United States joined it five months later."""
    lines = [
        _participant(690, 1, "8,2,1990", "4,11,1991", 2, unit=211),
        _participant(2, 1, "1,16,1991", "4,11,1991", 2, unit=211),
        _participant(645, 2, "8,2,1990", "4,11,1991", 1, unit=211),
    ]

    assert [
        ("iraq", "kuwait", "attack", "1990-08-02"),
        ("iraq", "kuwait", "war", "1990-08-02/1991"),
        ("iraq", "united-states", "war", "1991-01/1991-02-28"),
    ] == said("cow-wars", PARTICIPANTS, *lines)


def test_an_unknown_first_day_is_not_the_first_day_of_the_war(said):
    """Where the day on which somebody joined is not known, nobody says that the war began with him."""
    lines = [
        _participant(255, 1, "9,1,1939", "5,7,1945", 1),
        _participant(290, 2, "9,-9,1939", "9,27,1939", 2),
        _participant(220, 2, "9,3,1939", "6,22,1940", 2),
    ]

    assert {"war.sides"} == {act[2] for act in said("cow-wars", PARTICIPANTS, *lines)}


def test_a_participant_that_fought_again_has_two_stretches(said, loaded):
    """A second stretch is paired with second stretches; a row without a year is set aside, and everything else counts."""
    lines = [
        _participant(640, 1, "7,20,1974", "7,29,1974", 1, second="8,14,1976,8,16,1976"),
        _participant(352, 2, "7,20,1974", "7,29,1974", 2, second="8,14,1976,8,16,1976"),
        _participant(350, 2, "-9,-9,-9", "-9,-9,-9", 2),
    ]

    assert ["1974", "1976", "1974/1974", "1976/1976"] == sorted(
        (act[3] for act in said("cow-wars", PARTICIPANTS, *lines)), key=len
    )
    assert [(4, "the year is unknown or no number")] == [
        (row["row"], row["reason"]) for row in loaded("cow-wars", PARTICIPANTS, *lines).aside.to_pylist()
    ]


def test_a_mapping_of_ones_own_names_its_table_of_pairs(tmp_path):
    """The table lies beside the mapping, and a change of it is a change of the mapping."""
    mapping, table = tmp_path / "wars.toml", tmp_path / "pairs.csv"
    mapping.write_text(
        """
        dataset = { id = "wars", title = "Wars" }
        actors = { by = "name" }
        columns = { unit = ["war"], actor = ["a"], target = ["b"], year = ["year"] }
        pairs = { file = "pairs.csv", unit = "unit" }
        turn = ["unit", "year"]
        [[act]]
        kind = "war"
        when = { confirmed = [1] }
        mutual = true
        by = ["unit"]
        """,
        encoding="utf-8",
    )
    table.write_text("# by hand\nunit,one,other,first,last\n7,Italy,Greece,1940-10-28,\n", encoding="utf-8")
    (tmp_path / "wars.csv").write_text("war,a,b,year\n7,Greece,Italy,1940\n7,Greece,Germany,1940\n", encoding="utf-8")
    before = read_mapping(mapping)
    acts = load(before.mapping, tmp_path / "wars.csv").acts.to_pylist()
    table.write_text("unit,one,other,first,last\n", encoding="utf-8")

    assert [("greece", "italy", "1940-10-28/1940")] == [(act["actor"], act["target"], act["date"]) for act in acts]
    assert before.digest != read_mapping(mapping).digest
