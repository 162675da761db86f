"""The one relation that a claim is about: which of its words names it, and whether the verbs around it allow that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from valla.claims.kinds import relations
from valla.claims.pieces import Piece, letters
from valla.claims.vocabulary import Cue, table, vocabulary
from valla.errors import ClaimError

__all__ = ["Found", "alternatives", "common_relations", "main_cue", "said"]

_WAR = Cue("war", "event", "one")
_WITHIN = frozenset("PEVWRat,&us-10")
"""The letters of what may stand between two cues that say the same."""

_COMMON = ("allied", "war", "attacked", "opposed", "cooperated", "nonaggression")
_CUES = frozenset({"person", "event", "verb", "past", "state"})


@dataclass(frozen=True, slots=True)
class Found:
    """The relation of a claim.

    Args:
        pieces: the pieces, with one cue left among them.
        piece: that cue.
        note: how it was taken, where the words leave that open.
    """

    pieces: tuple[Piece, ...]
    piece: Piece
    note: str = ""


def said(relation: str, form: str = "plain") -> str:
    """Return how a relation is said: `was at war with`, or as infinitive `be at war with`."""
    text: str = table("verbs.toml")["relation"][relation][form]
    return text


def common_relations() -> str:
    """Return the commonest relations as a message lists them, and where the others stand."""
    return f"{', '.join(relations()[name].label for name in _COMMON)}; see docs/reference.md for the others"


def _none() -> ClaimError:
    return ClaimError(
        "the claim names no relation that the record can show",
        allowed=common_relations(),
        repair="say what they did to each other in one of these words",
    )


def _carriers(piece: Piece) -> frozenset[str]:
    """The verbs that may carry a noun: an agreement is signed, whatever it is about; peace is kept."""
    if piece.cue is None:
        return frozenset()
    allowed = vocabulary().light[piece.cue.relation]
    if piece.cue.peace:
        return frozenset(table("verbs.toml")["relation"]["war"]["keeps"])
    heads = table("verbs.toml")["agreement"]["heads"]
    return allowed | vocabulary().light["pact"] if piece.lemma.split(" ")[-1] in heads else allowed


def _as_light(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A verb of a relation that only carries a noun of the same family: fought a war, sided in an alliance."""
    cues = [piece for piece in pieces if piece.sign in _CUES]
    if len(cues) < 2 or not any(piece.sign == "event" for piece in cues):
        return tuple(pieces)
    event = next(piece for piece in cues if piece.sign == "event")
    light = _carriers(event)
    return tuple(
        replace(piece, sign="light", cue=None) if piece.sign in {"verb", "past"} and piece.lemma in light else piece
        for piece in pieces
    )


def _with_war(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A war that is named as a time is also what one stays out of or takes part in."""
    if any(piece.sign in _CUES for piece in pieces):
        return tuple(pieces)
    return tuple(
        replace(piece, sign="event", cue=_WAR) if piece.period and piece.period.war else piece for piece in pieces
    )


def _single(pieces: Sequence[Piece], cues: list[Piece]) -> tuple[Piece, ...]:
    """One cue, where several say the same: a bitter enemy and adversary."""
    named = {(piece.cue.relation, piece.cue.peace) for piece in cues if piece.cue}
    at = [place for place, piece in enumerate(pieces) if any(piece is one for one in cues)]
    between = set(letters(pieces[at[0] + 1 : at[-1]]))
    if len(named) > 1 or not between <= _WITHIN:
        words = ", ".join(repr(piece.text) for piece in cues)
        raise ClaimError(
            f"the claim says more than one thing ({words})",
            allowed="one relation",
            repair="check each in a sentence of its own",
        )
    # what joins the same thing said twice goes with the second saying
    return (*pieces[: at[0] + 1], *pieces[at[-1] + 1 :])


def _check_light(pieces: Sequence[Piece], piece: Piece) -> tuple[Piece, str]:
    """Whether each verb may carry the relation; one that starts a war makes it an attack."""
    cue = piece.cue or _WAR
    allowed = _carriers(piece)
    declares = set(table("verbs.toml")["relation"]["declared_war"]["declares"])
    starts = set(table("verbs.toml")["relation"]["attacked"]["starts"])
    for verb in (one for one in pieces if one.sign == "light"):
        if cue.relation == "war" and verb.lemma in declares and not piece.period:
            return replace(piece, cue=replace(cue, relation="declared_war")), ""
        if cue.relation == "war" and verb.lemma in starts and not piece.period:
            return replace(piece, cue=replace(cue, relation="attacked")), f"{verb.text!r} a war is taken as attacking"
        if (cue.form != "event" and not cue.peace) or verb.lemma not in allowed:
            raise ClaimError(
                f"{verb.text!r} does not go with {piece.text!r} in a way that the record can show",
                allowed=f"{said(cue.relation)}, or {piece.text!r} with: {', '.join(sorted(allowed)[:12])}",
            )
    return piece, ""


def main_cue(pieces: Sequence[Piece]) -> Found:
    """Find the relation of a claim.

    Args:
        pieces: all of its pieces.

    Raises:
        ClaimError: if there is none, or more than one, or a verb with it that changes what is said.
    """
    known = _as_light(_with_war(pieces))
    cues = [piece for piece in known if piece.sign in _CUES]
    if not cues:
        raise _none()
    known = _single(known, cues)
    piece, note = _check_light(known, cues[0])
    return Found(tuple(piece if one is cues[0] else one for one in known), piece, note)


def alternatives(piece: Piece) -> tuple[str, ...]:
    """Return what else the words may mean, likeliest first."""
    if piece.cue is None:
        return ()
    also = vocabulary().also[piece.cue.relation]
    other = tuple(entry.cue.relation for entry in piece.entries if entry.cue and entry.cue.form == piece.cue.form)
    return tuple(dict.fromkeys(name for name in (*other, *also) if name != piece.cue.relation))
