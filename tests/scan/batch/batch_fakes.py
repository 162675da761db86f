"""A reader and a matcher that are small and deterministic, and misbehave on demand."""

import os
import re
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from valla.errors import InputError
from valla.scan.batch.journal import Head
from valla.scan.batch.model import Unit
from valla.scan.batch.scanning import Plan
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Form
from valla.scan.model import Decision, Sighting, Stance

WORD = re.compile(r"myth\d*")
HEAD = Head("0", "library", "settings", "texts")
STANCES = tuple(Stance)


@dataclass(frozen=True, slots=True)
class FakeUnit:
    """A text in memory."""

    document: str
    text: str = ""
    path: str = ""
    given: int | None = None
    form: Form = Form.TEXT

    @property
    def bytes(self) -> int:
        """Its length, or what it was given out for."""
        return len(self.text) if self.given is None else self.given


@dataclass(frozen=True, slots=True)
class FakeReader:
    """Yields a unit in blocks of so many characters."""

    length: int = 1_000_000

    def __call__(self, unit: Unit, /, *, problems: list[Problem]) -> Iterator[Block]:
        """Read a unit; one called "bad" cannot be read."""
        assert isinstance(unit, FakeUnit)
        if unit.document.startswith("bad"):
            problems.append(Problem(unit.document, "it is bad"))
            return
        if "\f" in unit.text:
            yield from self._rows(unit.document, unit.text.split("\f"))
            return
        text = unit.text
        for offset in range(0, max(len(text), 1), self.length):
            part = text[offset : offset + self.length]
            yield Block(unit.document, part, part, offset)

    @staticmethod
    def _rows(document: str, rows: list[str]) -> Iterator[Block]:
        """A form feed parts documents; one that begins with a question mark cannot be read, nor what comes after."""
        for number, row in enumerate(rows):
            if row.startswith("?"):
                raise OSError("the rest is damaged")
            yield Block(f"{document}#{number}", row, row)


def wait_at(gate: Path) -> None:
    """Wait until a file is there, and say so beside it: for a minute at least, so that what waits for us for ever is seen."""
    gate.with_name(f"{gate.name}.{os.getpid()}").touch()
    for _ in range(6_000):
        if gate.exists():
            return
        time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class FakeMatcher:
    """Finds each "myth"; some words kill it, and it waits where there is a gate."""

    delay: float = 0
    gate: Path | None = None

    def scan_blocks(self, blocks: Sequence[Block]) -> list[Sighting]:
        """Find the word in each block."""
        for block in blocks:
            self._misbehave(block.text)
        return [sighting for block in blocks for sighting in self._found(block)]

    def _misbehave(self, text: str) -> None:
        time.sleep(self.delay)
        if self.gate is not None:
            wait_at(self.gate)
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "LEAVE" in text:
            os._exit(3)
        if "RAISE" in text:
            raise ValueError("broken\nby a text")
        if "MEMORY" in text:
            raise MemoryError

    @staticmethod
    def _found(block: Block) -> Iterator[Sighting]:
        for found in WORD.finditer(block.text):
            start = block.offset + found.start()
            chance = (start % 100) / 100
            yield Sighting(
                document=block.document,
                claim=f"claim {start % 7}",
                dossier=start % 3 or None,
                start=start,
                end=start + len(found[0]),
                quotation=found[0],
                prefix=block.text[max(0, found.start() - 32) : found.start()],
                suffix=block.text[found.end() : found.end() + 32],
                probability=chance,
                decision=Decision.CONFIRM if chance >= 0.5 else Decision.SUGGEST,
                stance=STANCES[start % 3],
                wording="a myth",
            )


@dataclass(frozen=True, slots=True)
class FakeFactory:
    """Makes the matcher, or does not."""

    delay: float = 0
    fault: str = ""
    gate: Path | None = None

    def __call__(self) -> FakeMatcher:
        """Make it."""
        if self.fault == "refuse":
            raise InputError("the index is damaged", where="index")
        if self.fault == "raise":
            raise ValueError("what is this?")
        if self.fault == "die":
            os._exit(9)
        return FakeMatcher(self.delay, self.gate)


def texts(count: int, seed: int = 0) -> list[FakeUnit]:
    """Return some texts of different lengths."""
    words = ("rain", "myth", "and", "myth12", "é", "😀", "\r\n", "\ud800")
    made = []
    for number in range(count):
        length = 40 + (number * 7919 + seed) % 300
        made.append(
            FakeUnit(f"text {number}", " ".join(words[(number * 31 + at * at) % len(words)] for at in range(length)))
        )
    return made


def plan(units: Sequence[Unit], workers: int = 1, delay: float = 0, fault: str = "") -> Plan:
    """Return a plan over fakes."""
    return Plan(units, FakeReader(), FakeFactory(delay, fault), workers=workers)
