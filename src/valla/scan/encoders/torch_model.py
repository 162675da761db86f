"""A sentence transformer in torch: as it is exported and compared with."""

from __future__ import annotations

from typing import Any

from valla.scan.encoders.extras import library
from valla.scan.encoders.weights import Head, Weights

__all__ = ["sentence_model"]


def sentence_model(weights: Weights) -> Any:
    """Return a torch module that takes texts of equal length, as numbers of tokens, and gives their vectors.

    Those come after pooling and all that follows it; the module's `dimensions` is the length of one.

    Args:
        weights: where they lie, and how to use them.

    Raises:
        MissingExtra: if torch or transformers are not installed.
    """
    torch = library("torch")
    transformer = library("transformers").AutoModel.from_pretrained(
        str(weights.transformer), attn_implementation="eager", local_files_only=True, use_safetensors=True
    )
    heads = [_head(torch, head) for head in weights.heads]

    class Sentence(torch.nn.Module):  # type: ignore[misc, name-defined]  # torch is Any here
        """What is exported."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer
            self.heads = torch.nn.ModuleList(heads)
            wide = [head.linear.out_features for head in heads if hasattr(head, "linear")]
            self.dimensions = int(wide[-1] if wide else transformer.config.hidden_size)

        def forward(self, input_ids: Any) -> Any:
            """Return the vectors of the texts."""
            sentence = _pooled(self.transformer(input_ids=input_ids).last_hidden_state, weights.pooling)
            for head in self.heads:
                sentence = head(sentence)
            return sentence

    return Sentence().float().eval()


def _pooled(tokens: Any, pooling: str) -> Any:
    """Over all tokens, as there is no padding."""
    if pooling == "cls":
        return tokens[:, 0]
    return tokens.mean(dim=1) if pooling == "mean" else tokens.amax(dim=1)


def _head(torch: Any, head: Head) -> Any:
    return _normalize(torch) if head.weights is None else _dense(torch, head)


def _normalize(torch: Any) -> Any:
    class Normalize(torch.nn.Module):  # type: ignore[misc]
        """Bring vectors to unit length."""

        def forward(self, vectors: Any) -> Any:
            """Return them with that length."""
            return torch.nn.functional.normalize(vectors, dim=-1)

    return Normalize()


def _dense(torch: Any, head: Head) -> Any:
    numbers = library("safetensors.torch").load_file(str(head.weights))

    class Dense(torch.nn.Module):  # type: ignore[misc]
        """A linear layer and what it ends with."""

        def __init__(self) -> None:
            super().__init__()
            outputs, inputs = numbers["linear.weight"].shape
            self.linear = torch.nn.Linear(inputs, outputs, bias="linear.bias" in numbers)
            self.activation = getattr(torch.nn, head.activation)()
            self.load_state_dict(numbers)

        def forward(self, vectors: Any) -> Any:
            """Return what the layer makes of them."""
            return self.activation(self.linear(vectors))

    return Dense()
