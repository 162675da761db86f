"""What belongs together among the pieces: names joined by "and", "German troops", "no country", "any other state"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from valla.actors.model import ActorKind
from valla.claims.kinds import kind, relation
from valla.claims.pieces import Party, Piece, rewritten

__all__ = ["COLOURED", "merged"]

COLOURED = "organisation"
"""The lemma of an organisation that only says what sort of ally is meant."""


def _party(found: Sequence[Piece], *, together: bool = True) -> Piece:
    mentions = tuple(mention for piece in found if piece.party for mention in piece.party.mentions)
    text = " and ".join(piece.text for piece in found if piece.party)
    return Piece("actor", text, party=Party(mentions, together))


def _group(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    run = pieces[found.start() : found.end()]
    alternatives = any(piece.text.casefold() in {"or", "nor"} for piece in run)
    party = _party(run, together=not alternatives)
    if any(piece.text.casefold() == "not" for piece in run):
        return run
    negated = [piece for piece in run if piece.sign == "not"][:1]
    # by neither X nor Y: the negation is the clause's, and "by" goes with the names
    link = [run[0]] if run[0].sign in _PREPOSITIONS else []
    return [*negated, *link, party]


def _first_party(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    return [piece for piece in pieces[found.start() : found.end()] if piece.sign == "actor"]


def _nobody(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    text = " ".join(piece.text for piece in pieces[found.start() : found.end()])
    low = text.casefold()
    return [Piece("nobody_else" if "other" in low or "else" in low else "nobody", text)]


def _nobody_at_all(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Neither X nor any other country: nobody."""
    return [Piece("nobody", " ".join(piece.text for piece in pieces[found.start() : found.end()]))]


def _somebody(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Any country, another state: somebody; the country, a country that: left as it is."""
    run = pieces[found.start() : found.end()]
    text = " ".join(piece.text for piece in run)
    said = set(text.casefold().split())
    if said & {"the", "this", "that", "these", "those", "one"} and not said & {"any", "other", "others"}:
        return run
    other = bool(said & {"other", "others", "another", "else"})
    return [Piece("somebody_else" if other else "somebody", text)]


def _topic(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Of the topics of one agreement, the one that binds most: a friendship treaty with mutual assistance is an alliance."""
    run = [piece for piece in pieces[found.start() : found.end()] if piece.cue]
    told = [piece for piece in run if piece.cue and piece.cue.relation != "pact"] or run
    text = " ".join(piece.text for piece in pieces[found.start() : found.end()])
    return [replace(told[0], sign="event", text=text)]


def _beside(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    """X fought Y alongside Z: Z did it too, and is not one of those to whom it was done."""
    run = pieces[found.start() : found.end()]
    adverse = any(piece.cue and _is_adverse(piece.cue.relation) for piece in run)
    if not adverse or pieces[found.start("and")].text.casefold() not in _BESIDE:
        return run
    at = found.start("and") - found.start()
    return [*run[:at], Piece("beside", " ".join(piece.text for piece in run[at:]))]


def _is_adverse(name: str) -> bool:
    return all(kind(one).tenor == "adverse" for one in relation(name).realised)


def _coloured(found: re.Match[str], pieces: Sequence[Piece]) -> Sequence[Piece]:
    """A NATO ally of X: the organisation says what sort of ally, if two others are named."""
    piece = pieces[found.start()]
    others = sum(len(one.party.mentions) for one in pieces if one.party) - 1
    names = piece.party.mentions if piece.party else ()
    organised = all(one.candidates and one.candidates[0].actor.kind is ActorKind.ORGANISATION for one in names)
    return [replace(piece, sign="colour", party=None, lemma=COLOURED) if organised and others > 1 else piece]


_PREPOSITIONS = frozenset({"with", "against", "of", "by", "to", "on"})
_BESIDE = frozenset({"alongside", "together with", "along with", "jointly with", "side by side with"})
_ALLY_OF = re.compile(r"A(?=[a]*P)")
_ALONGSIDE = re.compile(r"(?<=A)[^A]*[VWER][^Ay]*A[pUs,]*(?P<and>[&w])t?A")
_TOPICS = re.compile(r"T(?:[,&-]*T)*[,&a-]*E|E&T(?:[,&]+T)*")
_JOINED = re.compile(r"A-A(?:-A)*")
_METONYM = re.compile(r"A'?[a]*M|(?<!E)Mo[t]?A")
_GROUP = re.compile(
    r"[wgoyzn]?xt?A(?:,t?A)*(?:,?xt?A)+|A(?:[t]?,[t]?A)+,?&?[t]?A|A(?:,?[&][ta]?A)+(?:,?&[t]?A)*|A(?:,?x[t]?A)+|(?<=x)A(?:&A)+"
)
_NEITHER_NOR = re.compile(r"xt?A,?[x&][YZ]")
_NOBODY = re.compile(r"x[tsa]*H|[NO]t?[a]*oHi*|O[a]*H|N[a]*H(?=[^o])")
_SOMEBODY = re.compile(r"Z[ta]*H|Z|t[ta]*H(?![rz'A])")


def merged(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Put together what belongs together: names joined by "and", "German troops", "no country", "any other state"."""
    pieces = rewritten(pieces, _TOPICS, _topic)
    pieces = rewritten(pieces, _METONYM, _first_party)
    pieces = rewritten(pieces, _JOINED, _group)
    pieces = rewritten(pieces, _METONYM, _first_party)
    pieces = rewritten(pieces, _ALLY_OF, _coloured)
    pieces = rewritten(pieces, _ALONGSIDE, _beside)
    pieces = rewritten(pieces, _GROUP, _group)
    pieces = rewritten(pieces, _NOBODY, _nobody)
    pieces = rewritten(pieces, _SOMEBODY, _somebody)
    return rewritten(pieces, _NEITHER_NOR, _nobody_at_all)
