"""Sentences that say who did what to whom, compared with claims that do: what words alone cannot tell.

1. gate: sentences that can reach a claim (`stages.gate`);
2. lexical: how much of a claim a passage says, by actors, relations and quantifiers whatever they are called (`stages.lexical`);
3. roles: lowered where who did it to whom is the other way round (`stages.roles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from valla.scan.history.actors import KnownActors
from valla.scan.history.index import build
from valla.scan.history.spotting import Spotter
from valla.scan.history.stages.gate import Gate
from valla.scan.history.stages.lexical import Lexical
from valla.scan.history.stages.roles import Roles
from valla.scan.history.wordings import Wording
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.text import MAX_SENTENCE_CHARS, Sentence

__all__ = ["FLOOR", "MOST_CLAIMS", "HistoryMatcher", "Told"]

Told = dict[tuple[int, int], float]
"""By sentence and claim, how much of the claim the sentence tells, 0 to 1."""

FLOOR = 0.65
"""A passage that scores less against a claim is dropped."""

LONG_WEIGHT = 20.0
"""A wording that weighs less is short: chance brings its terms together more easily."""

SHORT_FLOOR = 0.95
"""What a passage must score against a short wording ("Poland was an ally of Germany")."""

MOST_CLAIMS = 1_000
"""A larger library is no list of claims about history, and every sentence would have to be read for its actors."""

LONGEST_CHARS = 1_500
"""A longer sentence is a list or has lost its end marks, and says nothing of who did what to whom that can be made out."""

_ACTORS = 2


class HistoryMatcher:
    """Those claims of a library that name two actors and a relation, made ready.

    Args:
        claims: the library's.
        spotter: finds the names of actors; by default those of the catalogue.
    """

    def __init__(self, claims: Sequence[LibraryClaim], spotter: Spotter | None = None) -> None:
        considered = claims if len(claims) <= MOST_CLAIMS else ()
        spotter = spotter or KnownActors()
        every = build(Library(tuple(filter(None, map(_short, considered)))), spotter)
        told = {wording.claim.id for wording in every.wordings if _is_history(wording)}
        # the others would only be looked for in vain
        index = build(Library(tuple(filter(None, (_short(one) for one in considered if one.id in told)))), spotter)
        self._numbers = {claim.id: number for number, claim in enumerate(considered)}
        self.claims = frozenset(map(self._numbers.__getitem__, told))
        self._gate = Gate(index) if self.claims else None
        self._lexical = Lexical(FLOOR)
        self._roles = Roles(index)

    def match(self, sentences: Iterable[Sentence]) -> Told:
        """Return the claims that sentences tell, by the start of the sentence and the number of the claim.

        Args:
            sentences: of one text.

        Returns:
            For each the score, 0 to 1.
        """
        if self._gate is None:
            return {}
        found: Told = {}
        short = (sentence for sentence in sentences if len(sentence.text) <= LONGEST_CHARS)
        for candidate in self._roles.sift(self._lexical.sift(self._gate.open(short))):
            wording = candidate.wordings[0]
            number = self._numbers[wording.claim.id]
            enough = FLOOR if wording.total >= LONG_WEIGHT else SHORT_FLOOR
            if number in self.claims and candidate.score >= enough:
                found[candidate.sentence.start, number] = candidate.score
        return found


def _short(claim: LibraryClaim) -> LibraryClaim | None:
    """Return a claim without what is longer than any sentence, and so never told by one; None where its text is."""
    if len(claim.text) > MAX_SENTENCE_CHARS:
        return None
    context, voicings = (
        tuple(text for text in texts if len(text) <= MAX_SENTENCE_CHARS) for texts in (claim.context, claim.voicings)
    )
    return replace(claim, context=context, voicings=voicings)


def _is_history(wording: Wording) -> bool:
    """Whether a wording asks for two actors and a relation."""
    return bool(wording.relations) and sum(need.group == "actor" for need in wording.needs) >= _ACTORS
