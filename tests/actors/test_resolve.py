"""Tests of finding and resolving names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.actors.catalogue import catalogue
from valla.actors.model import ActorKind, NameRole
from valla.actors.resolve import mentions, resolve
from valla.days import Window, day_number
from valla.errors import ActorError

BOOK = catalogue()
STATES = [actor for actor in BOOK.actors.values() if actor.kind is ActorKind.STATE and actor.cow]
TEXTS = sorted({name.text for name in BOOK.names})


def years(first, last=None):
    """The window of the years from the first to the last."""
    return Window(day_number(first), day_number(last or first, 12, 31))


def ids(text, on=None):
    """The likeliest actor of each mention."""
    return [mention.candidates[0].actor.id for mention in mentions(text, on=on)]


def codes(text, on=None):
    """The codes of all candidates of a text that is one name."""
    (mention,) = mentions(text, on=on)
    return [BOOK.codes(candidate.actor.id) for candidate in mention.candidates]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.id)
def test_every_state_is_found_by_its_name_its_code_and_its_id(state):
    """Name, phrase, code and id of a state lead to its code."""
    for text in (state.name, state.phrase, str(state.cow), state.id):
        assert resolve(text).actor.cow == state.cow


def state_codes(text, on):
    """The codes that a typed name may lead to: one, or those that an ambiguous one lists."""
    try:
        return {resolve(text, on=on).actor.cow}
    except ActorError as error:
        return {resolve(phrase).actor.cow for phrase in error.problem.partition(" may be ")[2].split(" or ")}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.id)
def test_every_demonym_and_capital_leads_to_its_state_in_its_time(state):
    """A demonym or capital, typed, leads to its state in the days in which that state bears it and exists."""
    roles = {NameRole.DEMONYM, NameRole.CAPITAL}
    own = [name for name in BOOK.names if name.actor == state.id and name.role in roles and name.weight >= 1]

    for name in own:
        on = next((common for common in map(name.window.meet, state.life) if not common.empty), name.window)
        assert state.cow in state_codes(name.text, on), name


@given(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.sampled_from([" and ", ", ", "'s war on ", "-", " ", "\n", " (", ". "]),
)
def test_offsets_reproduce_the_text(left, right, between):
    """A mention's text is what stands between its offsets, and mentions do not overlap."""
    text = f"So {left}{between}{right} did."
    found = mentions(text)

    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    """No text makes it fail, and offsets hold for all of them."""
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions(text))


@given(
    st.sampled_from([name for name in BOOK.names if name.role is NameRole.NAME]), st.sampled_from(["x", "land", "7"])
)
def test_no_name_is_found_inside_a_longer_word(name, tail):
    """A name with letters added to its last word is another word."""
    text = name.text + tail

    assert all(mention.end != len(name.text) for mention in mentions(text))


@given(st.sampled_from(STATES))
def test_capitals_do_not_hide_a_name(state):
    """A headline in capitals names the same state."""
    assert ids(f"WHAT {state.name.upper()} DID") == ids(f"What {state.name} did")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Soviet Union was always an opponent of Nazi Germany.", ["ussr", "nazi-germany"]),
        ("Germany's army and Germany’s navy", ["germany", "germany"]),
        ("the Franco-Belgian occupation", ["france", "belgium"]),
        ("Franco-era Spain under Franco", ["franco", "spain", "franco"]),
        ("secret German-Soviet talks", ["germany", "ussr"]),
        ("the Anglo-Portuguese alliance", ["united-kingdom", "portugal"]),
        ("the Sino–Soviet split", ["china", "ussr"]),
        ("the Russo-Japanese War", ["russia", "japan"]),
        ("Austria-Hungary and Austria", ["austria-hungary", "austria"]),
        ("an anti-Soviet treaty with Poland", ["ussr", "poland"]),
        ("They told us that the US and the U.S. won.", ["united-states", "united-states"]),
        ("a turkey from Turkey", ["turkey"]),
        (
            "Guinea-Bissau, Equatorial Guinea and Papua New Guinea",
            ["guinea-bissau", "equatorial-guinea", "papua-new-guinea"],
        ),
        ("Bruning, Brüning and Bruening", ["bruening"] * 3),
        ("Pilsudski and Piłsudski", ["pilsudski"] * 2),
        ("tsarist Russia and Tsarist Russia", ["tsarist-russia"] * 2),
        ("fascist Italy", ["fascist-italy"]),
        ("the German Communist Party", ["kpd"]),
        ("the Red Army and the Reichswehr", ["red-army", "reichswehr"]),
        ("СССР и Германия", ["ussr", "germany"]),
        ("Польща", ["poland"]),
        ("Niemcy i Związek Radziecki", ["germany", "ussr"]),
        ("Großbritannien und Frankreich", ["united-kingdom", "france"]),
        ("l'Allemagne et l'Union soviétique", ["germany", "ussr"]),
        ("Côte d’Ivoire", ["ivory-coast"]),
        ("Saint Vincent & the Grenadines", ["saint-vincent-and-the-grenadines"]),
        ("the Molotov–Ribbentrop Pact", ["molotov", "ribbentrop"]),
    ],
)
def test_names_are_found(text, found):
    """Possessives, compounds, abbreviations, diacritics, regimes and other languages are read."""
    assert ids(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the Treaty of Moscow",
        "signed in Berlin",
        "the Paris Peace Conference",
        "the Vienna Convention",
        "the North Pole",
        "New Mexico",
        "the Persian Gulf",
        "the Korean War",
        "Queen Victoria",
        "Male voters",
        "a fan of Madison Wilson",
        "@Germany",
        "let us go",
        "LET US GO",
        "poisoned in the Salisbury attack",
        "the turkey",
    ],
)
def test_what_only_looks_like_an_actor_is_left_alone(text):
    """Places of treaties, seas, other people's surnames and plain words are no actors."""
    assert mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "on", "found"),
    [
        ("Moscow", None, "russia"),
        ("Moscow", years(1930), "ussr"),
        ("Moscow", years(1919, 1930), "russia"),
        ("Moscow", years(1850), "russia"),
        ("Soviet Union", None, "ussr"),
        ("Soviet Union", years(1920), "soviet-russia"),
        ("Soviet Union", years(1922, 1941), "russia"),
        ("Soviets", years(1939), "ussr"),
        ("Soviet Union", Window(None, day_number(1938, 12, 31)), "ussr"),
        ("Soviet Union", Window(day_number(1945)), "ussr"),
        ("Moscow", Window(day_number(1945)), "russia"),
        ("Belgrade", None, "yugoslavia"),
        ("Serbia", years(1914), "serbia"),
        ("Serbia", years(1999), "yugoslavia"),
        ("Vienna", years(1910), "austria-hungary"),
        ("Vienna", None, "austria"),
        ("Austrian", years(1914), "austria-hungary"),
        ("Berlin", years(1939), "germany"),
        ("Berlin", years(1970), "east-germany"),
        ("Germany", years(1946, 2020), "germany"),
        ("Bonn", years(1970), "west-germany"),
        ("Prague", years(1938), "czechoslovakia"),
        ("Chamberlain", None, "chamberlain"),
        ("Chamberlain", years(1926), "austen-chamberlain"),
        ("Roosevelt", years(1905), "theodore-roosevelt"),
        ("Nazis", years(1923), "nsdap"),
        ("Nazis", years(1936), "nazi-germany"),
        ("Persia", years(1950), "iran"),
        ("Republic of China", years(1930), "republic-of-china"),
        ("Republic of China", years(1960), "taiwan"),
        ("Slovakia", years(1941), "slovak-state"),
        ("Slovakia", None, "slovakia"),
        ("India", years(1930), "british-india"),
    ],
)
def test_dates_weigh_names(text, on, found):
    """The days that a text is about decide between those who bore a name."""
    assert ids(text, on) == [found]


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Germany", None, [255]),
        ("Germany", years(1970), [260, 265]),
        ("China", None, [710, 713]),
        ("Vietnam", None, [816, 817]),
        ("Korea", None, [732, 731, 730]),
        ("Korea", years(1900), [730]),
        ("Congo", None, [484, 490]),
        ("Yemen", None, [679, 678, 680]),
        ("Georgia", None, [372, None]),
        ("Britain", None, [200]),
        ("England", None, [200]),
        ("Russia", None, [365]),
        ("Yugoslavia", None, [345]),
        ("Italy", None, [325]),
        ("Sardinia", None, [325]),
        ("Prussia", None, [255]),
        ("Egypt", None, [651]),
        ("South Korea", None, [732]),
    ],
)
def test_ambiguous_names_yield_their_candidates_likeliest_first(text, on, expected):
    """All who may be meant are named, in order."""
    assert codes(text, on) == expected


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Franco", "franco"),
        ("Franco-", "france"),
        ("365", "russia"),
        ("RUS", "russia"),
        ("the Soviet Union", "ussr"),
        ("soviet union", "ussr"),
        ("US", "united-states"),
    ],
)
def test_a_typed_name_is_resolved(text, slug):
    """Codes, abbreviations, articles and small letters do."""
    assert resolve(text).actor.id == slug


def test_an_ambiguous_name_lists_the_alternatives():
    """Two equally likely actors are both named."""
    with pytest.raises(ActorError, match="Korea may be South Korea or North Korea; say which"):
        resolve("Korea")


def test_a_date_settles_an_ambiguous_name():
    """What is ambiguous today may not have been then."""
    assert resolve("Korea", on=years(1900)).actor.cow == 730


@pytest.mark.parametrize(("text", "near"), [("Germny", "Germany"), ("Soviet Unon", "Soviet Union")])
def test_an_unknown_name_is_answered_with_the_nearest(text, near):
    """A mistyped name is refused, with the nearest one."""
    with pytest.raises(ActorError, match=f"no actor is called '{text}'; did you mean '{near}'"):
        resolve(text)


def test_a_number_that_is_no_code_is_refused():
    """A number is a code and nothing else."""
    with pytest.raises(ActorError, match="no state has the Correlates of War code 999"):
        resolve("999")


def test_the_reason_tells_a_reader_why():
    """A candidate says in one clause how the name leads to it."""
    (mention,) = mentions("Moscow", on=years(1930))

    assert mention.candidates[0].reason == "Moscow is the capital of the USSR, 1922-12-30/1991-12-26"
