"""Day-stamped events: ICEWS and GDELT."""

import pytest

from valla.record.codes import kind_finder

ICEWS = "\t".join(  # noqa: FLY002  one name a cell
    [
        "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
        "Intensity", "Target Name", "Target Sectors", "Target Country",
    ]
)  # fmt: skip


def _gdelt(width, number, one, two, code, *, types=("", ""), day="20140306", added="20140307"):
    cells = [""] * width
    cells[0], cells[1], cells[7], cells[17], cells[26] = str(number), day, one, two, code
    cells[12], cells[22] = types
    cells[56 if width < 60 else 59] = added
    return "\t".join(cells)


def test_an_extract_of_icews_without_header(said):
    """Source, event, target and day make an act on that day."""
    assert [("japan", "thailand", "negotiation", "2014-09-22")] == said(
        "icews", "Japan\tMake a visit\tThailand\t2014-09-22"
    )


@pytest.mark.parametrize("sector", ["Ministry", "Military", "Head of Government"])
def test_what_the_executive_does_the_state_does(said, sector):
    """A ministry, the army or the head of government stands for the state in brackets."""
    assert [("germany", "france", "demand", "2014-03-01")] == said(
        "icews", f"{sector} (Germany)\tDemand\tFrance\t2014-03-01"
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Citizen (Germany)", "the actor: not the state, but a sector of its people"),
        ("Police (Germany)", "the actor: not the state, but a sector of its people"),
        ("Nobody In Particular", "the actor: nobody is known by that name"),
        ("The Hague", "the actor: nobody is known by that name"),
        ("Military (France)", "both sides belong to one state"),
    ],
)
def test_what_others_do_the_state_does_not(loaded, source, reason):
    """The deeds of citizens and of the unknown are listed with the reason, as are those within one state."""
    result = loaded("icews", f"{source}\tDemand\tFrance\t2014-03-01", "Japan\tDemand\tFrance\t2014-03-01")

    assert [(1, reason, source)] == [tuple(row.values()) for row in result.aside.to_pylist()]


def test_a_person_acts_under_his_own_id(said):
    """A leader who is known keeps his id, which counts as the state's while he is in office."""
    ((actor, *_),) = said("icews", "Barack Obama\tPraise or endorse\tJapan\t2014-04-24")

    assert "obama" == actor


def test_events_that_are_neither_friendly_nor_hostile_are_counted(loaded):
    """A mere statement is set aside, and so is a label that nobody knows, for another reason."""
    result = loaded(
        "icews", "Japan\tMake statement\tFrance\t2014-03-01", "Japan\tMake mischief\tFrance\t2014-03-01",
        "Japan\tDemand\tFrance\t2014-03-01",
    )  # fmt: skip

    assert {"the event is neither cooperative nor adverse": 1, "the event is unknown": 1} == result.reasons()


def test_extra_tabs_and_repeated_rows_are_set_aside(loaded):
    """A row with a tab too many is not guessed at; a row that says the same event again is one act."""
    row = "Japan\tDemand\tFrance\t2014-03-01"
    result = loaded("icews", row, row, "Japan\t\tDemand\tFrance\t2014-03-02", "Japan\tDemand\tFrance\tMarch")

    assert 1 == result.acts.num_rows
    assert [
        (2, "says again what an earlier row says"),
        (3, "not 4 cells"),
        (4, "the date is unknown or no date"),
    ] == [(row["row"], row["reason"]) for row in result.aside.to_pylist()]


def test_icews_as_its_makers_distribute_it(loaded):
    """With country and sectors a person without id of his own acts for the state, if he belongs to its executive."""
    result = loaded(
        "icews",
        ICEWS,
        "11\t2014-03-01\tSome Minister\tForeign Ministry,Executive,Government\tGermany\tDemand\t100\t-5\tFrance\t\tFrance",
        "11\t2014-03-01\tSome Minister\tForeign Ministry,Executive,Government\tGermany\tDemand\t100\t-5\tFrance\t\tFrance",
        "12\t2014-03-02\tSome Player\tSports\tGermany\tDemand\t100\t-5\tFrance\t\tFrance",
        "11\t2014-03-03\tGermany\t\tGermany\tThreaten\t130\t-4\tFrance\t\tFrance",
    )

    assert [("icews:11", "demand"), ("icews:11#2", "threat")] == [
        (act["id"], act["kind"]) for act in result.acts.to_pylist()
    ]
    assert [3, 4] == result.aside["row"].to_pylist()


@pytest.mark.parametrize(("mapping", "width"), [("gdelt", 57), ("gdelt", 58), ("gdelt2", 61)])
def test_gdelt_by_position(loaded, mapping, width):
    """Countries, types and codes are found by position in each edition; the event's id makes the act's."""
    added = "20140307" if width < 60 else "20140307120000"
    result = loaded(
        mapping,
        _gdelt(width, 1, "DEU", "FRA", "1951", types=("GOV", "MIL"), added=added),
        _gdelt(width, 2, "DEU", "FRA", "010", added=added),
        _gdelt(width, 3, "DEU", "FRA", "112", types=("MED", ""), added=added),
        _gdelt(width, 4, "DEU", "", "112", added=added),
        _gdelt(width, 5, "EUR", "FRA", "112", added=added),
        name="day.export.CSV",
    )

    assert [(f"{mapping}:1", "germany", "france", "attack", "2014-03-06")] == [
        tuple(act[name] for name in ("id", "actor", "target", "kind", "date")) for act in result.acts.to_pylist()
    ]
    assert [2, 3, 4, 5] == result.aside["row"].to_pylist()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("gdelt", (_gdelt(58, 1, "DEU", "FRA", "112", day="20040101"),)),
        ("icews", ("Japan\tDemand\tFrance\t2014-03-01", "Japan\tMake statement\tFrance\t2014-04-01")),
    ],
)
def test_news_is_a_sample_whose_silence_shows_nothing(loaded, name, rows):
    """Events are coded from what papers report: no window is claimed."""
    assert loaded(name, *rows).coverage == ()


@pytest.mark.parametrize(
    ("code", "kind"),
    [("057", "treaty"), ("57", "treaty"), ("1952", "attack"), ("19", "dispute.force"), ("010", ""), ("99", None)],
)
def test_a_code_is_read_as_the_nearest_broader_one(code, kind):
    """Codes with or without their first zero, and those finer than the list, have a kind; unknown ones have none."""
    assert kind == kind_finder("cameo")(code)
