"""The part that an ambiguous word plays in its place: "attack" as verb or noun, "state" as country or as its organs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from valla.actors.model import NameRole
from valla.claims.pieces import LETTERS, Piece, letters
from valla.claims.vocabulary import Entry

__all__ = ["settled", "spelled"]

_NOUNS = frozenset({"event", "person"})
_VERBS = frozenset({"verb", "past"})
_PLAIN_VERBS = frozenset({"be", "have", "do"})
_BEFORE_NOUN = frozenset("tSFlojIwgyn'CafP20c")
_COLOUR = frozenset("asUG10uCT-&,")
_AGREEMENTS = frozenset({"pact", "nonaggression", "neutrality", "consultation", "allied", "traded"})
_NOT = frozenset({"not", "nor", "neither"})

# Where the place of a word does not decide, the sign that comes first here.
_RANK = (
    "avoid", "lonely", "never", "victim", "modals", "nobody_else", "always", "person", "state", "past", "verb",
    "event", "light", "alone", "somebody_else", "only", "first", "remain", "but", "cease", "before", "each_other",
    "who", "not", "nobody", "somebody", "by", "between", "with", "against", "head", "metonyms", "its", "and", "to",
    "on", "for", "inside", "topic", "open", "secret", "the", "sweep", "colour", "changing", "reign", "question",
)  # fmt: skip


def spelled(entry: Entry) -> str:
    """Return the sign of an entry: a cue's is its form, and a verb's past stands apart because it may be passive."""
    if entry.sign != "cue" or entry.cue is None:
        return entry.sign
    return "past" if entry.cue.form == "verb" and entry.cue.tense == "past" else entry.cue.form


def _first(signs: frozenset[str]) -> str:
    return min(signs, key=lambda sign: (_RANK.index(sign) if sign in _RANK else len(_RANK), sign))


def _before(pieces: Sequence[Piece], at: int) -> str:
    """The letter before a piece, passing over what only colours."""
    return next((letter for piece in reversed(pieces[:at]) if (letter := LETTERS[piece.sign]) not in _COLOUR), "")


def _after(pieces: Sequence[Piece], at: int) -> str:
    return letters(pieces[at + 1 :])


def _is_people(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the name before a word is a people's ("a German attack") and nothing asks for a verb ("did German ...")."""
    if "d" in letters(pieces[:at]):
        return False
    party = next((piece.party for piece in reversed(pieces[:at]) if piece.sign == "actor"), None)
    candidates = party.mentions[-1].candidates if party else ()
    return bool(candidates) and candidates[0].name.role is NameRole.DEMONYM


def _after_name(pieces: Sequence[Piece], at: int) -> bool:
    """Germany attack on Poland: a noun, if a preposition or the end follows the bare form."""
    bare = any(entry.cue and entry.cue.tense == "base" for entry in pieces[at].entries)
    return bare and (_after(pieces, at)[:1] or ",") in set("gnowybp,")


def _is_noun(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word that is verb or noun ("attack", "trade") is a noun here."""
    before = _before(pieces, at)
    if before == "x":
        return pieces[at - 1].text.casefold() not in _NOT or letters(pieces[:at]).endswith("hx")
    if before == "A":
        return _is_people(pieces, at) or _after_name(pieces, at)
    if before in {"", "E"} or (before == "p" and "A" not in letters(pieces[:at])):
        return bool(re.match("[XUsh]*[gnowyb2l]", _after(pieces, at)))
    return before in _BEFORE_NOUN or before == "h"


def _carries(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb only carries the noun of a relation: fought a war, a war was fought."""
    ahead = re.match(r"[fI]?[tsajSFx0C1uTl-]*E", _after(pieces, at))
    return bool(ahead or re.search(r"E[^A]*$", letters(pieces[:at])))


def _is_infinitive(pieces: Sequence[Piece], at: int) -> bool:
    return bool(re.search("[zd][XUsax]*$", letters(pieces[:at])))


def _is_reign(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word such as "rule" or "years" goes with somebody who ruled: under Stalin's rule, in the reign of."""
    before, after = letters(pieces[:at]), _after(pieces, at)
    return bool(re.search(r"[fIUn]t*A'?$", before) or (re.search(r"[fIUn]t*$", before) and re.match("ot?A", after)))


def _is_topic(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word such as "neutrality" is the topic of an agreement named after it."""
    ahead = next((piece for piece in pieces[at + 1 :] if piece.sign not in {"comma", "and", "colour"}), None)
    return ahead is not None and any(
        entry.sign == "topic" or (entry.cue and entry.cue.form == "event" and entry.cue.relation in _AGREEMENTS)
        for entry in ahead.entries
    )


def _is_under(pieces: Sequence[Piece], at: int) -> bool:
    """Under attack: done to; under Stalin: a time."""
    return pieces[at].text.casefold() != "under" or bool(re.match("[ta]*(?:A'?)?a*[EV]", _after(pieces, at)))


def _is_cease(pieces: Sequence[Piece], at: int) -> bool:
    denied = re.search(r"[xX]|b$", letters(pieces[:at]))
    return bool(denied) and not re.match("[ta]*[AwgyB]", _after(pieces, at))


def _is_metonym(pieces: Sequence[Piece], at: int) -> bool:
    owner = letters(pieces[:at]).rstrip("a")[-1:]
    return owner in {"A", "'"} or bool(re.match(r"ot?A", _after(pieces, at)))


_TESTS: tuple[tuple[str, Callable[[Sequence[Piece], int], bool]], ...] = (
    ("cease", _is_cease),
    ("metonyms", _is_metonym),
    ("victim", _is_under),
    ("for", lambda pieces, at: pieces[at].text.casefold() == "under"),
    ("reign", _is_reign),
    ("light", lambda pieces, at: bool(re.match(r"[tsajSFx0C1uTl-]*E", _after(pieces, at)))),
    ("topic", _is_topic),
    ("who", lambda pieces, at: _before(pieces, at) in set("HAFSLYNE")),
    ("the", lambda pieces, at: pieces[at].text.casefold() in {"that", "this", "one", "single", "such"}),
    ("with", lambda pieces, at: _before(pieces, at) not in {"A", ""}),
    ("and", lambda pieces, at: _before(pieces, at) == "A"),
)


def _relational(pieces: Sequence[Piece], at: int, signs: frozenset[str]) -> str | None:
    """The sign of a word that may name a relation."""
    verbs = signs & _VERBS
    if "person" in signs:
        return "verb" if "verb" in signs and _after(pieces, at)[:1] == "A" else "person"
    if signs & _NOUNS and verbs:
        return _first(signs & _NOUNS if _is_noun(pieces, at) else verbs)
    if verbs and "light" in signs:
        return "light" if _carries(pieces, at) else _first(verbs)
    if verbs == _VERBS:
        return "verb" if _is_infinitive(pieces, at) else "past"
    return None


def _sign(pieces: Sequence[Piece], at: int, signs: frozenset[str]) -> str:
    if signs & _PLAIN_VERBS:
        return _first(signs & _PLAIN_VERBS)
    if relational := _relational(pieces, at, signs):
        return relational
    return next((sign for sign, test in _TESTS if sign in signs and test(pieces, at)), _first(signs))


def _chosen(pieces: Sequence[Piece], at: int) -> Piece:
    """The part that an ambiguous piece plays in its place."""
    piece = pieces[at]
    by_sign = {spelled(entry): entry for entry in reversed(piece.entries)}
    if len(by_sign) < 2:
        return piece
    sign = _sign(pieces, at, frozenset(by_sign))
    entry = by_sign[sign]
    return replace(piece, sign=sign, cue=entry.cue, lemma=entry.lemma)


def settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Settle which part each piece plays, from the first to the last.

    Args:
        pieces: with all entries that each may be.
    """
    out = list(pieces)
    for at in range(len(out)):
        out[at] = _chosen(out, at)
    return tuple(out)
