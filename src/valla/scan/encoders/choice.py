"""Which encoder a name means."""

from __future__ import annotations

from pathlib import Path

from valla.errors import InputError
from valla.scan.encoders.export import open_neural
from valla.scan.encoders.model import Encoder
from valla.scan.encoders.static import load
from valla.scan.encoders.weights import DEFAULT_MODEL

__all__ = ["ENCODERS", "encoder_of"]

ENCODERS = ("static", "neural")


def encoder_of(name: str, model: Path | None = None, threads: int = 1) -> Encoder:
    """Return an encoder.

    Args:
        name: `static`, or `neural`, which needs the extra of that name.
        model: with `neural`, the folder of a sentence-transformers model or its name at the hub; by default all-MiniLM-L6-v2.
        threads: with `neural`, how many batches are worked on side by side.

    Raises:
        InputError: if there is no such encoder, or its model cannot be used.
        MissingExtra: if the extra is not installed.
    """
    if name not in ENCODERS:
        raise InputError("there is no such encoder", where="--encoder", found=repr(name), allowed=" or ".join(ENCODERS))
    if name == "neural":
        return open_neural(str(model) if model else DEFAULT_MODEL, threads=threads)
    if model is not None:
        raise InputError("--model goes with --encoder neural", repair="leave --model out")
    return load()
