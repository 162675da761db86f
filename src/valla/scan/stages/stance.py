"""Stage 6: what a passage does with a claim: repeats, rebuts or reports it.

For now one cheap rule for rebuttals, with sure cues only: the sentence says that it speaks of a myth (`data/cues.toml`), or denies
what the wording affirms ("was not always"). Where neither is so the stance stays None: nothing was found that tells.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from valla.scan import model
from valla.scan.index import Index
from valla.scan.stages.candidate import Candidate
from valla.scan.terms import NOT, REACH_CHARS, Item, items, words
from valla.scan.wordings import Wording

__all__ = ["Stance"]


@cache
def _cues() -> tuple[str, ...]:
    table = tomllib.loads(files("valla.scan").joinpath("data", "cues.toml").read_text(encoding="utf-8"))
    return tuple(f" {' '.join(words(cue))} " for cue in table["rebuts"])


def _speaks_of_a_myth(text: str) -> bool:
    told = f" {' '.join(words(text))} "
    return any(cue in told for cue in _cues())


def _denies(found: Sequence[Item], wording: Wording) -> bool:
    """Whether a `not` stands closely before a sweep or relation of the wording."""
    asked = {term for need in wording.needs if need.group in {"quantifier", "relation"} for term in need.terms} - {NOT}
    nots = [item.end for item in found if NOT in item.terms]
    targets = [item.start for item in found if not asked.isdisjoint(item.wide)]
    return any(0 <= target - end <= REACH_CHARS for end in nots for target in targets)


class Stance:
    """Tells rebuttals.

    Args:
        index: of the library.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def sift(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield every candidate, with its stance where a cue tells it."""
        for candidate in candidates:
            yield replace(candidate, stance=self._stance(candidate))

    def _stance(self, candidate: Candidate) -> model.Stance | None:
        text, wording = candidate.sentence.text, candidate.wordings[0]
        if _speaks_of_a_myth(text) and not _speaks_of_a_myth(wording.text):
            return model.Stance.REBUTS
        denied = _denies(candidate.found, wording)
        return model.Stance.REBUTS if denied and not _denies(self._items(wording.text), wording) else None

    def _items(self, text: str) -> list[Item]:
        return items(text, self._index.spotter, self._index.lexicon)
