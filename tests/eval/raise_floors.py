"""Measure and add to the log of floors what has become better: `python tests/eval/raise_floors.py [static] [neural]`.

A floor is what was measured, less a margin for machines that round otherwise; a ceiling, that much more. Bounds that would be
weaker than those in force are not written: the gate would refuse them.
"""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from floors import CEILINGS, Entry, fingerprint, in_force, read_log
from retrieval_tasks import ROOT, TASKS, measured

FILE = Path(__file__).with_name("floors.json")
SHARED = Path(os.environ.get("VALLA_SHARED", ROOT.parent / "shared"))
MEASURES = ("map1", "map5", "mrr", "ece1", "ece5")
MARGINS = {"static": 0.001, "neural": 0.005}


def bound(measure: str, figure: float, margin: float) -> float:
    """Return the bound for what was measured, in thousandths."""
    if measure in CEILINGS:
        return math.ceil((figure + margin) * 1000) / 1000
    return math.floor((figure - margin) * 1000) / 1000


def entries(task: str, encoder: str, figures: Mapping[str, float], log: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield the bounds that are new or stronger than those in force.

    Args:
        task: what was measured on.
        encoder: what was measured.
        figures: what came of it.
        log: the entries so far.
    """
    data = fingerprint(TASKS[task].files(SHARED))
    held = in_force(log)
    for measure in MEASURES:
        day = datetime.now(UTC).date().isoformat()
        one = Entry(day, task, encoder, measure, bound(measure, figures[measure], MARGINS[encoder]), data)
        before = held.get(one.key)
        if before is None or (before.allows(one.bound) and one.bound != before.bound):
            yield one


def main() -> None:
    """Measure, print and write."""
    log = read_log(FILE.read_text(encoding="utf-8"))
    for encoder in sys.argv[1:] or ["static"]:
        for task in TASKS:
            with tempfile.TemporaryDirectory() as folder:
                figures = measured(TASKS[task], encoder, SHARED, Path(folder))
            print(task, encoder, {measure: round(figures[measure], 4) for measure in MEASURES})  # noqa: T201
            log += tuple(entries(task, encoder, figures, log))
    rows = ",\n".join(f"    {json.dumps(asdict(entry))}" for entry in log)
    FILE.write_text(f'{{\n  "log": [\n{rows}\n  ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
