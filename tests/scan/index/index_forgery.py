"""An index that somebody else made, with a seal that is right."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from valla.scan.index import place

__all__ = ["FORGED_ARRAYS", "FORGED_HEADS", "FORGED_TEXTS", "forge"]

Head = dict[str, Any]


def forge(folder: Path, name: str | None = None, data: object = None, **told: object) -> None:
    """Change a file of an index, or what its head says, and seal it again.

    A key whose value is None is left out of the head.
    """
    head: Head = json.loads((folder / place.HEAD).read_text(encoding="utf-8"))
    if name is not None:
        path = folder / head["contents"] / name
        path.unlink()
        if isinstance(data, np.ndarray):
            with path.open("wb") as file:
                np.save(file, data, allow_pickle=True)
        else:
            path.write_bytes(data if isinstance(data, bytes) else str(data).encode())
        head["files"][name] = hashlib.blake2b(path.read_bytes()).hexdigest()[:32]
    head = {key: value for key, value in (head | told).items() if value is not None}
    (folder / place.HEAD).write_text(json.dumps(head | {"seal": place._seal(head)}), encoding="utf-8")


Change = Callable[[np.ndarray], np.ndarray]

FORGED_HEADS: list[Head] = [
    {"files": None},
    {"files": []},
    {"files": {}},
    {"files": {"claims.jsonl": 3}},
    {"files": {"../../etc/passwd": ""}},
    {"contents": None},
    {"contents": 5},
    {"contents": ".."},
    {"contents": "files-none"},
    {"claims": None},
    {"claims": 999},
    {"claims": -1},
    {"claims": "8"},
    {"claims": True},
    {"claims": 1e9},
    {"encoders": None},
    {"encoders": []},
    {"encoders": "static"},
    {"encoders": [5]},
    {"encoders": ["a", "a"]},
    {"language": None},
    {"language": 5},
    {"language": "!"},
    {"language": "xx-unknown"},
    {"fingerprint": None},
    {"fingerprint": []},
    {"method": None},
    {"method": 5},
]

FORGED_ARRAYS: list[tuple[str, Change]] = [
    ("wording_claims", lambda old: np.full_like(old, 77)),
    ("wording_claims", lambda old: old - 1),
    ("wording_claims", lambda old: old[::-1]),
    ("wording_claims", lambda old: old[:-1]),
    ("wording_claims", lambda old: old.astype(np.int64)),
    ("wording_claims", lambda old: old.astype(">i4")),
    ("wording_claims", np.zeros_like),
    ("weights", lambda old: old[:1]),
    ("weights", lambda old: old * np.nan),
    ("weights", lambda old: old.astype(np.float64)),
    ("weights", lambda old: old.reshape(1, -1)),
    ("weights", lambda _: np.array([{}], object)),
    ("weights", lambda _: np.array(5.0, np.float32)),
    ("wording_starts", lambda old: np.full_like(old, -5)),
    ("wording_starts", lambda old: old + 1),
    ("wording_starts", lambda old: np.concatenate([old[:1], old[-1:] + 1, old[2:]])),
    ("wording_starts", lambda old: old[:0]),
    ("wording_starts", lambda old: old[:-1]),
    ("wording_starts", lambda old: old.astype(np.float64)),
    ("wording_terms", lambda old: np.full_like(old, 10**6)),
    ("wording_terms", lambda old: old - 10**6),
    ("wording_terms", lambda old: old[:-1]),
    ("wording_terms", lambda old: old.astype(np.uint32)),
    ("vectors-0", lambda old: old[:-1]),
    ("vectors-0", lambda old: old.ravel()),
    ("vectors-0", lambda old: old.astype(np.float32)),
]

FORGED_TEXTS: list[tuple[str, bytes]] = [
    ("weights.npy", b""),
    ("weights.npy", b"xx"),
    ("weights.npy", b"PK\x03\x04"),
    ("weights.npy", b"\x93NUMPY\x01\x00\x76\x00" + b"{'descr': '<f4', 'fortran_order': False, 'shape': (9999999,)}".ljust(118)),
    ("weights.npy", b"\x93NUMPY\x01\x00\x76\x00" + b"{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}".ljust(118)),
    ("weights.npy", b"\x93NUMPY\x01\x00\x76\x00" + b"(" * 118),
    ("terms.txt", b"\xff\n"),
    ("terms.txt", b"b\na"),
    ("terms.txt", b""),
    ("claims.jsonl", b"x\n"),
    ("claims.jsonl", b""),
]  # fmt: skip
