"""Measure what the cascade loses: of all that scoring every sentence with every claim would confirm, the share that a scan confirms.

usage: python bench/cascade.py [--encoder static] [--model FOLDER] [--split dev] [--posts 300] [--speeches 100]

The library is that of checkthat2020. The sentences are those of its posts (of the dev split, or with `--split train` of the other, which the
rerank model was trained on), of which many repeat a claim, and the sentences of the UN speeches that lie nearest to a claim by their
static vectors, of which hardly any does. Exhaustive scoring is the cascade without its gate and its sieve: the same model, the same rules
of decision, the same limit on claims for one sentence. Claims that share fewer terms with a sentence than the rules ask for are left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from scipy import sparse
from tasks import SHARED, Fact, checkthat2020

from valla.cli.index import encoders_of
from valla.scan.documents.model import Block
from valla.scan.encoders.static import load as load_static
from valla.scan.index.build import build
from valla.scan.index.model import Index, Rows
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.model import Decision, Settings
from valla.scan.posts import bare
from valla.scan.scanner import Scanner
from valla.scan.stages.decide import CONFIRM_SHARED
from valla.scan.stages.gate import Pairs
from valla.scan.text import sentences

LEAST_CHARS = 15
EVERY = 20
"""The nearest sentences are looked for in one speech of so many."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cascade kept.

    Args:
        wanted: pairs of sentence and claim that exhaustive scoring confirms.
        found: those of them that the cascade confirms too.
        more: pairs that only the cascade confirms; there should be none.
    """

    wanted: int
    found: int
    more: int

    @property
    def share(self) -> float:
        """The share of the wanted pairs that is found; one where nothing is wanted."""
        return self.found / self.wanted if self.wanted else 1.0


def compared(cascade: set[tuple[int, str]], every: set[tuple[int, str]]) -> Kept:
    """Compare what both confirm.

    Args:
        cascade: pairs of sentence and claim.
        every: likewise, of exhaustive scoring.
    """
    return Kept(len(every), len(cascade & every), len(cascade - every))


class EveryPair:
    """In the place of a gate: every sentence with every claim that may be confirmed. In the place of a sieve: all that comes.

    Args:
        index: of the library.
    """

    def __init__(self, index: Index) -> None:
        self._wordings = np.asarray(index.first_wordings[:-1], np.int64)
        starts = index.wording_terms.starts[index.first_wordings]
        self._claims = self._ones(Rows(starts, np.asarray(index.wording_terms.values)), len(index.terms)).T.tocsr()

    @staticmethod
    def _ones(rows: Rows, width: int) -> sparse.csr_array:
        made = sparse.csr_array(
            (np.ones(len(rows.values), np.int32), rows.values, rows.starts.copy()), (len(rows), width)
        )
        made.sum_duplicates()
        made.data[:] = 1
        return made

    def open(self, terms: Rows) -> Iterator[Pairs]:
        """Yield the pairs of one sentence after the other."""
        held = self._ones(terms, self._claims.shape[0])
        for number in range(len(terms)):
            shared = held[[number]] @ self._claims
            claims = np.sort(shared.indices[shared.data >= CONFIRM_SHARED])
            count = len(claims)
            yield Pairs(np.full(count, number), self._wordings[claims], np.ones(count, np.float32))

    def sift(self, sheet: object, pairs: Pairs) -> Pairs:  # noqa: ARG002  as a stage has it
        """Return the pairs as they are."""
        return pairs


def exhaustive(scanner: Scanner) -> Scanner:
    """Return a scanner with its gate and sieve taken out: what decides in the end is the same.

    Args:
        scanner: one that nobody else needs; it is changed.
    """
    scanner._gate = scanner._semantic = EveryPair(scanner.index)  # type: ignore[assignment]  # noqa: SLF001
    return scanner


def confirmed(texts: Sequence[str], scanner: Scanner) -> set[tuple[int, str]]:
    """Return the pairs of sentence and claim that a scan confirms, each sentence a document by itself.

    Args:
        texts: the sentences.
        scanner: of the library.
    """
    blocks = [Block(str(number), text, text) for number, text in enumerate(texts)]
    found = scanner.scan_blocks(blocks)
    return {(int(one.document), one.claim) for one in found if one.decision is Decision.CONFIRM}


def of_posts(split: str, count: int) -> list[str]:
    """Return sentences of the posts, evenly from first to last.

    Args:
        split: of the shared task.
        count: at most so many.
    """
    posts = map(bare, checkthat2020(split).queries.values())
    found = [one.text for post in posts for one in sentences(post) if len(one.text) >= LEAST_CHARS]
    return list(_evenly(found, count))


def of_speeches(count: int, index: Index) -> list[str]:
    """Return the sentences of UN speeches that lie nearest to a claim.

    Args:
        count: so many.
        index: of the library.
    """
    encoder = load_static()
    texts = pq.read_table(SHARED / "data" / "ungd" / "ungd.parquet", columns=["text"])["text"].to_pylist()[::EVERY]
    found = [one.text for text in texts for one in sentences(text)]
    claims = np.asarray(index.vectors[encoder.name]).astype(np.float32).T
    rows = encoder.encode(found)
    parts = (rows[first : first + 1000].astype(np.float32) for first in range(0, len(rows), 1000))
    nearest = np.concatenate([(part @ claims).max(axis=1) for part in parts])
    return [found[number] for number in np.argsort(-nearest, kind="stable")[:count]]


def _evenly(found: Sequence[str], count: int) -> Iterator[str]:
    step = max(1.0, len(found) / count) if count else 0
    yield from (found[int(place * step)] for place in range(min(count, len(found))))


def library_of(facts: Iterable[Fact]) -> Library:
    """Return facts as a library.

    Args:
        facts: the claims.
    """
    return Library(tuple(LibraryClaim(fact.id, fact.text, fact.context) for fact in facts))


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", default="static", choices=["static", "neural"])
    parser.add_argument("--model", type=Path, help="the folder of a sentence-transformers model, for neural")
    parser.add_argument("--split", default="dev", choices=["dev", "train"])
    parser.add_argument("--posts", type=int, default=300, help="so many sentences of posts")
    parser.add_argument("--speeches", type=int, default=100, help="so many sentences of speeches")
    parser.add_argument("--confirm", type=float, default=Settings().confirm)
    options = parser.parse_args()
    if not (SHARED / "data").is_dir():
        sys.exit(f"the measuring data is not at {SHARED}: set VALLA_SHARED to its folder")
    encoders = encoders_of(options.encoder, options.model)
    index = build(library_of(checkthat2020().facts), encoders)
    settings = Settings(options.confirm, min(options.confirm, Settings().suggest))
    scanner, slow = Scanner(index, encoders[-1], settings), exhaustive(Scanner(index, encoders[-1], settings))
    for name, texts in (
        (f"{options.split} posts", of_posts(options.split, options.posts)),
        ("speeches", of_speeches(options.speeches, index)),
    ):
        start = time.perf_counter()
        kept = compared(confirmed(texts, scanner), confirmed(texts, slow))
        seconds = time.perf_counter() - start
        print(
            f"{options.encoder}, {len(texts)} sentences of {name}: {kept} share {kept.share:.3f} ({seconds:.0f} s)",
            flush=True,
        )


if __name__ == "__main__":
    main()
