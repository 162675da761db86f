"""Texts and files to sightings: the cascade, put together.

1. cut the text into sentences (`text`);
2. gate: drop those that share too little with any claim (`stages.gate`);
3. lexical score (`stages.lexical`), lowered where who did it to whom is the other way round (`stages.roles`);
4. and 5. semantic score and reranking: not there yet;
6. stance (`stages.stance`);
7. decide by two thresholds (`stages.decide`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from valla.dossier.manuscript.readers import read_manuscript
from valla.scan.actors import KnownActors
from valla.scan.index import Index, build
from valla.scan.library import Library
from valla.scan.model import Decision, Settings, Sighting
from valla.scan.spotting import Spotter
from valla.scan.stages.candidate import Candidate, Stage
from valla.scan.stages.decide import Decide
from valla.scan.stages.gate import Gate
from valla.scan.stages.lexical import Lexical
from valla.scan.stages.roles import Roles
from valla.scan.stages.stance import Stance
from valla.scan.text import sentences

__all__ = ["Scanner", "scan_files", "scan_text"]


class Scanner:
    """A library made ready for any number of texts.

    Args:
        index: of the library.
        settings: thresholds and limits.
    """

    def __init__(self, index: Index, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._gate = Gate(index)
        self._stages: tuple[Stage, ...] = (
            Lexical(self.settings.suggest),
            Roles(index),
            Stance(index),
            Decide(self.settings),
        )

    def scan(self, text: str, file: str = "") -> Iterator[Sighting]:
        """Yield the sightings of a text, in order of their offsets.

        Args:
            text: any text.
            file: the path that the sightings name.
        """
        candidates = self._gate.open(sentences(text))
        for stage in self._stages:
            candidates = stage.sift(candidates)
        for candidate in candidates:
            yield _sighting(candidate, file)


def _sighting(candidate: Candidate, file: str) -> Sighting:
    wording = candidate.wordings[0]
    return Sighting(
        file=file,
        claim=wording.claim.id,
        dossier=wording.claim.number,
        start=candidate.sentence.start,
        end=candidate.sentence.end,
        text=candidate.sentence.text,
        score=round(candidate.score, 3),
        decision=candidate.decision or Decision.SUGGEST,
        wording=wording.text,
        terms=candidate.terms,
        stance=candidate.stance,
    )


def scan_text(
    text: str, library: Library, *, spotter: Spotter | None = None, settings: Settings | None = None
) -> tuple[Sighting, ...]:
    """Find the sentences of a text that repeat a claim of a library.

    Args:
        text: any text.
        library: the claims to look for.
        spotter: finds the names of actors; by default those of the catalogue.
        settings: thresholds and limits.

    Returns:
        The sightings, in order of their offsets.
    """
    return tuple(Scanner(build(library, spotter or KnownActors()), settings).scan(text))


def scan_files(
    paths: Iterable[Path], library: Library, *, spotter: Spotter | None = None, settings: Settings | None = None
) -> Iterator[Sighting]:
    """Find the sentences of some files that repeat a claim of a library.

    Args:
        paths: files that `valla.dossier.manuscript.readers` can read.
        library: the claims to look for.
        spotter: finds the names of actors; by default those of the catalogue.
        settings: thresholds and limits.

    Yields:
        The sightings, file by file, in order of their offsets.

    Raises:
        InputError: if a file cannot be read as text.
    """
    scanner = Scanner(build(library, spotter or KnownActors()), settings)
    for path in paths:
        text = read_manuscript(path, max_bytes=scanner.settings.max_file_bytes)
        yield from scanner.scan(text, str(path))
