"""What a user adds to a reading: one channel only, or what was public on a day."""

from __future__ import annotations

from dataclasses import replace

from valla.claims.model import Channel, Reading
from valla.dates import parse
from valla.errors import ClaimError

__all__ = ["narrowed"]


def narrowed(reading: Reading, channel: str | None = None, known_by: str | None = None) -> Reading:
    """Return a reading limited to a channel and to what was known.

    Args:
        reading: the reading.
        channel: `open`, `secret` or `any`; None leaves it as it is.
        known_by: EDTF; the last day that it names counts. None leaves it as it is.

    Raises:
        ClaimError: if there is no such channel, or `known_by` has no end.
        DateError: if `known_by` is not a date.
    """
    if channel is not None:
        if channel not in {Channel.OPEN, Channel.SECRET, Channel.ANY}:
            raise ClaimError(f"no channel is called {channel!r}", allowed="open, secret, any")
        reading = replace(reading, channel=Channel(channel))
    if known_by is not None:
        last = parse(known_by).extent.end
        if last is None:
            raise ClaimError(f"{known_by!r} has no last day", allowed="a date with an end, as in 1945 or 1939-12-31")
        reading = replace(reading, known_by=last)
    return reading
