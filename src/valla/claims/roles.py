"""Who does it to whom: subjects and objects of a simple clause, by voice, prepositions, possessives and word order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from valla.actors.model import Mention
from valla.claims.kinds import kind, relation
from valla.claims.pieces import Piece, letters
from valla.claims.vocabulary import Cue
from valla.errors import ClaimError

__all__ = ["Roles", "roles"]

_LINKS = frozenset("wgoyznf2I")
_TOWARD = frozenset("gnwz")
_BEHALF = frozenset({"for", "through", "out", "under"})
_UNNAMED = "the claim does not say who did it"
_NOBODY_NAMED = f"{_UNNAMED}; that nobody at all did it cannot be checked"
_EXAMPLE = "name two sides, as in 'Germany never attacked Sweden' or 'Germany and Sweden were never at war'"


@dataclass(frozen=True, slots=True)
class Roles:
    """Who does it to whom.

    Args:
        subjects: who does it.
        objects: toward whom; None where nobody is named.
        mutual: whether one side was made two: "X and Y were at war".
        turned: whether the sides were exchanged, so that the one picked out by "only" or "first" does it.
    """

    subjects: tuple[Mention, ...]
    objects: tuple[Mention, ...] | None
    mutual: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A party in its place.

    Args:
        at: its position.
        piece: the party.
        link: the letter of the preposition before it, or nothing.
        owner: whether it goes before the relation's noun: "Germany's ally", "the German attack".
        before: whether it stands before the relation.
    """

    at: int
    piece: Piece
    link: str
    owner: bool
    before: bool

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return self.piece.party.mentions if self.piece.party else ()

    @property
    def bare(self) -> bool:
        return not self.link and not self.owner


def _places(pieces: Sequence[Piece], cue_at: int) -> list[_Place]:
    text = letters(pieces)
    out = []
    for at, piece in enumerate(pieces):
        if piece.sign != "actor":
            continue
        link = text[at - 1] if at and text[at - 1] in _LINKS else ""
        owner = bool(re.match(r"A(?:'[^A]*|[FS]*)[PE]", text[at:])) and text[at:].find("b") != 1
        out.append(_Place(at, piece, link if not owner else "", owner, at < cue_at))
    return out


def _trouble(problem: str, repair: str = _EXAMPLE) -> ClaimError:
    return ClaimError(
        problem, allowed="somebody who does it and, where it is done to somebody, who that is", repair=repair
    )


def _all(places: Sequence[_Place]) -> tuple[Mention, ...]:
    return tuple(mention for place in places for mention in place.mentions)


def _split(mentions: tuple[Mention, ...]) -> Roles:
    """The first is the subject, the others are the objects."""
    return Roles(mentions[:1], mentions[1:], mutual=True)


def _agents(places: list[_Place]) -> list[_Place]:
    """Those introduced by "by"."""
    return [place for place in places if place.link == "y"]


def _is_victim(text: str) -> bool:
    return "c" in text


def _passive(text: str, cue_at: int) -> bool:
    return text[cue_at] == "W" and bool(re.search(r"b[xXULFSdh]*$", text[:cue_at]))


def _owned(places: list[_Place], cue: Cue, *, victim: bool) -> tuple[list[_Place], list[_Place]]:
    """Sides where somebody owns the noun: Germany's ally is done to; Germany's attack is done by Germany."""
    owners = [place for place in places if place.owner]
    others = [place for place in places if not place.owner]
    if cue.form == "person":
        subjects = [place for place in others if place.bare] or others
        return subjects, owners
    bare = [place for place in others if place.bare]
    if victim:
        return owners, bare
    if bare and not any(place.link in _LINKS for place in others):
        return bare, owners
    return owners, [place for place in others if place not in owners]


def _of_first(places: list[_Place]) -> tuple[list[_Place], list[_Place]]:
    """The attack of X on Y; the occupation of Y."""
    of = [place for place in places if place.link == "o"]
    toward = [place for place in places if place.link in _TOWARD]
    if of and toward:
        return of, toward
    return [], places


def _plain(places: list[_Place]) -> tuple[list[_Place], list[_Place]]:
    bare = [place for place in places if place.bare]
    subjects = [place for place in bare if place.before][:1]
    rest = [place for place in places if place not in subjects]
    return (subjects, rest) if subjects else _of_first(places)


def _sides(pieces: Sequence[Piece], places: list[_Place], cue: Cue, cue_at: int) -> tuple[list[_Place], list[_Place]]:
    text = letters(pieces)
    agents = _agents(places)
    if agents:
        return agents, [place for place in places if place not in agents]
    victim = _is_victim(text)
    if victim and cue.form != "event":
        raise _trouble("it is not clear who did it to whom")
    if any(place.owner for place in places):
        return _owned(places, cue, victim=victim)
    subjects, objects = _plain(places)
    if victim:
        return objects, subjects
    if _passive(text, cue_at) and (into := _into(pieces, places)):
        return into, [place for place in places if place not in into]
    if _passive(text, cue_at) and not objects and not relation(cue.relation).symmetric:
        raise _trouble(_NOBODY_NAMED if re.search("[xXYZ]", text) else _UNNAMED, "add who did it: '... by Germany'")
    return subjects, objects


def _one_side(mentions: tuple[Mention, ...], pieces: Sequence[Piece], cue: Cue) -> Roles:
    """Only one party: X and Y did it to each other, or X did it to anybody."""
    text = letters(pieces)
    mutual = relation(cue.relation).symmetric or cue.mutual or "e" in text
    together = all(piece.party.together for piece in pieces if piece.party)
    if len(mentions) > 1 and mutual and (together or "e" in text) and not re.search("[YZ]", text):
        return _split(mentions)
    return Roles(mentions, None)


def _check_places(places: Sequence[_Place], cue: Cue) -> None:
    """Where it was done is not to whom: a war in Ukraine; but an ally in Poland, an occupation in Estonia."""
    place = next((one for one in places if one.link == "I"), None)
    if place and cue.form != "person" and cue.relation != "occupied":
        raise _trouble(f"the claim names a place ('in {place.piece.text}'), not somebody to whom it was done")


def _check_for(pieces: Sequence[Piece], places: Sequence[_Place], cue: Cue) -> None:
    """Fought for X: on whose behalf it was done is not toward whom."""
    other = next((one for one in places if one.link == "f" and pieces[one.at - 1].text.casefold() in _BEHALF), None)
    if other and cue.form != "person":
        raise _trouble(
            f"the claim names for whom or through whom it was done ({other.piece.text}), which is more than two sides"
        )


def _check_third(places: Sequence[_Place], cue: Cue) -> None:
    """Allied against X: X is a third, not the ally."""
    friendly = all(kind(name).tenor == "cooperative" for name in relation(cue.relation).realised)
    third = next((one for one in places if one.link == "g"), None)
    if third and friendly:
        raise _trouble(f"the claim names against whom they did it ({third.piece.text}), which is more than two sides")


def _check_fighting_with(places: Sequence[_Place], cue: Cue) -> None:
    """Fought with X: against him, or at his side; a war with X is against him."""
    other = next((one for one in places if one.link == "w"), None)
    if other and cue.relation == "fought" and cue.form == "verb":
        raise _trouble(
            f"'fought with {other.piece.text}' may mean against them or at their side",
            f"say 'fought against {other.piece.text}' or 'was allied with {other.piece.text}'",
        )


def _into(pieces: Sequence[Piece], places: list[_Place]) -> list[_Place]:
    """Incorporated into X: X did it."""
    return [place for place in places if place.link == "n" and pieces[place.at - 1].text.casefold() == "into"]


def _check_sides(subjects: list[_Place], objects: list[_Place], cue: Cue) -> None:
    named = [mention.candidates[0].actor.id for mention in (*_all(subjects), *_all(objects)) if mention.candidates]
    if len(set(named)) < len(named):
        raise _trouble("the claim puts the same actor on both sides", "name each side once")
    # no treaty linked X with Y: both are sides of it
    links = len({place.link for place in objects if not place.bare}) + any(place.bare for place in objects)
    joined = not subjects and relation(cue.relation).symmetric and {place.link for place in objects} <= {"", "w", "z"}
    if len(subjects) > 1 or (links > 1 and not joined):
        sides = ", ".join(place.piece.text for place in [*subjects, *objects])
        raise _trouble(f"the claim names more than two sides ({sides})", "check one pair of sides at a time")


def _unsubjected(objects: list[_Place], cue: Cue) -> Roles:
    """Nobody is named as doing it: no country was ever at war with X; there was no war between X and Y."""
    mentions = _all(objects)
    between = any(place.link == "2" for place in objects)
    if len(mentions) > 1 and (between or relation(cue.relation).symmetric):
        return _split(mentions)
    if not relation(cue.relation).symmetric:
        raise _trouble(_NOBODY_NAMED, "name who did it: 'Germany never attacked Sweden'")
    return Roles(mentions, None)


def _focused(found: Roles, focus: frozenset[Mention], cue: Cue) -> Roles:
    """Put the one picked out first; where the relation has a direction that cannot be done."""
    if not focus or focus <= set(found.subjects):
        return found
    if found.objects and focus <= set(found.objects) and relation(cue.relation).symmetric:
        others = tuple(mention for mention in (*found.subjects, *found.objects) if mention not in focus)
        return Roles(tuple(mention for mention in found.objects if mention in focus), others or None, turned=True)
    name = ", ".join(sorted(mention.text for mention in focus))
    raise _trouble(
        f"'only' and 'first' can be checked of those who did it, not of those to whom it was done ({name})",
        "say who was the only or first one to do it: 'Only Germany attacked Poland in 1939'",
    )


def roles(pieces: Sequence[Piece], cue_at: int) -> Roles:
    """Find who does it to whom.

    Args:
        pieces: of a simple clause.
        cue_at: the position of the relation's cue.

    Raises:
        ClaimError: if nobody is named, more than two sides are, or "only" picks out the wrong one.
    """
    cue = pieces[cue_at].cue
    if cue is None:
        raise _trouble("the claim names no relation")
    places = _places(pieces, cue_at)
    if not places:
        raise _trouble("the claim names no actor that is known", _EXAMPLE)
    _check_places(places, cue)
    _check_third(places, cue)
    _check_fighting_with(places, cue)
    _check_for(pieces, places, cue)
    subjects, objects = _sides(pieces, places, cue, cue_at)
    _check_sides(subjects, objects, cue)
    if not subjects:
        found = _unsubjected(objects, cue)
    elif not objects:
        found = _one_side(_all(subjects), pieces, cue)
    else:
        found = Roles(_all(subjects), _all(objects))
    focus = frozenset(mention for piece in pieces if piece.focus and piece.party for mention in piece.party.mentions)
    return _focused(found, focus, cue)
