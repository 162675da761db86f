"""The labelled passages, the weights trained on them, and how well the stance is told."""

import csv
import hashlib
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from valla.scan.stance.features import FEATURES
from valla.scan.stance.weights import STANCES

ROOT = Path(__file__).parents[3]
LABELS = ROOT / "bench/stance_labels.tsv"
WEIGHTS = ROOT / "src/valla/scan/stance/data/weights.json"
CHECKSUM = "ac5e4589ef54e47da77391c4e3ee7b39fd2ae43b81f16c91e0fae146fe39c8b7"
"""Of the table of labels: whoever relabels a passage must say so here, and measure again."""

FLOOR = 0.80
"""Macro-F1 on the judged half. It may be raised; it is not to be lowered."""


def rows() -> list[dict[str, str]]:
    """Return the table of labels."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def module(path: str) -> ModuleType:
    """Return a script of the repository as a module."""
    file = ROOT / path
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = found
    spec.loader.exec_module(found)
    return found


def test_the_labels_are_those_that_were_measured() -> None:
    """The table cannot change unseen, and the weights name the table that they were trained on."""
    checksum = hashlib.sha256(LABELS.read_bytes()).hexdigest()

    assert checksum == CHECKSUM
    assert json.loads(WEIGHTS.read_text(encoding="utf-8"))["labels"] == checksum


def test_the_labels_are_many_enough_and_fairly_found() -> None:
    """At least 300 passages, 80 of each stance, half of them found by their topic alone, each passage once."""
    table = rows()

    assert len(table) >= 300
    assert min(Counter(row["stance"] for row in table).values()) >= 80
    assert Counter(row["found"] for row in table)["topic"] * 2 >= len(table)
    assert len({(row["source"], row["document"], row["start"]) for row in table}) == len(table)


def test_no_document_is_in_both_halves() -> None:
    """The half is that of the document, by its hash, and neither is small."""
    halves = ("tune", "judge")
    expected = [halves[hashlib.sha256(f"{row['source']}:{row['document']}".encode()).digest()[0] % 2] for row in rows()]

    assert expected == [row["half"] for row in rows()]
    assert min(Counter(expected).values()) * 5 >= len(expected) * 2


def test_every_feature_has_its_weights() -> None:
    """The trained table names the features in order, and each stance."""
    table = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]

    assert list(FEATURES) == list(table)
    assert all(list(STANCES) == list(row) for row in table.values())


def test_offsets_point_to_the_passages(shared: Path) -> None:
    """Each reference slices to the passage whose digest was written down when it was labelled."""
    assert len(rows()) == len(module("bench/stance.py").labelled(shared))


def test_stance_is_told_as_well_as_it_was(shared: Path) -> None:
    """On the judged half macro-F1 does not fall below the floor."""
    bench = module("bench/stance.py")
    judged = [one for one in bench.labelled(shared) if one.half == "judge"]
    told = [bench.stance_of(one.passage, one.claim) for one in judged]

    assert bench.macro_f1([one.stance for one in judged], told) >= FLOOR


def test_training_again_gives_the_weights(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights are those that the command trains, to the last digit but one."""
    monkeypatch.setenv("VALLA_SHARED", str(shared))
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    module("bench/stance.py")
    trainer = module("tools/train_stance.py")
    table = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    trained = trainer.table(trainer.fit(trainer.examples()))

    assert all(trained[name] == pytest.approx(table[name], abs=0.0011) for name in table)
