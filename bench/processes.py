"""Whole processes, timed, with the most memory that they and their children held."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Ran", "run"]

PROC = Path("/proc")
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a process.

    Args:
        seconds: from its start to its end.
        cpu_seconds: what it and its children spent on processors: on a busy machine the steadier figure.
        peak_rss_bytes: the most that it and its children held at once; a page that several share is counted for each.
        peak_pss_bytes: the same with a shared page counted once in all.
    """

    seconds: float
    cpu_seconds: float
    peak_rss_bytes: int
    peak_pss_bytes: int


def run(command: Sequence[str]) -> Ran:
    """Run a command to its end; what it prints is thrown away, unless it fails.

    Args:
        command: what to run.

    Raises:
        RuntimeError: if it fails.
    """
    with tempfile.TemporaryFile("w+", errors="replace") as told:
        start, spent = time.perf_counter(), _spent()
        # standard input is closed: a command that would ask stops instead of waiting
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=told)
        rss, pss = _watched(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            told.seek(0)
            raise RuntimeError(f"{' '.join(command)} left with {process.returncode}: {told.read().strip()[-2000:]}")
    return Ran(seconds, _spent() - spent, rss, pss)


def _spent() -> float:
    """The processor time of all children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watched(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Poll until a process ends and return the peaks; where there is no /proc they are nothing."""
    peaks = (0, 0)
    while True:
        held = [_held(pid) for pid in _tree(process.pid)]
        peaks = (max(peaks[0], sum(rss for rss, _ in held)), max(peaks[1], sum(pss for _, pss in held)))
        try:
            process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return peaks


def _tree(root: int) -> list[int]:
    """The ids of a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents():
        children.setdefault(parent, []).append(pid)
    found = [root]
    for pid in found:
        found.extend(children.get(pid, ()))
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for folder in PROC.glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:  # it has ended since
            continue
        # the name of a process stands in brackets and may hold anything
        yield int(folder.name), int(stat.rpartition(")")[2].split()[1])


def _held(pid: int) -> tuple[int, int]:
    """The bytes that a process holds: all resident pages, and its share of them."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {line.split()[0]: line.split()[1] for line in lines[1:]}
    return int(sizes.get("Rss:", 0)) * 1024, int(sizes.get("Pss:", 0)) * 1024
