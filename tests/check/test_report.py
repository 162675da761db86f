"""A verdict as text and as data."""

import json

import pytest
from made import act, covering, given, reading

from valla.check.report import act_data, act_line, as_data, as_text, reading_line
from valla.dates import parse
from valla.record.sources import Source

PACT = "alliance.nonaggression"
EVER = (covering("1816/2018"),)
PEOPLE = tuple(f"Author {letter}" for letter in "ABCDEF")
SOURCES = {"book": Source("book", "A very long title " * 8, authors=PEOPLE, year="1971")}


def verdict(*acts, quantifier="never", coverage=EVER):
    """The verdict on such a pact of Poland with Germany."""
    return given(reading(quantifier, "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=coverage)


def pact(name="pact", **rest):
    """A pact of 1934."""
    return act(name, "germany", "poland", PACT, "1934-01-26", **rest)


@pytest.mark.parametrize(
    ("date", "name"), [("1914", "Russia"), ("1919", "Russia"), ("1939-08-23", "the USSR"), ("1999", "Russia")]
)
def test_an_act_calls_its_actors_as_they_were_called_then(date, name):
    """Russia in 1939 is the USSR."""
    assert act_line(act("a", "germany", "russia", "treaty", date)) == f"{date}  Germany and {name}: treaty"


def test_a_one_sided_act_has_an_arrow():
    """Who did it toward whom is seen."""
    assert "Germany → Poland: attack" in act_line(act("a", "germany", "poland", "attack", "1939-09-01", mutual=False))


def test_a_reading_in_one_line_says_all_that_was_asked():
    """Channel and day of knowledge stand there where they limit it."""
    line = reading_line(reading("never", "war", "poland", None, channel="secret", known_by="1945"))

    assert line == "never · war · Poland → anybody · all that the record covers · secret only · as known on 1945-12-31"


def test_text_is_wrapped_and_cites_the_source():
    """Of six authors one is named; no line is wider than a page."""
    text = as_text(verdict(pact(summary="word " * 60, locator="p. 12")), SOURCES)

    assert max(map(len, text.splitlines())) <= 110
    assert "Author A et al., A very long title" in text
    assert "p. 12 [made pact, row 0]" in " ".join(text.split())


def test_an_id_that_names_its_dataset_does_not_so_twice():
    """`made:1` of the dataset made is just that."""
    assert "[made:1, row 0]" in as_text(verdict(pact("made:1")))


def test_a_secret_act_says_since_when_it_is_known():
    """Or that nobody noted it."""
    known, unknown = (
        as_text(verdict(pact(channel="secret", known_from=since))) for since in (parse("1946-05-22"), None)
    )

    assert "secret, known from 1946-05-22" in known
    assert "secret, not recorded when it became known" in unknown


def test_what_would_overturn_it_fits_the_verdict():
    """A contested verdict does not rest on absence."""
    absent, unsure = as_text(verdict()), as_text(verdict(act("a", "poland", "germany", PACT, "1932~")))
    sole = as_text(verdict(pact()))

    assert "one new act could overturn it" in absent
    assert "CONTESTED" in unsure
    assert "one new act could overturn it" not in unsure
    assert "1 work would have to be wrong" in sole
    assert "Without the source book it would hold." in sole
    assert "be holds" not in sole


def test_many_acts_are_cut_short_and_counted():
    """The first forty are printed, the rest counted; the data has more."""
    many = verdict(*(pact(f"p{number:03d}") for number in range(60)))

    assert "… and 20 more" in as_text(many)
    assert len(as_data(many)["deciding"]) == 60


def test_data_is_json_and_says_what_the_text_says():
    """Everything is plain data, and comes back from JSON as it went."""
    found = verdict(pact(channel="secret", known_from=parse("1946")), act("b", "poland", "germany", PACT, "1932~"))
    data = as_data(found)

    assert json.loads(json.dumps(data)) == data
    assert data["verdict"] == str(found.outcome)
    assert data["because"] in " ".join(as_text(found).split())
    assert [one["id"] for one in data["deciding"]] == [item.act.id for item in found.deciding]
    assert data["deciding"][0]["known_from"] == "1946"
    assert data["deciding"][0]["begin_min"] == "1934-01-26"


def test_an_open_end_is_data_as_it_is_written():
    """Open is "..", unknown is null."""
    opened, unknown = (act_data(act("p", "poland", "germany", "treaty", date)) for date in ("1934/..", "1934/"))

    assert (opened["end_min"], opened["end_max"]) == ("..", "..")
    assert (unknown["end_min"], unknown["end_max"]) == (None, None)


def test_long_lists_of_phases_are_cut_short():
    """Nobody reads ninety lines of phases; the data has them all."""
    acts = [pact(f"p{year}", channel="open") for year in ()] + [
        act(f"t{year}", "germany", "poland", "treaty", f"{year}") for year in range(1816, 2018, 2)
    ]
    found = given(reading("never", "nonaggression", "germany", "poland", "1816/2018"), *acts, coverage=EVER)
    text = as_text(found)

    assert "more; --json gives all" in text
    assert text.count(" silent") < 25
