"""The card of an exported model: all that one must know to run it, and to know whether it is the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from valla.errors import InputError
from valla.files import read_text, write_whole
from valla.plain_data import parse_json

__all__ = ["CARD_FILE", "FORMAT", "MODEL_FILE", "TOKENIZER_FILE", "Card", "fingerprint", "read_card", "write_card"]

FORMAT = 3
"""A card of another format is refused: what it says would be misread."""

CARD_FILE = "card.json"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

_MAX_BYTES = 100_000
_REPAIR = "remove the folder and export the model again"


@dataclass(frozen=True, slots=True)
class Card:
    """What an exported model is.

    Args:
        model: its name.
        weights: the fingerprint of the weights and settings that it was exported from.
        pooling: how the vectors of a text's tokens become one: mean, cls or max.
        heads: what follows the pooling, in order: `Dense`, `Normalize`.
        prompt: what is put before every text; empty for most models.
        lowercase: whether texts are brought to small letters first.
        max_tokens: the longest text that the model was made for, in tokens.
        dimensions: the length of a vector.
        settings: how the weights were made small.
        files: the fingerprints of the two files beside the card, by name.
        tools: what exported it, by name and version.
    """

    model: str
    weights: str
    pooling: str
    heads: tuple[str, ...]
    prompt: str
    lowercase: bool
    max_tokens: int
    dimensions: int
    settings: str
    files: dict[str, str]
    tools: dict[str, str]


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file.

    Args:
        path: the file.

    Raises:
        InputError: if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(path), repair=_REPAIR) from error


def write_card(folder: Path, card: Card) -> None:
    """Write the card of an exported model.

    Args:
        folder: where the model lies.
        card: what it is.
    """
    text = json.dumps({"format": FORMAT, **asdict(card)}, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(folder / CARD_FILE, f"{text}\n")


def read_card(folder: Path) -> Card:
    """Return the card of an exported model, once the files beside it are seen to be those that it speaks of.

    Args:
        folder: where the model lies.

    Raises:
        InputError: if there is no card, if it is of another format, or if a file is missing or damaged.
    """
    path = folder / CARD_FILE
    card = _card(path, read_text(path, "model card", _MAX_BYTES))
    for name in (MODEL_FILE, TOKENIZER_FILE):
        if fingerprint(folder / name) != card.files.get(name):
            raise InputError(
                "the exported model is damaged: its file is not the one of its card",
                where=str(folder / name),
                repair=_REPAIR,
            )
    return card


def _card(path: Path, text: str) -> Card:
    try:
        data: dict[str, Any] = parse_json(text)
        is_known = data.pop("format") == FORMAT
        card = Card(**{**data, "heads": tuple(data["heads"])}) if is_known else None
    except (InputError, TypeError, KeyError, AttributeError) as error:
        raise InputError("the model card is damaged", where=str(path), repair=_REPAIR) from error
    if card is None:
        raise InputError("the model card is of another format", where=str(path), repair=_REPAIR)
    return card
