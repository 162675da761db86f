"""Distil static word embeddings from a sentence transformer: `python tools/distill.py --data FOLDER --teacher FOLDER`.

Reads the recipe (`tools/distill.toml`), embeds its texts with the teacher, trains a table of rows for words and runs of letters,
and writes `static.npy`, `static.txt` and the report `static.md`. Needs torch, transformers and pyarrow; what it writes needs numpy.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from distill_bags import bag_texts
from distill_corpus import Corpus, Source, read_corpora, read_pairs
from distill_report import Made, report
from distill_start import Start, begin, principal
from distill_teacher import Teacher
from distill_training import Settings, Table, Task, train
from distill_vocabulary import choose, sif_weights, word_shares
from numpy.typing import NDArray

from valla.scan.encoders.static import StaticEncoder

__all__ = ["distil", "main"]

_HERE = Path(__file__).parent
_OUT = _HERE.parent / "src" / "valla" / "scan" / "encoders" / "data" / "static"
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to distil from and how.

    Args:
        sources: the texts.
        model: the settings of the table.
        training: those of the training.
    """

    sources: tuple[Source, ...]
    model: Mapping[str, Any]
    training: Settings

    @classmethod
    def read(cls, path: Path) -> Recipe:
        """Return a recipe from a TOML file."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        sources = tuple(Source(**{**table, "columns": tuple(table["columns"])}) for table in data["texts"])
        return cls(sources, data["model"], Settings(**data["training"]))


def distil(recipe: Recipe, data: Path, teacher: Teacher) -> tuple[StaticEncoder, str]:
    """Return the trained encoder and the report of its making.

    Args:
        recipe: what to distil from and how.
        data: the folder that its paths are relative to.
        teacher: the sentence transformer.
    """
    corpora = read_corpora(recipe.sources, data, recipe.training.seed)
    texts = list(chain.from_iterable(corpus.texts for corpus in corpora))
    taught = np.concatenate([teacher.encode(corpus.texts) for corpus in corpora])
    vocabulary, start = _start(recipe, corpora, taught, teacher)
    pairs = read_pairs(recipe.sources, data, {text: number for number, text in enumerate(texts)})
    untrained = StaticEncoder(vocabulary, _whole(start.rows))
    bags = bag_texts(texts, untrained, recipe.model["spelled"])
    table = Table(start.rows, start.basis)
    losses = train(table, Task(bags, taught, np.array(pairs, np.int64).reshape(-1, 2)), recipe.training)
    encoder = replace(untrained, rows=_whole(table.rows.weight.detach().numpy()))
    made = Made(encoder, corpora, recipe.model, recipe.training, teacher.fingerprint, len(pairs), losses)
    return encoder, report(made)


def _start(
    recipe: Recipe, corpora: Sequence[Corpus], taught: NDArray[np.float32], teacher: Teacher
) -> tuple[tuple[str, ...], Start]:
    model = recipe.model
    shares = word_shares([corpus.counts for corpus in corpora], teacher.whole_words())
    vocabulary = tuple(choose(shares, model["words"]))
    vectors = replace(teacher, batch=model["words_at_once"]).encode(vocabulary)
    weights = sif_weights(shares, vocabulary, model["sif"])
    return vocabulary, begin(vocabulary, vectors, weights, principal(taught, model["dimensions"]), model["runs"])


def _whole(rows: NDArray[np.float32]) -> NDArray[np.int8]:
    # the scale is common to all rows, so that a row's length is its weight; the few numbers beyond it are cut
    scale = _LARGEST / np.quantile(np.abs(rows), 0.9999)
    return np.clip(np.rint(rows * scale), -_LARGEST, _LARGEST).astype(np.int8)


def _write(encoder: StaticEncoder, told: str, stem: Path) -> None:
    np.save(stem.with_suffix(".npy"), encoder.rows)
    stem.with_suffix(".txt").write_text("\n".join(encoder.vocabulary) + "\n", encoding="utf-8")
    stem.with_suffix(".md").write_text(told, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Distil and write.

    Args:
        arguments: of the command line; None for those of the process.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", type=Path, default=_HERE / "distill.toml", help="what to distil from and how")
    parser.add_argument("--data", type=Path, required=True, help="the folder that the recipe's paths are relative to")
    parser.add_argument("--teacher", type=Path, required=True, help="the folder of a sentence transformer")
    parser.add_argument(
        "--cache", type=Path, default=Path("distill-cache"), help="where the teacher's vectors are kept"
    )
    parser.add_argument("--out", type=Path, default=_OUT, help="the files to write, without their endings")
    asked = parser.parse_args(arguments)
    # sums in one thread have one order: the same bytes every time
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    recipe = Recipe.read(asked.recipe)
    teacher = Teacher(asked.teacher, recipe.model["max_tokens"], recipe.model["texts_at_once"], asked.cache)
    encoder, told = distil(recipe, asked.data, teacher)
    _write(encoder, told, asked.out)
    sys.stdout.write(f"{encoder.name}: {len(encoder.vocabulary):,} words\n")


if __name__ == "__main__":
    main()
