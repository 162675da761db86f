"""The texts that a recipe names, read from tables of any common form."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from distill_vocabulary import counted

__all__ = ["Corpus", "Source", "plain", "read_corpora", "read_pairs", "read_rows", "strip_post"]

_LINK = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+")
_SIGNATURE = re.compile(r"— [^—]{1,80}\(@\w{1,20}\) [A-Z][a-z]+ \d{1,2}, \d{4}\s*$")
_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z])")
_NUMBERED = re.compile(r"^\d+\.\s+")
_SHORTEST = 12
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A table with columns of text.

    Args:
        path: the file, relative to the folder of the data: .tsv, .csv, .jsonl or .parquet.
        columns: the names of its columns of text.
        sentences: whether to cut the texts into sentences.
        sample: how many texts to draw; None for all.
        alike: whether the columns of a row say the same in other words.
    """

    path: str
    columns: tuple[str, ...]
    sentences: bool = False
    sample: int | None = None
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts of one source.

    Args:
        source: where they come from.
        sha256: the fingerprint of the file.
        texts: each once, sorted; those of the sample.
        counts: how often each word occurs in all of its texts.
    """

    source: Source
    sha256: str
    texts: tuple[str, ...]
    counts: Counter[str]


def read_corpora(sources: Sequence[Source], data: Path, seed: int) -> list[Corpus]:
    """Return the texts of each source, each text once and with the first that has it; the order of rows does not matter.

    Args:
        sources: what to read.
        data: the folder that the paths are relative to.
        seed: of the samples.
    """
    seen: set[str] = set()
    corpora = []
    for source in sources:
        path = data / source.path
        texts = sorted({text for row in read_rows(path, source.columns) for text in _texts(row, source)})
        counts = counted(texts)
        if source.sample is not None and source.sample < len(texts):
            texts = sorted(random.Random(seed).sample(texts, source.sample))
        new = tuple(text for text in texts if text not in seen)
        seen.update(new)
        corpora.append(Corpus(source, hashlib.sha256(path.read_bytes()).hexdigest(), new, counts))
    return corpora


def read_pairs(sources: Sequence[Source], data: Path, numbers: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return the pairs of texts that say the same: the columns of one row, where its source says that they are alike.

    Args:
        sources: what to read.
        data: the folder that the paths are relative to.
        numbers: the number of each text.
    """
    found: set[tuple[int, int]] = set()
    for source in sources:
        for row in read_rows(data / source.path, source.columns) if source.alike else ():
            held = [numbers[text] for text in _texts(row, source) if text in numbers]
            found.update(pair for pair in combinations(held, 2) if pair[0] != pair[1])
    return sorted(found)


def strip_post(text: str) -> str:
    """Return a post without links, picture links and the signature that some collections append.

    Args:
        text: the post.
    """
    return plain(_LINK.sub(" ", _SIGNATURE.sub("", text)))


def plain(text: str) -> str:
    """Return a text with single spaces.

    Args:
        text: as it is.
    """
    return " ".join(text.split())


def _texts(row: Mapping[str, Any], source: Source) -> Iterator[str]:
    for column in source.columns:
        cell = str(row[column] or "")
        for part in _END.split(cell) if source.sentences else (cell,):
            text = _NUMBERED.sub("", plain(part))
            if len(text) >= _SHORTEST and (len(text) <= _LONGEST or not source.sentences):
                yield text


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table with a header.

    Args:
        path: a .parquet, .jsonl, .tsv or .csv file.
        columns: those that are needed.
    """
    if path.suffix == ".parquet":
        yield from pq.read_table(path, columns=list(columns)).to_pylist()
    elif path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
    else:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
