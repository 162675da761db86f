"""Readings as data."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.claims.kinds import relations
from valla.claims.model import Channel, Period, Quantifier, Reading
from valla.claims.reading import read
from valla.claims.serial import from_json, gold, to_json
from valla.dates import Window, day_number, window_text
from valla.errors import ActorError, ClaimError, DateError, VallaError

HEAD = {
    "quantifier": "always",
    "relation": "opposed",
    "subjects": ["USSR"],
    "objects": ["Germany"],
    "period": "1933/1941",
}
ACTORS = st.lists(
    st.sampled_from(["germany", "ussr", "poland", "nazi-germany"]), min_size=1, max_size=3, unique=True
).map(tuple)
DAYS = st.none() | st.integers(min_value=day_number(1000), max_value=day_number(2030))
WINDOWS = st.builds(
    lambda one, two: Window(*sorted((one, two))) if None not in {one, two} else Window(one, two), DAYS, DAYS
)
READINGS = st.builds(
    Reading,
    quantifier=st.sampled_from(Quantifier),
    relation=st.sampled_from(sorted(relations())),
    subjects=ACTORS,
    objects=st.none() | ACTORS,
    period=st.builds(Period, WINDOWS, st.sampled_from(["text", "actors", "coverage"]), st.text(max_size=20)),
    channel=st.sampled_from([Channel.ANY, Channel.OPEN, Channel.SECRET]),
    known_by=st.none() | st.integers(min_value=1, max_value=800_000),
    assumptions=st.lists(st.text(max_size=20), max_size=2).map(tuple),
    score=st.floats(min_value=0, max_value=1),
    text=st.text(max_size=20),
    denied=st.booleans(),
)


@given(READINGS)
def test_a_reading_survives_the_round_trip(reading):
    """What is written as JSON is read back as the same reading."""
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


@given(READINGS)
def test_a_denial_is_written_only_where_there_is_one(reading):
    """The key `denied` stands in the data of a denied reading and in no other."""
    assert to_json(reading).get("denied") == gold(reading).get("denied") == (reading.denied or None)


@pytest.mark.parametrize("day", ["1945/..", "1945/"])
def test_a_day_of_knowledge_must_end(day):
    """What was known by a day that never ends cannot be asked."""
    with pytest.raises(ClaimError, match="'known_by' is not as it must be"):
        from_json({**HEAD, "known_by": day})


def test_a_dossier_head_is_read():
    """Names, a period in years and no other keys are enough."""
    reading = from_json(HEAD)

    assert (reading.subjects, reading.objects) == (("ussr",), ("germany",))
    assert window_text(reading.period.window) == "1933/1941"
    assert reading.period.origin == "editor"


@pytest.mark.parametrize("actor", ["germany", "Germany", 255])
def test_actors_go_by_id_name_or_code(actor):
    """An id, a name and a Correlates of War code lead to the same actor."""
    assert from_json(HEAD | {"subjects": [actor]}).subjects == ("germany",)
    assert from_json(HEAD | {"subjects": actor}).subjects == ("germany",)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"quantifier": "alwais"}, "'quantifier'.*alwais.*always, never.*did you mean 'always'"),
        ({"relation": "aligned"}, "no relation is called 'aligned'.*allied.*did you mean 'allied'"),
        ({"subject": ["USSR"]}, "no key 'subject'.*did you mean 'subjects'"),
        ({"subjects": []}, "'subjects'.*at least one actor"),
        ({"subjects": {"a": 1}}, "'subjects' is not as it must be"),
        ({"channel": "hidden"}, "'channel'.*any, open, secret"),
        ({"period": ["1933"]}, "'period'"),
        ({"period": {"windows": "1933/1941"}}, "'period'.*EDTF"),
        ({"period": {"window": "1933/1941", "origin": "guess"}}, "period.origin.*text, actors, coverage"),
        ({"score": 2}, "'score'"),
    ],
)
def test_a_wrong_key_is_named(change, match):
    """One line names the key, what was found and what is allowed."""
    with pytest.raises(ClaimError, match=match) as caught:
        from_json(HEAD | change)

    assert "\n" not in str(caught.value)


def test_what_is_no_object_or_lacks_a_key_is_refused():
    """A list, or an object without a quantifier, is no reading."""
    with pytest.raises(ClaimError, match="not an object"):
        from_json([HEAD])
    with pytest.raises(ClaimError, match="needs the key 'quantifier'"):
        from_json({key: value for key, value in HEAD.items() if key != "quantifier"})


def test_unknown_actors_and_dates_are_refused():
    """An actor or a date that nobody knows is named."""
    with pytest.raises(ActorError, match="Ruritania"):
        from_json(HEAD | {"subjects": ["Ruritania"]})
    with pytest.raises(DateError, match="the thirties"):
        from_json(HEAD | {"period": "the thirties"})


@given(
    st.dictionaries(
        st.sampled_from([*HEAD, "channel", "x"]),
        st.none() | st.integers() | st.text(max_size=9) | st.lists(st.integers(), max_size=2),
    )
)
def test_any_object_gives_a_reading_or_an_error(data):
    """No object ends in any other exception."""
    try:
        reading = from_json(data)
    except VallaError:
        return

    assert reading.subjects


def test_gold_has_codes_and_years():
    """The gold form has Correlates of War codes, and `..` for a side that is not named."""
    assert gold(read("Poland was never an ally of Germany before 1939.")[0]) == {
        "quantifier": "never",
        "relation": "allied",
        "subjects": [290],
        "objects": [255],
        "period": "../1938",
    }
