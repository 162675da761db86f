"""Measure the neural encoder: speed, nearness to torch, independence of batches, and retrieval by vectors alone.

usage: python bench/encoders.py [--texts 512] [--retrieval]

Needs the extra `neural` and the folder of measuring data (VALLA_SHARED). Speeds are texts of 23 to 27 words a second.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from valla.scan.encoders.card import read_card
from valla.scan.encoders.export import export
from valla.scan.encoders.neural import NeuralEncoder
from valla.scan.encoders.torch_model import sentence_model
from valla.scan.encoders.weights import DEFAULT_MODEL, find, read

SHARED = Path(os.environ.get("VALLA_SHARED", Path(__file__).parents[2] / "shared")) / "data"
WORDS = range(23, 28)
SPEECHES = 60
DEPTH = 5
LINKS = re.compile(r"https?://\S+|pic\.twitter\.com/\S+")
SIGNATURE = re.compile(r"— [^—]{0,120}\(@\w{1,20}\) [A-Z][a-z]+ \d{1,2}, \d{4}\s*$")

Encode = Callable[[Sequence[str]], NDArray[np.float64]]


def sentences(count: int) -> list[str]:
    """Return sentences of some 25 words from the speeches."""
    texts = pq.read_table(SHARED / "ungd" / "ungd.parquet", columns=["text"])["text"].to_pylist()[:SPEECHES]
    cut = (" ".join(sentence.split()) for text in texts for sentence in text.split(". "))
    return [sentence for sentence in cut if len(sentence.split()) in WORDS][:count]


def torch_encoder() -> Encode:
    """Return the model in torch, in floats, on one thread, as sentence-transformers runs it: sorted, padded batches."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(str(find(DEFAULT_MODEL)), device="cpu")
    return lambda texts: np.asarray(model.encode(list(texts), batch_size=32), np.float64)


def same_torch_encoder(encoder: NeuralEncoder) -> Encode:
    """Return the model in torch, in floats, one text at a time."""
    import torch

    model = sentence_model(read(find(DEFAULT_MODEL), DEFAULT_MODEL))

    def encode(texts: Sequence[str]) -> NDArray[np.float64]:
        with torch.no_grad():
            rows = [model(torch.tensor([encoder.token_numbers(text)])).numpy() for text in texts]
        return np.concatenate(rows).astype(np.float64)

    return encode


def unit(rows: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return rows of unit length."""
    floats = rows.astype(np.float64)
    return floats / np.maximum(np.linalg.norm(floats, axis=1, keepdims=True), 1e-9)


def speed(encode: Callable[[Sequence[str]], object], texts: Sequence[str], repeat: int = 3) -> tuple[float, float]:
    """Return texts a second by the clock, and a second of one core, each the best of some runs."""
    encode(texts[:32])
    clock, core = [], []
    for _ in range(repeat):
        began, used = time.perf_counter(), time.process_time()
        encode(texts)
        clock.append(len(texts) / (time.perf_counter() - began))
        core.append(len(texts) / (time.process_time() - used))
    return max(clock), max(core)


def speeds(folder: Path, texts: list[str]) -> Iterator[str]:
    """Tell how fast each runs, beside the others."""
    runs: list[tuple[str, Callable[[Sequence[str]], object]]] = [
        ("sentence-transformers, fp32, 1 thread", torch_encoder()),
        ("valla, 1 thread", NeuralEncoder(folder).encode),
        ("valla, 2 threads", NeuralEncoder(folder, threads=2).encode),
    ]
    for name, encode in runs:
        clock, core = speed(encode, texts)
        yield f"{name:40s} {clock:8.0f} texts/s {core:8.0f} texts/s of one core"


def nearness(encoder: NeuralEncoder, texts: list[str]) -> Iterator[str]:
    """Tell how near the vectors are to those of torch, and how much the texts beside a text change its vector."""
    found = encoder.encode(texts)
    cosines = (unit(same_torch_encoder(encoder)(texts)) * unit(found)).sum(axis=1)
    yield f"cosine to torch in floats: mean {cosines.mean():.5f}, least {cosines.min():.5f}"
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    yield f"largest difference between a text alone and among others: {np.abs(alone.astype(int) - found).max()} of 127"


def exporting() -> Iterator[str]:
    """Tell how long the export takes, and whether it gives the same bytes twice."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        began = time.perf_counter()
        cards = [read_card(export(cache=Path(place))) for place in (first, second)]
        seconds = (time.perf_counter() - began) / 2
    yield f"export: {seconds:.1f} s; the same bytes twice: {cards[0].files == cards[1].files}"


def cleaned(post: str) -> str:
    """Return a post without links and signature."""
    return " ".join(SIGNATURE.sub("", LINKS.sub(" ", post)).split())


def rows_of(path: Path) -> list[list[str]]:
    """Return the rows of a TSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


def judged(path: Path) -> dict[str, set[str]]:
    """Return the claims of each query."""
    found: dict[str, set[str]] = {}
    for row in rows_of(path):
        found.setdefault(row[0], set()).add(row[2])
    return found


Task = tuple[dict[str, str], dict[str, str], dict[str, set[str]]]


def task_2020() -> Task:
    """Return the library, queries and judgements of checkthat2020 dev."""
    folder = SHARED / "checkthat2020"
    library = {row[0]: f"{row[1]} {row[2]}" for row in rows_of(folder / "verified_claims.docs.tsv")[1:]}
    queries = {row[0]: row[1] for row in rows_of(folder / "dev" / "tweets.queries.tsv")[1:]}
    return library, queries, judged(folder / "dev" / "tweet-vclaim-pairs.qrels")


def task_2022() -> Task:
    """Return the library, queries and judgements of checkthat2022 dev."""
    folder = SHARED / "checkthat2022"
    with (folder / "vclaims.jsonl").open(encoding="utf-8") as file:
        claims = [json.loads(line) for line in file]
    library = {claim["vclaim_id"]: f"{claim['vclaim']} {claim['title']} {claim['subtitle']}" for claim in claims}
    queries = dict(row[:2] for row in rows_of(folder / "CT2022-Task2A-EN-Train-Dev_Queries.tsv"))
    judgements = judged(folder / "CT2022-Task2A-EN-Dev_QRELs.tsv")
    return library, {query: queries[query] for query in judgements}, judgements


def mean_average_precision(task: Task, encode: Encode) -> float:
    """Return MAP@5 of vectors alone."""
    library, queries, judgements = task
    claims = list(library)
    products = unit(encode([cleaned(queries[query]) for query in judgements])) @ unit(encode(list(library.values()))).T
    total = 0.0
    for scores, wanted in zip(products, judgements.values(), strict=True):
        hits = [claims[number] in wanted for number in np.argsort(-scores, kind="stable")[:DEPTH]]
        precisions = [sum(hits[: at + 1]) / (at + 1) for at, hit in enumerate(hits) if hit]
        total += sum(precisions) / min(len(wanted), DEPTH)
    return total / len(judgements)


def retrieval(folder: Path) -> Iterator[str]:
    """Tell how well vectors alone find the claims of posts."""
    for name, task in (("checkthat2020 dev", task_2020()), ("checkthat2022 dev", task_2022())):
        runs = [("torch fp32", torch_encoder()), ("int8", NeuralEncoder(folder, 2).encode)]
        for label, encode in runs:
            yield f"{name}: MAP@5 {mean_average_precision(task, encode):.4f}  {label}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=512)
    parser.add_argument("--retrieval", action="store_true", help="measure MAP@5 as well: minutes")
    arguments = parser.parse_args()
    folder = export()
    texts = sentences(arguments.texts)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, onnxruntime {version('onnxruntime')}")
    print(NeuralEncoder(folder).name)
    for lines in (exporting(), nearness(NeuralEncoder(folder), texts), speeds(folder, texts)):
        for line in lines:
            print(line, flush=True)
    for line in retrieval(folder) if arguments.retrieval else ():
        print(line, flush=True)


if __name__ == "__main__":
    main()
