"""Codes of states that were no more or not yet, and those that stand for another state by the time."""

import pytest

from valla.record.loader import load
from valla.record.mapping_files import read_mapping

MAPPING = """
dataset = {{ id = "wars", title = "Wars" }}
actors = {{ by = "{by}"{more} }}
columns = {{ actor = ["a"], target = ["b"], {time} }}
[[act]]
kind = "war"
"""
YEARLY = 'year = ["year"]'
SPANS = 'begin = ["begin"], end = ["end"]'


@pytest.fixture
def read(tmp_path):
    """Load rows by codes of a list; the acts as actor, target and date, and the reasons for what was set aside."""

    def run(by, *rows, more="", time=YEARLY, header="a,b,year"):
        (tmp_path / "wars.toml").write_text(MAPPING.format(by=by, more=more, time=time), encoding="utf-8")
        (tmp_path / "wars.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        result = load(read_mapping(tmp_path / "wars.toml").mapping, tmp_path / "wars.csv")
        return [tuple(act[name] for name in ("actor", "target", "date")) for act in result.acts.to_pylist()], [
            (row["row"], row["reason"], row["found"]) for row in result.aside.to_pylist()
        ]

    return run


def test_a_code_of_a_state_that_was_no_more_or_not_yet_is_set_aside(read):
    """North Yemen ended in 1990, West Germany too, Ukraine entered the list in 1991; a year of grace is left on both sides."""
    acts, aside = read("cow", "678,531,1995", "2,260,1995", "369,2,1979", "678,670,1991", "369,2,1990", "670,678,1992")

    assert {("north-yemen", "saudi-arabia", "1991/1991"), ("ukraine", "united-states", "1990/1990")} == set(acts)
    assert [
        (2, "the actor: there was no state of that code then", "678"),
        (3, "the target: there was no state of that code then", "260"),
        (4, "the actor: there was no state of that code then", "369"),
        (7, "the target: there was no state of that code then", "678"),
    ] == aside


def test_occupied_states_and_those_of_the_first_day_are_states(read):
    """Poland in exile lies between its spells; Spain was a state long before the list begins."""
    acts, aside = read("cow", "290,255,1942", "230,200,1588")

    assert (2, []) == (len(acts), aside)


def test_an_act_that_reaches_into_a_spell_is_taken(read):
    """Only what lies wholly outside is set aside; an end that is open or unknown may reach anywhere."""
    rows = ["369,2,1979,1993", "369,2,1979,1985", "678,670,1985,..", "678,670,1995,.."]
    acts, aside = read("cow", *rows, time=SPANS, header="a,b,begin,end")

    assert ["1979/1993", "1985/.."] == sorted(act[2] for act in acts)
    assert [3, 5] == [row[0] for row in aside]


def test_a_mapping_may_say_that_codes_begin_earlier(read):
    """Monaco signed the Helsinki Final Act before the list counts it; a state that was no more was none all the same."""
    acts, aside = read("cow", "221,220,1975", "678,531,1995", more=", early = true")

    assert [("monaco", "france", "1975/1975")] == acts
    assert [3] == [row[0] for row in aside]


def test_codes_of_gleditsch_and_ward_stand_for_whom_they_stood_for_then(read):
    """Germany and Yemen keep one code through unification, Serbia is counted with Yugoslavia; their list begins earlier."""
    rows = [
        "260,220,1989",
        "260,220,1995",
        "678,670,1989",
        "678,670,1995",
        "340,310,1914",
        "20,2,1870",
        "265,2,1995",
        "815,220,1860",
    ]
    acts, aside = read("gw", *rows)

    assert {
        ("west-germany", "france", "1989/1989"),
        ("germany", "france", "1995/1995"),
        ("north-yemen", "saudi-arabia", "1989/1989"),
        ("yemen", "saudi-arabia", "1995/1995"),
        ("yugoslavia", "hungary", "1914/1914"),
        ("canada", "united-states", "1870/1870"),
    } == set(acts)
    assert [
        (8, "the actor: there was no state of that code then", "265"),
        (9, "the actor: no state has that Gleditsch-Ward code then", "815"),
    ] == aside


def test_a_country_code_of_an_event_has_its_time_too(loaded):
    """An event of 1979 that is coded as of Ukraine was no deed of that state."""
    cells = [""] * 58
    for place, cell in {0: "1", 1: "19790101", 7: "UKR", 17: "USA", 26: "112", 56: "20140307"}.items():
        cells[place] = cell
    result = loaded("gdelt", "\t".join(cells), name="day.CSV")

    assert {"the actor: there was no state of that code then": 1} == result.reasons()
