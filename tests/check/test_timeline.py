"""The timeline: well-formed, within its frame, honest about uncertainty, the same every time."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, counted_module, growth
from valla.check.model import Outcome, Phase, Role, Tenor, Verdict, Weighed
from valla.check.timeline import DENSE, NUMBERED, timeline
from valla.check.timeline_scale import Scale, date_words, stretch_words, ticks, year_words
from valla.claims.model import Period, Quantifier, Reading
from valla.dates import Span, parse
from valla.days import Window, day_number
from valla.record.schema import Act

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (280, 360, 640, 960, 1600)
KINDS = ("treaty", "alliance.nonaggression", "attack", "statement.hostile", "no.such.kind")
ALWAYS = Window()
CHANNELS = ("open", "secret", "unknown")


def act(name, date, kind="treaty", channel="open", **rest):
    """An act of that name and date."""
    return Act(name, "rome", "carthage", kind, True, parse(date), channel, dataset="made-up", **rest)


def verdict(*deciding, related=(), swing=(), phases=(), gaps=(), window=ALWAYS):
    """A verdict that those acts decide."""
    return Verdict(
        reading=Reading(Quantifier.NEVER, "war", ("rome",), ("carthage",), Period(window)),
        outcome=Outcome.REFUTED if deciding else Outcome.OPEN,
        because="Made up for a test.",
        complete=False,
        deciding=tuple(Weighed(one, Role.REALISES, True, "rome") for one in deciding),
        n_deciding=len(deciding),
        swing=tuple(Weighed(one, Role.MAY_REALISE, False, "rome") for one in swing),
        gaps=tuple(gaps),
        phases=tuple(phases),
        robustness=None,
        related=tuple(related),
        fingerprint="0",
        version="0",
        sql=(),
    )


def drawn(found, width=960):
    """The picture as a tree."""
    return ET.fromstring(timeline(found, width=width))


def groups(tree, tier):
    """The acts of a tier."""
    return [node for node in tree.iter(f"{SVG}g") if tier in node.get("class", "").split()]


def words(tree):
    """Every text that is drawn."""
    return ["".join(node.itertext()) for node in tree.iter(f"{SVG}text")]


edtf = st.one_of(
    st.integers(-3000, 2100).map(lambda year: f"-{-year:04d}" if year < 0 else f"{year:04d}"),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(
        [
            "1923~",
            "193X",
            "1939-04",
            "../1938",
            "1938/..",
            "1926/1933",
            "-0043-03-15",
            "1939-08-23?",
            "/1940",
            "1929~/1933",
        ]
    ),
)
acts = st.lists(
    st.tuples(edtf, st.sampled_from(KINDS), st.sampled_from(CHANNELS), st.text(max_size=80)).map(
        lambda row: (row[0], row[1], row[2], row[3])
    ),
    max_size=12,
).map(
    lambda rows: [
        act(f"a{at}", date, kind, channel, summary=text) for at, (date, kind, channel, text) in enumerate(rows)
    ]
)


@given(deciding=acts, related=acts, width=st.sampled_from(WIDTHS), bounded=st.booleans())
def test_any_verdict_is_drawn_well_formed_and_within_its_frame(deciding, related, width, bounded):
    """Whatever the dates and summaries, the picture parses, and no text or mark leaves it."""
    window = Window(day_number(1900), day_number(1950)) if bounded else Window()
    tree = drawn(verdict(*deciding, related=related, window=window), width)
    high = float(tree.get("viewBox").split()[3])

    assert float(tree.get("width")) == max(width, 280)
    assert high > 0
    for node in tree.iter(f"{SVG}text"):
        assert -1 <= float(node.get("x")) <= width + 1
        if node.get("class") == "l" and node.get("text-anchor") != "end":
            assert float(node.get("x")) + len("".join(node.itertext())) * 13 * 0.56 <= width + 15
    for node in tree.iter(f"{SVG}rect"):
        x = node.get("x")
        if x is not None:
            assert float(x) >= -1
            assert float(node.get("width")) >= 0


@given(deciding=acts)
def test_the_same_verdict_gives_the_same_picture(deciding):
    """Nothing depends on the clock or on the order of a set."""
    found = verdict(*deciding)

    assert timeline(found) == timeline(found)


@given(
    st.lists(
        st.tuples(st.integers(1, 700_000), st.sampled_from(KINDS)),
        min_size=1,
        max_size=NUMBERED,
        unique_by=lambda row: row[0],
    )
)
def test_numbered_marks_never_overlap(rows):
    """Two deciding acts of one lane keep their boxes apart, labels and all."""
    found = verdict(
        *(act(f"a{day}", f"{(day % 2000) + 1:04d}", kind, summary="word " * (day % 7)) for day, kind in rows)
    )
    boxes = []
    for node in groups(drawn(found), "deciding"):
        number = next(text for text in node.iter(f"{SVG}text") if text.get("class") == "n")
        boxes.append((float(number.get("y")), float(number.get("x"))))
    boxes.sort()

    assert all(low[0] != high[0] or high[1] - low[1] >= 18 for low, high in pairwise(boxes))


def test_open_acts_stand_above_the_axis_and_secret_ones_below():
    """The axis parts the two channels."""
    tree = drawn(verdict(act("a", "1922"), act("b", "1923", channel="secret")))
    y = {node.find(f"{SVG}title").text: float(node.find(f"{SVG}text").get("y")) for node in groups(tree, "deciding")}

    assert y["1922 · treaty"] < 0 < y["1923 · treaty"]


def test_there_is_no_year_zero():
    """Around the turn of the eras the ticks say BCE and CE, and never 0."""
    for first, last in ((-20, 20), (-2, 3), (-4000, 2000), (0, 1)):
        scale = Scale(day_number(first), day_number(last, 12, 31), 8, 952)
        found = [word for _, word in ticks(scale, 13)]

        assert found
        assert not any(re.fullmatch(r"(\w+ )*0( BCE| CE)?", word) for word in found)
        assert any("BCE" in word for word in found)


def test_the_ides_of_march_are_dated_as_historians_date_them():
    """The year -43 of EDTF is 44 BCE."""
    assert date_words(parse("-0043-03-15")) == "15 Mar 44 BCE"
    assert year_words(0) == "1 BCE"
    assert year_words(1) == "1 CE"


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("1922-04-16", "16 Apr 1922"),
        ("1939-04", "Apr 1939"),
        ("1923", "1923"),
        ("1923~", "c. 1923"),
        ("1923?", "1923 (?)"),
        ("193X", "1930s"),
        ("19XX", "1900s"),
        ("1926/1933", "1926 – 1933"),
        ("1926/..", "from 1926"),
        ("../1933-05-08", "until 8 May 1933"),
        ("1926/", "from 1926"),
        ("../..", "at any time"),
        ("/..", "at any time"),
        ("1939-08-23/1941-06-22", "23 Aug 1939 – 22 Jun 1941"),
    ],
)
def test_dates_are_said_as_a_reader_says_them(edtf, said):
    """Every form of date has plain words."""
    assert date_words(parse(edtf)) == said


@given(st.integers(-2_000_000, 900_000), st.integers(0, 2_000_000), st.sampled_from([280, 360, 640, 960]))
def test_ticks_stand_inside_and_apart(first, days, width):
    """From a day to millennia there are ticks, in order, none touching its neighbour."""
    scale = Scale(first, first + days, 8, width - 8)
    found = ticks(scale, 13)

    for x, word in found:
        assert len(word) * 13 * 0.56 / 2 <= x + 0.01
        assert 0 <= x <= width
    for (left, one), (right, two) in pairwise(found):
        assert right - left >= (len(one) + len(two)) * 13 * 0.56 / 2
    if days > 3:
        assert found


def test_an_uncertain_point_has_a_whisker_and_a_certain_one_has_none():
    """A day within a month is drawn over the month."""
    window = Window(day_number(1939), day_number(1939, 12, 31))
    sure, unsure = (drawn(verdict(act("a", date), window=window)) for date in ("1939-04-05", "1939-04"))

    assert not [node for node in groups(sure, "deciding")[0].iter(f"{SVG}path") if node.get("class") == "w"]
    assert [node for node in groups(unsure, "deciding")[0].iter(f"{SVG}path") if node.get("class") == "w"]


def test_uncertain_ends_fade():
    """What begins some day of a year fades in over the year; what is exact does not."""
    faded = timeline(verdict(act("a", "1926/1933")))
    exact = timeline(verdict(act("a", "1926-01-01/1933-12-31")))

    assert 'class="f"' in faded
    assert "begin or end uncertain" in faded
    assert '-cooperative-in)"' not in exact


def test_a_state_without_an_end_runs_out_in_an_arrow():
    """An open end is no end at the edge of the picture."""
    window = Window(day_number(1930), day_number(1950))
    shut, unended = (
        timeline(verdict(act("a", date, "war"), window=window)) for date in ("1939-09-01/1945-05-08", "1939-09-01/..")
    )

    assert unended.count('class="w"') > shut.count('class="w"')


def test_an_open_end_draws_no_day_of_its_own():
    """The picture of an unbounded period reaches to the days that are known."""
    text = timeline(verdict(act("a", "1939-09-01/..", "war"), act("b", "../1945", "war"), window=Window()))

    assert not re.search(r"\d{5,} (?:CE|BCE)|>\d{5,}<", text)
    assert "1940" in text


def test_phases_are_told_by_name_and_pattern():
    """Colour is never the only sign of a tenor."""
    phases = [
        Phase(Window(day_number(1922), day_number(1932, 12, 31)), Tenor.COOPERATIVE, "open", ("a",)),
        Phase(Window(day_number(1933), day_number(1939, 12, 31)), Tenor.ADVERSE, "open", ("b", "c")),
    ]
    tree = drawn(verdict(phases=phases, window=Window(day_number(1922), day_number(1939, 12, 31))))
    titles = [node.text for node in tree.iter(f"{SVG}title")]

    assert {"cooperative", "adverse"} <= set(words(tree))
    assert "adverse: 1933 – 1939, 2 acts" in titles
    assert {"valla-960-cooperative", "valla-960-adverse"} <= {node.get("id") for node in tree.iter(f"{SVG}pattern")}


def test_a_phase_of_one_day_in_a_millennium_is_still_seen():
    """Short phases keep two pixels."""
    day = day_number(1939, 8, 23)
    phases = [Phase(Window(day, day), Tenor.COOPERATIVE, "secret", ("a",))]
    tree = drawn(verdict(phases=phases, window=Window(day_number(1000), day_number(2000))))

    assert [
        node for node in tree.iter(f"{SVG}rect") if node.get("class") == "ph cooperative" and node.get("width") == "2"
    ]


def test_gaps_are_hollow_in_the_period():
    """A day that no act covers can be seen on the axis."""
    window = Window(day_number(1900), day_number(1950))
    text = timeline(verdict(gaps=[Window(day_number(1910), day_number(1919, 12, 31))], window=window))

    assert "Covered by no act: 1910 – 1919" in text


def test_nothing_known_is_a_picture_too():
    """Without any date the picture says so."""
    assert words(drawn(verdict())) == ["No dated act in the record"]


def test_a_verdict_without_acts_shows_the_period():
    """An open verdict keeps its axis."""
    tree = drawn(verdict(window=Window(day_number(1933), day_number(1941, 12, 31))))

    assert "In the open: no dated act in the record" in words(tree)
    assert "1937" in words(tree)


def test_an_act_without_a_date_is_counted_not_drawn():
    """The description tells what the picture cannot show."""
    text = timeline(verdict(replace(act("a", "1919"), when=Span("", None, None, None, None)), act("b", "1920")))

    assert "Acts without a date, not shown: 1." in text


def test_hostile_text_is_only_text():
    """Markup and characters that XML cannot hold do no harm."""
    tree = drawn(verdict(act("a", "1920", summary='<script>alert(1)</script>"&\x00\x0b]]>')))

    assert not list(tree.iter(f"{SVG}script"))
    assert any("<script>" in word for word in words(tree))


def crowded(size):
    """A verdict with so many acts, and more phases than that."""
    related = [
        act(f"r{at}", f"{1900 + at % 100}-{at % 12 + 1:02d}", KINDS[at % 4], CHANNELS[at % 2]) for at in range(size)
    ]
    first = day_number(1900)
    phases = [
        Phase(Window(day, day + 2), list(Tenor)[day % 4], "open", ()) for day in range(first, first + 4 * size, 3)
    ]
    return verdict(*related[:50], related=related, phases=phases)


def test_many_acts_are_drawn_in_linear_time():
    """Four times as many acts and phases are four times the work."""
    assert growth(counted_module("valla.check.timeline").timeline, crowded, 2_000) < MOST_GROWTH


def test_ten_thousand_acts_are_a_density():
    """With the deciding ones still numbered, below 500 kB."""
    found = crowded(10_000)
    text = timeline(found)

    assert len(text.encode()) < 500_000
    assert "acts; the tallest column stands for" in text
    assert len(groups(drawn(found), "deciding")) == NUMBERED
    assert DENSE < 10_000


def test_a_narrow_picture_lists_its_labels_below():
    """At 360 px there is no room beside the marks, so that numbers stand for the labels."""
    found = verdict(act("a", "1922-04-16", summary="Rapallo"))
    narrow = drawn(found, 360)

    assert "1 16 Apr 1922 · Rapallo" in words(narrow)
    assert float(narrow.get("font-size")) >= 12
    assert "16 Apr 1922 · Rapallo" in words(drawn(found, 960))


def test_pictures_of_two_widths_share_no_id():
    """A page can hold the same picture for a wide and a narrow screen."""
    found = verdict(act("a", "1922/1923"))
    ids = [set(re.findall(r'\bid="([^"]+)"', timeline(found, width=width))) for width in (360, 960)]

    assert not ids[0] & ids[1]


def test_the_picture_names_itself():
    """It has a role, a title and a description that are found by their ids."""
    tree = drawn(verdict(act("a", "1922")))
    ids = {node.get("id") for node in tree.iter()}

    assert tree.get("role") == "img"
    assert set(tree.get("aria-labelledby").split()) <= ids


@given(st.integers(-900_000, 900_000), st.integers(0, 40_000))
def test_every_stretch_of_days_has_words(first, days):
    """Whatever its ends, a stretch is said without a year 0."""
    said = stretch_words(Window(first, first + days))

    assert said
    assert not re.search(r"(^|[ ])0( BCE| CE|$)", said)


def test_an_act_with_a_title_is_called_by_it():
    """In the label, and in full beside its summary."""
    titled = act("a", "1922-04-16", title="Treaty of Rapallo", summary="They met.")
    picture = timeline(verdict(titled))

    assert "16 Apr 1922 · Treaty of Rapallo<" in picture
    assert "16 Apr 1922 · Treaty of Rapallo: They met." in picture
