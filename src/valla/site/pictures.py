"""The pictures of a casebook, under names made of their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["Pictures"]

_SUFFIXES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})


class Pictures:
    """Reads the pictures that pages ask for and remembers them.

    Args:
        folder: where their paths begin; None if there are none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder else None
        self.files: dict[str, bytes] = {}
        self.missing: list[str] = []

    def _read(self, path: str) -> bytes | None:
        """The picture, if it is one, is there, and does not lead out of the folder."""
        if self._folder is None or "\0" in path:
            return None
        full = (self._folder / path).resolve()
        inside = full.is_relative_to(self._folder) and full.suffix.lower() in _SUFFIXES
        return full.read_bytes() if inside and full.is_file() else None

    def address(self, path: str) -> str:
        """Return where a picture stands in the site; nothing where it is missing."""
        content = self._read(path)
        if content is None:
            self.missing.append(path)
            return ""
        name = f"media/{hashlib.sha256(content).hexdigest()[:16]}{Path(path).suffix.lower()}"
        self.files[name] = content
        return name
