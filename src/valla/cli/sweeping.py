"""The sweeping claims of a text with their verdicts, as `valla check --file` prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from valla.check.model import Verdict
from valla.check.report import reading_line
from valla.claims.model import Reading
from valla.claims.serial import to_json
from valla.errors import VallaError
from valla.scan.sweeps import Sweep

__all__ = ["as_lines", "as_rows"]


def as_rows(found: Iterable[Sweep], check: Callable[[Reading], Verdict]) -> list[dict[str, Any]]:
    """Return a row for each passage: its place, its reading and verdict, or the reason why it has none.

    Args:
        found: the passages.
        check: what gives the verdict on a reading.
    """
    return [_row(sweep, check) for sweep in found]


def _row(sweep: Sweep, check: Callable[[Reading], Verdict]) -> dict[str, Any]:
    row: dict[str, Any] = {"start": sweep.start, "end": sweep.end, "text": sweep.text}
    if not sweep.readings:
        return {**row, "reading": None, "verdict": None, "reason": sweep.reason}
    try:
        verdict = check(sweep.readings[0])
    except VallaError as error:
        return {**row, "reading": to_json(sweep.readings[0]), "verdict": None, "reason": str(error)}
    reading = to_json(verdict.reading)
    return {
        **row,
        "reading": reading,
        "line": reading_line(verdict.reading),
        "verdict": str(verdict.outcome),
        "because": verdict.because,
    }


def as_lines(rows: Iterable[dict[str, Any]], file: Path) -> Iterator[str]:
    """Yield the rows as text: what was checked first, then what was not and why."""
    rows = list(rows)
    checked = [row for row in rows if row["verdict"]]
    for row in checked:
        yield f"{file}:{row['start']}-{row['end']}  {' '.join(row['text'].split())}"
        yield f"    {row['line']}"
        yield f"    {row['verdict'].upper()}. {row['because']}"
    unread = [row for row in rows if not row["verdict"]]
    if unread:
        yield "" if checked else f"{file}: no sweeping claim that can be checked"
        yield f"not checked ({len(unread)})"
    for row in unread:
        yield f"{file}:{row['start']}-{row['end']}  {' '.join(row['text'].split())}"
        yield f"    {row['reason']}"
