"""A claim cut into pieces: the longest known phrases, around the periods and actors that are found already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from valla.actors.model import Mention
from valla.claims.groups import merged
from valla.claims.parts import settled, spelled
from valla.claims.periods import Stretch
from valla.claims.pieces import Party, Piece
from valla.claims.vocabulary import Entry, vocabulary
from valla.claims.words import Word, words

__all__ = ["cut"]

_COMMAS = frozenset(",;:().!?[]")
_DASHES = frozenset("-/")
_POSSESSIVES = frozenset({"'", "'s"})
_SILENT = frozenset({'"', "\u2026"})


def _piece(text: str, entries: tuple[Entry, ...]) -> Piece:
    entry = entries[0]
    return Piece(spelled(entry), text, entry.cue, entry.lemma, entries=entries)


def _phrase(run: Sequence[Word], start: int) -> tuple[int, tuple[Entry, ...]]:
    """The longest known phrase that begins at a word, passing over dashes within it."""
    known = vocabulary()
    best: tuple[int, tuple[Entry, ...]] = (start + 1, ())
    key: tuple[str, ...] = ()
    longest = known.longest.get(run[start].norm, 0)
    for at in range(start, len(run)):
        if run[at].norm == "-":
            continue
        key += (run[at].norm,)
        if len(key) > longest:
            break
        if key in known.phrases:
            best = at + 1, known.phrases[key]
    return best


def _mark(norm: str) -> tuple[Piece, ...] | None:
    """The piece of a punctuation mark, none for one that says nothing; None for a word."""
    if norm in _COMMAS:
        return (Piece("comma", norm),)
    if norm in _DASHES:
        return (Piece("dash", norm),)
    if norm in _POSSESSIVES:
        return (Piece("possessive", norm),)
    return () if norm in _SILENT else None


def _tagged(run: Sequence[Word]) -> Iterator[Piece]:
    at = 0
    while at < len(run):
        word = run[at]
        if (mark := _mark(word.norm)) is not None:
            yield from mark
            at += 1
            continue
        end, entries = _phrase(run, at)
        text = " ".join(one.text for one in run[at:end])
        yield _piece(text, entries) if entries else Piece("unknown", text)
        at = end


@dataclass(frozen=True, slots=True)
class _Hole:
    """A stretch of text that is already understood."""

    start: int
    end: int
    piece: Piece


def _holes(periods: Sequence[Stretch], mentions: Sequence[Mention]) -> list[_Hole]:
    holes = [_Hole(period.start, period.end, Piece("period", period.text, period=period)) for period in periods]
    for mention in mentions:
        if all(mention.end <= hole.start or mention.start >= hole.end for hole in holes):
            holes.append(_Hole(mention.start, mention.end, Piece("actor", mention.text, party=Party((mention,)))))
    return sorted(holes, key=lambda hole: hole.start)


def cut(text: str, periods: Sequence[Stretch], mentions: Sequence[Mention]) -> tuple[Piece, ...]:
    """Cut a plain text into pieces.

    Args:
        text: the plain text.
        periods: the times found in it.
        mentions: the actors found in it; those inside a period are passed over.
    """
    every = words(text)
    out: list[Piece] = []
    at = 0
    for hole in _holes(periods, mentions):
        out += _tagged([word for word in every if at <= word.start and word.end <= hole.start])
        out.append(hole.piece)
        at = hole.end
    out += _tagged([word for word in every if at <= word.start])
    return merged(settled(out))
