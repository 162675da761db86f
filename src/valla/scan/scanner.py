"""Blocks of text to sightings: the cascade, put together.

1. cut the text into sentences (`text`) and words (`sheet`);
2. gate: drop those that share too little rare vocabulary with any claim (`stages.gate`);
3. what passes carries its coverage: the lexical score;
4. semantic: drop pairs that share words but mean something else (`stages.semantic`);
5. rerank: a trained model gives a probability (`stages.rerank`);
   for claims about who did what to whom, a matcher that knows actors and relations joins in (`history`);
6. stance: repeats, rebuts or reports (`stance`);
7. decide: confirm, suggest or drop, by two thresholds (`stages.decide`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from valla.scan.analysis import Analysis
from valla.scan.documents.markup import end_of_reference
from valla.scan.documents.model import Block
from valla.scan.encoders.model import Encoder
from valla.scan.encoders.static import load as load_static
from valla.scan.history.matcher import HistoryMatcher, Told
from valla.scan.index.model import Index
from valla.scan.model import Decision, Settings, Sighting
from valla.scan.pairs.model import Rerank, kind_of, load
from valla.scan.sheet import Sheet, TermNumbers, sheet
from valla.scan.stages.decide import decided
from valla.scan.stages.gate import LEAST_WEIGHT, Gate, Pairs
from valla.scan.stages.rerank import Scored, Scorer, weighed_with
from valla.scan.stages.semantic import Semantic
from valla.scan.stance.judge import Passage, stance_of
from valla.scan.text import Sentence

__all__ = ["GATE_FLOOR", "LEAST_OPENED", "MOST_CLAIMS", "SEMANTIC_FLOOR", "Scanner"]

GATE_FLOOR = 0.25
"""A sentence must cover so much of a wording's rare vocabulary."""

SEMANTIC_FLOOR = 0.45
"""The mean of coverage and cosine must be at least this."""

LEAST_OPENED = 0.6
"""Where less probable sightings are asked for, the floors sink as much, but never below this share: else every sentence would be scored."""

MOST_CLAIMS = 3
"""A sentence is sighted for at most so many claims, the most probable: a library may hold the same claim several times."""

_AROUND_CHARS = 32
_CONTEXT_CHARS = 300


class Scanner:
    """A library made ready for any number of texts.

    Args:
        index: of the library; it holds vectors of the static encoder, and of `encoder`.
        encoder: what compares meanings in the end; by default the static one.
        settings: the thresholds.
        model: the rerank model; by default the one that Valla carries for this kind of encoder.

    Raises:
        InputError: if the index lacks the vectors.
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder | None = None,
        settings: Settings | None = None,
        model: Rerank | None = None,
    ) -> None:
        static = load_static()
        encoder = encoder or static
        for needed in (static.name, encoder.name):
            index.check_vectors(needed)
        self.settings = settings or Settings()
        self.index = index
        self._numbers = TermNumbers(Analysis(index.language), index.numbers)
        opened = max(LEAST_OPENED, min(1.0, self.settings.suggest / Settings().suggest))
        self._gate = Gate(index, GATE_FLOOR * opened, LEAST_WEIGHT * opened)
        self._semantic = Semantic(index, static, SEMANTIC_FLOOR * opened)
        self._scorer = Scorer(index, encoder, model or load(kind_of(encoder.name)))
        self._history = HistoryMatcher(index.claims)

    def scan_blocks(self, blocks: Sequence[Block]) -> list[Sighting]:
        """Return the sightings in some blocks, in their order and that of the offsets.

        Args:
            blocks: any texts; what one gives depends on no other.
        """
        read = sheet(blocks, self._numbers)
        told = self._told(read)
        found = self._scored(read, told)
        return [
            sighting
            for number, own in groupby(found, lambda one: one.sentence)
            for sighting in self._sighted(read, number, list(own), told)
        ]

    def _scored(self, read: Sheet, told: Told) -> list[Scored]:
        """Return the pairs that are probable enough, in order of their sentences, the most probable first."""
        near = [self._semantic.sift(read, pairs) for pairs in self._gate.open(read.terms)]
        wanted = self._scorer.score(read, [pair for pairs in near for pair in self._claimed(pairs)] + list(told))
        weighed = (weighed_with(one, told.get((one.sentence, one.claim))) for one in wanted)
        kept = (one for one in weighed if one.probability >= self.settings.suggest)
        return sorted(kept, key=lambda one: (one.sentence, -one.probability, one.claim))

    def _claimed(self, pairs: Pairs) -> Iterator[tuple[int, int]]:
        claims = self.index.wording_claims[pairs.wordings]
        return zip(pairs.sentences.tolist(), claims.tolist(), strict=True)

    def _told(self, read: Sheet) -> Told:
        """Return what the sentences tell of who did what to whom."""
        if not self._history.claims:
            return {}
        # a sentence is known by its number here: its own start would do for one block only
        numbered = (Sentence(number, number, read.text(number)) for number in range(len(read.places)))
        return self._history.match(numbered)

    def _sighted(self, read: Sheet, number: int, found: Sequence[Scored], told: Told) -> Iterator[Sighting]:
        sure = [
            (one, decision)
            for one in found
            if (decision := decided(one, self.settings, is_doubted=self._is_doubted(one, told)))
        ]
        for one, decision in sure[:MOST_CLAIMS]:
            yield self._sighting(read, number, one, decision)

    def _is_doubted(self, one: Scored, told: Told) -> bool:
        return one.claim in self._history.claims and (one.sentence, one.claim) not in told

    def _sighting(self, read: Sheet, number: int, one: Scored, decision: Decision) -> Sighting:
        block_number, start, end = read.places[number]
        block = read.blocks[block_number]
        claim = self.index.claims[one.claim]
        before = block.text[max(0, start - _CONTEXT_CHARS) : start]
        passage = Passage(before, block.text[start:end], block.text[end : end + _CONTEXT_CHARS])
        if block.text is not block.source and block.source[end - 1] == "&":
            end = end_of_reference(block.source, end - 1)
        return Sighting(
            document=block.document,
            claim=claim.id,
            dossier=claim.number,
            start=block.offset + start,
            end=block.offset + end,
            quotation=block.source[start:end],
            prefix=(block.before + block.source[max(0, start - _AROUND_CHARS) : start])[-_AROUND_CHARS:],
            suffix=(block.source[end : end + _AROUND_CHARS] + block.after)[:_AROUND_CHARS],
            probability=one.probability,
            decision=decision,
            stance=stance_of(passage, claim.text),
            wording=one.wording,
        )
