"""Time `valla scan` beside its peers in one run: whole processes, from file to file, their medians and ratios.

usage: python bench/speeds.py [--encoders static neural] [--workers 2] [--repeat 3] [--every 1] [--copies 21]

The corpus is `ungd.parquet` of the folder of measuring data, the library the 10,375 claims of checkthat2020. The peers score
the same sentences, cut beforehand by Valla and read from a file: what cutting costs is counted for Valla alone. Each round
runs every system once, so that a busy machine is busy for all. Last comes the corpus repeated to some 1 GB. Speeds are never
asserted: machines differ; ratios are what to quote.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from processes import Ran, run
from tasks import SHARED, checkthat2020

from valla.scan.text import sentences

CORPUS = SHARED / "data" / "ungd" / "ungd.parquet"
PEERS = Path(__file__).parent / "peers"
COLUMNS = ("--id", "doc_id", "--text", "text")
VERSIONS = ("pyarrow", "numpy", "bm25s", "numba", "onnxruntime")


@dataclass(frozen=True)
class System:
    """Something that is timed.

    Args:
        name: what it is.
        command: how it is run, given where to write.
        sentences: how many it goes through.
    """

    name: str
    command: Callable[[Path], Sequence[str]]
    sentences: int


def valla(*words: object) -> list[str]:
    """Return the command line of a verb."""
    return [sys.executable, "-m", "valla", *map(str, words)]


def scan(name: str, corpus: Path, index: Path, options: argparse.Namespace, count: int) -> System:
    """Return a scan of a corpus.

    Args:
        name: what it is called in the table.
        corpus: the Parquet file.
        index: of the library.
        options: those of the bench.
        count: how many sentences the corpus has.
    """
    extra = ("--encoder", name, *(("--model", options.model) if name == "neural" and options.model else ()))

    def command(output: Path) -> Sequence[str]:
        return valla("scan", corpus, "--library", index, *extra, *COLUMNS, "--workers", options.workers, "-o", output)

    return System(f"valla scan, {name}", command, count)


def bm25s(folder: Path, backend: str, threads: int, count: int) -> System:
    """Return bm25s over every sentence.

    Args:
        folder: where the library and the sentences lie.
        backend: `numpy` or `numba`.
        threads: how many it may use.
        count: how many sentences there are.
    """
    files = (folder / "claims.parquet", folder / "sentences.parquet")

    def command(output: Path) -> Sequence[str]:
        options = ("--backend", backend, "--threads", threads)
        return [*map(str, (sys.executable, PEERS / "every_sentence.py", *files, output, *options))]

    return System(f"bm25s, {backend}, {threads or 1} thread{'s' if threads > 1 else ''}", command, count)


def every_pair(folder: Path, count: int) -> System:
    """Return the product of every sentence's static vector with every claim's.

    Args:
        folder: where the library and the sentences lie.
        count: how many sentences there are.
    """
    files = (folder / "claims.parquet", folder / "sentences.parquet")

    def command(output: Path) -> Sequence[str]:
        return [*map(str, (sys.executable, PEERS / "every_pair.py", *files, output))]

    return System("static vectors, every pair", command, count)


def cut(corpus: Path, target: Path, every: int) -> tuple[int, int]:
    """Write each so-manieth sentence of a corpus to a file.

    Args:
        corpus: a Parquet file with a column `text`.
        target: the file to write.
        every: 1 for all of them.

    Returns:
        How many sentences the corpus has, and how many were written.
    """
    texts = pq.read_table(corpus, columns=["text"])["text"].to_pylist()
    found = [sentence.text for text in texts for sentence in sentences(text or "")]
    pq.write_table(pa.table({"text": found[::every]}), target)
    return len(found), len(found[::every])


def repeated(corpus: Path, target: Path, copies: int) -> int:
    """Write a corpus several times over, each document with an id of its own.

    Args:
        corpus: a Parquet file with the columns `doc_id` and `text`.
        target: the file to write.
        copies: how often.

    Returns:
        The bytes of its texts.
    """
    table = pq.read_table(corpus, columns=["doc_id", "text"])
    ids = [str(one) for one in table["doc_id"].to_pylist()]
    with pq.ParquetWriter(target, pa.schema([("doc_id", pa.string()), ("text", pa.string())])) as writer:
        for copy in range(copies):
            named = pa.array([f"{one}#{copy}" for one in ids])
            writer.write_table(pa.table({"doc_id": named, "text": table["text"].cast(pa.string())}), row_group_size=500)
    return copies * sum(len((text or "").encode()) for text in table["text"].to_pylist())


def rounds(systems: Iterable[System], folder: Path, repeat: int) -> dict[str, list[Ran]]:
    """Run every system once a round.

    Args:
        systems: what is timed.
        folder: where they write.
        repeat: how many rounds.
    """
    systems = list(systems)
    ran: dict[str, list[Ran]] = {system.name: [] for system in systems}
    for number in range(repeat):
        for place, system in enumerate(systems):
            output = folder / f"out-{number}-{place}" / "out.parquet"
            output.parent.mkdir()
            ran[system.name].append(run(system.command(output)))
            print(f"  round {number + 1}: {system.name} {ran[system.name][-1].seconds:.1f} s", file=sys.stderr)
    return ran


def table(systems: Sequence[System], ran: dict[str, list[Ran]]) -> Iterator[str]:
    """Yield the table of medians, and for each of ours how many times each peer's speed it has.

    Args:
        systems: what was timed.
        ran: what came of it.
    """
    yield f"{'system':<28}{'sentences':>11}{'seconds':>9}{'range':>15}{'CPU s':>8}{'sentences/s':>13}{'RSS MB':>8}{'PSS MB':>8}"
    speeds: dict[str, float] = {}
    for system in systems:
        seconds = [one.seconds for one in ran[system.name]]
        speeds[system.name] = system.sentences / statistics.median(seconds)
        peaks = [
            max(getattr(one, name) for one in ran[system.name]) / 1e6 for name in ("peak_rss_bytes", "peak_pss_bytes")
        ]
        spent = statistics.median(one.cpu_seconds for one in ran[system.name])
        span = f"{min(seconds):.1f} to {max(seconds):.1f}"
        yield (
            f"{system.name:<28}{system.sentences:>11,}{statistics.median(seconds):9.1f}{span:>15}{spent:8.1f}"
            f"{speeds[system.name]:>13,.0f}{peaks[0]:8.0f}{peaks[1]:8.0f}"
        )
    for one in (name for name in speeds if name.startswith("valla")):
        for other in (name for name in speeds if not name.startswith("valla")):
            yield f"{one} runs at {speeds[one] / speeds[other]:.1f} times the speed of {other}"


def confirmed(output: Path) -> int:
    """Return how many sightings of a scan are confirmed.

    Args:
        output: the Parquet file that it wrote.
    """
    return pq.read_table(output, columns=["decision"])["decision"].to_pylist().count("confirm")


def indexes(folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """Write the library's index for each encoder and say how long it took.

    Args:
        folder: where to.
        options: those of the bench.
    """
    library = SHARED / "data" / "checkthat2020" / "verified_claims.docs.tsv"
    for encoder in options.encoders:
        model = ("--model", options.model) if encoder == "neural" and options.model else ()
        target = folder / f"index-{encoder}"
        ran = run(valla("index", library, "-o", target, "--encoder", encoder, *model))
        print(f"valla index, {encoder}: {ran.seconds:.1f} s")
        yield encoder, target


def big(small: System, ran: Sequence[Ran], system: System, folder: Path) -> str:
    """Scan the repeated corpus once and compare it with the small run.

    Args:
        small: the scan of the corpus.
        ran: what came of it.
        system: the scan of the repeated corpus.
        folder: where to write.
    """
    one = run(system.command(folder / "big.parquet"))
    speed = system.sentences / one.seconds
    factor = system.sentences / small.sentences
    ratio = factor * statistics.median(each.seconds for each in ran) / one.seconds
    by_cpu = factor * statistics.median(each.cpu_seconds for each in ran) / one.cpu_seconds
    return (
        f"{small.name}, corpus repeated: {one.seconds:.1f} s, {speed:,.0f} sentences/s, {ratio:.2f} of the small run's speed "
        f"({by_cpu:.2f} by processor time), peak of all processes {one.peak_rss_bytes / 1e6:.0f} MB resident, "
        f"{one.peak_pss_bytes / 1e6:.0f} MB with shared pages counted once"
    )


def options_of() -> argparse.Namespace:
    """Return the options of the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoders", nargs="*", default=["static", "neural"], choices=["static", "neural"])
    parser.add_argument("--model", type=Path, help="the folder of a sentence-transformers model, for neural")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3, help="how many rounds")
    parser.add_argument("--every", type=int, default=1, help="let the peers score only each so-manieth sentence")
    parser.add_argument(
        "--copies", type=int, default=21, help="how often the corpus is repeated for the big run; 0 for none"
    )
    parser.add_argument("--no-peers", action="store_true", help="leave out bm25s")
    parser.add_argument("--folder", type=Path, help="where to write; default: a temporary folder")
    options = parser.parse_args()
    if not CORPUS.is_file():
        sys.exit(f"the measuring data is not at {SHARED}: set VALLA_SHARED to its folder")
    if "neural" in options.encoders and find_spec("onnxruntime") is None:
        print("neural: left out, onnxruntime is not installed (pip install 'valla[neural]')", file=sys.stderr)
        options.encoders.remove("neural")
    return options


def main() -> None:
    """Print the tables."""
    options = options_of()
    try:
        with tempfile.TemporaryDirectory(dir=options.folder) as name:
            measure(Path(name), options)
    except RuntimeError as error:  # a command failed: what it said is all there is to say
        sys.exit(str(error))


def peers_in(folder: Path, count: int) -> Iterator[System]:
    """Yield the peers that can run here.

    Args:
        folder: where the library and the sentences lie.
        count: how many sentences there are.
    """
    if find_spec("bm25s") is None:
        print("bm25s: left out, it is not installed (pip install bm25s numba)", file=sys.stderr)
    else:
        yield bm25s(folder, "numpy", 0, count)
        if find_spec("numba") is not None:
            yield bm25s(folder, "numba", 2, count)
    yield every_pair(folder, count)


def measure(folder: Path, options: argparse.Namespace) -> None:
    """Print the tables.

    Args:
        folder: where to write.
        options: those of the bench.
    """
    here = {one: version(one) for one in VERSIONS if find_spec(one)}
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {here}")
    pq.write_table(pa.table({"text": [fact.whole for fact in checkthat2020().facts]}), folder / "claims.parquet")
    count, fewer = cut(CORPUS, folder / "sentences.parquet", options.every)
    scans = [scan(encoder, CORPUS, index, options, count) for encoder, index in indexes(folder, options)]
    peers = [] if options.no_peers else list(peers_in(folder, fewer))
    ran = rounds([*scans, *peers], folder, options.repeat)
    print("\n".join(table([*scans, *peers], ran)))
    for place, system in enumerate(scans):
        sightings = confirmed(folder / f"out-0-{place}" / "out.parquet")
        print(
            f"{system.name}: {sightings} confirmed in {count:,} sentences, {sightings / count * 10_000:.2f} in 10,000"
        )
    if options.copies and scans:
        corpus = folder / "big-corpus.parquet"
        size = repeated(CORPUS, corpus, options.copies)
        print(f"the corpus {options.copies} times over: {size / 1e9:.2f} GB of text")
        for system, encoder in zip(scans, options.encoders, strict=True):
            again = scan(encoder, corpus, folder / f"index-{encoder}", options, count * options.copies)
            print(big(system, ran[system.name], again, folder))


if __name__ == "__main__":
    main()
