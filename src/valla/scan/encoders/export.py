"""A sentence transformer, exported once into the user's cache as ONNX in whole numbers of eight bits.

Torch is needed here alone; to run what is exported takes ONNX Runtime and the tokenizers.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import re
import shutil
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valla.errors import InputError, MissingExtra
from valla.scan.encoders.cache import cache_folder, making
from valla.scan.encoders.card import CARD_FILE, FORMAT, MODEL_FILE, TOKENIZER_FILE, Card, fingerprint, write_card
from valla.scan.encoders.extras import library
from valla.scan.encoders.model import UNRELATED
from valla.scan.encoders.neural import MAX_TOKENS, NeuralEncoder, open_session, open_tokenizer
from valla.scan.encoders.quantise import SETTINGS, quantise, uneven
from valla.scan.encoders.torch_model import sentence_model
from valla.scan.encoders.weights import DEFAULT_MODEL, OWNER, Weights, find, read

__all__ = ["AGREEMENT", "export", "open_neural"]

AGREEMENT = 0.99
"""The least mean cosine, over some sentences, between what was exported and the model itself; less is refused."""

_OPSET = 20
_MOST_TEXTS = 4096
_SAMPLE_SHAPE = (2, 7)
_UNPLAIN = re.compile(r"[^\w.+-]+")


def open_neural(
    model: str = DEFAULT_MODEL, *, cache: Path | None = None, threads: int = 1, max_tokens: int = MAX_TOKENS
) -> NeuralEncoder:
    """Return a sentence transformer ready to run, exported first where it was not yet.

    Args:
        model: the name of a model as the hub has it, or the path of a local folder.
        cache: where to keep it; the user's cache where it is None.
        threads: how many batches are worked on side by side.
        max_tokens: where texts are cut off.

    Raises:
        InputError: if there is no such model, if it cannot be exported, or if the exported one is damaged.
        MissingExtra: if a library of the extra `neural` is not installed.
    """
    return NeuralEncoder(export(model, cache=cache), threads, max_tokens)


def export(model: str = DEFAULT_MODEL, *, cache: Path | None = None) -> Path:
    """Export a sentence transformer, unless the cache holds it already.

    Args:
        model: the name of a model as the hub has it, or the path of a local folder.
        cache: where to keep it; the user's cache where it is None.

    Returns:
        The folder of the exported model.

    Raises:
        InputError: if there is no such model, if it cannot be exported, if what was exported differs too much from it, or
            if the cache cannot be written.
        MissingExtra: if a library of the extra `neural` is not installed.
    """
    place = (cache or cache_folder()) / "encoders"
    local = Path(model).is_dir()
    known = place / _folder_name(_name(model))
    if not local and (known / CARD_FILE).is_file():
        # nothing is read of the model, which need not be there any more
        return known
    weights = read(find(model), _name(model))
    folder = place / _folder_name(weights.name, weights.fingerprint) if local else known
    with making(folder) as beside:
        if beside:
            _export(weights, beside)
    return folder


def _name(model: str) -> str:
    """What a model is called, however its folder is named from here."""
    name = Path(model).resolve().name if Path(model).is_dir() else model.removeprefix(f"{OWNER}/")
    return _UNPLAIN.sub("-", name) or "model"


def _folder_name(name: str, told: str = "") -> str:
    """With all that tells two exports of one name apart; the weights of a name on the hub are taken not to change."""
    settings = hashlib.sha256(f"{FORMAT} {_OPSET} {SETTINGS}".encode()).hexdigest()
    return "-".join(part for part in (name, told[:12], settings[:8]) if part)


def _export(weights: Weights, folder: Path) -> None:
    with _quiet():
        sentence = _torch_model(weights)
        proto = _to_onnx(sentence, weights)
        shutil.copyfile(weights.transformer / TOKENIZER_FILE, folder / TOKENIZER_FILE)
        quantise(proto, _peaks(proto, folder / TOKENIZER_FILE, weights))
        (folder / MODEL_FILE).write_bytes(_bare(proto).SerializeToString(deterministic=True))
        write_card(folder, _card(weights, folder, sentence.dimensions))
        _compare(sentence, NeuralEncoder(folder))


def _torch_model(weights: Weights) -> Any:
    try:
        return sentence_model(weights)
    except MissingExtra:
        raise
    except Exception as error:  # a file cut off, a kind that nobody knows: each library has errors of its own
        raise InputError(
            "transformers cannot load the model", where=str(weights.transformer), found=_first_line(error)
        ) from error


def _to_onnx(sentence: Any, weights: Weights) -> Any:
    torch = library("torch")
    library("onnxscript")
    texts = torch.export.Dim("texts", min=1, max=_MOST_TEXTS)
    length = torch.export.Dim("length", min=2, max=weights.max_tokens)
    try:
        program = torch.onnx.export(
            sentence,
            (torch.full(_SAMPLE_SHAPE, 1),),
            input_names=["input_ids"],
            output_names=["sentence"],
            dynamic_shapes={"input_ids": {0: texts, 1: length}},
            opset_version=_OPSET,
            dynamo=True,
            verbose=False,
        )
    except Exception as error:  # torch and the model's own code raise whatever they like
        raise InputError(
            "torch cannot export the model", where=str(weights.transformer), found=_first_line(error)
        ) from error
    return program.model_proto


def _peaks(proto: Any, tokenizer: Path, weights: Weights) -> dict[str, NDArray[np.float32]]:
    """The largest number in each column of the uneven activations, over the sentences."""
    names = uneven(proto)
    seen = library("onnx").ModelProto()
    seen.CopyFrom(proto)
    seen.graph.output.extend(library("onnx.helper").make_empty_tensor_value_info(name) for name in names)
    session = open_session(seen.SerializeToString())
    peaks: dict[str, NDArray[np.float32]] = {}
    for numbers in _numbered(tokenizer, weights):
        for name, found in zip(names, session.run(names, {"input_ids": numbers}), strict=True):
            peak = np.abs(found).max(axis=(0, 1))
            peaks[name] = np.maximum(peaks.get(name, peak), peak)
    return peaks


def _numbered(tokenizer: Path, weights: Weights) -> list[NDArray[np.int64]]:
    """The sentences as the model sees them."""
    cut = open_tokenizer(tokenizer, min(weights.max_tokens, MAX_TOKENS))
    texts = [weights.prompt + (text.lower() if weights.lowercase else text) for text in UNRELATED]
    return [np.array([cut.encode(text).ids], np.int64) for text in texts]


def _bare(proto: Any) -> Any:
    """Without what the exporter says of the code and machine that it ran on."""
    proto.ClearField("metadata_props")
    graph = proto.graph
    graph.ClearField("value_info")
    for part in (proto, graph, *graph.node, *graph.initializer, *graph.input, *graph.output):
        for name in {"doc_string", "metadata_props"} & set(part.DESCRIPTOR.fields_by_name):
            part.ClearField(name)
    return proto


def _card(weights: Weights, folder: Path, dimensions: int) -> Card:
    return Card(
        model=weights.name,
        weights=weights.fingerprint,
        pooling=weights.pooling,
        heads=tuple(head.kind for head in weights.heads),
        prompt=weights.prompt,
        lowercase=weights.lowercase,
        max_tokens=weights.max_tokens,
        dimensions=dimensions,
        settings=f"opset {_OPSET}; {SETTINGS}",
        files={name: fingerprint(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)},
        tools={name: version(name) for name in ("onnx", "onnxscript", "torch", "transformers")},
    )


def _compare(sentence: Any, encoder: NeuralEncoder) -> None:
    torch = library("torch")
    with torch.no_grad():
        numbers = [torch.tensor([encoder.token_numbers(text)]) for text in UNRELATED]
        wanted = np.concatenate([sentence(row).numpy() for row in numbers]).astype(np.float64)
    found = encoder.encode(UNRELATED).astype(np.float64)
    cosines = (wanted * found).sum(axis=1) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(found, axis=1)
    if not cosines.mean() >= AGREEMENT:
        raise InputError(
            "what was exported differs too much from the model",
            where=encoder.card.model,
            found=f"a mean cosine of {cosines.mean():.4f}",
            allowed=f"at least {AGREEMENT}",
            repair="use another model",
        )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The exporter and the loader tell of their progress, which is none of the user's business."""
    was = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(was)
