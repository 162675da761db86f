"""Times named by who ruled: "under Stalin", "in Hitler's time", "during the Weimar Republic"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from valla.actors.model import ActorKind, Mention
from valla.claims.periods import Stretch
from valla.claims.pieces import Piece, letters
from valla.dates import Window

__all__ = ["reigns"]

_REIGN = re.compile(r"[fnIU]t*(?:%ot*)?(A)(?:'?%)?")
_RULED = frozenset({ActorKind.REGIME, ActorKind.PERSON})
_TIMELY = frozenset({"under", "during", "throughout"})


def _life(mention: Mention) -> Window | None:
    """The days of the regime or person that a name stands for, if they are one stretch."""
    for one in mention.candidates:
        if one.actor.kind in _RULED and len(one.actor.life) == 1:
            return one.actor.life[0]
    return None


def _stretch(found: re.Match[str], pieces: Sequence[Piece]) -> Stretch | None:
    run = pieces[found.start() : found.end()]
    named = pieces[found.start(1)].party
    opening = run[0].text.casefold()
    timed = any(piece.sign == "reign" for piece in run)
    if named is None or len(named.mentions) != 1 or not (timed or opening in _TIMELY):
        return None
    window = _life(named.mentions[0])
    text = " ".join(piece.text for piece in run).replace(" 's", "'s")
    return None if window is None else Stretch(0, 0, window, text, whole=opening == "throughout", era=True)


def reigns(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Stretch, ...]]:
    """Put a period in the place of each ruler that only names a time.

    Args:
        pieces: all pieces of a claim.

    Returns:
        The pieces, and the periods found.
    """
    out: list[Piece] = []
    known: list[Stretch] = []
    last = 0
    for found in _REIGN.finditer(letters(pieces)):
        if stretch := _stretch(found, pieces):
            out += [*pieces[last : found.start()], Piece("period", stretch.text, period=stretch)]
            last = found.end()
            known.append(stretch)
    return (*out, *pieces[last:]), tuple(known)
