"""Importing the seed chapter gives what its gold file says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from valla.dossier.manuscript.importer import import_manuscript
from valla.dossier.manuscript.sentences import sentences
from valla.dossier.model import BlockKind


@pytest.fixture(scope="module")
def shared():
    """The folder that the program was designed from; it is no part of the project."""
    folder = Path(os.environ.get("VALLA_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    if not (folder / "eval" / "seed_dossier.json").exists():
        pytest.skip("the shared folder is not here: set VALLA_SHARED")
    return folder


@pytest.fixture(scope="module")
def gold(shared):
    """What the gold file says."""
    return json.loads((shared / "eval" / "seed_dossier.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imported(shared, gold):
    """The seed, imported."""
    return import_manuscript(shared / gold["file"])


def test_head(imported, gold):
    """Number, title, authors and the one voicing with its source are the gold file's."""
    dossier = imported.dossier
    (voicing,) = dossier.voicings

    assert (gold["number"], gold["title"], tuple(gold["authors"])) == (dossier.number, dossier.title, dossier.authors)
    assert voicing.source == gold["voicing"]["source"]
    assert voicing.text.startswith(gold["voicing"]["text_starts"])
    assert voicing.text.endswith(gold["voicing"]["text_ends"])


def test_essence_and_fast_facts(imported, gold):
    """The essence is one sentence; the fast facts are as many sentences as the gold file says."""
    text = " ".join(block.text for block in imported.dossier.fast_facts)

    assert gold["essence"] == imported.dossier.essence
    assert gold["fast_facts"]["sentences"] == len(sentences(text))
    assert text.startswith(gold["fast_facts"]["starts"])
    assert text.endswith(gold["fast_facts"]["ends"])


def test_detailed_facts(imported, gold):
    """The detailed facts, the quotation among them, are as many paragraphs as the gold file says; a sentence is whole."""
    blocks, wanted = imported.dossier.detailed_facts, gold["detailed_facts"]

    assert wanted["paragraphs"] == len(blocks)
    assert blocks[0].text.startswith(wanted["starts"])
    assert blocks[-1].text.endswith(wanted["ends"])
    assert sum(wanted["rejoined_sentence"] in block.text for block in blocks) == 1


def test_block_quotation(imported, gold):
    """The quotation set off has the speaker that the sentence before it names."""
    (quote,) = [block for block in imported.dossier.detailed_facts if block.kind is BlockKind.QUOTE]
    wanted = gold["detailed_facts"]["block_quote"]

    assert wanted["speaker"] == quote.speaker
    assert quote.text.startswith(wanted["starts"])
    assert quote.text.endswith(wanted["ends"])


def test_captions_warnings_unplaced(imported, gold):
    """Both captions are out of the prose, the warnings are exactly the gold file's, and every line is placed."""
    dossier = imported.dossier

    assert gold["captions"] == [block.text for block in dossier.captions]
    assert gold["warnings"] == list(dossier.warnings)
    assert gold["unplaced"] == [each.text for each in imported.placements if each.role == "unplaced"]
    assert not any(caption in block.text for caption in gold["captions"] for block in dossier.detailed_facts)


def test_claim(imported):
    """The claim is the title as a plain sentence."""
    assert imported.dossier.claim == "The Soviet Union was always a ruthless opponent of Nazi Germany."
