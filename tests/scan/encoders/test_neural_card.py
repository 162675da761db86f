"""The card says what an exported model is, and whether its files are still those."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from valla.errors import InputError
from valla.scan.encoders.card import CARD_FILE, MODEL_FILE, TOKENIZER_FILE, Card, fingerprint, read_card, write_card


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hand out a folder with two files and their card."""
    for name in (MODEL_FILE, TOKENIZER_FILE):
        (tmp_path / name).write_text(f"what {name} holds", encoding="utf-8")
    write_card(tmp_path, card(tmp_path))
    return tmp_path


def card(folder: Path) -> Card:
    """Return a card of the files in a folder."""
    return Card(
        model="model",
        weights="0" * 64,
        pooling="mean",
        heads=("Dense", "Normalize"),
        prompt="query: ",
        lowercase=True,
        max_tokens=256,
        dimensions=384,
        settings="none",
        files={name: fingerprint(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)},
        tools={"torch": "2"},
    )


def test_card_is_read_as_it_was_written(folder: Path) -> None:
    """Nothing is lost on the way."""
    assert read_card(folder) == card(folder)


def test_card_is_written_the_same_each_time(folder: Path) -> None:
    """The same bytes for the same card."""
    before = (folder / CARD_FILE).read_bytes()
    write_card(folder, replace(card(folder)))
    assert (folder / CARD_FILE).read_bytes() == before


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_file_that_was_changed_is_refused(folder: Path, name: str) -> None:
    """The line names the file and the repair."""
    (folder / name).write_text("other", encoding="utf-8")
    with pytest.raises(InputError, match=rf"{name}: .*damaged.*export the model again"):
        read_card(folder)


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE, CARD_FILE])
def test_file_that_is_missing_is_refused(folder: Path, name: str) -> None:
    """In one line, whichever it is."""
    (folder / name).unlink()
    with pytest.raises(InputError, match=name):
        read_card(folder)


@pytest.mark.parametrize("text", ["", "[]", "1", "{", '{"format": 3}', '{"format": 3, "heads": 2}', "[" * 100_000])
def test_damaged_card_is_refused(folder: Path, text: str) -> None:
    """Whatever stands in it."""
    (folder / CARD_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="card"):
        read_card(folder)


def test_card_of_another_format_is_refused(folder: Path) -> None:
    """It may mean something else by the same words."""
    data = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    (folder / CARD_FILE).write_text(json.dumps(data | {"format": 99}), encoding="utf-8")
    with pytest.raises(InputError, match="another format"):
        read_card(folder)
