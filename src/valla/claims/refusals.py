"""Why a claim cannot be read: which word is not understood, which part is missing, and the nearest thing that could be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from valla.actors.model import Mention
from valla.claims.cues import common_relations, said
from valla.claims.pieces import Piece, letters
from valla.claims.vocabulary import vocabulary
from valla.errors import ClaimError, nearest

__all__ = ["check_understood", "nearest_wording"]

_ADJECTIVE = re.compile(r"[a-z]+(?:ous|ive|less|ful|ic|al|ish|able|ible|ing|ent|ant|ary|ed|some|ly|worthy)")
_ADVERB = re.compile(r"[a-z]{3,}ly")
_SLIP = 0.85
"""How alike a word must be to a known one to be taken for a slip of the pen."""

_QUANTIFIERS = "always, never, first, only, or a plain statement of what happened"


def nearest_wording(mentions: Sequence[Mention], relation: str = "opposed") -> str:
    """Return a claim about the same actors that could be checked, as a repair."""
    names = list(
        dict.fromkeys(
            mention.candidates[0].actor.phrase if mention.candidates else mention.text for mention in mentions
        )
    )
    if not names:
        return "name a state and what it did: 'Germany never attacked Sweden'"
    one, two = (*names, "another state")[:2]
    plain = said(relation)
    never = plain.replace("was ", "was never ", 1) if plain.startswith("was ") else f"never {said(relation)}"
    return f"a claim that could be checked: '{one[:1].upper()}{one[1:]} {never} {two}'"


def _tolerated(pieces: Sequence[Piece], at: int) -> bool:
    """Whether an unknown word only colours: an adverb, or an adjective before a relation's noun."""
    word = pieces[at].text
    if word != word.lower():
        return False
    if _ADVERB.fullmatch(word):
        return True
    return bool(_ADJECTIVE.fullmatch(word)) and bool(re.match(r"[au,&]*[PT]|[au,&]*E", letters(pieces[at + 1 :])))


@cache
def _relation_words() -> tuple[str, ...]:
    known = vocabulary().phrases.items()
    return tuple(sorted(key[0] for key, entries in known if len(key) == 1 and any(entry.cue for entry in entries)))


def _meant(word: str) -> str | None:
    """The word of a relation that an unknown one may be a slip for."""
    found = nearest(word, _relation_words()) if len(word) > 4 else None
    return found if found and SequenceMatcher(None, word, found).ratio() >= _SLIP else None


def _near_relation(pieces: Sequence[Piece]) -> str:
    return next((piece.cue.relation for piece in pieces if piece.cue), "opposed")


def _mentions(pieces: Sequence[Piece]) -> list[Mention]:
    return [mention for piece in pieces if piece.party for mention in piece.party.mentions]


def _unknown(pieces: Sequence[Piece], strange: Sequence[Piece]) -> ClaimError:
    words = ", ".join(repr(piece.text) for piece in strange[:4])
    if (
        any(piece.cue for piece in pieces)
        and len(_mentions(pieces)) < 2
        and all(piece.text[:1].isupper() for piece in strange)
    ):
        return ClaimError(
            f"{words} names no actor that Valla knows",
            allowed="states, their capitals, regimes, leaders, alliances, by their names in English",
            repair="use another name, or the state's own",
        )
    meant = next((found for piece in strange if (found := _meant(piece.text.casefold()))), None)
    no_cue = not any(piece.cue for piece in pieces)
    repair = (
        f"did you mean {meant!r}?" if meant and no_cue else nearest_wording(_mentions(pieces), _near_relation(pieces))
    )
    return ClaimError(_not_understood(strange, words), allowed=common_relations(), repair=repair)


def _not_understood(strange: Sequence[Piece], words: str) -> str:
    """What is wrong with some words: they are known and mean something else, or they are not known here."""
    if all(piece.sign == "changing" for piece in strange):
        return f"the claim says something that the record cannot show ({words})"
    return (
        f"the word {words} is not understood here"
        if len(strange) == 1
        else f"the words {words} are not understood here"
    )


def _hedged(pieces: Sequence[Piece], hedge: Piece) -> ClaimError:
    return ClaimError(
        f"{hedge.text!r} is no quantifier that a record can decide",
        allowed=_QUANTIFIERS,
        repair=nearest_wording(_mentions(pieces), _near_relation(pieces)),
    )


def _not_done(pieces: Sequence[Piece], modal: Piece) -> ClaimError:
    return ClaimError(
        f"{modal.text!r} does not say that something was done, but that it was wished, planned, ended or judged",
        allowed="what states did to each other, in the past",
        repair=nearest_wording(_mentions(pieces), _near_relation(pieces)),
    )


def check_understood(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Refuse a claim with a word that is not understood.

    Args:
        pieces: all pieces of the claim.

    Returns:
        The words that only colour and are left out of account.

    Raises:
        ClaimError: naming the words, what is allowed, and the nearest claim that could be checked.
    """
    hedge = next((piece for piece in pieces if piece.sign == "hedges"), None)
    if hedge:
        raise _hedged(pieces, hedge)
    unknown = [at for at, piece in enumerate(pieces) if piece.sign == "unknown"]
    strange = [pieces[at] for at in unknown if not _tolerated(pieces, at)]
    strange += [piece for piece in pieces if piece.sign in {"changing", "metonyms", "reign"}]
    modal = next((piece for piece in pieces if piece.sign == "modals"), None)
    if modal and not strange:
        raise _not_done(pieces, modal)
    if strange:
        raise _unknown(pieces, strange)
    return tuple(pieces[at].text for at in unknown)
