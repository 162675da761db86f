"""An index as a folder: written whole, mapped into memory, and refused where it is damaged or not ours."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from valla.errors import InputError
from valla.scan.index.model import Index, Rows
from valla.scan.library.model import LibraryClaim

__all__ = ["FORMAT", "HEAD", "is_index", "open_index", "write_index"]

FORMAT = 1
HEAD = "valla-index.json"
_CLAIMS, _TERMS = "claims.jsonl", "terms.txt"
_REPAIR = "make it again with valla index"


class _Claims(Sequence[LibraryClaim]):
    """The claims of a file, read when the first one is asked for."""

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self._count = count

    @cached_property
    def _all(self) -> tuple[LibraryClaim, ...]:
        with self._path.open(encoding="utf-8", errors="surrogatepass") as file:
            return tuple(_claim(json.loads(line)) for line in file)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        return self._all[number]

    def __iter__(self) -> Iterator[LibraryClaim]:
        return iter(self._all)


def _claim(row: Mapping[str, Any]) -> LibraryClaim:
    return LibraryClaim(row["id"], row["text"], tuple(row["context"]), tuple(row["voicings"]), row["number"])


def is_index(path: Path) -> bool:
    """Whether a folder looks like an index."""
    return (path / HEAD).is_file()


def _arrays(index: Index) -> dict[str, np.ndarray[Any, Any]]:
    return {
        "weights": index.weights,
        "wording_claims": index.wording_claims,
        "wording_starts": index.wording_terms.starts,
        "wording_terms": index.wording_terms.values,
        **{f"vectors-{number}": rows for number, (_, rows) in enumerate(sorted(index.vectors.items()))},
    }


def write_index(index: Index, folder: Path) -> None:
    """Write an index so that its folder is there whole or not at all; an index that is there is replaced.

    Args:
        index: what to write.
        folder: its folder.

    Raises:
        InputError: if something else is there, or it cannot be written.
    """
    place = folder.resolve()
    _refuse_other(place, folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name[:40]}.") as beside:
            new = Path(beside) / "new"
            new.mkdir()
            _fill(index, new)
            if place.exists():
                place.replace(Path(beside) / "old")
            new.replace(place)
    except OSError as error:
        raise InputError(f"the index cannot be written: {error.strerror or error}", where=str(folder)) from error


def _refuse_other(place: Path, folder: Path) -> None:
    """Refuse to replace what is no index, or one in which somebody keeps something else."""
    held = [path.name for path in place.iterdir()] if place.is_dir() else []
    is_ours = HEAD in held and all(name in {HEAD, _CLAIMS, _TERMS} or name.endswith(".npy") for name in held)
    if place.exists() and not is_ours and (held or not place.is_dir()):
        raise InputError("something else is there", where=str(folder), repair="name a new folder for the index")
    if place.is_dir() and Path.cwd().is_relative_to(place):
        raise InputError("an index cannot replace the folder that you are in", where=str(folder), repair="name another")


def _fill(index: Index, folder: Path) -> None:
    # not escaped: two lone surrogates side by side would come back as one character
    rows = (json.dumps(asdict(claim), ensure_ascii=False) + "\n" for claim in index.claims)
    (folder / _CLAIMS).write_text("".join(rows), encoding="utf-8", errors="surrogatepass", newline="")
    (folder / _TERMS).write_text("\n".join(index.terms), encoding="utf-8", errors="surrogatepass", newline="")
    for name, array in _arrays(index).items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    head = {
        "format": FORMAT,
        "fingerprint": index.fingerprint,
        "language": index.language,
        "claims": len(index.claims),
        "encoders": sorted(index.vectors),
        "files": {path.name: _digest(path) for path in sorted(folder.iterdir())},
    }
    (folder / HEAD).write_text(json.dumps(head | {"seal": _seal(head)}, indent=1), encoding="utf-8")


def _seal(head: Mapping[str, Any]) -> str:
    """Return the digest of what else a head says."""
    told = json.dumps({name: value for name, value in head.items() if name != "seal"}, sort_keys=True)
    return hashlib.blake2b(told.encode()).hexdigest()[:32]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def open_index(folder: Path) -> Index:
    """Open an index: its arrays are mapped, its claims read when they are asked for.

    Args:
        folder: as `write_index` left it.

    Raises:
        InputError: if it is no index, one of another format, or damaged.
    """
    head = _head(folder)
    _check_files(folder, head)

    def array(name: str) -> Any:
        return np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)

    told = (folder / _TERMS).read_text(encoding="utf-8", errors="surrogatepass")
    return Index(
        claims=_Claims(folder / _CLAIMS, head["claims"]),
        language=head["language"],
        fingerprint=head["fingerprint"],
        terms=told.split("\n") if told else [],
        weights=array("weights"),
        wording_claims=array("wording_claims"),
        wording_terms=Rows(array("wording_starts"), array("wording_terms")),
        vectors={name: array(f"vectors-{number}") for number, name in enumerate(head["encoders"])},
    )


def _head(folder: Path) -> dict[str, Any]:
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("this is no index", where=str(folder), repair="make one with valla index") from error
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(folder) from error
    if not isinstance(head, dict) or "format" not in head:
        raise _damaged(folder)
    if head["format"] != FORMAT:
        found = f"format {head['format']}"
        raise InputError(
            "the index is of another format", where=str(folder), found=found, allowed=f"format {FORMAT}", repair=_REPAIR
        )
    if head.get("seal") != _seal(head):
        raise _damaged(folder)
    return head


def _damaged(folder: Path) -> InputError:
    return InputError("the head of the index is damaged", where=str(folder / HEAD), repair=_REPAIR)


def _check_files(folder: Path, head: Mapping[str, Any]) -> None:
    for name, digest in head["files"].items():
        path = folder / Path(name).name
        try:
            is_whole = _digest(path) == digest
        except OSError as error:
            raise InputError("a file of the index is missing", where=str(path), repair=_REPAIR) from error
        if not is_whole:
            raise InputError("a file of the index is damaged", where=str(path), repair=_REPAIR)
