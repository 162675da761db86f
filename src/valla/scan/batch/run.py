"""Tasks are made of units, done by workers in whatever order, and handed on in the order of the units."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from valla.scan.batch.model import Job, Summary, Task, Unit
from valla.scan.batch.parts import finished
from valla.scan.batch.pool import Event, Here, Pool, cores
from valla.scan.batch.progress import Progress
from valla.scan.batch.worker import Done, Scanned
from valla.scan.documents.model import Problem

__all__ = ["TASK_BYTES", "Finished", "run", "tasks"]

TASK_BYTES = 4_000_000
"""Units are taken together until they have so many bytes: few enough that all cores end at once and little is lost by a
kill, enough that small files do not cost a note on disk each."""

_MAX_UNITS = 1_000
_MAX_SKIPPED = 8
"""A unit is given up whose blocks have killed so many workers."""

_TICK_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Finished:
    """A task that is done with.

    Args:
        task: the task.
        summary: what came of it.
        problem: why there is nothing of it; None where it went well.
    """

    task: Task
    summary: Summary
    problem: Problem | None = None


def tasks(units: Iterable[Unit]) -> Iterator[Task]:
    """Group units into tasks; the groups depend on the units alone, so another number of workers makes the same.

    Args:
        units: in their order.
    """
    group: list[Unit] = []
    first = size = 0
    for unit in units:
        group.append(unit)
        size += unit.bytes
        if size >= TASK_BYTES or len(group) >= _MAX_UNITS:
            yield Task(first, tuple(group))
            first, group, size = first + len(group), [], 0
    if group:
        yield Task(first, tuple(group))


def run(units: Sequence[Unit], job: Job, *, progress: Progress, workers: int | None = None) -> Iterator[Finished]:
    """Scan units; what a folder already holds of them is not scanned again.

    Args:
        units: what to scan, in order.
        job: how.
        progress: is told how far it is.
        workers: how many processes; as many as cores where it is None; with 1, this process does it.

    Yields:
        What is done, in the order of the units. Where a worker dies, its units are tried again, each by itself and block by block:
        so what is to blame becomes a problem, and the rest is scanned.

    Raises:
        VallaError: if no matcher can be made, or a part cannot be written.
    """
    state = _State(progress)
    there = frozenset(path.name for path in job.folder.iterdir())  # looked at once: there may be a million units
    for task in tasks(units):
        state.plan(task, lambda one: finished(job.folder, one) if one.note in there else None)
    progress.begin(sum(unit.bytes for unit in units), state.done_before)
    try:
        yield from state.in_order()
        for event in _events(state, job, workers or cores()):
            state.hear(event)
            yield from state.in_order()
    finally:
        progress.end()


@dataclass(slots=True)
class _State:
    """What is still to do, and what was done before its turn."""

    progress: Progress
    todo: deque[Task] = field(default_factory=deque)
    early: dict[int, Finished] = field(default_factory=dict)
    heard: dict[str, tuple[int, int]] = field(default_factory=dict)
    expected: int = 0
    done_before: int = 0

    def plan(self, task: Task, known: Callable[[Task], Summary | None]) -> None:
        """Put a task, or its units where it was broken up before, among what is done or what is to do."""
        made = [(task, known(task))]
        if made[0][1] is None:
            alone = [(one, known(one)) for one in task.alone()]
            made = alone if any(summary is not None for _, summary in alone) else made
        for one, summary in made:
            if summary is None:
                self.todo.append(one)
            else:
                self._known(one, summary)

    def _known(self, task: Task, summary: Summary) -> None:
        self.early[task.first] = Finished(task, summary)
        self.done_before += task.bytes

    def hear(self, event: Event) -> None:
        """Take note of what a worker says."""
        task, message = event.task, event.message
        if isinstance(message, Scanned):
            self._scanned(task, message.characters)
            return
        batches, credited = self.heard.pop(task.key, (0, 0))
        if isinstance(message, Done):
            self.early[task.first] = Finished(task, message.summary)
        elif not task.again:
            self.todo.extendleft(reversed(list(task.alone())))
        elif len(task.skipped) < _MAX_SKIPPED:
            # block by block a batch is a block: the one that it died of comes after those that it told of
            self.todo.appendleft(replace(task, skipped=(*task.skipped, (batches, message.told))))
        else:
            self.early[task.first] = Finished(task, Summary(troubled=1), Problem(task.document, message.told))
        self.progress.advance((task.bytes if task.first in self.early else 0) - credited, 0)

    def _scanned(self, task: Task, characters: int) -> None:
        """Tell the progress; within a task a character counts as a byte, as far as there are bytes."""
        batches, credited = self.heard.get(task.key, (0, 0))
        size = min(characters, task.bytes - credited)
        self.heard[task.key] = (batches + 1, credited + size)
        self.progress.advance(size, characters)

    def in_order(self) -> Iterator[Finished]:
        """Yield what is done and has nothing undone before it."""
        while self.expected in self.early:
            done = self.early.pop(self.expected)
            self.expected = done.task.last + 1
            yield done


def _events(state: _State, job: Job, workers: int) -> Iterator[Event]:
    """Keep the workers busy as long as there is something to do."""
    if not state.todo:
        return
    with Pool(job, workers) if workers > 1 else Here(job, state.hear) as pool:
        while state.todo or pool.busy:
            while state.todo and pool.free:
                pool.submit(state.todo.popleft())
            yield from pool.events(_TICK_SECONDS)
            state.progress.advance(0, 0)
