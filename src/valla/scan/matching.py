"""What makes the matcher in every process of a scan: an index on disk, an encoder and thresholds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from valla.scan.encoders.choice import encoder_of
from valla.scan.index.folder import open_index
from valla.scan.model import Settings
from valla.scan.scanner import Scanner

__all__ = ["Matching"]


@dataclass(frozen=True, slots=True)
class Matching:
    """Makes a scanner; it holds paths alone, so that it travels to other processes.

    Args:
        index: the folder of the index.
        encoder: `static` or `neural`.
        model: with `neural`, the folder of a sentence-transformers model; the default one where it is None.
        settings: the thresholds.
    """

    index: Path
    encoder: str = "static"
    model: Path | None = None
    settings: Settings = field(default_factory=Settings)

    def __call__(self) -> Scanner:
        """Open the index and make the scanner.

        Raises:
            InputError: if the index is damaged, or lacks the vectors of the encoder.
            MissingExtra: if the encoder needs an extra that is not installed.
        """
        return Scanner(open_index(self.index), encoder_of(self.encoder, self.model), self.settings)
