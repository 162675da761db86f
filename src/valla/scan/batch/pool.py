"""Worker processes: each has one task at a time, and when one dies, the others go on and another takes its place.

`concurrent.futures` gives up all its processes when one dies, and `multiprocessing.Pool` waits for it for ever; neither
says which task it had. Here each worker has a pipe of its own: no lock or queue is shared that a killed process could leave held.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from valla.errors import InputError
from valla.scan.batch.model import Job, Matcher, Task
from valla.scan.batch.worker import Done, Failed, Message, Ready, Refused, Scanned, attempted, serve

__all__ = ["Event", "Here", "Pool", "context", "cores"]

_NOT_TO_BE_FORKED = ("jpype", "lightgbm", "numba", "onnxruntime", "sklearn", "torch")
"""Libraries with threads of their own that a forked copy waits for in vain."""

_JOIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Event:
    """What a worker says of its task.

    Args:
        task: the task.
        message: what it says.
    """

    task: Task
    message: Scanned | Done | Failed


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover  not Linux
        return os.cpu_count() or 1


def context() -> BaseContext:
    """Return how processes are started: forked where that is safe, since a fork starts in milliseconds; else spawned.

    A fork copies one thread only: what another held stays held. So the process must have no other Python thread, nor a library
    whose threads do not outlive a fork (OpenMP's, ONNX Runtime's). Arrow and OpenBLAS start theirs anew in the copy. On macOS
    system libraries forbid it, and Windows has no fork.
    """
    safe = sys.platform == "linux" and threading.active_count() == 1 and not set(_NOT_TO_BE_FORKED) & set(sys.modules)
    return multiprocessing.get_context("fork" if safe else "spawn")


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    task: Task | None = None

    def messages(self) -> Iterator[Message]:
        """Yield what it has said; it may have died in the middle of a word."""
        try:
            while self.connection.poll():
                yield self.connection.recv()
        except (EOFError, OSError):
            return

    def ended(self) -> str:
        """Say how it died."""
        self.process.join(_JOIN_SECONDS)
        code = self.process.exitcode
        if code is None or code >= 0:
            return f"the process that scanned it ended with code {code}"
        name = signal.Signals(-code).name
        return f"the process that scanned it was killed by {name}{' (out of memory?)' if name == 'SIGKILL' else ''}"


class Pool:
    """Worker processes, ended with the block that they are opened for.

    Args:
        job: what they must know.
        workers: how many at most; one is started when there is a task for it.
    """

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._most = workers
        self._context = context()
        self._workers: list[_Worker] = []
        self._proven = False

    def __enter__(self) -> Self:
        return self

    @property
    def busy(self) -> bool:
        """Whether a task is being done."""
        return any(worker.task for worker in self._workers)

    @property
    def free(self) -> bool:
        """Whether there is a worker for another task."""
        return sum(worker.task is not None for worker in self._workers) < self._most

    def submit(self, task: Task) -> None:
        """Give a task to a free worker."""
        idle = [worker for worker in self._workers if worker.task is None]
        worker = idle[0] if idle else self._started()
        worker.task = task
        self._send(worker, task)

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        given = ours if self._context.get_start_method() == "fork" else None
        process = self._context.Process(target=serve, args=(theirs, given, os.getpid()), daemon=True)  # type: ignore[attr-defined]
        with warnings.catch_warnings():
            # Python 3.12 warns of any thread of the system's; of those that matter `context` has seen to
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._send(worker, self._job)
        return worker

    @staticmethod
    def _send(worker: _Worker, what: Job | Task) -> None:
        try:
            worker.connection.send(what)
        except (BrokenPipeError, ConnectionResetError):
            return  # it is dead, which `events` is about to see

    def events(self, seconds: float) -> Iterator[Event]:
        """Yield what the workers say, waiting for a while where they say nothing.

        Args:
            seconds: how long to wait at most.

        Raises:
            InputError: if no matcher can be made, or the result cannot be written.
        """
        waited = {
            waitable: worker for worker in self._workers for waitable in (worker.connection, worker.process.sentinel)
        }
        heard = {id(worker): worker for worker in (waited[one] for one in wait(list(waited), seconds))}  # type: ignore[index]
        for worker in heard.values():
            dead = not worker.process.is_alive()  # asked first: what it said before is still in its pipe
            yield from self._heard(worker)
            if dead:
                yield from self._buried(worker)

    def _heard(self, worker: _Worker) -> Iterator[Event]:
        for message in worker.messages():
            if isinstance(message, Refused):
                raise message.error
            if isinstance(message, Ready):
                self._proven = True
            elif worker.task is not None:
                task = worker.task
                worker.task = worker.task if isinstance(message, Scanned) else None
                yield Event(task, message)

    def _buried(self, worker: _Worker) -> Iterator[Event]:
        told, task = worker.ended(), worker.task
        self._workers.remove(worker)
        worker.connection.close()
        if not self._proven:  # no matcher was ever made: it is not the task that kills
            raise InputError(f"scanning cannot start: {told.replace('that scanned it', 'that opened the library')}")
        if task is not None:
            yield Event(task, Failed(told))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()  # an idle one has nothing to finish; a busy one is not wanted any more
        for worker in self._workers:
            worker.process.join(_JOIN_SECONDS)
            worker.process.close()


class Here:
    """Does the tasks in this process, one at a time: what a pool is where there is one worker.

    Args:
        job: what to know.
        scanned: is told at once what is scanned of a task.
    """

    def __init__(self, job: Job, scanned: Callable[[Event], None]) -> None:
        self._job = job
        self._scanned = scanned
        self._matcher: Matcher | None = None
        self._task: Task | None = None

    def __enter__(self) -> Self:
        return self

    @property
    def busy(self) -> bool:
        """Whether a task is waiting to be done."""
        return self._task is not None

    @property
    def free(self) -> bool:
        """Whether another task is wanted."""
        return self._task is None

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._task = task

    def events(self, seconds: float) -> Iterator[Event]:  # noqa: ARG002  as a pool's
        """Do the task, and yield what came of it.

        Raises:
            VallaError: if no matcher can be made, or the result cannot be written.
        """
        if self._task is None:
            return
        task, self._task = self._task, None
        self._matcher = self._matcher or self._job.factory()
        message = attempted(task, self._job, self._matcher, lambda said: self._scanned(Event(task, said)))
        if isinstance(message, Refused):
            raise message.error
        if isinstance(message, Done | Failed):
            yield Event(task, message)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task = None
