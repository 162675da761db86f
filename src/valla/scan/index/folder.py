"""An index as a folder: written whole, mapped into memory, and refused where it is damaged or not ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from valla.errors import InputError
from valla.plain_data import parse_json
from valla.scan.index.method import method_of
from valla.scan.index.model import Index, Rows
from valla.scan.index.place import FORMAT, HEAD, REPAIR, damaged, digest_of, files_of, is_index, put, read_head
from valla.scan.index.soundness import CLAIMS, TERMS, array_of, claim_of, unsound_part
from valla.scan.library.model import LibraryClaim

__all__ = ["FORMAT", "HEAD", "is_index", "open_index", "write_index"]

_LINE_FEED = 10


class _Claims(Sequence[LibraryClaim]):
    """The claims of a file, mapped now and read when the first one is asked for.

    Args:
        path: the file.
        owners: by wording, the number of its claim.

    Raises:
        InputError: if they are not as they must be: when the first one is asked for.
    """

    def __init__(self, path: Path, owners: np.ndarray[Any, Any]) -> None:
        # an empty file cannot be mapped
        self._data = np.memmap(path, np.uint8, "r") if path.stat().st_size else np.zeros(0, np.uint8)
        self._count = int(np.count_nonzero(self._data == _LINE_FEED))
        self._path, self._owners = path, owners

    @cached_property
    def _all(self) -> tuple[LibraryClaim, ...]:
        try:
            # a line feed within a claim is escaped, and other line ends are not one here
            lines = self._data.tobytes().decode("utf-8", "surrogatepass").split("\n")
            claims = tuple(claim_of(parse_json(line)) for line in lines[:-1])
        except (InputError, ValueError, TypeError, KeyError) as error:
            raise damaged(self._path) from error
        if [len(claim.wordings) for claim in claims] != np.bincount(self._owners, minlength=len(claims)).tolist():
            raise damaged(self._path)
        return claims

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        return self._all[number]

    def __iter__(self) -> Iterator[LibraryClaim]:
        return iter(self._all)


def _arrays(index: Index) -> dict[str, np.ndarray[Any, Any]]:
    return {
        "weights": index.weights,
        "wording_claims": index.wording_claims,
        "wording_starts": index.wording_terms.starts,
        "wording_terms": index.wording_terms.values,
        **{f"vectors-{number}": rows for number, (_, rows) in enumerate(sorted(index.vectors.items()))},
    }


def write_index(index: Index, folder: Path) -> None:
    """Write an index so that it is there whole or not at all; an index that is there is replaced.

    Args:
        index: what to write.
        folder: its folder.

    Raises:
        InputError: if something else is there, or it cannot be written.
    """
    told = {
        "fingerprint": index.fingerprint,
        "method": method_of(index.language),
        "language": index.language,
        "claims": len(index.claims),
        "encoders": sorted(index.vectors),
    }
    put(folder, told, partial(_fill, index))


def _fill(index: Index, folder: Path) -> None:
    # not escaped: two lone surrogates side by side would come back as one character
    rows = (json.dumps(asdict(claim), ensure_ascii=False) + "\n" for claim in index.claims)
    (folder / CLAIMS).write_text("".join(rows), encoding="utf-8", errors="surrogatepass", newline="")
    (folder / TERMS).write_text("\n".join(index.terms), encoding="utf-8", errors="surrogatepass", newline="")
    for name, array in _arrays(index).items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def open_index(folder: Path) -> Index:
    """Open an index: its files are mapped, so that it can be read even when another has taken its place.

    Args:
        folder: as `write_index` left it.

    Raises:
        InputError: if it is no index, one of another format, one that another version of Valla worked out otherwise, or damaged.
    """
    head = _head_of(folder)
    while True:
        try:
            return _opened(files_of(folder, head), head)
        except InputError:
            # it may have been replaced since its head was read
            before, head = head, _head_of(folder)
            if head == before:
                raise


def _head_of(folder: Path) -> dict[str, Any]:
    head = read_head(folder)
    try:
        method = method_of(head["language"])
    except InputError as error:
        raise damaged(folder / HEAD) from error
    if head["method"] != method:
        raise InputError("the index was made by another version of Valla", where=str(folder), repair=REPAIR)
    return head


def _opened(files: Path, head: Mapping[str, Any]) -> Index:
    _check_files(files, head)

    def array(name: str) -> Any:
        found = array_of(files / f"{name}.npy")
        if found is None:
            raise damaged(files / f"{name}.npy")
        return found

    try:
        owners = array("wording_claims")
        index = Index(
            claims=_Claims(files / CLAIMS, owners),
            language=head["language"],
            fingerprint=head["fingerprint"],
            terms=_terms(files / TERMS),
            weights=array("weights"),
            wording_claims=owners,
            wording_terms=Rows(array("wording_starts"), array("wording_terms")),
            vectors={name: array(f"vectors-{number}") for number, name in enumerate(head["encoders"])},
        )
    except OSError as error:
        raise _missing(files) from error
    unsound = unsound_part(index) if len(index.claims) == head["claims"] else CLAIMS
    if unsound:
        raise damaged(files / unsound)
    return index


def _terms(path: Path) -> list[str]:
    try:
        told = path.read_text(encoding="utf-8", errors="surrogatepass")
    except UnicodeDecodeError as error:
        raise damaged(path) from error
    return told.split("\n") if told else []


def _check_files(files: Path, head: Mapping[str, Any]) -> None:
    for name, digest in head["files"].items():
        path = files / name
        try:
            is_whole = digest_of(path) == digest
        except OSError as error:
            raise _missing(path) from error
        if not is_whole:
            raise damaged(path)


def _missing(path: Path) -> InputError:
    return InputError("a file of the index is missing", where=str(path), repair=REPAIR)
