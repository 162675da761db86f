"""Compare every sentence of a file with every claim of another by Valla's static embeddings alone, from file to file.

usage: python bench/peers/every_pair.py LIBRARY.parquet SENTENCES.parquet OUTPUT.parquet

Both inputs have a column `text`. No gate, no lexical stage, no rerank: what a plain product of matrices costs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from valla.scan.encoders.static import load

TOP = 5
AT_ONCE = 2_000


def main() -> None:
    """Write the nearest claims of each sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("library", "sentences", "output"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    encoder = load()
    library = encoder.encode(pq.read_table(options.library, columns=["text"])["text"].to_pylist()).T.astype(np.float32)
    schema = pa.schema([("claims", pa.list_(pa.int64())), ("scores", pa.list_(pa.float32()))])
    with pq.ParquetWriter(options.output, schema) as writer:
        for batch in pq.ParquetFile(options.sentences).iter_batches(AT_ONCE, columns=["text"]):
            scores = encoder.encode(batch["text"].to_pylist()).astype(np.float32) @ library
            best = np.argpartition(-scores, TOP, axis=1)[:, :TOP]
            kept = np.take_along_axis(scores, best, axis=1)
            writer.write_batch(pa.record_batch([best.tolist(), kept.tolist()], schema=schema))


if __name__ == "__main__":
    main()
