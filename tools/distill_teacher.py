"""The teacher: a sentence transformer, its vectors kept in a cache so that a second run does not compute them again."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

__all__ = ["Teacher"]

_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Teacher:
    """A sentence transformer with mean pooling, in a local folder.

    Args:
        folder: where its weights and its tokenizer lie.
        max_tokens: a longer text is cut.
        batch: how many texts it reads at once.
        cache: the folder that keeps its vectors.
    """

    folder: Path
    max_tokens: int
    batch: int
    cache: Path

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the weights."""
        return hashlib.sha256((self.folder / "model.safetensors").read_bytes()).hexdigest()

    def whole_words(self) -> list[str]:
        """Return the words that its tokenizer keeps whole, in its own order, which is by frequency."""
        vocabulary = AutoTokenizer.from_pretrained(self.folder).get_vocab()
        return [word for word in sorted(vocabulary, key=vocabulary.__getitem__) if word.isalpha() and len(word) > 1]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of unit length for each text.

        Args:
            texts: in any order; texts of one length are read together, so equal texts in equal company give equal rows.
        """
        order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), texts[at]))
        out = np.empty((len(texts), 384), np.float32)
        for start in range(0, len(order), _CHUNK):
            places = order[start : start + _CHUNK]
            out[places] = self._cached([texts[at] for at in places])
            sys.stderr.write(f"\rteacher {start + len(places):,} of {len(texts):,}")
        sys.stderr.write("\n")
        return out

    def _cached(self, texts: Sequence[str]) -> NDArray[np.float32]:
        said = "\0".join((self.fingerprint, str(self.max_tokens), str(self.batch), *texts))
        kept = self.cache / f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.npy"
        if not kept.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            beside = kept.with_suffix(".part.npy")
            np.save(beside, self._computed(texts))
            beside.replace(kept)
        return np.load(kept).astype(np.float32)

    def _computed(self, texts: Sequence[str]) -> NDArray[np.float16]:
        tokenizer = AutoTokenizer.from_pretrained(self.folder)
        model = AutoModel.from_pretrained(self.folder).eval()
        rows = []
        # bfloat16 halves the time; against float32 the cosine of the vectors is 0.9999 or more
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            for start in range(0, len(texts), self.batch):
                bag = tokenizer(
                    list(texts[start : start + self.batch]),
                    padding=True,
                    truncation=True,
                    max_length=self.max_tokens,
                    return_tensors="pt",
                )
                rows.append(_pooled(model(**bag).last_hidden_state, bag["attention_mask"]))
        return torch.cat(rows).numpy().astype(np.float16)


def _pooled(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    keep = mask.unsqueeze(-1).float()
    return torch.nn.functional.normalize((hidden.float() * keep).sum(1) / keep.sum(1), dim=1)
