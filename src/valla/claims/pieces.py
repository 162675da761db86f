"""The pieces of a claim: actors, periods, cues of a relation, and the small words that bind them.

Each piece has a sign, and each sign a letter, so that rules about the order of pieces are patterns over a short string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from valla.actors.model import Mention
from valla.claims.periods import Stretch
from valla.claims.vocabulary import Cue, Entry

__all__ = ["LETTERS", "Party", "Piece", "letters", "rewritten"]

LETTERS = {
    "actor": "A", "person": "P", "event": "E", "verb": "V", "past": "W", "state": "R", "topic": "T", "light": "l",
    "be": "b", "have": "h", "do": "d", "remain": "m", "cease": "k", "avoid": "v", "victim": "c",
    "not": "x", "never": "X", "always": "U", "first": "F", "only": "S", "alone": "L", "lonely": "J",
    "nobody": "N", "nobody_else": "O", "somebody": "Y", "somebody_else": "Z", "head": "H", "but": "B",
    "before": "q", "after": "Q", "each_other": "e", "who": "r", "it": "i", "its": "j", "the": "t", "and": "&",
    "with": "w", "against": "g", "of": "o", "by": "y", "to": "z", "on": "n", "for": "f", "inside": "I", "between": "2",
    "comma": ",", "possessive": "'", "dash": "-", "changing": "C", "hedges": "G", "modals": "D", "metonyms": "M",
    "period": "p", "sweep": "s", "open": "1", "secret": "0", "colour": "a", "unknown": "u", "question": "?", "reign": "%",
    "beside": "~",
}  # fmt: skip
"""The letter of each sign."""


@dataclass(frozen=True, slots=True)
class Party:
    """One or more actors named together.

    Args:
        mentions: the names, in their order.
        together: whether they are joined by "and" or a dash, rather than "or".
        adjective: whether the name goes before a noun ("German-Soviet").
    """

    mentions: tuple[Mention, ...]
    together: bool = True
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a claim.

    Args:
        sign: what part it plays.
        text: its words.
        cue: the relation that it names.
        lemma: the entry of the vocabulary that it is a form of.
        party: the actors that it names.
        period: the time that it names.
        focus: whether "only" or "first" picks it out.
        entries: what else it may be.
    """

    sign: str
    text: str
    cue: Cue | None = None
    lemma: str = ""
    party: Party | None = None
    period: Stretch | None = None
    focus: bool = False
    entries: tuple[Entry, ...] = ()


def letters(pieces: Sequence[Piece]) -> str:
    """Return the letters of some pieces."""
    return "".join(LETTERS[piece.sign] for piece in pieces)


def rewritten(
    pieces: Sequence[Piece], pattern: re.Pattern[str], make: Callable[[re.Match[str], Sequence[Piece]], Sequence[Piece]]
) -> tuple[Piece, ...]:
    """Replace each run of pieces whose letters match a pattern.

    Args:
        pieces: the pieces.
        pattern: over their letters.
        make: from a match and all pieces to the pieces that replace it.
    """
    out: list[Piece] = []
    last = 0
    for found in pattern.finditer(letters(pieces)):
        if found.end() > found.start():
            out += [*pieces[last : found.start()], *make(found, pieces)]
            last = found.end()
    return (*out, *pieces[last:])
