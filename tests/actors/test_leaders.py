"""People whom a record adds to the actors that Valla knows."""

import pytest

from valla.actors.catalogue import catalogue
from valla.actors.leaders import NOBODY, People, finder, known_with, resolve_among
from valla.actors.model import Actor, ActorKind
from valla.actors.resolve import mentions
from valla.actors.tables import Membership
from valla.dates import Window, day_number
from valla.errors import ActorError

_FIRST = Window(day_number(1931), day_number(1935))
_SECOND = Window(day_number(1940), day_number(1945))


def _leader(slug, name, term, state="denmark"):
    return Actor(slug, name, ActorKind.PERSON, life=(term,), part_of=state)


ZORBAN = _leader("zorban-of-denmark", "Zorban", _FIRST)
PEOPLE = People(
    (
        ZORBAN,
        _leader("quell-of-norway", "Quell", _FIRST, "norway"),
        _leader("quell-of-sweden", "Quell", _SECOND, "sweden"),
        _leader("van-der-quopp-of-denmark", "Van der Quopp", _SECOND),
        _leader("churchill-of-denmark", "Churchill", _FIRST),
    ),
    (Membership("zorban-of-denmark", "norway", _SECOND),),
)


def test_a_leader_belongs_to_his_state_in_his_time():
    """Added people are part of their states, which count their deeds as their own, each in his days."""
    known = known_with(PEOPLE)

    assert "denmark" == known.state_of("zorban-of-denmark").id
    assert (_FIRST,) == known.life("zorban-of-denmark")
    assert ("zorban-of-denmark", _FIRST) in known.expand("denmark")
    assert ("zorban-of-denmark", _SECOND) in known.expand("norway")
    assert catalogue().codes("denmark") == known.codes("zorban-of-denmark")


def test_valla_s_own_actors_stay():
    """Who is known already is not replaced, and the catalogue itself does not change."""
    stranger = _leader("stalin", "Somebody", _FIRST)
    known = known_with(People((stranger,)))

    assert catalogue().actor("stalin") == known.actor("stalin")
    assert "zorban-of-denmark" not in catalogue().actors
    assert catalogue() is known_with(NOBODY)
    assert mentions is finder(NOBODY)


def test_what_is_made_of_people_is_kept():
    """The extended catalogue is made once."""
    assert known_with(PEOPLE) is known_with(PEOPLE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zorban never attacked Sweden.", [("Zorban", ["zorban-of-denmark"]), ("Sweden", ["sweden"])]),
        ("Sweden never feared van der Quopp.", [("Sweden", ["sweden"])]),
        (
            "Sweden feared Van Der Quopp's men",
            [("Sweden", ["sweden"]), ("Van Der Quopp", ["van-der-quopp-of-denmark"])],
        ),
        ("the zorban of Denmark", [("Denmark", ["denmark"])]),
        ("Zorbania", []),
    ],
)
def test_their_names_are_found_in_a_text(text, found):
    """A whole, capitalised name is found where it stands; what Valla finds by itself is found as before."""
    got = finder(PEOPLE)(text)

    assert found == [(one.text, [each.actor.id for each in one.candidates]) for one in got]
    assert all(text[one.start : one.end] == one.text for one in got)


def test_a_name_that_valla_knows_keeps_its_meaning():
    """A leader called Churchill does not make the known one doubtful."""
    text = "Churchill never attacked Denmark."

    assert mentions(text) == finder(PEOPLE)(text)


@pytest.mark.parametrize(("on", "ids"), [(_FIRST, 1), (_SECOND, 1), (None, 2), (Window(day_number(1990)), 2)])
def test_of_namesakes_those_in_office_are_meant(on, ids):
    """The days that a text is about decide between two of one name; without them both may be meant."""
    (mention,) = finder(PEOPLE)("Quell", on=on)

    assert ids == len(mention.candidates)


def test_a_name_that_somebody_typed():
    """Names, ids and those of Valla resolve; one that two bear asks which, with ids and terms."""
    assert "zorban-of-denmark" == resolve_among("zorban", PEOPLE).actor.id == resolve_among(ZORBAN.id, PEOPLE).actor.id
    assert "sweden" == resolve_among("Sweden", PEOPLE).actor.id
    assert "quell-of-norway" == resolve_among("Quell", PEOPLE, on=_FIRST).actor.id
    with pytest.raises(ActorError, match=r"quell-of-norway \(Norway, 1931/1935-01-01\) or quell-of-sweden.*say which"):
        resolve_among("Quell", PEOPLE)
    with pytest.raises(ActorError, match="no actor is called 'Nemo Nobody'"):
        resolve_among("Nemo Nobody", PEOPLE)


def test_people_of_two_records_are_joined():
    """Of one id the first stands."""
    other = People((_leader("zorban-of-denmark", "Other", _SECOND), _leader("new-of-denmark", "New", _SECOND)))
    joined = PEOPLE.joined(other)

    assert 6 == len(joined.actors)
    assert ZORBAN in joined.actors
    assert PEOPLE is PEOPLE.joined(NOBODY) is NOBODY.joined(PEOPLE)
