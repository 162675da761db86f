"""A folder written whole or not at all: built beside, then put in the place of the old one."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from valla.errors import InputError
from valla.plain_data import parse_json

__all__ = ["MANIFEST", "replace_folder"]

MANIFEST = "manifest.json"
"""Lists every file of the site with its SHA-256, and so says which files are ours to replace."""


def _manifest(files: Mapping[str, bytes]) -> bytes:
    rows = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    return (json.dumps({"generator": "valla", "files": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _ours(folder: Path) -> set[str]:
    try:
        rows = parse_json((folder / MANIFEST).read_bytes())["files"]
    except (OSError, InputError, KeyError, TypeError):
        return set()
    return {MANIFEST, *rows} if isinstance(rows, dict) else set()


def _check(folder: Path) -> None:
    """Refuse to replace a folder that holds anything we did not write."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError("the site needs a folder", where=str(folder), found="a file", repair="name another folder")
    ours = _ours(folder)
    present = (
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() or path.is_symlink()
    )
    strange = next((name for name in present if name not in ours), None)
    if strange is not None:
        raise InputError(
            "the folder holds a file that an earlier publish did not write, and publishing replaces the whole folder",
            where=str(folder),
            found=strange,
            allowed="an empty folder, or one that publish wrote",
            repair="name another folder, or move that file away",
        )


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in {**files, MANIFEST: _manifest(files)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put the new folder in the place of the old one; if that fails, the old one comes back."""
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise


def replace_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files as the whole content of a folder.

    Args:
        files: content by path within the folder.
        folder: where; made if it does not exist.

    Raises:
        InputError: if the folder holds files that were not written so before, or cannot be written.
    """
    folder = folder.resolve()
    try:
        _check(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{folder.name}.", dir=folder.parent, ignore_cleanup_errors=True
        ) as beside:
            new = Path(beside, "new")
            new.mkdir()
            _write(files, new)
            _swap(new, folder, Path(beside, "old"))
    except OSError as error:
        raise InputError(f"the site cannot be written: {error.strerror or error}", where=str(folder)) from error
