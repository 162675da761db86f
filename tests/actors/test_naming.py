"""How an actor is written: by the name that it went by in the days that are spoken of."""

import pytest

from valla.actors.naming import phrase_during
from valla.dates import Window, parse


@pytest.mark.parametrize(
    ("slug", "period", "said"),
    [
        ("russia", "1933/1941", "the USSR"),
        ("russia", "1914/1916", "Russia"),
        ("russia", "1914/1941", "Russia (later the USSR)"),
        ("russia", "1922-12-30/..", "the USSR"),
        ("russia", "../1941", "the USSR"),
        ("ussr", "1914/2000", "the USSR"),
        ("nazi-germany", "1939", "Nazi Germany"),
        ("germany", "1939", "Germany"),
        ("atlantis", "1939", "atlantis"),
    ],
)
def test_a_state_goes_by_its_name_in_those_days(slug, period, said):
    """By both, where it changed; a regime and whoever is not known by their own."""
    assert phrase_during(slug, parse(period).extent) == said


def test_at_any_time_a_state_has_its_plain_name():
    """Nothing is said of when."""
    assert phrase_during("russia", Window()) == "Russia"
