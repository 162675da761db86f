"""What runs in a worker process: it makes a matcher, then takes one task after another from its pipe."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from valla.errors import VallaError
from valla.scan.batch.model import Job, Matcher, Summary, Task
from valla.scan.batch.parts import UnwritableError
from valla.scan.batch.work import reason_of, scan_task

__all__ = ["Done", "Failed", "Message", "Ready", "Refused", "Scanned", "attempted", "serve"]

_PATIENCE_SECONDS = 1.0
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Ready:
    """The matcher is made."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing can be scanned, or the result cannot be written: the run ends.

    Args:
        error: why.
    """

    error: Exception


@dataclass(frozen=True, slots=True)
class Scanned:
    """A stretch of the task is scanned.

    Args:
        characters: how many characters it has.
    """

    characters: int


@dataclass(frozen=True, slots=True)
class Done:
    """The part of the task is in its place.

    Args:
        summary: what came of it.
    """

    summary: Summary


@dataclass(frozen=True, slots=True)
class Failed:
    """The task cannot be done.

    Args:
        told: why, in one line.
    """

    told: str


Message = Ready | Refused | Scanned | Done | Failed


def attempted(task: Task, job: Job, matcher: Matcher, send: Callable[[Scanned], None]) -> Message:
    """Do a task, and say what came of it; an error of the reader or the matcher is the task's own, not the run's.

    Args:
        task: what to scan.
        job: how.
        matcher: what finds claims.
        send: takes what is scanned so far.
    """
    try:
        return Done(scan_task(task, job, matcher, lambda characters: send(Scanned(characters))))
    except (UnwritableError, BrokenPipeError) as error:
        return Refused(error)
    except Exception as error:  # noqa: BLE001  it is tried again, block by block
        return Failed(reason_of(error))


class _Sends:
    """A pipe to a parent that may be killed: its workers end soon after it, and do no harm until then.

    A sibling that was forked later holds a copy of the parent's end, so the pipe alone does not tell that the parent is gone.

    Args:
        connection: the pipe.
        parent: the process id of the parent.
    """

    def __init__(self, connection: Connection, parent: int) -> None:
        self._connection = connection
        self._parent = parent

    def send(self, message: Message) -> None:
        """Send a message, or end where there is nobody to take it."""
        if os.getppid() != self._parent:
            os._exit(1)
        self._connection.send(message)

    def receive(self) -> object:
        """Wait for a message, and return None where there is nobody to send one."""
        while not self._connection.poll(_PATIENCE_SECONDS):
            if os.getppid() != self._parent:
                return None
        try:
            return self._connection.recv()
        except (EOFError, OSError):
            return None


def serve(connection: Connection, theirs: Connection | None, parent: int) -> None:
    """Do tasks until there are no more.

    Args:
        connection: where the job, then tasks come from, and messages go to.
        theirs: the other end, where this process was forked with a copy of it.
        parent: the process id of the one that sends them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of us: the parent decides
    if theirs is not None:
        theirs.close()
    for name in _THREADS:  # the processes share the cores already; this precedes NumPy's import where it can
        os.environ.setdefault(name, "1")
    pipe = _Sends(connection, parent)
    job = pipe.receive()
    if isinstance(job, Job):
        _serve(pipe, job)


def _serve(pipe: _Sends, job: Job) -> None:
    try:
        matcher = job.factory()
    except Exception as error:  # noqa: BLE001  whatever it is, the parent says it
        pipe.send(Refused(error if isinstance(error, VallaError) else RuntimeError(f"{type(error).__name__}: {error}")))
        return
    pipe.send(Ready())
    while isinstance(task := pipe.receive(), Task):
        pipe.send(attempted(task, job, matcher, pipe.send))
