"""A scan in a process of its own, which a test can kill: FOLDER WORKERS DELAY RENAMES GATE.

Before its so many-th rename (0: never) a process kills the whole scan, as `kill -9` would at that very moment. Where there is a gate,
nothing is scanned before that file is there.
"""

import itertools
import os
import signal
import sys
from pathlib import Path

from batch_fakes import FakeFactory, FakeReader, texts

from valla.exchange.annotation import annotation_sink
from valla.scan.batch import run
from valla.scan.batch.journal import Head
from valla.scan.batch.scanning import Plan, scan_to
from valla.scan.batch.sinks import sink_for


def main() -> None:
    """Scan the fake texts to three files."""
    folder, workers, delay, renames = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    gate = Path(sys.argv[5]) if sys.argv[5] else None
    run.TASK_BYTES = 2_000
    if renames:
        doomed(renames)
    sinks = [sink_for(folder / "out.jsonl"), sink_for(folder / "out.parquet"), annotation_sink(folder / "out.jsonld")]
    plan = Plan(texts(30), FakeReader(), FakeFactory(delay, gate=gate), workers=workers)
    told = scan_to(plan, sinks, Head("0", "library", "settings", "texts"), tell=print)
    sys.stdout.write(str(told.sightings))


def doomed(renames: int) -> None:
    """Make the process, or the worker that gets there first, kill the scan in the middle of a rename."""
    parent, count, rename = os.getpid(), itertools.count(1), Path.replace

    def replace(self: Path, target: Path) -> Path:
        if next(count) == renames:
            os.kill(parent, signal.SIGKILL)
        return rename(self, target)

    Path.replace = replace  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main()
