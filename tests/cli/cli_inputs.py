"""Inputs that several tests of the commands share."""

from pathlib import Path

__all__ = ["CLAIM", "listing"]

CLAIM = "Poland never had a non-aggression pact with Nazi Germany"


def listing(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with what is in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
