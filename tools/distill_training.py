"""Rows that make the sum of a text's words lie where the teacher puts the text."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from distill_bags import Bags
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

__all__ = ["Settings", "Table", "Task", "train"]

Floats = NDArray[np.float32]

_WARM = 0.1
_LOWEST_RATE = 1e-6


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    Args:
        epochs: how often each text is seen.
        batch: how many texts are compared with one another.
        run: how many texts of a batch are neighbours.
        rate: the learning rate at its height.
        dropped: the chance that a word is left out.
        keep: by what share of the way the rows are drawn back, after each epoch, to where they began.
        temperature: of the similarities of the teacher.
        likeness: the weight of the loss on similarities, beside that on places.
        pairs: the weight of the loss on pairs.
        seed: of everything that is drawn.
    """

    epochs: int = 10
    batch: int = 512
    run: int = 32
    rate: float = 2e-3
    dropped: float = 0.1
    keep: float = 0.02
    temperature: float = 0.05
    likeness: float = 1.0
    pairs: float = 0.0
    seed: int = 1440


@dataclass(frozen=True, slots=True)
class Task:
    """What to learn from.

    Args:
        bags: the texts.
        taught: the teacher's vectors of them, of unit length.
        pairs: the numbers of texts that say the same, two a row.
    """

    bags: Bags
    taught: Floats
    pairs: NDArray[np.int64]


class Table(nn.Module):
    """Rows that are summed, and the map from their space to the teacher's.

    Args:
        rows: where they begin.
        back: the map, dimensions of the teacher by dimensions.
    """

    def __init__(self, rows: Floats, back: Floats) -> None:
        super().__init__()
        self.rows = nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(rows.copy()), freeze=False, mode="sum", sparse=True
        )
        self.back = nn.Linear(back.shape[1], back.shape[0])
        self.back.weight.data = torch.from_numpy(back.copy())
        nn.init.zeros_(self.back.bias)
        self.heat = nn.Parameter(torch.tensor(np.log(20.0)))
        self.pair_heat = nn.Parameter(torch.tensor(np.log(20.0)))

    def forward(self, numbers: NDArray[np.int64], starts: NDArray[np.int64]) -> torch.Tensor:
        """Return a row of unit length for each bag."""
        return functional.normalize(self.rows(torch.from_numpy(numbers), torch.from_numpy(starts)), dim=1)


class _Pace:
    """Steps of two optimizers, one for the rows that a batch touches and one for the rest, at a rate that rises and falls."""

    def __init__(self, table: Table, settings: Settings, steps_per_epoch: int) -> None:
        rest = [value for name, value in table.named_parameters() if not name.startswith("rows")]
        self._both = (
            torch.optim.SparseAdam(table.rows.parameters(), lr=settings.rate, betas=(0.9, 0.99)),
            torch.optim.Adam(rest, lr=settings.rate, betas=(0.9, 0.99)),
        )
        self._settings = settings
        self._steps = max(1, settings.epochs * steps_per_epoch)
        self._done = 0

    def step(self, loss: torch.Tensor) -> None:
        """Take one step down a loss."""
        share = self._done / self._steps
        rate = self._settings.rate * min(1.0, share / _WARM, (1 - share) / (1 - _WARM))
        for optimizer in self._both:
            optimizer.param_groups[0]["lr"] = max(rate, _LOWEST_RATE)
            optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        for optimizer in self._both:
            optimizer.step()
        self._done += 1


def train(table: Table, task: Task, settings: Settings) -> list[dict[str, float]]:
    """Train a table in place.

    Args:
        table: where it begins.
        task: what to learn from.
        settings: how.

    Returns:
        The losses of each epoch.
    """
    torch.manual_seed(settings.seed)
    random = np.random.default_rng(settings.seed)
    began = table.rows.weight.detach().clone()
    pace = _Pace(table, settings, len(task.taught) // settings.batch)
    told = []
    for epoch in range(settings.epochs):
        sums: dict[str, float] = {}
        for batch in _batches(task.taught, settings, random):
            losses = _losses(table, task, batch, settings, random)
            pace.step(sum(losses.values(), torch.zeros(())))
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss.detach())
        with torch.no_grad():
            table.rows.weight.lerp_(began, settings.keep)
        count = len(task.taught) // settings.batch
        told.append({name: round(total / count, 4) for name, total in sums.items()})
        sys.stderr.write(f"epoch {epoch + 1}: {told[-1]}\n")
    return told


def _batches(taught: Floats, settings: Settings, random: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Yield batches of runs of neighbours: near texts are where a student has most to learn."""
    centres = taught[random.choice(len(taught), max(1, len(taught) // (2 * settings.run)), replace=False)]
    nearest = np.concatenate([(part @ centres.T).argmax(1) for part in np.array_split(taught, 1 + len(taught) // 4096)])
    order = np.lexsort((random.random(len(taught)), nearest))
    runs = order[: len(order) // settings.run * settings.run].reshape(-1, settings.run)
    each = settings.batch // settings.run
    runs = runs[random.permutation(len(runs))]
    for start in range(0, len(runs) - each + 1, each):
        yield runs[start : start + each].ravel()


def _losses(
    table: Table, task: Task, batch: NDArray[np.int64], settings: Settings, random: np.random.Generator
) -> dict[str, torch.Tensor]:
    taught = torch.from_numpy(task.taught[batch])
    student = table(*task.bags.drawn(batch, settings.dropped, random))
    losses = {"place": 1 - functional.cosine_similarity(table.back(student), taught).mean()}
    if settings.likeness:
        losses["likeness"] = settings.likeness * _likeness(student, taught, table.heat.exp(), settings.temperature)
    if settings.pairs and len(task.pairs):
        chosen = task.pairs[random.choice(len(task.pairs), settings.batch, replace=False)]
        sides = [table(*task.bags.drawn(side, settings.dropped, random)) for side in chosen.T]
        losses["pairs"] = settings.pairs * _contrast(sides, table.pair_heat.exp())
    return losses


def _likeness(student: torch.Tensor, taught: torch.Tensor, heat: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return the divergence of the student's similarities from the teacher's, each text's own place left out."""
    own = torch.eye(len(student), dtype=torch.bool)
    wanted = (taught @ taught.T / temperature).masked_fill(own, -1e4).softmax(1)
    found = (student @ student.T * heat).masked_fill(own, -1e4).log_softmax(1)
    return functional.kl_div(found, wanted, reduction="batchmean")


def _contrast(sides: Sequence[torch.Tensor], heat: torch.Tensor) -> torch.Tensor:
    left, right = sides
    scores = left @ right.T * heat
    true = torch.arange(len(left))
    return (functional.cross_entropy(scores, true) + functional.cross_entropy(scores.T, true)) / 2
