"""The shared tasks that the gate measures on, through the commands that a user has."""

from __future__ import annotations

import csv
import runpy
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from valla.exchange.trec import evaluate, read_qrels, read_queries, read_run

__all__ = ["TASKS", "Task", "measured", "valla"]

ROOT = Path(__file__).parents[2]
TOP = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A split of a shared task.

    Args:
        library: the file of claims.
        columns: the options that name its columns.
        queries: the file of queries; those that nobody judged are not asked.
        header: whether it has a row of names.
        qrels: the judgements.
    """

    library: str
    columns: tuple[str, ...]
    queries: str
    header: bool
    qrels: str

    def files(self, shared: Path) -> dict[str, Path]:
        """Return the files by name."""
        return {name: shared / "data" / name for name in (self.library, self.queries, self.qrels)}


TASKS = {
    "checkthat2020 dev": Task(
        "checkthat2020/verified_claims.docs.tsv",
        ("--text", "vclaim", "--context", "title"),
        "checkthat2020/dev/tweets.queries.tsv",
        True,
        "checkthat2020/dev/tweet-vclaim-pairs.qrels",
    ),
    "checkthat2022 dev": Task(
        "checkthat2022/vclaims.jsonl",
        ("--id", "vclaim_id", "--text", "vclaim", "--context", "title,subtitle"),
        "checkthat2022/CT2022-Task2A-EN-Train-Dev_Queries.tsv",
        False,
        "checkthat2022/CT2022-Task2A-EN-Dev_QRELs.tsv",
    ),
}


def measured(task: Task, encoder: str, shared: Path, folder: Path) -> dict[str, float]:
    """Run `valla find` on a task and return every measure of its run, with the calibration of its first 1 and 5 claims.

    Args:
        task: what to measure on.
        encoder: `static` or `neural`.
        shared: the folder of measuring data.
        folder: where to write.
    """
    files = task.files(shared)
    qrels = read_qrels(files[task.qrels])
    asked = [query for query in read_queries(files[task.queries], header=task.header) if query.id in qrels]
    with (folder / "queries.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows((query.id, query.text) for query in asked)
    valla("index", files[task.library], *task.columns, "--encoder", encoder, "-o", folder / "index")
    options = ("--library", folder / "index", "--encoder", encoder, "--top", TOP)
    valla("find", "--queries", folder / "queries.tsv", *options, "-o", folder / "run.txt")
    run = read_run(folder / "run.txt")
    errors = {f"ece{top}": _calibration(run, qrels, top) for top in (1, 5)}
    figures = {name: value for name, value in asdict(evaluate(run, qrels)).items() if isinstance(value, float)}
    return {**figures, **errors}


def valla(*words: object) -> None:
    """Run a command as a user would, in a process of its own."""
    subprocess.run([sys.executable, "-m", "valla", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def _calibration(run: Mapping[str, Mapping[str, float]], qrels: Mapping[str, Mapping[str, int]], top: int) -> float:
    error = runpy.run_path(str(ROOT / "bench" / "calibration.py"))["expected_calibration_error"]
    judged = [
        (score, qrels[query].get(claim, 0) > 0)
        for query, claims in run.items()
        for claim, score in list(claims.items())[:top]
    ]
    return float(error(judged))
