"""Time odd inputs of two lengths: how many times as long one takes that is four times as long.

usage: python bench/growth.py [--repeat 3]

Prints, for each piece of work and each input, the CPU time of the longer one and the ratio: about four where the time is in proportion,
sixteen where it goes by the square. The tests count steps instead (`tests/counted.py`): they must not hang on the machine. What opens
the static embeddings is compared with reading its files whole.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from clocks import best_seconds

from valla.casebook.folder import bundled, open_casebook
from valla.check.engine import check
from valla.check.model import Verdict
from valla.check.timeline import timeline
from valla.claims.reading import read as readings
from valla.dossier.manuscript.build import imported
from valla.dossier.manuscript.lines import numbered
from valla.scan import encoders
from valla.scan.documents.html import blanked_html
from valla.scan.documents.markdown import blanked_markdown
from valla.scan.documents.model import Block
from valla.scan.encoders.static import load, read
from valla.scan.index.build import build
from valla.scan.library.casebooks import from_casebook
from valla.scan.posts import bare
from valla.scan.scanner import Scanner
from valla.scan.stance.judge import Passage, stance_of
from valla.scan.text import spans
from valla.scan.words import words

TIMES = 4
AT_ONCE = 1 << 16
MYTH = "The Soviet Union was always a ruthless opponent of Nazi Germany."


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work.

    Args:
        name: what it is.
        run: does it.
        units: what its inputs repeat.
        chars: the length of the shorter input.
    """

    name: str
    run: Callable[[str], object]
    units: tuple[str, ...]
    chars: int


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + AT_ONCE] for start in range(0, len(text), AT_ONCE))


def _scan() -> Callable[[str], object]:
    scanner = Scanner(build(from_casebook(open_casebook(bundled())), [load()]))
    return lambda text: scanner.scan_blocks([Block("page", text, text)])


def works() -> Iterator[Work]:
    """Yield what is timed with texts."""
    yield Work("cut into sentences", spans, (".", " ", "“ ", "A. ", "。", "\r\n", "Mr. X"), 400_000)
    yield Work("cut into words", words, ("a", "'s", "\u0301", "漢", "\u00ad"), 400_000)
    yield Work("post without its signs", bare, (" -", "#", " — a(@b) ", "@a_", "(@"), 100_000)
    yield Work(
        "HTML", lambda text: list(blanked_html(_pieces(text))), ("<a ", "<", "<!--", "&", '<a ="', "<script>"), 200_000
    )
    yield Work(
        "Markdown", lambda text: list(blanked_markdown(_pieces(text))), ("](a", "[a](", "*", "<a ", "`", "\\"), 200_000
    )
    yield Work("manuscript", lambda text: imported(numbered(text)), ("“", "“a\n\n", "> a\n", "a-\n", "Mr. "), 10_000)
    yield Work("scan", _scan(), (f"{MYTH} ", "lemon ", "lemon", "\n"), 50_000)
    yield Work("stance", lambda text: stance_of(Passage(text, text, text), MYTH), ("not ", "’"), 100_000)


def texts(repeat: int) -> None:
    """Time all that is done with texts."""
    for work in works():
        for unit in work.units:
            short, long = (unit * (times * work.chars // len(unit)) for times in (1, TIMES))
            work.run(short)
            row(work.name, repr(unit[:12]), *(best_seconds(lambda t=t: work.run(t), repeat) for t in (short, long)))  # noqa: B023


def row(name: str, of: str, short: float, long: float) -> None:
    """Print a row of the table."""
    print(f"{name:<26} {of:<16} {long:10.4f} s {long / max(short, 1e-9):8.1f} times")


def crowded(verdict: Verdict, size: int) -> Verdict:
    """Return a verdict with so many related acts."""
    acts = [*verdict.related, *(one.act for one in verdict.deciding)]
    return replace(verdict, related=tuple(acts[number % len(acts)] for number in range(size)))


def pictures(repeat: int) -> None:
    """Time drawing a verdict with many acts."""
    record = open_casebook(bundled()).record(in_memory=True)
    verdict = check(readings(MYTH)[0], record)
    short, long = (crowded(verdict, size) for size in (2_500, 10_000))
    row("timeline", "acts", *(best_seconds(lambda v=v: timeline(v), repeat) for v in (short, long)))


def opening(repeat: int) -> None:
    """Time opening the static embeddings, and reading their files whole."""
    stem = Path(encoders.__file__).parent / "data" / "static"

    def whole() -> None:
        np.load(stem.with_suffix(".npy"))
        stem.with_suffix(".txt").read_text(encoding="utf-8").splitlines()

    ours, peer = (best_seconds(work, max(repeat, 9)) for work in (lambda: read(stem), whole))
    print(f"{'static embeddings opened':<43} {ours:10.4f} s {ours / peer:8.2f} of reading both files whole")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    print(f"{'work':<26} {'of':<16} {'longer input':>12} {'of a quarter':>13}")
    texts(repeat)
    pictures(repeat)
    opening(repeat)


if __name__ == "__main__":
    main()
