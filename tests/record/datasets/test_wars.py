"""Correlates of War: wars between states."""

import pytest

WARS = "warnum,ccode1,ccode2,year,cowinterongoing,cowinteronset,initiator1,initiator2"


def test_a_war_is_one_mutual_act_and_its_beginner_attacked(said):
    """The years of one war join; the one side that began it has attacked in the first year."""
    lines = [
        "139,255,290,1939,1,1,1,0",
        "139,290,255,1939,1,1,0,1",
        "139,255,290,1940,1,0,1,0",
    ]

    assert [("germany", "poland", "attack", "1939"), ("germany", "poland", "war", "1939/1940")] == said(
        "cow-wars", WARS, *lines
    )


@pytest.mark.parametrize("initiators", ["1,1", "0,0", "1,-9"])
def test_nobody_attacked_where_not_one_side_alone_began(said, initiators):
    """Both sides, neither, or a side of which it is unknown: there is a war and no attack."""
    assert ["war"] == [act[2] for act in said("cow-wars", WARS, f"1,220,230,1823,1,1,{initiators}")]


def test_a_war_that_resumed_has_its_rows_twice(said):
    """Repeated war numbers of one pair and year are one act."""
    lines = ["184,640,352,1974,1,1,1,0", "184,640,352,1974,1,1,1,0"]

    assert [("turkey", "cyprus", "attack", "1974"), ("cyprus", "turkey", "war", "1974/1974")] == sorted(
        said("cow-wars", WARS, *lines), key=lambda act: act[2]
    )


PARTICIPANTS = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,"
    "StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,BatDeath,Version"
)


def _participant(code, side, begin, end, initiator, *, second="-8,-8,-8,-8,-8,-8"):
    return f"139,A war,1,{code},A state,{side},{begin},{end},{second},-8,2,{initiator},1,-8,-9,4"


def test_participants_are_paired_by_side_and_days(said):
    """Those on different sides fought in the years that they have days in common; the one that began it attacked the others."""
    lines = [
        _participant(255, 1, "9,1,1939", "5,7,1945", 1),
        _participant(290, 2, "9,1,1939", "9,27,1939", 2),
        _participant(365, 2, "6,22,1941", "5,7,1945", 2),
        _participant(325, 1, "6,10,1940", "9,2,1943", 2),
    ]

    assert [
        ("germany", "poland", "attack", "1939"),
        ("germany", "poland", "war", "1939/1939"),
        ("germany", "russia", "attack", "1941"),
        ("germany", "russia", "war", "1941/1945"),
        ("italy", "russia", "war", "1941/1943"),
    ] == said("cow-wars", PARTICIPANTS, *lines)


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
