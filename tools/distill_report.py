"""The report of a training: what went in, how, and how the losses fell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
import transformers
from distill_corpus import Corpus
from distill_training import Settings

from valla.scan.encoders.static import StaticEncoder

__all__ = ["Made", "report"]


@dataclass(frozen=True, slots=True)
class Made:
    """What there is to report.

    Args:
        encoder: what came out.
        corpora: the texts that went in.
        model: the settings of the table.
        training: those of the training.
        teacher: the fingerprint of the teacher's weights.
        pairs: how many pairs of texts that say the same were learnt from.
        losses: of each epoch.
    """

    encoder: StaticEncoder
    corpora: Sequence[Corpus]
    model: Mapping[str, Any]
    training: Settings
    teacher: str
    pairs: int
    losses: Sequence[Mapping[str, float]]


def report(made: Made) -> str:
    """Return the report in Markdown.

    Args:
        made: what there is to report.
    """
    encoder = made.encoder
    told = (
        "# Static embeddings: how they were made",
        "",
        f"Written by `tools/distill.py`. Encoder `{encoder.name}`: {len(encoder.vocabulary):,} words and",
        f"{len(encoder.rows) - len(encoder.vocabulary):,} runs of letters, {encoder.dimensions} dimensions, int8.",
        f"Teacher: all-MiniLM-L6-v2, weights of SHA-256 `{made.teacher}`.",
        f"Made with torch {torch.__version__}, transformers {transformers.__version__}, numpy {np.__version__}, one thread.",
        *_section("Texts", ("file", "columns", "texts", "words in all", "SHA-256"), map(_corpus_row, made.corpora)),
        "",
        f"Pairs of columns of one row that say the same: {made.pairs:,}.",
        *_section("Settings", ("setting", "value"), ({**made.model, **asdict(made.training)}).items()),
        *_section(
            "Losses",
            ("epoch", *made.losses[0]),
            ((number, *losses.values()) for number, losses in enumerate(made.losses, 1)),
        ),
    )
    return "\n".join((*told, ""))


def _corpus_row(corpus: Corpus) -> tuple[object, ...]:
    source = corpus.source
    return (
        source.path,
        ", ".join(source.columns),
        f"{len(corpus.texts):,}",
        f"{corpus.counts.total():,}",
        corpus.sha256,
    )


def _section(title: str, head: Sequence[str], rows: Iterable[Iterable[object]]) -> list[str]:
    return ["", f"## {title}", "", _line(head), _line(["---"] * len(head)), *map(_line, rows)]


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
