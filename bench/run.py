"""Time Valla against what a user would do instead, side by side in one run.

usage: python bench/run.py [--rows 1000000 10000000 100000000] [--repeat 7] [--folder FOLDER]

Prints one table: the machine, versions, seconds and ratios. Speeds are never asserted: machines differ; ratios are what to quote.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from questions import QUESTIONS
from synthetic import make, record_in

from valla.actors.catalogue import catalogue
from valla.casebook.records import open_records
from valla.check.batch import check_batch
from valla.check.engine import check
from valla.dates import Window, day_number
from valla.record.folder import add

SHARED = Path(os.environ.get("VALLA_SHARED", Path(__file__).parents[2] / "shared"))
PANDAS_ROWS = 1_000_000
BATCH = 10_000


def median_seconds(work: Callable[[], Any], repeat: int) -> float:
    """Return the median time of some runs, after one that is not counted."""
    work()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_bytes() -> int:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def by_quantifier(rows: int, folder: Path, repeat: int) -> Iterator[str]:
    """Time each question on made-up acts: Valla, SQL by hand on the same table, pandas where it fits."""
    file = folder / f"acts-{rows}"
    make(rows, file)
    record = record_in(file, rows)
    connection = record.engine._connection.con  # noqa: SLF001  the same table for both
    if rows > 5_000_000:
        connection.execute(f"CREATE OR REPLACE VIEW acts AS SELECT * FROM read_parquet('{file}/*.parquet')")
    record.engine.names()
    frame = connection.sql("SELECT * FROM acts").to_df() if rows <= PANDAS_ROWS else None
    for question in QUESTIONS:
        ours = median_seconds(lambda: check(question.reading, record, details=False), repeat)  # noqa: B023
        raw = median_seconds(lambda: connection.sql(question.sql).to_arrow_table(), repeat)  # noqa: B023
        plain = median_seconds(lambda: question.pandas(frame), 3) if frame is not None else None  # noqa: B023
        pandas = f"{plain * 1000:10.1f}" if plain is not None else f"{'-':>10}"
        yield f"{rows:>11,}  {question.name:<22}{ours * 1000:10.1f}{raw * 1000:10.1f}{pandas}{ours / raw:8.2f}"
    yield f"{rows:>11,}  peak memory {peak_bytes() / 1e9:.2f} GB"


def alone(rows: int, folder: Path, repeat: int) -> None:
    """Run one size in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--alone", str(rows), "--repeat", str(repeat), "--folder", str(folder)]
    subprocess.run(command, check=True)


def loading(folder: Path) -> Iterator[str]:
    """Time a dataset from CSV to record, and claims in batch on the interstate record."""
    data = SHARED / "data" / "record"
    if not data.is_dir():
        yield "datasets: skipped, the measuring data is not here (VALLA_SHARED)"
        return
    import pandas as pd

    def load() -> Path:
        target = Path(tempfile.mkdtemp(dir=folder)) / "record"
        add("atop", data / "atop_alliance.csv.gz", target)
        return target

    ours, plain = median_seconds(load, 3), median_seconds(lambda: pd.read_csv(data / "atop_alliance.csv.gz"), 3)
    yield f"ATOP, 273,296 rows, CSV to record   {ours:8.2f} s   (pandas.read_csv alone {plain:.2f} s)"
    target = load()
    for mapping, name in (("cow-disputes", "cow_mid_ddydisps"), ("cow-wars", "cow_war_inter")):
        add(mapping, data / f"{name}.csv.gz", target)
    record = open_records([target], in_memory=True)
    claims = made_up_claims()
    start = time.perf_counter()
    answers = list(check_batch(claims, record))
    seconds = time.perf_counter() - start
    answered = sum(answer["verdict"] is not None for answer in answers)
    yield f"{BATCH:,} claims in batch              {seconds:8.2f} s   ({answered:,} with a verdict)"


def made_up_claims() -> list[tuple[int, str]]:
    """Return claims about pairs of states, the same in every run."""
    chance = random.Random(1440)  # noqa: S311  no secret
    states = [actor for actor in catalogue().actors.values() if actor.kind == "state" and actor.cow]
    forms = (
        "{0} never attacked {1}.",
        "{0} and {1} have never been at war since {2}.",
        "{0} was always an ally of {1} from {2} to {3}.",
        "Only {0} was at war with {1} between {2} and {3}.",
        "{0} was the first country to ally with {1}.",
        "{0} and {1} were allies in {2}.",
        "{0} was always an opponent of {1} between {2} and {3}.",
    )
    claims = []
    for number in range(BATCH):
        year = chance.randint(1816, 1990)
        day = Window(day_number(year, 7), day_number(year, 7))
        alive = [state.phrase for state in states if any(life.holds(day) for life in state.life)]
        one, other = chance.sample(alive, 2)
        text = chance.choice(forms).format(one, other, year, year + chance.randint(1, 25))
        claims.append((number, text[0].upper() + text[1:]))
    return claims


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000, 100_000_000])
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "valla-bench")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.alone:
        for line in by_quantifier(options.alone, options.folder, options.repeat):
            print(line, flush=True)
        return
    versions = {name: version(name) for name in ("duckdb", "ibis-framework", "pyarrow", "numpy", "pandas")}
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {json.dumps(versions)}")
    print(
        f"{'acts':>11}  {'question':<22}{'Valla ms':>10}{'SQL ms':>10}{'pandas ms':>10}{'ratio':>8}   (ratio: Valla to SQL by hand)"
    )
    for rows in options.rows:
        make(rows, options.folder / f"acts-{rows}")
        alone(rows, options.folder, options.repeat)
    for line in loading(options.folder):
        print(line, flush=True)


if __name__ == "__main__":
    main()
