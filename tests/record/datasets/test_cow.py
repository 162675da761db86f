"""Correlates of War: disputes and wars; rivalries."""

import pytest

DISPUTES = "dispnum,ccode1,ccode2,year,hiact1,hostlev1"
WARS = "warnum,ccode1,ccode2,year,cowinterongoing,cowinteronset,initiator1,initiator2"


@pytest.mark.parametrize(
    ("level", "action", "kind"),
    [
        (2, 1, "dispute.threat"),
        (3, 7, "dispute.display"),
        (4, 14, "occupation"),
        (4, 16, "attack"),
        (4, 17, "dispute.force"),
        (4, -9, "dispute.force"),
        (5, 20, "dispute.war"),
    ],
)
def test_hostility_and_action_make_the_kind(loaded, level, action, kind):
    """The highest hostility decides, and among uses of force the action, where it is known; the act goes from side 1 to side 2."""
    (act,) = loaded("cow-disputes", DISPUTES, f"11,255,305,1938,{action},{level}").acts.to_pylist()

    assert ("germany", "austria", kind, False) == tuple(act[name] for name in ("actor", "target", "kind", "mutual"))
    assert "dispute 11, 255-305" == act["locator"]


def test_no_hostility_is_no_act_and_unknown_hostility_is_set_aside(loaded):
    """Level 1 says that a state did nothing; -9 says that nobody knows."""
    result = loaded("cow-disputes", DISPUTES, "11,305,255,1938,0,1", "12,305,255,1938,0,-9")

    assert 0 == result.acts.num_rows
    assert [(3, "'level' is unknown")] == [(row["row"], row["reason"]) for row in result.aside.to_pylist()]


def test_only_years_of_one_dispute_and_kind_join(said):
    """Consecutive years of one dispute are one act; another dispute, or another kind in the same dispute, is another."""
    lines = ["7,2,365,1948,7,3", "7,2,365,1949,7,3", "8,2,365,1950,7,3", "8,2,365,1951,17,4"]

    assert [
        ("united-states", "russia", "dispute.display", "1948/1949"),
        ("united-states", "russia", "dispute.display", "1950"),
        ("united-states", "russia", "dispute.force", "1951"),
    ] == said("cow-disputes", DISPUTES, *lines)


def test_the_dyadic_dataset_gives_both_directions(said):
    """A row of dyadic_mid says what each state did; a file with both directions says no more than one with either."""
    header = "disno,dyindex,statea,stateb,year,hihosta,hihostb,highmcaa,highmcab"
    row, turned = "11,1,255,305,1938,4,1,14,0", "11,2,305,255,1938,1,4,0,14"

    assert [("germany", "austria", "occupation", "1938/1938")] == said("cow-disputes", header, row)
    assert said("cow-disputes", header, row) == said("cow-disputes", header, row, turned)


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


def test_rivalries_run_from_start_to_end(said, loaded):
    """A row is one mutual state; it is listed where a side has no code that is known."""
    header = "tssr_id,rivalry,ccode1,ccode2,start,end"
    lines = ["1,A-B,220,300,1494,1918", "5,A-C,200,324,1500,1600"]

    assert [("austria-hungary", "france", "rivalry", "1494/1918")] == said("rivalries", header, *lines)
    assert [3] == loaded("rivalries", header, *lines).aside["row"].to_pylist()
