"""An index that somebody else made, searched, scanned with and made again."""

import numpy as np
import pytest

from scan.index.index_forgery import forge

ROWS = "id,claim\na,Poland never signed a pact with Germany.\nb,The moon landing was filmed in a studio.\n"
TEXT = "They say that the moon landing was filmed in a studio. Poland never signed a pact with Germany.\n"


@pytest.fixture
def index(valla, tmp_path, monkeypatch):
    """Hand out an index of two claims, in the working folder, with its library and a text beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "talk.txt").write_text(TEXT, encoding="utf-8")

    assert valla("index", "claims.csv", "-o", "index").code == 0
    return tmp_path / "index"


def forged(index, name: str, data: object) -> None:
    """Forge a file, of an array what a change makes of it."""
    found = next(index.rglob(name))
    forge(index, name, data(np.load(found)) if callable(data) else data)


FORGERIES = [
    (None, {"files": None}),
    (None, {"claims": 999}),
    (None, {"language": 5}),
    ("wording_claims.npy", lambda old: np.full_like(old, 77)),
    ("wording_terms.npy", lambda old: np.full_like(old, 10**6)),
    ("wording_starts.npy", lambda old: np.full_like(old, -5)),
    ("vectors-0.npy", lambda old: np.ascontiguousarray(old[:, :3])),
    ("weights.npy", b"xx"),
    ("claims.jsonl", b"{}\n{}\n"),
    ("claims.jsonl", ROWS.encode()),
]
"""One of each kind; the others are looked at where an index is opened."""


@pytest.mark.parametrize(("name", "data"), FORGERIES)
def test_a_forged_index_is_refused_and_made_again(name, data, valla, refused, index):
    """In one line each, whatever is wrong with it; and made again it is as it was."""
    if name is None:
        forge(index, **data)
    else:
        forged(index, name, data)
    refused("find", "the moon", "-l", index)
    refused("scan", "talk.txt", "-l", index, "--workers", 1, "-q")
    ran = valla("index", "claims.csv", "-o", "index")

    assert ran.code == 0
    assert ran.err.count("\n") <= 1
    assert [line.split()[1] for line in valla("scan", "talk.txt", "-l", index, "-q").out.splitlines()] == ["b", "a"]
