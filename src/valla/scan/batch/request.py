"""A scan as it is asked for: paths in, files or sightings out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from valla.files import probe
from valla.scan.batch.journal import Head
from valla.scan.batch.model import Factory, Summary
from valla.scan.batch.progress import Progress
from valla.scan.batch.scanning import Plan, scan_to, sightings_in
from valla.scan.batch.sinks import Sink
from valla.scan.batch.texts import Texts, opened_texts
from valla.scan.documents.model import Problem
from valla.scan.documents.options import Options
from valla.scan.model import Sighting, Stance
from valla.version import VERSION

__all__ = ["Request", "scan_paths", "sightings_of"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a scan.

    Args:
        paths: files, folders, and `-` for standard input.
        factory: makes the matcher.
        library: the fingerprint of the library and its index.
        settings: all else that the matcher depends on, in one text.
        options: how documents are read.
        stances: sightings of another stance are left out.
        workers: how many processes; as many as cores where it is None.
    """

    paths: tuple[Path, ...]
    factory: Factory
    library: str
    settings: str = ""
    options: Options = field(default_factory=Options)
    stances: frozenset[Stance] = frozenset(Stance)
    workers: int | None = None

    def plan(self, texts: Texts) -> Plan:
        """Return the plan for the texts that were found."""
        return Plan(texts.units, texts.reader, self.factory, self.stances, self.workers)

    def head(self, texts: Texts) -> Head:
        """Return what the result depends on: not on the number of workers, so that it may change from run to run."""
        settings = f"{self.settings} {self.options!r} {sorted(self.stances)}"
        return Head(VERSION, self.library, settings, texts.fingerprint)


def scan_paths(
    request: Request, sinks: Sequence[Sink], *, tell: Callable[[Problem], None], progress: Progress | None = None
) -> Summary:
    """Scan files to files. Killed at any moment, the same call goes on where it was, to the same bytes.

    Args:
        request: what is asked.
        sinks: the files; the journal stands beside the first.
        tell: takes what could not be read.
        progress: is told how far it is.

    Returns:
        What came of it. Where not one document could be read, nothing is written.

    Raises:
        VallaError: if there is nothing to scan, another scan writes the same result, no matcher can be made, or a file cannot
            be written.
    """
    for sink in sinks:
        probe(sink.path)
    with opened_texts(request.paths, request.options, [sink.path for sink in sinks], tell) as texts:
        return scan_to(request.plan(texts), sinks, request.head(texts), tell=tell, progress=progress)


def sightings_of(
    request: Request,
    *,
    tell: Callable[[Problem], None],
    done: Callable[[Summary], None] = lambda _: None,
    progress: Progress | None = None,
) -> Generator[Sighting]:
    """Scan files, and yield the sightings in their order as they are found.

    Args:
        request: what is asked.
        tell: takes what could not be read.
        done: takes what came of it, in the end.
        progress: is told how far it is.

    Raises:
        VallaError: if there is nothing to scan, no matcher can be made, or the disk is full.
    """
    with opened_texts(request.paths, request.options, tell=tell) as texts:
        yield from sightings_in(request.plan(texts), tell=tell, done=done, progress=progress)
