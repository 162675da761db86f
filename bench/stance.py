"""Measure how well the stance of a passage is told: on labelled passages, and on the Fake News Challenge.

usage: python bench/stance.py [--half tune|judge] [--no-fnc]

Prints macro-F1, precision and recall of each stance and what was taken for what, for the tuning half and the judged half of
`stance_labels.tsv` (docs/stance.md says how it was labelled), then macro-F1 on the half of the Fake News Challenge that was not tuned on.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, product
from pathlib import Path

import pyarrow.parquet as pq

from valla.scan.model import Stance
from valla.scan.stance.features import features
from valla.scan.stance.judge import Passage, stance_of
from valla.scan.stance.passage import MAX_AROUND_CHARS, stem, words
from valla.scan.stance.polarity import asked
from valla.scan.stance.weights import STANCES, weights
from valla.scan.text import sentences

LABELS = Path(__file__).with_name("stance_labels.tsv")
SHARED = Path(os.environ.get("VALLA_SHARED", Path(__file__).parents[2] / "shared"))
HALVES = ("tune", "judge")
FNC = {"agree": Stance.REPEATS, "disagree": Stance.REBUTS, "discuss": Stance.REPORTS}
UNRELATED = "unrelated"

_NEAREST_SENTENCES = 3
_OFFSETS = (-0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4)
_SHARES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with the stance that a reader gave it.

    Args:
        document: the source and the document in it.
        passage: the sentence with what stands around it.
        claim: the claim that it is about.
        stance: the label.
        half: tune or judge.
        found: whether it was found by its topic alone or by a cue.
    """

    document: str
    passage: Passage
    claim: str
    stance: Stance
    half: str
    found: str


def half_of(document: str) -> str:
    """Return the half that a document belongs to, by a hash of its name."""
    return HALVES[hashlib.sha256(document.encode()).digest()[0] % 2]


def labelled(shared: Path = SHARED, labels: Path = LABELS) -> list[Labelled]:
    """Return the labelled passages, each checked against its digest.

    Args:
        shared: the folder of measuring data.
        labels: the table of references.

    Raises:
        ValueError: if an offset does not point to the passage that was labelled.
    """
    (names, speeches) = _columns(shared / "data/ungd/ungd.parquet", "doc_id", "text")
    (headlines,) = _columns(shared / "data/news/headlines.parquet", "headline")
    texts = {
        "ungd": dict(zip(names, speeches, strict=True)),
        "news": dict(zip(map(str, count()), headlines, strict=False)),
    }
    with labels.open(encoding="utf-8", newline="") as file:
        return [_labelled(row, texts[row["source"]][row["document"]]) for row in csv.DictReader(file, delimiter="\t")]


def _columns(path: Path, *names: str) -> list[list[str]]:
    table = pq.read_table(path, columns=list(names))
    return [table.column(name).to_pylist() for name in names]


def _labelled(row: dict[str, str], text: str) -> Labelled:
    start, end, document = int(row["start"]), int(row["end"]), f"{row['source']}:{row['document']}"
    told = text[start:end]
    if hashlib.sha256(told.encode()).hexdigest()[:12] != row["digest"]:
        raise ValueError(f"{document} {start}:{end} is not the passage that was labelled")
    passage = Passage(text[max(0, start - MAX_AROUND_CHARS) : start], told, text[end : end + MAX_AROUND_CHARS])
    return Labelled(document, passage, row["claim"], Stance(row["stance"]), row["half"], row["found"])


def f1(gold: Sequence[str], told: Sequence[str], label: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one label."""
    right = sum(one == other == label for one, other in zip(gold, told, strict=True))
    precision, recall = right / max(1, told.count(label)), right / max(1, gold.count(label))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def macro_f1(gold: Sequence[str], told: Sequence[str], labels: Sequence[str] = STANCES) -> float:
    """Return the mean F1 of the labels."""
    return sum(f1(gold, told, label)[2] for label in labels) / len(labels)


def print_table(title: str, gold: Sequence[str], told: Sequence[str], labels: Sequence[str] = STANCES) -> None:
    """Print macro-F1, the figures of each label and what was taken for what."""
    print(f"\n{title}: {len(gold)} passages, macro-F1 {macro_f1(gold, told, labels):.3f}")
    counts = Counter(zip(gold, told, strict=True))
    print(
        f"{'label':10} {'precision':>9} {'recall':>7} {'F1':>6}   told as "
        + " ".join(f"{label:>9}" for label in labels)
    )
    for label in labels:
        precision, recall, mean = f1(gold, told, label)
        row = " ".join(f"{counts[label, other]:9}" for other in labels)
        print(f"{label:10} {precision:9.3f} {recall:7.3f} {mean:6.3f}           {row}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A headline and a body of the Fake News Challenge.

    Args:
        label: what it is labelled: a stance, or unrelated.
        half: by the body.
        share: how much of the headline the body shares.
        mean: the mean probability of each stance over the sentences of the body nearest to the headline.
    """

    label: str
    half: str
    share: float
    mean: tuple[float, ...]


@cache
def _body(text: str) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """The sentences of a body and the stems of each."""
    told = tuple(sentence.text for sentence in sentences(text))
    return told, tuple(frozenset(map(stem, words(sentence))) for sentence in told)


def _probabilities(passage: Passage, claim: str) -> tuple[float, ...]:
    powers = [math.exp(score) for score in weights().scores(features(passage, claim).values())]
    return tuple(power / sum(powers) for power in powers)


def _pair(headline: str, body_id: str, text: str, label: str) -> Pair:
    stems, (told, known) = asked(headline).stems, _body(text)
    share = len(stems & frozenset().union(*known)) / max(1, len(stems))
    nearest = sorted(range(len(told)), key=lambda number: -len(stems & known[number]))[:_NEAREST_SENTENCES]
    if label == UNRELATED and share < _SHARES[0]:
        nearest = []
    parts = [_probabilities(Passage("", told[at], " ".join(told[at + 1 : at + 2])), headline) for at in nearest]
    mean = tuple(sum(part) / len(parts) for part in zip(*parts, strict=True)) if parts else (1.0, 0.0, 0.0)
    return Pair(FNC.get(label, label), half_of(f"fnc:{body_id}"), share, mean)


def fnc_pairs(shared: Path = SHARED) -> Iterator[Pair]:
    """Yield the pairs of the Fake News Challenge."""
    csv.field_size_limit(sys.maxsize)
    with (shared / "data/fnc/bodies.csv").open(encoding="utf-8", newline="") as file:
        bodies = {row["Body ID"]: row["articleBody"] for row in csv.DictReader(file)}
    with (shared / "data/fnc/stances.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _pair(row["Headline"], row["Body ID"], bodies[row["Body ID"]], row["Stance"])


def _with(offsets: Sequence[float]) -> Callable[[Pair], str]:
    """Return a judge that adds an offset to the mean probability of each stance."""

    def judge(pair: Pair) -> str:
        moved = [mean + offset for mean, offset in zip(pair.mean, offsets, strict=True)]
        return STANCES[moved.index(max(moved))]

    return judge


def _best(
    pairs: Sequence[Pair], judges: Sequence[Callable[[Pair], str]], labels: Sequence[str]
) -> Callable[[Pair], str]:
    gold = [pair.label for pair in pairs]
    return max(judges, key=lambda judge: macro_f1(gold, [judge(pair) for pair in pairs], labels))


def _or_unrelated(judge: Callable[[Pair], str], share: float) -> Callable[[Pair], str]:
    return lambda pair: judge(pair) if pair.share >= share else UNRELATED


def print_fnc() -> None:
    """Print the figures on the Fake News Challenge; the offsets and the share are chosen on the tuning half."""
    pairs = list(fnc_pairs())
    related = {half: [pair for pair in pairs if pair.half == half and pair.label != UNRELATED] for half in HALVES}
    plain = _with((0.0, 0.0, 0.0))
    moved = _best(related["tune"], [_with((0.0, *offsets)) for offsets in product(_OFFSETS, repeat=2)], STANCES)
    four = (*STANCES, UNRELATED)
    full = _best(
        [pair for pair in pairs if pair.half == "tune"], [_or_unrelated(moved, share) for share in _SHARES], four
    )
    judged = related["judge"]
    for title, judge in (
        ("FNC related, weights as they are", plain),
        ("FNC related, prior from its tuning half", moved),
    ):
        print_table(title, [pair.label for pair in judged], [judge(pair) for pair in judged])
    every = [pair for pair in pairs if pair.half == "judge"]
    print_table("FNC with unrelated", [pair.label for pair in every], [full(pair) for pair in every], four)


def print_halves(halves: Sequence[str]) -> None:
    """Print the figures on the labelled passages."""
    every = labelled()
    for half in halves:
        chosen = [one for one in every if one.half == half]
        gold, told = [one.stance for one in chosen], [stance_of(one.passage, one.claim) for one in chosen]
        print_table(f"{half} half", gold, told)
    began = time.perf_counter()
    for one in every:
        stance_of(one.passage, one.claim)
    print(f"\n{(time.perf_counter() - began) / len(every) * 1e6:.0f} microseconds a passage, its claim known")


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="one half only")
    parser.add_argument("--no-fnc", action="store_true", help="without the Fake News Challenge")
    asked_for = parser.parse_args()
    print_halves([asked_for.half] if asked_for.half else HALVES)
    if not asked_for.no_fnc:
        print_fnc()


if __name__ == "__main__":
    main()
