"""How far a scan is: a bar where somebody watches, nothing but lines on what went wrong where nobody does."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import Task as RichTask

__all__ = ["Bar", "Progress", "Quiet", "watched"]


_REDRAWN_SECONDS = 0.1


class Progress(Protocol):
    """Is told how far a scan is."""

    characters: int
    """How many were scanned in this run."""

    def begin(self, total: int, done: int = 0) -> None:
        """Take note of how many bytes there are to read, and how many of them were read by an earlier run."""

    def advance(self, size: float, characters: int) -> None:
        """Take note of how many bytes were read, and how many characters scanned, since the last time."""

    def tell(self, line: str) -> None:
        """Say a line."""

    def end(self) -> None:
        """Clear up; what is told after that is a line as any other."""


class Quiet:
    """Says lines on standard error, and nothing else."""

    def __init__(self) -> None:
        self.characters = 0

    def begin(self, total: int, done: int = 0) -> None:
        """Take note of nothing."""

    def advance(self, size: float, characters: int) -> None:  # noqa: ARG002  as a bar's
        """Count the characters."""
        self.characters += characters

    def tell(self, line: str) -> None:
        """Say a line."""
        print(line, file=sys.stderr)  # noqa: T201  whoever runs a scan asked for it

    def end(self) -> None:
        """Clear nothing up."""


class Bar:
    """A bar on standard error, with the characters scanned, how many a second, and the time left.

    It is drawn when it is told something, not by a thread: processes are forked while it stands.
    """

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._drawn = 0.0
        self.characters = 0

    def begin(self, total: int, done: int = 0) -> None:
        """Draw the bar."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[scanned]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._bar.add_task("scan", total=max(total, 1), completed=done, scanned="")
        self._bar.start()

    def advance(self, size: float, characters: int) -> None:
        """Draw it anew."""
        self.characters += characters
        if self._bar is None:
            return
        task = self._bar.tasks[0]
        self._bar.update(task.id, advance=size, scanned=_scanned(self.characters, task))
        now = time.monotonic()
        if now - self._drawn >= _REDRAWN_SECONDS:
            self._drawn = now
            self._bar.refresh()

    def tell(self, line: str) -> None:
        """Say a line above it."""
        if self._bar is None:
            Quiet().tell(line)
        else:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def end(self) -> None:
        """Take it away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _scanned(characters: int, task: RichTask) -> str:
    million = characters / 1e6
    return f"{million:,.1f} million characters, {million / max(task.elapsed or 0, 0.1):,.1f} a second"


def watched(*, quiet: bool = False) -> Progress:
    """Return a bar where standard error is a terminal, and what says lines only where it is not.

    Args:
        quiet: whether a bar is unwanted even so.
    """
    return Quiet() if quiet or not sys.stderr.isatty() else Bar()
