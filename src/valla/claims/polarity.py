"""Always, never or exists: what the negations and the words for "at all times" of a clause come to together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from valla.claims.model import Quantifier
from valla.claims.periods import Stretch
from valla.claims.pieces import Piece, letters
from valla.errors import ClaimError

__all__ = ["Polarity", "polarity"]

_LASTING = frozenset(
    {"opposed", "cooperated", "rivals", "traded", "allied", "nonaggression", "neutrality", "consultation", "pact"}
)


@dataclass(frozen=True, slots=True)
class Polarity:
    """How a clause without "only" or "first" sweeps.

    Args:
        quantifier: always, never or exists.
        denied: whether the sentence denies that ("was not always").
        note: how it was taken, where the words leave that open.
    """

    quantifier: Quantifier
    denied: bool = False
    note: str = ""


def _lasts(pieces: Sequence[Piece], period: Stretch | None, *, ever: bool) -> bool:
    """Whether "since" asks for every day: have been allies since 1952, but not: has attacked since 1952."""
    if period is None or not period.since or ever:
        return False
    cue = next((piece.cue for piece in pieces if piece.cue), None)
    if cue is None:
        return False
    if "ever since" in period.text.casefold():
        return True
    return cue.form in {"person", "state"} or cue.relation in _LASTING


def _universal(pieces: Sequence[Piece], period: Stretch | None, *, ever: bool) -> bool:
    every_day = period is not None and period.whole
    return every_day or bool(re.search("[Um]", letters(pieces))) or _lasts(pieces, period, ever=ever)


def _lexical(pieces: Sequence[Piece]) -> int:
    """How many words deny the relation by their meaning: stayed out of, at peace, anything but."""
    return sum(piece.sign == "avoid" or bool(piece.cue and piece.cue.peace) for piece in pieces)


def _refused(text: str) -> ClaimError:
    return ClaimError(
        f"the words {text!r} say that something changed, not that it always or never was so",
        allowed="always, never, first, only, or a plain statement of what happened",
        repair="say when it held: 'was never ... after 1940', 'was always ... until 1940'",
    )


def _ceased(pieces: Sequence[Piece], nots: int, lexical: int) -> Polarity:
    cease = next(piece for piece in pieces if piece.sign == "cease")
    flat = cease.text.casefold().startswith(("any", "other"))
    if nots == 0 and not flat:
        raise _refused(cease.text)
    # never ceased to be: always; was anything but: never; never ceased to be at peace: never
    always = (nots > 0) == (lexical == 0)
    note = "" if nots else f"{cease.text!r} is taken as a denial"
    return Polarity(Quantifier.ALWAYS if always else Quantifier.NEVER, note=note)


def _check_lasted(pieces: Sequence[Piece], period: Stretch | None, nots: int) -> None:
    """Lasted from 1879 to 1918: how long it was; it is read only where it says that there was no break, and since when."""
    lasted = next(
        (piece for piece in pieces if piece.sign == "remain" and piece.text.casefold().startswith("last")), None
    )
    if lasted is None:
        return
    unbroken = "U" in letters(pieces) or (period is not None and period.whole)
    if nots or not unbroken or period is None or period.window.begin is None:
        raise _refused(lasted.text)


def _negations(pieces: Sequence[Piece]) -> int:
    """How many words deny; a "nor" goes on with the denial before it: neither X nor Y, never X nor Y."""
    words = [piece.text.casefold() for piece in pieces if piece.sign in {"not", "never", "nobody", "nobody_else"}]
    return sum(word != "nor" or at == 0 for at, word in enumerate(words))


def _denied_always(text: str) -> bool:
    """Not always, did not remain: the denial of always; at no time: never."""
    return bool(re.search(r"[xX][hbd]?[Um]", text)) and not re.search(r"^[^xX]*U", text)


def _lexically(nots: int, text: str) -> Polarity:
    if nots == 0:
        return Polarity(Quantifier.NEVER)
    if "X" in text or "U" in text:
        return Polarity(Quantifier.ALWAYS)
    return Polarity(Quantifier.EXISTS)


def polarity(pieces: Sequence[Piece], period: Stretch | None, *, ever: bool = False) -> Polarity:
    """Weigh the negations of a clause.

    Args:
        pieces: of the clause, without "only" and "first".
        period: that the claim names.
        ever: whether it says "ever", which asks for one day only: has it ever been at war since 1814?

    Raises:
        ClaimError: if the words say that something ended or began.
    """
    text = letters(pieces)
    nots = _negations(pieces)
    lexical = _lexical(pieces)
    _check_lasted(pieces, period, nots)
    if "k" in text:
        return _ceased(pieces, nots, lexical)
    if nots > 1:
        return Polarity(
            Quantifier.NEVER if lexical else Quantifier.ALWAYS, note="two negations are taken to cancel each other"
        )
    if nots and _denied_always(text):
        return Polarity(Quantifier.NEVER if lexical else Quantifier.ALWAYS, denied=True)
    if lexical:
        return _lexically(nots, text)
    if nots:
        return Polarity(Quantifier.NEVER)
    return Polarity(Quantifier.ALWAYS if _universal(pieces, period, ever=ever) else Quantifier.EXISTS)
