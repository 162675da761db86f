"""Claims in natural wordings, and what is refused."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import counted_module, work
from valla.claims.model import Channel, Quantifier
from valla.claims.reading import read
from valla.claims.serial import gold
from valla.claims.vocabulary import vocabulary
from valla.dates import window_text
from valla.errors import ClaimError

WORDINGS = [
    json.loads(line) for line in Path(__file__).with_name("wordings.jsonl").read_text(encoding="utf-8").splitlines()
]
READ = [row for row in WORDINGS if "reading" in row]
REFUSED = [row["text"] for row in WORDINGS if "refused" in row]
NAMES = ["Germany", "the Soviet Union", "Poland", "Nazi Germany", "Britain", "France", "Turkey"]
PERIODS = [
    "in 1938",
    "since 1920",
    "before 1939",
    "from 1933 to 1941",
    "throughout the 1930s",
    "",
    "during the First World War",
]


def differences(wanted: dict, got: dict) -> list[str]:
    """Name what is wrong in a reading; a side of the period that the text does not name is not compared."""
    wrong = [key for key in ("quantifier", "relation") if wanted[key] != got[key]]
    wrong += [key for key in ("subjects", "objects") if sorted(wanted[key] or []) != sorted(got[key] or [])]
    sides = zip(wanted["period"].split("/"), got["period"].split("/"), strict=True)
    wrong += ["denied"] if wanted.get("denied", False) != got.get("denied", False) and "denied" in wanted else []
    return wrong + ["period" for named, found in sides if named not in {"..", found}]


@pytest.mark.parametrize("row", READ, ids=lambda row: row["text"])
def test_wordings_are_read(row):
    """Each natural wording gets the reading that it means, first in rank."""
    assert differences(row["reading"], gold(read(row["text"])[0])) == []


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_checked_is_refused(text):
    """A claim about something else, with a hedge, or with too many sides is refused in one line, with what is allowed."""
    with pytest.raises(ClaimError, match="allowed:") as caught:
        read(text)

    assert "\n" not in str(caught.value)


def test_gold_claims_are_read(shared):
    """At least 0.95 of the gold claims are read as the gold has it."""
    rows = [json.loads(line) for line in (shared / "eval" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    right = [row for row in rows if not differences(row["reading"], gold(read(row["text"])[0]))]

    assert len(right) >= 0.95 * len(rows)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "the claim is empty"),
        ("x" * 1001, "at most 1000"),
        ("Germany atacked Poland.", "did you mean 'attacked'"),
        ("Germany often attacked Poland.", "'often' is no quantifier.*Germany never attacked Poland"),
        ("Poland was attacked.", "does not say who did it.*by Germany"),
        ("Poland wanted to attack Germany.", "'wanted' does not say that something was done"),
        (
            "Poland removes monuments.",
            "the words 'removes', 'monuments' are not understood here.*see docs/reference.md",
        ),
        ("Germany attacked Poland on 31 February 1939.", "no such day: '31 february 1939'.*days 1 to 28 of February"),
        ("Switzerland has never been attacked by anyone.", "that nobody at all did it cannot be checked"),
        ("The war between Iran and Iraq lasted until 1988.", "'lasted'"),
        ("Germany and Poland.", "names no relation.*were allies"),
        ("Nobody attacked.", "names no actor"),
        ("Germany attacked only Poland.", "of those who did it"),
        ("Germany attacked Poland only in 1939.", "is not an actor"),
        ("Germany ceased to be an ally of Italy.", "something changed"),
        ("Germany attacked Poland in 1914 and in 1939.", "no day in common"),
        ("Germany and Poland were never at war or allied.", "more than one thing.*'at war', 'allied'"),
        ("India and Pakistan are rivals.", "about the present"),
        ("Nazi Germany and Poland never collaborated against the Soviet Union.", "more than two sides"),
        ("Poland lost the war against Germany.", "'lost' does not say"),
    ],
)
def test_a_refusal_says_which_part_is_missing(text, match):
    """The message names the words or the part that is missing, and the nearest thing that could be checked."""
    with pytest.raises(ClaimError, match=match):
        read(text)


@given(st.text(max_size=200))
def test_any_text_gives_readings_or_a_claim_error(text):
    """No text ends in any other exception."""
    try:
        readings = read(text)
    except ClaimError:
        return

    assert readings


MOST_STEPS_A_WORD = 60_000
"""Three times what a word takes of those drawn here."""

WORDS = [
    *sorted({" ".join(key) for key in vocabulary().phrases})[::23],
    *NAMES,
    *PERIODS,
    ",",
    "-",
    "'s",
    ".",
    "and",
    "of",
    "the",
    "was",
    "1939",
]


@pytest.fixture(scope="module")
def counted_reader():
    """Hand out what reads a claim and counts its work, and the error that it may end in."""
    read_counted = counted_module("valla.claims.reading").read
    read_counted("Germany never attacked Sweden")  # what is read once and kept
    return read_counted, counted_module("valla.errors").VallaError


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_order_of_known_words_gives_readings_or_an_error_soon(counted_reader, text):
    """Known words in any order end in readings or in an error that the user can mend, and no word costs much more than another."""
    readings = []
    read_counted, refused = counted_reader

    def attempt():
        with suppress(refused):
            readings.extend(read_counted(text))

    assert work(attempt) < MOST_STEPS_A_WORD * (1 + len(text.split()))
    assert all(reading.subjects for reading in readings)


@given(st.permutations(NAMES), st.sampled_from(PERIODS))
def test_the_passive_says_the_same_as_the_active(names, period):
    """Who did it to whom does not depend on the voice."""
    one, two = names[:2]
    active = gold(read(f"{one} attacked {two} {period}.")[0])

    assert gold(read(f"{two} was attacked by {one} {period}.")[0]) == active


@given(st.permutations(NAMES), st.sampled_from(PERIODS))
def test_a_period_may_stand_anywhere(names, period):
    """A period in front says the same as a period at the end."""
    one, two = names[:2]
    behind = gold(read(f"{one} was never an ally of {two} {period}.")[0])

    assert gold(read(f"{period} {one} was never an ally of {two}.")[0]) == behind


@given(st.permutations(NAMES))
def test_only_has_many_wordings(names):
    """Wordings of "only" that say the same give the same reading."""
    one, two = names[:2]
    wordings = [
        f"Only {one} attacked {two} in 1939.",
        f"{one} alone attacked {two} in 1939.",
        f"Nobody but {one} attacked {two} in 1939.",
        f"No country other than {one} attacked {two} in 1939.",
        f"{one} was the only country to attack {two} in 1939.",
        f"The only country that attacked {two} in 1939 was {one}.",
        f"{two} was attacked by {one} alone in 1939.",
        f"It was only {one} that attacked {two} in 1939.",
    ]
    found = [gold(read(text)[0]) for text in wordings]

    assert all(reading == found[0] for reading in found)
    assert found[0]["quantifier"] == "only"


def test_readings_are_ranked_and_told_apart():
    """Two sides without an object are first read as mutual, then as each on its own; no two readings are alike."""
    first, *others = read("Sweden and Switzerland were never at war.")

    assert (first.subjects, first.objects) == (("sweden",), ("switzerland",))
    assert any(other.subjects == ("sweden", "switzerland") and other.objects is None for other in others)
    assert first.score > max(other.score for other in others)


def test_a_name_with_several_bearers_gives_several_readings():
    """A name that several actors bear gives a reading for each."""
    readings = read("The Allies never attacked Sweden.")

    assert len({reading.subjects for reading in readings}) > 1


def test_a_denied_claim_says_so():
    """The denial of "always" is read as the claim that it denies, and an assumption says so."""
    reading = read("The USSR was not always an enemy of Nazi Germany.")[0]

    assert reading.quantifier is Quantifier.ALWAYS
    assert reading.denied
    assert sum("denies" in one for one in reading.assumptions) == 1


def test_two_denials_cancel():
    """A myth that is called a myth twice is the claim again."""
    reading = read("It is not true that the USSR was not always an enemy of Nazi Germany.")[0]

    assert not any("denies" in one for one in reading.assumptions)


@pytest.mark.parametrize(
    ("text", "window", "origin", "said"),
    [
        ("The USSR was always an enemy of Nazi Germany.", "1933-01-30/1945-05-08", "actors", "'Nazi Germany' implies"),
        ("Poland was never an ally of Germany.", "../..", "coverage", "what the record covers"),
        ("Poland was never an ally of Germany before 1939.", "../1938", "text", "filled from the record"),
        ("Poland was never an ally of Nazi Germany before 1939.", "1933-01-30/1938", "text", "within the time of"),
        ("Poland was never at war in the Cold War.", "1947/1991", "text", "the Cold War is taken as 1947 to 1991"),
    ],
)
def test_every_period_says_where_it_comes_from(text, window, origin, said):
    """The period is the claim's, else what the actors imply, else the record's; an assumption says which."""
    reading = read(text)[0]

    assert (window_text(reading.period.window), reading.period.origin) == (window, origin)
    assert any(said in one for one in reading.assumptions)


def test_a_name_of_another_kind_is_explained():
    """A capital that stands for its state is named as such."""
    reading = read("Moscow was never allied with Berlin in 1930.")[0]

    assert any("'Moscow' is taken as" in one for one in reading.assumptions)


@pytest.mark.parametrize(
    ("word", "channel"), [("secretly", Channel.SECRET), ("openly", Channel.OPEN), ("officially", Channel.ANY)]
)
def test_secret_and_open_are_kept(word, channel):
    """Whether a claim speaks of what was secret or open is part of its reading."""
    assert read(f"The Soviet Union {word} cooperated with Germany in 1930.")[0].channel is channel


def test_until_may_be_meant_exclusively():
    """Never until 1939 is read with 1939, and without it as the next reading."""
    first, second, *_ = read("Until 1939 Poland had not attacked Germany.")

    assert (window_text(first.period.window), window_text(second.period.window)) == ("../1939", "../1938")


def test_the_1800s_may_be_a_century():
    """A decade that may be a century gives both, the century first where somebody named did not exist in the decade."""
    first, second, *_ = read("France was never at war with Britain in the 1800s.")
    young = read("France was never at war with Belgium in the 1800s.")[0]

    assert (window_text(first.period.window), window_text(second.period.window)) == ("1800/1809", "1800/1899")
    assert window_text(young.period.window) == "1800/1899"


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Hungary fought the Soviet Union alongside Germany in 1941.", "'alongside Germany' is left out"),
        ("Spain has been a NATO ally of the United States since 1982.", "'NATO' is left out"),
    ],
)
def test_who_is_named_in_passing_is_left_out_and_said(text, aside):
    """Somebody named in passing is on neither side, and an assumption says so."""
    assert any(aside in one for one in read(text)[0].assumptions)


@given(st.permutations(NAMES), st.sampled_from(PERIODS))
def test_a_question_and_a_tag_say_the_same_as_the_statement(names, period):
    """A question is read as the statement, with the sides in order; a tag and an emoji change nothing."""
    one, two = names[:2]
    statement = gold(read(f"{one} was never an ally of {two} {period}.")[0])

    assert gold(read(f"Was {one} never an ally of {two} {period}?")[0]) == statement
    assert gold(read(f"{one} was never an ally of {two} {period}, was it? \U0001f642")[0]) == statement


@given(st.permutations(NAMES[1:]), st.sampled_from(PERIODS))
def test_neither_nor_denies_once(names, period):
    """Neither X nor Y says never of both, however long the list and whatever articles stand in it."""
    one, two, three, four = names[:4]
    reading = read(f"Neither {one}, {two} nor {three} attacked {four} {period}.")[0]

    assert reading.quantifier is Quantifier.NEVER
    assert len(reading.subjects) == 3
    assert len(reading.objects) == 1


def test_a_reading_is_the_same_every_time():
    """The same words give the same readings."""
    assert read("Germany alone attacked Poland in 1939.") == read("Germany alone attacked Poland in 1939.")
