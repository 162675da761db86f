"""What makes the matcher in every process of a scan: an index on disk, an encoder and thresholds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from valla.errors import InputError
from valla.scan.encoders.choice import encoder_of
from valla.scan.encoders.static import load
from valla.scan.index.folder import is_index, open_index
from valla.scan.index.model import Index
from valla.scan.model import Settings
from valla.scan.scanner import Scanner

__all__ = ["Matching"]


@dataclass(frozen=True, slots=True)
class Matching:
    """Makes a scanner; it holds paths alone, so that it travels to other processes.

    Args:
        index: the folder of the index.
        encoder: `static` or `neural`.
        model: with `neural`, a sentence-transformers model, its folder or its name; the default one where it is None.
        settings: the thresholds.
        fingerprint: that of the index when the scan began: processes that start later must find the same; None where it does not
            matter.
    """

    index: Path
    encoder: str = "static"
    model: Path | None = None
    settings: Settings = field(default_factory=Settings)
    fingerprint: str | None = None

    def __call__(self) -> Scanner:
        """Open the index and make the scanner.

        Raises:
            InputError: if the index is damaged, is another than when the scan began, or lacks the vectors of the encoder.
            MissingExtra: if the encoder needs an extra that is not installed.
        """
        index, encoder = self._opened(), encoder_of(self.encoder, self.model)
        for needed in (load(), encoder):
            index.check_encoder(needed)
        return Scanner(index, encoder, self.settings)

    def _opened(self) -> Index:
        if self.fingerprint is None:
            return open_index(self.index)
        index = open_index(self.index) if is_index(self.index) else None
        if index is None or index.fingerprint != self.fingerprint:
            raise InputError("the index changed since the scan began", where=str(self.index), repair="run it again")
        return index
