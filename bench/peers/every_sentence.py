"""Score every sentence of a file against every claim of another with bm25s, from file to file.

usage: python bench/peers/every_sentence.py LIBRARY.parquet SENTENCES.parquet OUTPUT.parquet [--backend numba --threads 2]

Both inputs have a column `text`. The output has for each sentence its best claims and their scores.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from peers.bm25 import Bm25

TOP = 5
AT_ONCE = 20_000


def main() -> None:
    """Write the best claims of each sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--backend", default="numpy", choices=["numpy", "numba"])
    parser.add_argument("--threads", type=int, default=0)
    options = parser.parse_args()
    library = pq.read_table(options.library, columns=["text"])["text"].to_pylist()
    bm25 = Bm25(library, options.backend, options.threads)
    schema = pa.schema([("claims", pa.list_(pa.int64())), ("scores", pa.list_(pa.float32()))])
    with pq.ParquetWriter(options.output, schema) as writer:
        for batch in pq.ParquetFile(options.sentences).iter_batches(AT_ONCE, columns=["text"]):
            claims, scores = bm25.retrieve(batch["text"].to_pylist(), TOP)
            writer.write_batch(pa.record_batch([claims.tolist(), scores.tolist()], schema=schema))


if __name__ == "__main__":
    main()
