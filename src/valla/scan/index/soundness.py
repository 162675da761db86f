"""Whether an index is what it must be: a seal says that it is as it was written, not who wrote it, nor that its parts fit together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from operator import lt
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valla.scan.index.model import Index, Rows
from valla.scan.library.model import LibraryClaim

__all__ = ["ARRAYS", "CLAIMS", "CONTENTS", "TERMS", "array_of", "claim_of", "is_sound_head", "unsound_part"]

CLAIMS, TERMS = "claims.jsonl", "terms.txt"
ARRAYS = ("weights", "wording_claims", "wording_starts", "wording_terms")
CONTENTS = re.compile(r"files-[0-9a-f]{32}")
"""What a folder with the files of an index is called."""

_NUMBERS = (int, type(None))
_UNREADABLE = (ValueError, EOFError, TypeError, OverflowError, RecursionError, SyntaxError, TokenError)
"""What NumPy raises where a file holds no array, or one that is not as long as it says."""


def is_sound_head(head: Mapping[str, Any]) -> bool:
    """Return whether a head says all that it must, and names all files of an index and no others.

    Args:
        head: of an index.
    """
    claims, files = head.get("claims"), head.get("files")
    encoders: Any = head.get("encoders")
    texts = [head.get(name) for name in ("fingerprint", "method", "language", "contents")]
    return (
        all(isinstance(text, str) for text in texts)
        and CONTENTS.fullmatch(head["contents"]) is not None
        and type(claims) is int
        and claims >= 0
        and _are_texts(encoders)
        and len(set(encoders)) == len(encoders)
        and isinstance(files, dict)
        and files.keys() == _names(len(encoders))
    )


def _are_texts(told: object) -> bool:
    return isinstance(told, list) and all(isinstance(text, str) for text in told)


def _names(encoders: int) -> set[str]:
    arrays = [*ARRAYS, *(f"vectors-{number}" for number in range(encoders))]
    return {CLAIMS, TERMS, *(f"{name}.npy" for name in arrays)}


def array_of(path: Path) -> NDArray[Any] | None:
    """Return the array in a file, mapped; None where there is none in it.

    Args:
        path: the file.

    Raises:
        OSError: if it cannot be read.
    """
    try:
        # not `np.load`, which would open archives and pickles as well
        return np.lib.format.open_memmap(path, mode="r")
    except _UNREADABLE:
        return None


def claim_of(row: Any) -> LibraryClaim:
    """Return the claim that a line of an index holds.

    Args:
        row: the line as data.

    Raises:
        ValueError: if it is none.
        TypeError: likewise.
        KeyError: likewise.
    """
    claim = LibraryClaim(row["id"], row["text"], tuple(row["context"]), tuple(row["voicings"]), row["number"])
    if type(row["context"]) is not list or type(row["voicings"]) is not list or type(claim.number) not in _NUMBERS:
        raise TypeError(row)
    # what is no text cannot be joined
    "".join((claim.id, claim.text, *claim.context, *claim.voicings))
    return claim


def unsound_part(index: Index) -> str | None:
    """Return which file of an index cannot be, by itself or beside the others; None where all fit together.

    Args:
        index: as it was opened.
    """
    owners, lists = index.wording_claims, index.wording_terms
    wordings = len(owners) if _is(owners, np.int32) else 0
    checks = {
        TERMS: _is_rising(index.terms),
        "weights.npy": _is(index.weights, np.float32, len(index.terms)) and bool(np.isfinite(index.weights).all()),
        "wording_claims.npy": _is(owners, np.int32) and _ascends(owners) and _is_below(owners, len(index.claims)),
        "wording_terms.npy": _is(lists.values, np.int32) and _is_below(lists.values, len(index.terms)),
        "wording_starts.npy": _is(lists.starts, np.int64, wordings + 1) and _are_bounds(lists),
        **{
            f"vectors-{number}.npy": rows.ndim == 2 and rows.dtype == np.int8 and len(rows) == wordings
            for number, rows in enumerate(index.vectors.values())
        },
    }
    return next((name for name, sound in checks.items() if not sound), None)


def _is(array: NDArray[Any], kind: type[np.generic], length: int | None = None) -> bool:
    return array.ndim == 1 and array.dtype == kind and (length is None or len(array) == length)


def _is_rising(terms: Sequence[str]) -> bool:
    return all(map(lt, terms, islice(terms, 1, None)))


def _ascends(numbers: NDArray[Any]) -> bool:
    return bool((numbers[1:] >= numbers[:-1]).all())


def _is_below(numbers: NDArray[Any], end: int) -> bool:
    return not len(numbers) or (int(numbers.min()) >= 0 and int(numbers.max()) < end)


def _are_bounds(lists: Rows) -> bool:
    return lists.starts[0] == 0 and lists.starts[-1] == len(lists.values) and _ascends(lists.starts)
