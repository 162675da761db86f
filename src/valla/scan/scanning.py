"""A text and a library: the sightings, in one call."""

from __future__ import annotations

from valla.scan.documents.model import Block
from valla.scan.encoders.model import Encoder
from valla.scan.encoders.static import load
from valla.scan.index.build import build
from valla.scan.library.model import Library
from valla.scan.model import Settings, Sighting
from valla.scan.scanner import Scanner

__all__ = ["scan_text"]


def scan_text(
    text: str,
    library: Library,
    *,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
    language: str = "en",
) -> tuple[Sighting, ...]:
    """Find the sentences of a text that repeat, rebut or report a claim of a library.

    For more than a few texts make a `Scanner` once, or use `valla.scan.batch`.

    Args:
        text: any text.
        library: the claims to look for.
        encoder: what compares meanings; by default the static one.
        settings: the thresholds.
        language: of the claims' words, as a BCP 47 tag.

    Returns:
        The sightings, in order of their offsets.
    """
    static = load()
    encoders = [static] if encoder is None or encoder.name == static.name else [static, encoder]
    index = build(library, encoders, language=language)
    return tuple(Scanner(index, encoder, settings).scan_blocks([Block("", text, text)]))
