"""A claim taken apart: its quantifier, its relation, its sides, its period and channel, before readings are made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from valla.actors.model import Mention
from valla.claims.clauses import Clause, clause
from valla.claims.cues import Found, main_cue
from valla.claims.cutting import cut
from valla.claims.groups import COLOURED
from valla.claims.kinds import kind, relation
from valla.claims.model import Channel, Quantifier
from valla.claims.openings import opened, renamed
from valla.claims.periods import Stretch, common, stretches
from valla.claims.pieces import Piece, letters
from valla.claims.placing import placed
from valla.claims.polarity import Polarity, polarity
from valla.claims.refusals import check_understood, nearest_wording
from valla.claims.reigns import reigns
from valla.claims.roles import Roles, roles
from valla.claims.vocabulary import table
from valla.claims.words import plain
from valla.dates import Window
from valla.errors import ClaimError

__all__ = ["MAX_LENGTH", "MAX_PIECES", "Find", "Parsed", "parsed"]

MAX_LENGTH = 1000
"""The longest claim that is read, in characters: a claim is one sentence."""

MAX_PIECES = 80
"""The most words and marks, phrases counted once, that a claim may have; it also bounds the time that its patterns take."""

_DENIED = "the sentence denies the claim; the claim that it denies is checked"
_PRESENT = frozenset({"is", "are", "does"})
_VERBS = frozenset("VWRlbhdmkvcxXNO")
_UNPLACED = frozenset("HrFSLJBqQOT&?")
_NOT = frozenset("xXNkv")
_SIDE = re.compile(
    r"\b(?:on|at|to|in|into) (?!either|both|opposite|opposing|the same|each|neither)[\w' -]{1,40}?\b(?:side|sides|ranks|camp)\b",
    re.IGNORECASE,
)
"""On the Turkish side, at the side of Turkey."""


class Find(Protocol):
    """What finds the actors that a text names."""

    def __call__(self, text: str, *, on: Window | None = None) -> tuple[Mention, ...]:
        """Find them.

        Args:
            text: the text.
            on: the days that it is about; None where it does not say.
        """
        ...


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the words of a claim say.

    Args:
        text: the claim as it was written.
        quantifier: how it sweeps.
        found: the relation.
        sides: who does it to whom.
        period: the time that it names.
        channel: whether it speaks of what was open or secret.
        notes: what the words left open and how it was settled.
        denied: whether the sentence denies the claim.
        signed: whether an agreement is said to have been made, rather than to have been in force.
        partial: whether the words say more than is read: "not until 1941" says that it was so then.
        then: when they say that it was so after all.
    """

    text: str
    quantifier: Quantifier
    found: Found
    sides: Roles
    period: Stretch | None
    channel: Channel
    notes: tuple[str, ...]
    denied: bool = False
    signed: bool = False
    partial: bool = False
    then: Window | None = None


def _sentence(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise ClaimError(
            "the claim is empty", allowed="one sentence", repair="write a claim: 'Germany never attacked Sweden.'"
        )
    if len(stripped) > MAX_LENGTH:
        raise ClaimError(
            f"the claim has {len(stripped)} characters",
            allowed=f"at most {MAX_LENGTH}",
            repair="check one sentence at a time",
        )
    return stripped


def _pieces(text: str, find: Find) -> tuple[tuple[Piece, ...], Stretch | None]:
    """The pieces of a plain text and the period that they name."""
    full, periods = stretches(text)
    named = common(periods)
    pieces, ruled = reigns(cut(full, periods, find(full, on=named.window if named else None)))
    if len(pieces) > MAX_PIECES:
        raise ClaimError(
            f"the claim has {len(pieces)} parts", allowed=f"at most {MAX_PIECES}", repair="check one sentence at a time"
        )
    return pieces, common((*periods, *ruled))


def parsed(text: str, find: Find) -> Parsed:
    """Take a claim apart.

    Args:
        text: one sentence in English.
        find: what finds the actors that a text names.

    Raises:
        ClaimError: if it cannot be read.
    """
    start = opened(plain(_sentence(text)))
    spelled, renamings = renamed(start.text)
    pieces, period = _pieces(spelled, find)
    coloured = check_understood(pieces)
    _check_place_of_only(pieces)
    _check_contrast(pieces)
    order = _order(pieces, period)
    found = main_cue(pieces)
    _check_side(spelled, found)
    told = clause(found.pieces)
    ever = any(piece.sign == "sweep" and piece.text.casefold() == "ever" for piece in pieces)
    sweep = _sweep(told, period, found, ever=ever)
    _check_past(pieces, period, sweep)
    timed = placed(order, sweep.quantifier, found)
    sweep = replace(sweep, quantifier=timed.quantifier)
    denied = sweep.denied != start.denied
    notes = [*renamings, found.note, _verbless(pieces), _DENIED if denied else "", sweep.note]
    notes += [f"{word!r} is left out of account" for word in (*coloured, *_aside(pieces))]
    return Parsed(
        text=text,
        quantifier=sweep.quantifier,
        found=found,
        sides=roles(told.pieces, _cue_at(told.pieces)),
        period=timed.period,
        channel=_channel(pieces),
        notes=tuple(note for note in (*notes, timed.note) if note),
        denied=denied,
        signed=_is_signed(found),
        partial=timed.partial,
        then=timed.then,
    )


def _is_signed(found: Found) -> bool:
    """Whether the agreement that a claim names was signed or otherwise made, and not merely kept."""
    cue = found.piece.cue
    verbs = {piece.lemma for piece in found.pieces if piece.sign == "light"}
    known = table("verbs.toml")["agreement"]
    agreed = cue is not None and cue.relation in {*known["topics"], "pact"}
    return agreed and bool(verbs & set(known["signs"]))


def _aside(pieces: Sequence[Piece]) -> list[str]:
    """The actors that are named in passing: alongside whom it was done, and the organisation of an ally."""
    return [piece.text for piece in pieces if piece.sign == "beside" or piece.lemma == COLOURED]


def _order(pieces: Sequence[Piece], period: Stretch | None) -> Stretch | None:
    """Before X did in 1877: the year is that of X's act; nobody did it earlier, so that the period ends with that year."""
    if period is None or not re.search(r"qt?A[dhbs]*p", letters(pieces)):
        return period
    if sum(piece.sign == "period" for piece in pieces) > 1 or None in {period.window.begin, period.window.end}:
        raise ClaimError(
            "the claim dates the act of the first one, and names another time, or no end of it",
            allowed="'X was the first country to ...', with the time in which it was the first",
            repair="say 'X was the first country to ... after 1815'",
        )
    note = "it dates the act of the first one; all before it counts"
    return replace(period, window=Window(None, period.window.end), order=True, note=note)


def _check_contrast(pieces: Sequence[Piece]) -> None:
    """Germany, not Poland, did it: two claims in one."""
    for found in re.finditer(r",x[wgoyzn]?t?A", letters(pieces)):
        if pieces[found.start() + 1].text.casefold() == "not":
            raise ClaimError(
                "the claim says of one that he did it and of another that he did not",
                allowed="one claim",
                repair="check each in a sentence of its own",
            )


def _check_side(text: str, found: Found) -> None:
    """Fought on the Turkish side: with Turkey, and not toward it."""
    cue = found.piece.cue
    friendly = cue is not None and kind(min(relation(cue.relation).realised)).tenor == "cooperative"
    if _SIDE.search(text) and not friendly:
        raise ClaimError(
            "the claim says on whose side it was done, not toward whom",
            allowed="who did it and toward whom",
            repair="name against whom it was done",
        )


def _verbless(pieces: Sequence[Piece]) -> str:
    """A note on a claim without a verb: "Germany's attack on Poland"; with one side only it says nothing."""
    if _VERBS & set(letters(pieces)):
        return ""
    if sum(len(piece.party.mentions) for piece in pieces if piece.party) < 2:
        raise ClaimError(
            "the claim has no verb",
            allowed="a sentence that says what was so",
            repair="say 'was', 'was never', 'attacked'",
        )
    return "there is no verb: the words are taken as saying that it was so"


def _check_place_of_only(pieces: Sequence[Piece]) -> None:
    """Only in 1939, only attacked, only an ally: what is then the only one cannot be checked."""
    text = letters(pieces)
    for at, piece in enumerate(pieces):
        if piece.sign != "only" or at + 1 >= len(pieces):
            continue
        after = pieces[at + 1]
        if text[at + 1] in "pVWbo" or after.text.casefold() in {"a", "an"}:
            raise ClaimError(
                f"what is said to be the only one is not an actor ({piece.text} {after.text})",
                allowed="'only' of somebody: 'Only Germany attacked ...', 'Germany was the only country that ...'",
                repair=nearest_wording([mention for one in pieces if one.party for mention in one.party.mentions]),
            )


def _is_now(pieces: Sequence[Piece], text: str) -> bool:
    """Whether the verb stands in the present."""
    tenses = {"present"} if set("dzFS") & set(text) else {"present", "base"}
    return any((piece.cue and piece.cue.tense in tenses) or piece.text.casefold() in _PRESENT for piece in pieces)


def _check_past(pieces: Sequence[Piece], period: Stretch | None, sweep: Polarity) -> None:
    """What merely is so now, or is not, is beyond a record of the past."""
    text = letters(pieces)
    plainly = sweep.quantifier is Quantifier.EXISTS or (
        sweep.quantifier is Quantifier.NEVER and not set("XNU") & set(text)
    )
    if period is None and plainly and "h" not in text and _is_now(pieces, text):
        raise ClaimError(
            "the claim is about the present and names no time",
            allowed="always, never, first, only, or what happened in a stated time",
            repair="name a time: 'were allies in 1939', 'have been allies since 1952'",
        )


def _cue_at(pieces: Sequence[Piece]) -> int:
    at = next((at for at, piece in enumerate(pieces) if piece.cue and piece.sign != "topic"), None)
    if at is None:
        raise ClaimError(
            "the claim names no relation that the record can show",
            repair="say what they did to each other: 'was at war with', 'attacked'",
        )
    return at


def _sweep(told: Clause, period: Stretch | None, found: Found, *, ever: bool) -> Polarity:
    text = letters(told.pieces)
    if _UNPLACED & set(text):
        raise _unplaced(told)
    if told.quantifier is None:
        return polarity(told.pieces, period, ever=ever)
    if _NOT & set(text) or (found.piece.cue and found.piece.cue.peace):
        raise _unplaced(told)
    return Polarity(told.quantifier, told.negated)


def _unplaced(told: Clause) -> ClaimError:
    words = ", ".join(repr(piece.text) for piece in told.pieces if letters((piece,)) in _UNPLACED | _NOT and piece.text)
    return ClaimError(
        f"it is not clear what these words belong to: {words}",
        allowed="'Only X ...', 'X was the first country to ...', 'No country but X ...', 'X never ...', 'X was always ...'",
        repair="say it in one of these forms",
    )


def _channel(pieces: Sequence[Piece]) -> Channel:
    signs = {piece.sign for piece in pieces}
    if {"open", "secret"} <= signs or not signs & {"open", "secret"}:
        return Channel.ANY
    return Channel.OPEN if "open" in signs else Channel.SECRET
