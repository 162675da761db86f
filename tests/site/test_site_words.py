"""How a claim was read, in words: by the names of those days, and without claiming that it says what editors set."""

import pytest

from valla.actors.naming import phrase_during
from valla.check.model import Outcome, Robustness
from valla.claims.model import Period, Quantifier, Reading
from valla.dates import Window, parse
from valla.site.overturn import steady_words
from valla.site.words import reading_rows


def rows(period, note="", subject="russia"):
    """The rows of a reading, by their terms."""
    reading = Reading(Quantifier.ALWAYS, "opposed", (subject,), ("nazi-germany",), period)
    return dict(reading_rows(reading, phrase_during, note))


def period(text, origin, named=""):
    """A period."""
    return Period(parse(text).extent, origin, named)


@pytest.mark.parametrize(
    ("found", "note", "said"),
    [
        (period("1933/1941", "text", "from 1933 to 1941"), "", ": named in the claim (“from 1933 to 1941”)"),
        (period("1933/1941", "actors", "Nazi Germany"), "", ": implied by the names (“Nazi Germany”)"),
        (period("1933/1941", "coverage"), "", ": the years that the record covers"),
        (period("1933/1941", "editor", "1933/1941"), "", ": set by the editors"),
        (period("1933/1941", "editor"), "The desk, for brevity.", ": set by the editors: The desk, for brevity."),
    ],
)
def test_a_period_says_who_named_it(found, note, said):
    """The claim, its names, the record, or the editors with their reason."""
    assert rows(found, note)["When"] == f"1933 – 1941{said}"


def test_a_note_on_something_else_than_the_period_stands_alone():
    """The editors may have set the relation."""
    found = rows(period("1933/1941", "actors", "Nazi Germany"), "The desk: 'opponent' is meant.")

    assert found["Set by the editors"] == "The desk: 'opponent' is meant."
    assert "Set by the editors" not in rows(period("1933/1941", "editor"), "The desk.")


@pytest.mark.parametrize(
    ("text", "name"), [("1933/1941", "the USSR"), ("1914/1916", "Russia"), ("1914/1941", "Russia (later the USSR)")]
)
def test_actors_go_by_their_names_in_the_period(text, name):
    """Russia in 1933 is the USSR; a regime keeps its own name."""
    found = rows(period(text, "text"))

    assert (found["Who"], found["Toward whom"]) == (name, "Nazi Germany")


def test_without_a_period_there_is_no_limit():
    """And states have their plain names."""
    found = rows(Period(Window(), "coverage"))

    assert (found["When"], found["Who"]) == ("no limit of time", "Russia")


@pytest.mark.parametrize(
    ("datasets", "said"), [(1, "any single source or act changes"), (2, "any single source, dataset or act changes")]
)
def test_a_steady_verdict_says_what_can_be_left_out(make, datasets, said):
    """Of one dataset it is not said: nothing would be left."""
    robust = Robustness({}, {f"d{at}": Outcome.REFUTED for at in range(datasets)}, {}, 2, None)

    assert said in steady_words(make["verdict"](robustness=robust))


def test_an_open_verdict_is_not_steady(make):
    """Nor is one of which nobody asked."""
    robust = Robustness({}, {}, {}, None, None)

    assert not steady_words(make["verdict"](outcome=Outcome.OPEN, robustness=robust))
    assert not steady_words(make["verdict"]())
    assert not steady_words(None)
