"""English text to ranked formal readings, by rules over the lexicons in `data/`: the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from valla.actors.model import LIST_BEGINS, Candidate, Mention
from valla.actors.resolve import mentions
from valla.claims.cues import alternatives, said
from valla.claims.filling import filled
from valla.claims.kinds import Aspect, relation
from valla.claims.model import Quantifier, Reading
from valla.claims.parsing import Find, Parsed, parsed
from valla.claims.periods import Stretch
from valla.claims.pieces import Piece
from valla.claims.roles import Roles
from valla.dates import Window, day_number, year_of
from valla.errors import ClaimError

__all__ = ["MAX_NAMESAKES", "read"]

MAX_NAMESAKES = 4
"""How many of the actors that bear one name are considered."""

_SURE, _CENTURY, _OTHER, _EACH, _NAMESAKE = 0.9, 0.45, 0.4, 0.3, 0.25
"""Scores: the plain sense of the words, a decade as a century, another sense, each side on its own,
another bearer of a name."""

_HUNDREDS = re.compile(r"(?<![\w-])\d\d00'?s\b")


def read(text: str, *, find: Find = mentions) -> tuple[Reading, ...]:
    """Read a claim.

    Args:
        text: one sentence in English.
        find: what finds the actors that a text names.

    Returns:
        The readings, likeliest first; each says how every name, time and quantifier was taken.

    Raises:
        ClaimError: if the claim cannot be read: it says why, and the nearest thing that could be checked.
    """
    told = parsed(text, find)
    _refuse_unswept(told)
    readings = dict.fromkeys(_readings(told))
    return tuple(sorted(readings, key=lambda reading: -reading.score))


def _refuse_unswept(told: Parsed) -> None:
    """Conduct without a quantifier and without a time: "X opposed Y" may mean always or once, and is not guessed."""
    cue = told.found.piece.cue
    lasting = cue is not None and bool(relation(cue.relation).contradicted)
    once = any(piece.sign == "sweep" for piece in told.found.pieces)
    if told.quantifier is Quantifier.EXISTS and lasting and told.period is None and not once:
        raise ClaimError(
            "the claim has no quantifier: it may mean always, or at least once",
            allowed="always, never, first, only, at least once, or a time in which it was so",
            repair=f"say 'always {said(cue.relation)}' or 'at least once'" if cue else None,
        )


def _chosen(side: tuple[Mention, ...], other: Candidate | None) -> tuple[Candidate, ...]:
    """Whom each name stands for: the likeliest, or the other one where that is asked for."""
    for mention in side:
        if not mention.candidates:
            raise ClaimError(f"nobody is known by the name {mention.text!r}", repair="use another name")
    return tuple(other if other in mention.candidates else mention.candidates[0] for mention in side)


def _name_notes(candidates: Sequence[Candidate], side: tuple[Mention, ...]) -> Iterator[str]:
    for one, mention in zip(candidates, side, strict=True):
        if mention.text.casefold() != one.actor.name.casefold():
            yield f"{mention.text!r} is taken as {one.actor.phrase}: {one.reason}"


def _relation_note(piece: Piece, relation: str) -> list[str]:
    meaning, words = said(relation), piece.text.replace(" - ", "-")
    denial = "the opposite of " if piece.cue and piece.cue.peace else ""
    return [] if words.casefold() == meaning else [f"{words!r} is read as {denial}{meaning!r}"]


def _ids(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.actor.id for one in candidates))


def _reading(told: Parsed, relation: str, score: float, *notes: str, other: Candidate | None = None) -> Reading:
    sides = told.sides
    subjects = _chosen(sides.subjects, other)
    objects = None if sides.objects is None else _chosen(sides.objects, other)
    period, time_note = filled(told.period, [one.actor for one in (*subjects, *(objects or ()))])
    assumptions = [
        f"the claim is read as {told.quantifier.value!r}",
        *_relation_note(told.found.piece, relation),
        *_name_notes(subjects, sides.subjects),
        *_name_notes(objects or (), sides.objects or ()),
        time_note,
        *([] if sides.objects else ["nobody is named toward whom: anybody counts"]),
        *(["the sides are exchanged, so that the one picked out is the one who did it"] if sides.turned else []),
        *told.notes,
        *notes,
    ]
    return Reading(
        quantifier=told.quantifier,
        relation=relation,
        subjects=_ids(subjects),
        objects=None if objects is None else _ids(objects),
        period=period,
        channel=told.channel,
        assumptions=tuple(assumptions),
        score=score,
        text=told.text,
        denied=told.denied,
        aspect=Aspect.EVENT if told.signed else None,
        any_subject=_is_any(told, sides.subjects),
        any_object=_is_any(told, sides.objects or ()),
        partial=told.partial,
        then=told.then,
    )


def _is_any(told: Parsed, side: tuple[Mention, ...]) -> bool:
    """Whether the actors of a side are joined by "or": one of them is enough."""
    parties = [piece.party for piece in told.found.pieces if piece.party]
    return any(not party.together and set(party.mentions) & set(side) for party in parties)


def _readings(told: Parsed) -> Iterator[Reading]:
    cue = told.found.piece.cue
    relation = cue.relation if cue else ""
    century = _century(told)
    if century and _is_nonsense(told):
        told, century = replace(told, period=century), told.period
    yield _reading(told, relation, _SURE)
    for rank, other in enumerate(alternatives(told.found.piece)):
        yield _reading(told, other, _OTHER - rank / 100, f"{told.found.piece.text!r} may also mean this")
    if century:
        yield _reading(replace(told, period=century), relation, _CENTURY)
    if told.sides.mutual:
        each = Roles((*told.sides.subjects, *(told.sides.objects or ())), None)
        yield _reading(replace(told, sides=each), relation, _EACH, "the sentence may also mean each of them on its own")
    yield from _other_names(told, relation)


def _other_names(told: Parsed, relation: str) -> Iterator[Reading]:
    """A reading for each other actor that a name may stand for."""
    for mention in (*told.sides.subjects, *(told.sides.objects or ())):
        for rank, other in enumerate(mention.candidates[1:MAX_NAMESAKES]):
            yield _reading(
                told, relation, _NAMESAKE - rank / 100, f"{mention.text!r} may also mean this one", other=other
            )


def _century(told: Parsed) -> Stretch | None:
    """The hundred years that "the 1800s" may mean, where the ten were taken."""
    if told.period is None or not _HUNDREDS.search(told.period.text) or told.period.window.begin is None:
        return None
    first = year_of(told.period.window.begin)
    if told.period.window != Window(day_number(first), day_number(first + 10) - 1):
        return None
    window = Window(day_number(first), day_number(first + 100) - 1)
    return replace(told.period, window=window, note="it may mean the decade or the century")


def _is_nonsense(told: Parsed) -> bool:
    """Whether somebody named did not exist in the period: then it is the longer one that is meant."""
    window = told.period.window if told.period else Window()
    lives = [
        mention.candidates[0].actor.life
        for mention in (*told.sides.subjects, *(told.sides.objects or ()))
        if mention.candidates
    ]
    return any(life and all(one.meet(window).empty and not _is_old(one) for one in life) for life in lives)


def _is_old(life: Window) -> bool:
    """Whether it begins where the list of states begins, which says nothing about the time before."""
    return life.begin is None or year_of(life.begin) <= year_of(LIST_BEGINS)
