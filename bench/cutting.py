"""Time reading, cutting into sentences and cutting into words, on one core, and the memory that long files take.

usage: python bench/cutting.py [--large] [--repeat 5]

With `--large`, a text of 1 GB and files of one line of 200 MB are made in a temporary folder, and read by a process of their own.
Speeds are of CPU time, the best of some runs, in characters. They are never asserted: machines differ.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from clocks import best_seconds

from valla.scan.documents.model import Problem
from valla.scan.documents.options import Options
from valla.scan.documents.plan import units
from valla.scan.documents.reading import blocks, unit_blocks
from valla.scan.text import spans
from valla.scan.words import words

SHARED = Path(os.environ.get("VALLA_SHARED", Path(__file__).parents[2] / "shared"))
SPEECHES = SHARED / "data" / "ungd" / "ungd.parquet"
HOSTILE_CHARS = 5_000_000
HOSTILE = (".", " ", "\n", "x", '"', ". ", "A. ", "。", "\r\n", ".\n", "<p>", "<", "&", "](", "'s", "\u0301", "漢")
LARGE_BYTES = 1_000_000_000
LINE_BYTES = 200_000_000


def told(what: str, amount: float, unit: str, seconds: float) -> None:
    """Print a row of the table."""
    print(f"{what:<28} {amount / seconds:>14,.1f} {unit}/s   {seconds:8.3f} s")


def through(work: Callable[[str], object], texts: list[str]) -> Callable[[], None]:
    """Return what works through some texts and keeps nothing."""

    def run() -> None:
        for text in texts:
            work(text)

    return run


def peak_mb() -> float:
    """Return the most memory that this process has held: of Linux by its own figure, because the other counts the parent's too."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def speeds(repeat: int) -> None:
    """Time each step on the speeches."""
    problems: list[Problem] = []
    texts = [block.text for block in blocks([SPEECHES], Options(), problems.append)]
    millions = sum(map(len, texts)) / 1e6
    found = [text[start:end] for text in texts for start, end in spans(text)]
    print(f"{SPEECHES.name}: {len(texts):,} documents, {millions:.1f} million characters, {len(found):,} sentences")
    told("reading", millions, "MB", best_seconds(lambda: list(blocks([SPEECHES], Options(), problems.append)), repeat))
    told("cutting", millions, "MB", best_seconds(through(spans, texts), repeat))
    count = sum(len(words(sentence)) for sentence in found) / 1e6
    told("words of sentences", count, "million", best_seconds(through(words, found), repeat))


def read_through(path: Path) -> None:
    """Read a file and keep nothing."""
    for _ in blocks([path], Options(), print):
        pass


def hostile() -> None:
    """Time what is odd."""
    print(
        f"\n{HOSTILE_CHARS:,} characters of one thing: seconds to cut, to tell its words, to read it as HTML, as Markdown"
    )
    with tempfile.TemporaryDirectory() as folder:
        for unit in HOSTILE:
            text = unit * (HOSTILE_CHARS // len(unit))
            works: list[Callable[[], object]] = [partial(spans, text), partial(words, text)]
            for suffix in (".html", ".md"):
                path = Path(folder, f"a{suffix}")
                path.write_bytes(text.encode())
                works.append(partial(read_through, path))
            print(f"{unit!r:<10}", *(f"{best_seconds(work, 1):8.2f}" for work in works))


def large() -> None:
    """Read long files, each in a process of its own, and print its peak of memory."""
    problems: list[Problem] = []
    speeches = "\n\n".join(block.text for block in blocks([SPEECHES], Options(), problems.append)).encode()
    line = speeches.replace(b"\r", b" ").replace(b"\n", b" ")
    with tempfile.TemporaryDirectory() as folder:
        for name, data, size in [
            ("1gb.txt", speeches, LARGE_BYTES),
            ("line.txt", line, LINE_BYTES),
            ("line.html", line, LINE_BYTES),
            ("line.md", line, LINE_BYTES),
            ("word.txt", b"x" * 1_000_000, LINE_BYTES),
        ]:
            path = Path(folder, name)
            with path.open("wb") as file:
                for _ in range(-(-size // len(data))):
                    file.write(data)
            done = subprocess.run([sys.executable, __file__, "--read", str(path)], check=True, capture_output=True)
            print(name, json.loads(done.stdout))
            path.unlink()


def read(path: Path) -> None:
    """Read a file unit by unit, and print what that took."""
    before = peak_mb()
    start = time.perf_counter()
    problems: list[Problem] = []
    plan = units([path], Options())
    planned = time.perf_counter()
    chars = sum(len(block.text) for unit in plan for block in unit_blocks(unit, Options(), problems.append))
    print(
        json.dumps(
            {
                "units": len(plan),
                "plan_s": round(planned - start, 2),
                "read_s": round(time.perf_counter() - planned, 2),
                "million_chars": round(chars / 1e6, 1),
                "problems": len(problems),
                "start_mb": round(before),
                "peak_mb": round(peak_mb()),
            }
        )
    )


def main() -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="read files of 1 GB and of lines of 200 MB")
    parser.add_argument("--read", type=Path, help="read one file and print what it took, as JSON")
    asked = parser.parse_args()
    if asked.read:
        read(asked.read)
        return
    speeds(asked.repeat)
    hostile()
    if asked.large:
        large()


if __name__ == "__main__":
    main()
