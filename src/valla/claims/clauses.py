"""A claim as a simple clause: "only" and "first" picked out, relative and inverted sentences turned into who does what to whom.

Each rule is a pattern over the letters of the pieces (pieces.py) and says which pieces it keeps and in which order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from valla.actors.model import Mention, NameRole
from valla.claims.model import Quantifier
from valla.claims.pieces import Piece, letters

__all__ = ["Clause", "clause"]

_STRUCTURAL = frozenset("APEVWRlbhdmkcvxXUFSLJNOYZHBqerij&wgoyzn2fI,T'-?Q")


@dataclass(frozen=True, slots=True)
class Clause:
    """A simple clause.

    Args:
        pieces: what is left, in the order of "somebody does something to somebody".
        quantifier: `only` or `first`, where a rule found it; its actors are marked as focus.
        negated: whether "not" stands before "only" or "first": the claim is then denied.
    """

    pieces: tuple[Piece, ...]
    quantifier: Quantifier | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, and the groups that it keeps, in their order; a group marked ! is picked out."""

    pattern: re.Pattern[str]
    keep: str
    quantifier: Quantifier | None = None


def _rule(pattern: str, keep: str, quantifier: Quantifier | None = None) -> _Rule:
    return _Rule(re.compile(pattern), keep, quantifier)


_ONLY, _FIRST = Quantifier.ONLY, Quantifier.FIRST
_DID = "[dhb]*"
_VP = r"[bhdmlVWRPEXUxeckv].*?"

# What the groups are called: A the actor picked out, O the other one, p a preposition, v the rest of the verb phrase.
_FRAMES = (
    # clefts and presentations: it was X that ..., there was no country that ..., X is a country that ...
    _rule(r"^i[hd]*b(?P<v>[xXU]?[SL]?A(?:,?&?O)?[SL]?)r(?P<w>.*)$", "v w"),
    _rule(r"^i[hd]*[bl](?P<v>[NO](?:BA)?)r(?P<w>.*)$", "v w"),
    _rule(r"^(?P<v>[^FS]*A)[hd]*bHr(?P<w>.*)$", "v w"),
    # the only country with a pact with X
    _rule(r"^(?P<v>.*[FS]H)w(?P<w>E.*)$", "v w"),
    # X was first attacked by Y: the first of such acts, not of those who did it
    _rule(r"^(?P<v>[^FS]*A[hd]*b)F(?P<w>W[^r]*)$", "v w"),
)

_EXCEPTS = (
    # No country but X did it; it was done by nobody but X
    _rule(r"^(?P<v>.*)[NO],?B(?P<A>A),?(?P<w>.*)$", "v A! w", _ONLY),
    # Apart from X, no country did it
    _rule(r"^B(?P<A>A),?(?P<v>[^NO]*)[NO](?P<w>.*)$", "v A! w", _ONLY),
    # No country did it but X
    _rule(rf"^(?P<v>[^NO]*)[NO](?P<w>.*?),?B(?P<p>[wgoyznI]?)(?P<A>A){_DID}$", "v A! w", _ONLY),
    # X had no ally but Y; X never had any pact but with Y; X never fought anyone but Y
    _rule(r"^(?P<v>[^xX]*)[xX](?P<w>.*[PEVWlhRYZ].*?)[YZ]?B(?P<p>[wgoyznI]?)(?P<A>A),?$", "v w p A!", _ONLY),
    _rule(r"^B(?P<A>A),?(?P<v>[^xX]*)[xX](?P<w>[^A]*)$", "v w A!", _ONLY),
    # X signed it with Y and no one else: Y is picked out
    _rule(r"^(?P<v>[^A]*A.*?[VWElPR].*?)(?P<p>[wgoyznI]?)(?P<A>A),?&O(?P<w>[^BAdhb]*)$", "v p A! w", _ONLY),
    # X and no other country did it; X did it, and no other country did
    _rule(r"^(?P<v>[^A]*)(?P<A>A),?&?O(?P<w>[^B]*)$", "v A! w", _ONLY),
    _rule(rf"^(?P<v>[^A]*)(?P<A>A)(?P<w>.*?),*(?:O|&,?[ON]){_DID},?$", "v A! w", _ONLY),
    # X was alone in doing it
    _rule(r"^(?P<v>[xX]?)(?P<A>A)(?P<x>[xXhdb]*)J(?P<w>.*)$", "v A! x w", _ONLY),
    # Nobody before X had done it
    _rule(r"^(?P<v>[^NOA]*)[NO],?q(?P<A>A),?(?P<w>[^q]*)$", "v A! w", _FIRST),
    # No country did it before X (did); before X, no country did it; X did it before anyone else
    _rule(rf"^(?P<v>[^NO]*)[NO](?P<w>.*?),?q(?P<A>A){_DID},?$", "v A! w", _FIRST),
    _rule(rf"^q(?P<A>A){_DID},?(?P<v>[^NO]*)[NO](?P<w>.*)$", "v A! w", _FIRST),
    _rule(rf"^(?P<v>[^A]*)(?P<A>A)(?P<w>.*?),?q[ZYO]{_DID},?$", "v A! w", _FIRST),
    _rule(rf"^q[ZYO]{_DID},?(?P<v>[^A]*)(?P<A>A)(?P<w>.*)$", "v A! w", _FIRST),
)

_HEAD = r"(?:H|i)?(?:oH|oY|oZ)?"


def _heads(sign: str, quantifier: Quantifier) -> tuple[_Rule, ...]:
    """The rules for "the only" and "the first"."""
    copula = r"(?P<x>[hd]*[xX]?[hd]*)b(?P<y>[xX]?)"
    return (
        # Y's only ally was X; the only ally of Y was X
        _rule(rf"^(?P<x>[xX]?)(?P<O>A)'{sign}(?P<v>P){_DID}[bm],?(?P<A>A),?$", "x A! +b v +o O", quantifier),
        _rule(rf"^(?P<x>[xX]?){sign}(?P<v>P)(?P<p>[ogw])(?P<O>A){_DID}[bm],?(?P<A>A),?$", "x A! +b v p O", quantifier),
        # Y's only pact was with X; the only pact that Y signed was with X
        _rule(rf"^(?P<O>A)'{sign}(?P<v>E){_DID}b(?P<p>[wgn])(?P<A>A),?$", "O v p A!", quantifier),
        _rule(
            rf"^{sign}(?P<v>E)(?:o(?P<O>A)|r?(?P<Q>A)[hd]*(?P<l>[lhVW]+)){_DID}b(?P<p>[wgn])(?P<A>A),?$",
            "O Q l v p A!",
            quantifier,
        ),
        # the only country that Y fought was X; the only country that fought Y was X
        _rule(
            rf"^(?P<y>[xX]?){sign}{_HEAD}(?P<p>[wgoy]?)r?(?P<O>A)(?P<v>{_VP})(?P<q>[wgoyznI]?)b,?(?P<A>A),?$",
            "y O v q p A!",
            quantifier,
        ),
        _rule(rf"^(?P<y>[xX]?){sign}{_HEAD}[rz]*(?P<v>{_VP})b,?(?P<A>A),?$", "y A! v", quantifier),
        # H that first/only did it was X
        _rule(rf"^Hr{sign}(?P<v>{_VP})b,?(?P<A>A),?$", "A! v", quantifier),
        # X was the only country that Y fought
        _rule(
            rf"^(?P<A>A){copula}{sign}{_HEAD}(?P<p>[wgoyznI]?)r?(?P<O>A)(?P<v>[^'].*?)(?P<q>[wgoyznI]?)$",
            "x y O v q p A!",
            quantifier,
        ),
        # X was Y's only ally; X was the only ally of Y
        _rule(rf"^(?P<A>A){copula}(?P<O>A'){sign}(?P<v>[PE].*)$", "x y A! +b O v", quantifier),
        _rule(rf"^(?P<A>A){copula}{sign}(?P<v>[PE].*)$", "x y A! +b v", quantifier),
        # X was the only country that did it, to do it, doing it
        _rule(rf"^(?P<A>A){copula}{sign}{_HEAD}(?:[rz]+|,)?(?P<v>.+)$", "x y A! v", quantifier),
        # Y had only one ally, X; Y had only X as an ally
        _rule(rf"^(?P<O>A)(?P<x>[xX]?)[hdl]*{sign}(?P<v>P),?b?(?P<A>A),?$", "x A! +b v +o O", quantifier),
        # Y signed its first pact with X; X signed the first pact with Y
        _rule(rf"^(?P<O>A)(?P<x>[^AE]*)j{sign}(?P<v>E)(?P<p>[wgnf])(?P<A>A),?$", "O x v p A!", quantifier),
        _rule(rf"^(?P<A>A)(?P<x>[hd]*[xX]?l[^AE]*){sign}(?P<v>E.*)$", "A! x v", quantifier),
    )


_HEADED = (*_heads("S", _ONLY), *_heads("F", _FIRST))
_ADVERBS = (
    # only X did it; X alone did it; it was done only by X, to X alone
    _rule(r"^(?P<v>[^SL]*)[SL](?P<p>[wgoyznI]?)(?P<A>A)(?P<w>[^']?[^SLF]*)$", "v p A! w", _ONLY),
    _rule(r"^(?P<v>[^PEVWRl]*)(?P<A>A),?L(?P<w>.*)$", "v A! w", _ONLY),
    _rule(r"^(?P<v>.*[wgoyznIR])(?P<A>A),?L(?P<w>.*)$", "v A! w", _ONLY),
    _rule(r"^(?P<v>.*[VWlREP][wgoyznI]?)(?P<A>A)S,?$", "v A!", _ONLY),
    # X did it first; it was done by X first
    _rule(r"^(?P<v>.*y)(?P<A>A)F,?$", "v A!", _FIRST),
    _rule(r"^(?P<A>A)(?P<v>.*[VWlEPR].*)F,?$", "A! v", _FIRST),
    _rule(r"^(?P<A>A)(?P<v>[hd]*)F(?P<w>[VWlR].*)$", "A! v w", _FIRST),
)


def _kept(rule: _Rule, found: re.Match[str], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for name in rule.keep.split():
        if name.startswith("+"):
            out.append(Piece({"b": "be", "o": "of"}[name[1:]], ""))
            continue
        start, end = found.span(name.rstrip("!"))
        if start < 0:
            continue
        run = pieces[start:end]
        out += (
            [replace(piece, focus=True) if piece.sign == "actor" else piece for piece in run]
            if name.endswith("!")
            else run
        )
    return tuple(out)


def _negated(rule: _Rule, found: re.Match[str], text: str) -> bool:
    """Whether "not" stands before the word that sweeps, not after it: `was not the only country that`."""
    groups = found.groupdict()
    if "x" in groups or "y" in groups:
        return any(letter in "xX" for name in ("x", "y") for letter in groups.get(name) or "")
    return rule in _ADVERBS and bool(re.search(r"[xX][SLF]", text))


def _without_not(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    at = next((at for at, piece in enumerate(pieces) if piece.sign in {"not", "never"}), None)
    return tuple(pieces) if at is None else (*pieces[:at], *pieces[at + 1 :])


def _applied(rules: Sequence[_Rule], pieces: tuple[Piece, ...]) -> Clause | None:
    text = letters(pieces)
    for rule in rules:
        if found := rule.pattern.match(text):
            kept = _kept(rule, found, pieces)
            negated = rule.quantifier is not None and _negated(rule, found, text)
            return Clause(_without_not(kept) if negated else kept, rule.quantifier, negated)
    return None


def _bare(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces that bind a sentence together; an infinitive's "to" goes, the preposition stays."""
    joined = {
        at
        for at, piece in enumerate(pieces)
        if piece.sign == "and" and set(letters(pieces[max(at - 1, 0) : at + 2])) & set("au01U")
    }
    kept = [piece for at, piece in enumerate(pieces) if letters((piece,)) in _STRUCTURAL and at not in joined]
    text = letters(kept)
    return tuple(piece for at, piece in enumerate(kept) if piece.sign != "to" or text[at + 1 : at + 2] in set("AYZNO"))


def _tidy(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.sign not in {"comma", "it", "question"})


def clause(pieces: Sequence[Piece]) -> Clause:
    """Turn the pieces of a claim into a simple clause.

    Args:
        pieces: as `pieces.cut` gives them.
    """
    bare = _trimmed(_bare(pieces))
    bare = _straight(bare)
    framed = _applied(_FRAMES, bare)
    bare = framed.pieces if framed else bare
    told = _applied(_EXCEPTS, bare) or _applied(_HEADED, bare) or _applied(_ADVERBS, bare)
    if told is None:
        return Clause(_tidy(bare))
    return replace(told, pieces=_tidy(told.pieces))


_ASKED = re.compile(r"^(?P<x>[Xx,]*)(?P<b>b)(?P<A>A)(?=[^'b])")


def _straight(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Was X an ally of Y, at no time was X an ally of Y: the verb goes behind the name."""
    text = letters(pieces)
    if text.startswith("bi"):
        return (pieces[1], pieces[0], *pieces[2:])
    found = _ASKED.match(text)
    if found is None:
        return pieces
    start, be, end = found.start("b"), pieces[found.start("b")], found.end()
    party = pieces[end - 1].party
    if party is None or _is_people(party.mentions[-1]):
        return pieces
    return (*pieces[:start], pieces[end - 1], be, *pieces[end:])


def _is_people(mention: Mention) -> bool:
    """Whether a name is a people's, which goes with the noun behind it: was German aggression ..."""
    return bool(mention.candidates) and mention.candidates[0].name.role is NameRole.DEMONYM


def _trimmed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without commas at either end and before a verb."""
    text = letters(pieces)
    first, last = len(text) - len(text.lstrip(",")), len(text.rstrip(",-"))
    return tuple(pieces[first:last])
