"""Measure how well known claims are found, Valla beside what a user would do instead, on the shared tasks.

usage: python bench/retrieval.py [--encoders static neural] [--model FOLDER] [--no-dense] [--peers-only] [--keep FOLDER]

Prints one table: MAP@1, MAP@5, MRR, recall@50, and for Valla the expected calibration error of the probabilities of its
first and of its first five candidates (10 bins of equal width). The tasks are read from the folder of measuring data
(VALLA_SHARED, or ../shared). Valla is asked the tweets as they are; the peers are asked them without links and signatures.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean

from calibration import expected_calibration_error
from ours import Ours
from peers.blend import Blend
from peers.bm25 import Bm25
from peers.minilm import MiniLm
from peers.model import Peer
from tasks import SHARED, Task, bare, checkthat2020, checkthat2022, proxy2020

from valla.exchange.measures import average_precision, recall, reciprocal_rank

DEPTH = 50
MEASURES = ((average_precision, 1), (average_precision, 5), (reciprocal_rank, DEPTH), (recall, DEPTH))
HEAD = f"{'task':<36}{'queries':>8}  {'system':<28}{'MAP@1':>7}{'MAP@5':>7}{'MRR':>7}{'R@50':>7}{'ECE 1':>7}{'ECE 5':>7}{'seconds':>9}"


@dataclass(frozen=True)
class System:
    """A way to find claims.

    Args:
        make: makes it from the texts of a task's library.
        cleans: whether it is asked tweets without links and signatures.
        calibrated: whether its scores are probabilities.
    """

    make: Callable[[Task], Peer]
    cleans: bool = True
    calibrated: bool = False


def row(task: Task, system: System, peer: Peer) -> str:
    """Return one line of the table.

    Args:
        task: what is asked.
        system: what answers.
        peer: the same, made for the task's library.
    """
    queries = list(task.relevant)
    texts = [bare(task.queries[query]) if system.cleans else task.queries[query] for query in queries]
    start = time.perf_counter()
    answers = peer.rank(texts, DEPTH)
    seconds = time.perf_counter() - start
    ids = [fact.id for fact in task.facts]
    ranked = {query: [ids[claim] for claim, _ in found] for query, found in zip(queries, answers, strict=True)}
    figures = [
        fmean(measure(ranked[query], task.relevant[query], depth) for query in queries) for measure, depth in MEASURES
    ]
    errors = [_calibration(task, ids, queries, answers, top) if system.calibrated else None for top in (1, 5)]
    told = "".join(f"{figure:7.3f}" for figure in figures)
    told += "".join(f"{'-':>7}" if error is None else f"{error:7.3f}" for error in errors)
    return f"{task.name:<36}{len(queries):>8}  {peer.name:<28}{told}{seconds:9.2f}"


def _calibration(
    task: Task, ids: Sequence[str], queries: Sequence[str], answers: Sequence[Sequence[tuple[int, float]]], top: int
) -> float:
    return expected_calibration_error(
        (score, ids[claim] in task.relevant[query])
        for query, found in zip(queries, answers, strict=True)
        for claim, score in found[:top]
    )


def peers(*, dense: bool, keep: Path | None) -> Iterator[System]:
    """Yield the peers that can run here.

    Args:
        dense: whether those that need sentence-transformers are wanted.
        keep: the folder to keep their vectors in, for another run.
    """
    yield System(lambda task: Bm25(_texts(task)))
    if not dense:
        return
    if find_spec("sentence_transformers") is None:
        print(
            "dense peers: left out, sentence-transformers is not installed (pip install 'valla[neural]')",
            file=sys.stderr,
        )
        return
    made: dict[str, MiniLm] = {}

    def minilm(task: Task) -> MiniLm:
        if task.name not in made:
            made[task.name] = MiniLm(_texts(task), keep=keep)
        return made[task.name]

    yield System(minilm)
    yield System(lambda task: Blend(Bm25(_texts(task)), minilm(task)))


def _texts(task: Task) -> list[str]:
    return [fact.whole for fact in task.facts]


def ours(encoders: Iterable[str], model: Path | None) -> Iterator[System]:
    """Yield Valla with each encoder.

    Args:
        encoders: `static`, `neural`.
        model: the folder of the model of `neural`.
    """
    for encoder in encoders:
        yield System(lambda task, encoder=encoder: Ours(task.facts, encoder, model), cleans=False, calibrated=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoders", nargs="*", default=["static", "neural"], choices=["static", "neural"])
    parser.add_argument("--model", type=Path, help="the folder of a sentence-transformers model, for neural")
    parser.add_argument("--no-dense", action="store_true", help="leave out the peers that run a transformer")
    parser.add_argument("--peers-only", action="store_true", help="leave out Valla")
    parser.add_argument("--keep", type=Path, help="keep the vectors of the dense peer in this folder, for another run")
    options = parser.parse_args()
    if not (SHARED / "data").is_dir():
        sys.exit(f"the measuring data is not at {SHARED}: set VALLA_SHARED to its folder")
    if "neural" in options.encoders and find_spec("onnxruntime") is None:
        print("neural: left out, onnxruntime is not installed (pip install 'valla[neural]')", file=sys.stderr)
        options.encoders.remove("neural")
    systems = [] if options.peers_only else list(ours(options.encoders, options.model))
    systems += peers(dense=not options.no_dense, keep=options.keep)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n{HEAD}")
    # tasks with one library stand together and share what is made from it
    for tasks in ((checkthat2020(), proxy2020()), (checkthat2022(),)):
        for system in systems:
            peer = system.make(tasks[0])
            for task in tasks:
                print(row(task, system, peer), flush=True)


if __name__ == "__main__":
    main()
