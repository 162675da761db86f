"""Names of states as lists of countries write them."""

import tomllib
from importlib.resources import files

import pytest

from valla.actors.catalogue import catalogue
from valla.actors.model import NameRole
from valla.days import Window, day_number
from valla.record.mapping import Actors
from valla.record.parties import Party, finder
from valla.record.spellings import spellings, two_names

FIND = finder(Actors(by="name"), catalogue(), Window(day_number(1950), day_number(2010)))
LISTED = files("valla.record").joinpath("datasets", "codes", "names.toml").read_text(encoding="utf-8")


def _state(text):
    return FIND(Party(text)).state


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Korea, Rep. of", "Republic of Korea"),
        ("Congo, Dem. Rep.", "Democratic Republic of the Congo"),
        ("Yemen (Arab Republic)", "Yemen Arab Republic"),
        ("Macedonia (Former Yugoslav Republic of)", "Former Yugoslav Republic of Macedonia"),
        ("Korea (the Democratic People's Republic of)", "Democratic People's Republic of Korea"),
        ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),
        ("D.P.R. Korea", "DPR Korea"),
        ("Germany, East", "East Germany"),
        ("Korea South", "South Korea"),
        ("S. Africa", "South Africa"),
        ("South-Africa", "South Africa"),
        ("Bahamas, The", "Bahamas"),
        ("The Gambia", "Gambia"),
    ],
)
def test_a_spelling_is_the_name_as_it_is_spoken(text, spoken):
    """What stands after a comma or in brackets goes before, abbreviations are written out, articles fall."""
    assert spoken in spellings(text)


def test_a_text_with_two_names_has_both():
    """In brackets or after a stroke; anything else has one."""
    assert ("Turkey", "Ottoman Empire") == two_names("Turkey (Ottoman Empire)")
    assert ("Tanzania", "Tanganyika") == two_names("Tanzania/Tanganyika")
    assert two_names("Korea, North") is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Korea, Republic of", "south-korea"),
        ("Korea, North", "north-korea"),
        ("Russia (Soviet Union)", "russia"),
        ("Myanmar (Burma)", "myanmar"),
        ("Turkey (Ottoman Empire)", "turkey"),
        ("Germany (Prussia)", "germany"),
        ("Congo, Democratic Republic of (Zaire)", "democratic-republic-of-the-congo"),
        ("Congo, Rep.", "republic-of-the-congo"),
        ("D.R. Congo", "democratic-republic-of-the-congo"),
        ("Macedonia, FYR", "north-macedonia"),
        ("Germany, East", "east-germany"),
        ("Vietnam, Republic of", "south-vietnam"),
        ("China, People's Rep. of", "china"),
        ("China, Republic of", "taiwan"),
        ("Yemen (Arab Republic of Yemen)", "north-yemen"),
        ("St Vincent & the Grenadines", "saint-vincent-and-the-grenadines"),
        ("Central African Rep.", "central-african-republic"),
    ],
)
def test_listed_names_find_their_state(text, state):
    """Inverted, abbreviated and double names of the lists in use."""
    assert state == _state(text)


@pytest.mark.parametrize(
    "text",
    [
        "Congo",
        "Korea",
        "Germany, Democratic Republic of",
        "Germany, Federal Republic of",
        "Hong Kong, China",
        "Tibet (China)",
        "Niger (Nigeria)",
        "Virgin Islands (U.S.)",
        "Samoa, American",
        "Martinique, France",
        "Slovakia (Slovenia)",
    ],
)
def test_what_may_be_two_states_or_none_is_nobody(text):
    """No state is taken for another, and no territory for the state that holds it."""
    assert not _state(text)


def test_no_inverted_name_finds_another_state():
    """Each name of several words, turned round at each of its spaces, finds whom the name itself finds, or nobody."""
    roles = {NameRole.NAME, NameRole.ALIAS, NameRole.FORMER}
    for name in {name.text for name in catalogue().names if name.role in roles and " " in name.text}:
        words = name.split()
        for at in range(1, len(words)):
            first, rest = " ".join(words[:at]), " ".join(words[at:])
            for turned in (f"{rest}, {first}", f"{rest} ({first})"):
                assert _state(turned) in {"", _state(name), *_parents(name)}, turned


def _parents(name):
    """The states of all who bear a name, where it is not one alone."""
    known = catalogue()
    return {known.state_of(one.actor).id for one in known.names if one.text == name}


def test_each_listed_name_is_one_that_is_known():
    """No row of the list leads nowhere, and none is needless."""
    for text, name in tomllib.loads(LISTED)["name"].items():
        assert _state(name), text
        assert _state(text) == _state(name)
