"""What a sentence transformer's own files say, and which of them are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from valla.errors import InputError
from valla.scan.encoders.weights import find, read

PREFIX = "sentence_transformers.models."


def put(path: Path, data: Any) -> None:
    """Write JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")


def modules(folder: Path, *kinds: str) -> None:
    """Write the list of modules."""
    put(
        folder / "modules.json",
        [{"idx": at, "path": f"{at}_{kind}" if at else "", "type": PREFIX + kind} for at, kind in enumerate(kinds)],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hand out the files of a model, without weights that mean anything."""
    modules(tmp_path, "Transformer", "Pooling", "Normalize")
    put(tmp_path / "config.json", {"model_type": "bert", "max_position_embeddings": 512})
    put(tmp_path / "1_Pooling" / "config.json", {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False})
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    return tmp_path


def test_modules_are_read(folder: Path) -> None:
    """Pooling, heads, prompt, letters and length."""
    put(folder / "sentence_bert_config.json", {"max_seq_length": 256, "do_lower_case": True})
    prompts = {"prompts": {"query": "query: "}, "default_prompt_name": "query"}
    put(folder / "config_sentence_transformers.json", prompts)
    weights = read(folder, "name")
    assert (weights.pooling, [head.kind for head in weights.heads]) == ("mean", ["Normalize"])
    assert (weights.prompt, weights.lowercase, weights.max_tokens) == ("query: ", True, 256)


def test_length_is_never_more_than_there_are_positions(folder: Path) -> None:
    """Some tokenizers say that there is no end."""
    put(folder / "tokenizer_config.json", {"model_max_length": 10**30})
    assert read(folder, "name").max_tokens == 512


@pytest.mark.parametrize("mode", ["cls", "max", "mean"])
def test_pooling_of_newer_files_is_read(folder: Path, mode: str) -> None:
    """They name it in one word."""
    put(folder / "1_Pooling" / "config.json", {"pooling_mode": mode})
    assert read(folder, "name").pooling == mode


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, "of no kind"),
        ({"pooling_mode": "lasttoken"}, "lasttoken"),
        ({"pooling_mode_weightedmean_tokens": True}, "pooling_mode_weightedmean_tokens"),
        ({"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True}, "mean and cls"),
    ],
)
def test_other_pooling_is_refused(folder: Path, config: dict[str, Any], found: str) -> None:
    """With what is allowed."""
    put(folder / "1_Pooling" / "config.json", config)
    with pytest.raises(InputError, match=rf"{found}.*allowed: mean, cls, max"):
        read(folder, "name")


@pytest.mark.parametrize(
    "kinds", [(), ("Transformer",), ("Pooling", "Transformer"), ("Transformer", "Pooling", "LSTM"), ("CLIPModel",)]
)
def test_other_modules_are_refused(folder: Path, kinds: tuple[str, ...]) -> None:
    """As nothing says how to run them."""
    modules(folder, *kinds)
    with pytest.raises(InputError, match=r"cannot be exported.*allowed"):
        read(folder, "name")


@pytest.mark.parametrize(
    ("config", "found"),
    [({"auto_map": {"AutoModel": "code.Model"}}, "code of its own"), ({"is_encoder_decoder": True}, "decoder")],
)
def test_other_transformers_are_refused(folder: Path, config: dict[str, Any], found: str) -> None:
    """Code of a model's own is never run."""
    put(folder / "config.json", config)
    with pytest.raises(InputError, match=found):
        read(folder, "name")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json", "config.json"])
def test_missing_file_is_refused(folder: Path, name: str) -> None:
    """The line says which one; weights as pickles are not read."""
    (folder / name).unlink()
    with pytest.raises(InputError, match=name):
        read(folder, "name")


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\xff"])
def test_file_that_is_not_json_is_refused(folder: Path, text: str) -> None:
    """With its path."""
    (folder / "modules.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"modules\.json"):
        read(folder, "name")


@pytest.mark.parametrize("data", [{}, [1], [{"path": ""}], "text", None])
def test_modules_of_another_shape_are_refused(folder: Path, data: Any) -> None:
    """In one line."""
    put(folder / "modules.json", data)
    with pytest.raises(InputError, match="cannot be exported"):
        read(folder, "name")


@pytest.mark.parametrize("name", ["config.json", "1_Pooling/config.json", "sentence_bert_config.json"])
def test_configuration_of_another_shape_is_refused(folder: Path, name: str) -> None:
    """In one line."""
    put(folder / name, [1])
    with pytest.raises(InputError, match=r"of another shape.*object"):
        read(folder, "name")


def test_dense_layer_is_read(folder: Path) -> None:
    """With its weights and what it ends with."""
    modules(folder, "Transformer", "Pooling", "Dense", "Normalize")
    put(folder / "2_Dense" / "config.json", {"activation_function": "torch.nn.modules.activation.Tanh"})
    (folder / "2_Dense" / "model.safetensors").touch()
    assert [(head.kind, head.activation) for head in read(folder, "name").heads] == [
        ("Dense", "Tanh"),
        ("Normalize", "Identity"),
    ]


def test_dense_layer_with_another_end_is_refused(folder: Path) -> None:
    """With the names of those that can be exported."""
    modules(folder, "Transformer", "Pooling", "Dense")
    put(folder / "2_Dense" / "config.json", {"activation_function": "os.system"})
    with pytest.raises(InputError, match="allowed: GELU, Identity, ReLU, Tanh"):
        read(folder, "name")


def test_fingerprint_depends_on_the_settings(folder: Path) -> None:
    """Equal weights that are pooled otherwise are another model."""
    before = read(folder, "name").fingerprint
    assert read(folder, "other").fingerprint == before
    put(folder / "1_Pooling" / "config.json", {"pooling_mode": "cls"})
    assert read(folder, "name").fingerprint != before


def test_local_folder_is_found(folder: Path) -> None:
    """Before anything else is asked."""
    assert find(str(folder)) == folder
