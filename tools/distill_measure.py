"""Measure static embeddings on a shared task: MAP@5 alone, and half and half with BM25.

`python tools/distill_measure.py --library CLAIMS --id COLUMN --text COLUMN,COLUMN --queries POSTS --qrels JUDGEMENTS [--encoder STEM]`
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from distill_corpus import plain, read_rows, strip_post
from numpy.typing import NDArray

from valla.scan.encoders.static import StaticEncoder, load, read
from valla.scan.words import words

__all__ = ["Judgements", "average_precision", "lexical", "main", "mean_precision"]

Scores = NDArray[np.float32]
Judgements = Mapping[str, frozenset[str]]

_DEPTH = 5


def average_precision(ranked: Sequence[str], right: frozenset[str]) -> float:
    """Return the average precision of the first ranks, as trec_eval's map_cut counts it.

    Args:
        ranked: the ids that were found, the best first.
        right: those that should have been.
    """
    hits = [claim in right for claim in ranked]
    return sum(sum(hits[: rank + 1]) / (rank + 1) for rank, hit in enumerate(hits) if hit) / len(right)


def mean_precision(scores: Scores, claims: Sequence[str], queries: Sequence[str], judged: Judgements) -> float:
    """Return MAP@5.

    Args:
        scores: of each query with each claim.
        claims: the ids of the claims.
        queries: those of the queries.
        judged: the claims that each query should find; queries without any are left out.
    """
    best = np.argsort(-scores, axis=1, kind="stable")[:, :_DEPTH]
    found = [
        average_precision([claims[at] for at in row], judged[query])
        for query, row in zip(queries, best, strict=True)
        if judged.get(query)
    ]
    return float(np.mean(found))


def lexical(texts: Sequence[str], queries: Sequence[str]) -> Scores:
    """Return the BM25 scores of each query with each text.

    Args:
        texts: what is searched.
        queries: what for.
    """
    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25(method="lucene")
    index.index([stemmer.stemWords(words(text)) for text in texts], show_progress=False)
    asked = [sorted(set(stemmer.stemWords(words(query))) & index.vocab_dict.keys()) for query in queries]
    return np.stack([index.get_scores(stems) if stems else np.zeros(len(texts), np.float32) for stems in asked])


def _semantic(encoder: StaticEncoder, texts: Sequence[str], queries: Sequence[str]) -> Scores:
    left, right = (encoder.encode(side).astype(np.float32) for side in (queries, texts))
    return left @ right.T


def _between(scores: Scores) -> Scores:
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    return (scores - low) / np.maximum(high - low, 1e-9)


def _queries(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if len(row) > 1]
    return {number: strip_post(text) for number, text in rows if number}


def _judgements(path: Path) -> Judgements:
    right: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, claim, grade = line.split()
        right.setdefault(query, set()).update([claim] if int(grade) > 0 else [])
    return {query: frozenset(claims) for query, claims in right.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and say.

    Args:
        arguments: of the command line; None for those of the process.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, required=True, help="a table of claims")
    parser.add_argument("--id", default="", help="the column of their ids")
    parser.add_argument("--text", default="vclaim,title", help="the columns of their texts, joined by commas")
    parser.add_argument("--queries", type=Path, required=True, help="posts: id and text, tab-separated")
    parser.add_argument("--qrels", type=Path, required=True, help="judgements in TREC's form")
    parser.add_argument("--encoder", type=Path, help="the files of another table, without their endings")
    asked = parser.parse_args(arguments)
    rows = list(read_rows(asked.library, (asked.id, *asked.text.split(","))))
    claims = [str(row[asked.id]) for row in rows]
    texts = [plain(" ".join(str(row[column] or "") for column in asked.text.split(","))) for row in rows]
    judged = _judgements(asked.qrels)
    posts = {number: text for number, text in _queries(asked.queries).items() if number in judged}
    encoder = read(asked.encoder) if asked.encoder else load()
    near, like = lexical(texts, list(posts.values())), _semantic(encoder, texts, list(posts.values()))
    sys.stdout.write(f"{encoder.name}, {len(posts)} queries, {len(claims):,} claims: MAP@5\n")
    for name, scores in (("BM25", near), ("static", like), ("half and half", _between(near) + _between(like))):
        sys.stdout.write(f"{name:<14}{mean_precision(scores, claims, list(posts), judged):.4f}\n")


if __name__ == "__main__":
    main()
