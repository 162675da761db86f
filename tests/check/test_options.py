"""A reading narrowed to a channel and to what was public."""

import pytest
from made import reading

from valla.check.options import narrowed
from valla.dates import day_number
from valla.errors import ClaimError, DateError

PLAIN = reading("never", "war", "poland", "germany")


def test_nothing_asked_changes_nothing():
    """The reading comes back as it was."""
    assert narrowed(PLAIN) == PLAIN


@pytest.mark.parametrize("channel", ["open", "secret", "any"])
def test_a_channel_is_taken(channel):
    """Each of the three."""
    assert narrowed(PLAIN, channel=channel).channel == channel


@pytest.mark.parametrize("channel", ["unknown", "loud", "", "Open"])
def test_another_channel_is_refused(channel):
    """Unknown is how an act is recorded, not what can be asked for."""
    with pytest.raises(ClaimError, match="allowed: open, secret, any"):
        narrowed(PLAIN, channel=channel)


@pytest.mark.parametrize(
    ("text", "day"), [("1945", (1945, 12, 31)), ("1945-05", (1945, 5, 31)), ("1945-05-08", (1945, 5, 8))]
)
def test_the_last_day_of_a_date_counts(text, day):
    """What was known by 1945 was known by its end."""
    assert narrowed(PLAIN, known_by=text).known_by == day_number(*day)


@pytest.mark.parametrize("text", ["soon", "", "45", "8 May 1945"])
def test_what_is_no_date_is_refused(text):
    """Only EDTF is taken."""
    with pytest.raises(DateError, match="is not a date"):
        narrowed(PLAIN, known_by=text)


def test_a_date_without_an_end_is_refused():
    """`1945/..` names no day by which something was known."""
    with pytest.raises(ClaimError, match="no last day"):
        narrowed(PLAIN, known_by="1945/..")
