"""A scan from texts to files: resumed where it was stopped, and whole or not there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from valla.scan.batch.journal import Head, journal
from valla.scan.batch.model import Factory, Job, Reader, Summary, Task, Unit
from valla.scan.batch.parts import Parts
from valla.scan.batch.progress import Progress, Quiet
from valla.scan.batch.run import Finished, run
from valla.scan.batch.sinks import Sink, write_sinks
from valla.scan.documents.model import Problem
from valla.scan.model import Sighting, Stance

__all__ = ["Plan", "scan_to", "sightings_in"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is scanned, with what and how.

    Args:
        units: the texts, in order.
        reader: reads a unit.
        factory: makes the matcher.
        stances: sightings of another stance are left out.
        workers: how many processes; as many as cores where it is None.
    """

    units: Sequence[Unit]
    reader: Reader
    factory: Factory
    stances: frozenset[Stance] = frozenset(Stance)
    workers: int | None = None

    def run(self, folder: Path, progress: Progress) -> Iterator[Finished]:
        """Scan, and leave the parts in a folder.

        Args:
            folder: where they go; those that are there already are not made again.
            progress: is told how far it is.
        """
        job = Job(self.reader, self.factory, folder, self.stances)
        return run(self.units, job, progress=progress, workers=self.workers)


@dataclass(slots=True)
class _Gathered:
    """What came of the tasks so far; each problem is told as its turn comes."""

    folder: Path
    tell: Callable[[Problem], None]
    tasks: list[Task] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)

    def take(self, done: Finished) -> None:
        self.summary += done.summary
        if done.problem is not None:
            self.tell(done.problem)
            return
        self.tasks.append(done.task)
        for problem in Parts(self.folder, (done.task,), done.summary).problems() if done.summary.troubled else ():
            self.tell(problem)

    def parts(self) -> Parts:
        return Parts(self.folder, tuple(self.tasks), self.summary)


def scan_to(
    plan: Plan, sinks: Sequence[Sink], head: Head, *, tell: Callable[[Problem], None], progress: Progress | None = None
) -> Summary:
    """Scan texts to files. Killed at any moment, the same call goes on where it was, to the same bytes.

    Args:
        plan: what is scanned.
        sinks: the files; the journal stands beside the first.
        head: what the result depends on: with another, an earlier journal is of no use.
        tell: takes what could not be read.
        progress: is told how far it is.

    Returns:
        What came of it. Where not one document could be read, nothing is written.

    Raises:
        VallaError: if another scan writes the same result, no matcher can be made, or a file cannot be written.
    """
    shown = progress or Quiet()
    with journal(sinks[0].path, head, shown.tell) as folder:
        gathered = _Gathered(folder, tell)
        for done in plan.run(folder, shown):
            gathered.take(done)
        if gathered.summary.documents or not gathered.summary.troubled:
            write_sinks(sinks, gathered.parts())
    return gathered.summary


def sightings_in(
    plan: Plan,
    *,
    tell: Callable[[Problem], None],
    done: Callable[[Summary], None] = lambda _: None,
    progress: Progress | None = None,
) -> Generator[Sighting]:
    """Scan texts, and yield the sightings in their order as they are found; what is found early waits on disk.

    Args:
        plan: what is scanned.
        tell: takes what could not be read.
        done: takes what came of it, in the end.
        progress: is told how far it is.

    Raises:
        VallaError: if no matcher can be made, or the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="valla-scan-") as name:
        gathered = _Gathered(Path(name), tell)
        for one in plan.run(Path(name), progress or Quiet()):
            gathered.take(one)
            yield from _emptied(gathered)
    done(gathered.summary)


def _emptied(gathered: _Gathered) -> Iterable[Sighting]:
    """Yield what is there, and delete it."""
    parts = gathered.parts()
    yield from parts.sightings()
    parts.remove()
    gathered.tasks.clear()
