"""Many claims, one verdict each: lines of JSON in, lines of JSON out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from valla.actors.leaders import finder
from valla.check.engine import check
from valla.claims.parsing import Find
from valla.claims.reading import read
from valla.claims.serial import gold
from valla.errors import ClaimError, InputError, VallaError
from valla.plain_data import parse_json
from valla.record.store import Record

__all__ = ["check_batch", "claims_in"]


_FORM = '{"id": ..., "text": "..."}'


def claims_in(lines: Iterable[str], where: str) -> Iterator[tuple[Any, str]]:
    """Read lines `{"id": ..., "text": ...}`; further keys are ignored, empty lines passed over.

    Raises:
        ClaimError: if a line is not such an object, naming the line, or if there is none.
    """
    found = 0
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found += 1
            yield _claim_in(line, f"{where}, line {number}")
    if not found:
        raise ClaimError("the file holds no claim", where=where, allowed=_FORM)


def _claim_in(line: str, where: str) -> tuple[Any, str]:
    try:
        entry = parse_json(line)
        name, text = entry["id"], entry["text"]
    except InputError as error:
        raise ClaimError(f"a line is not a claim: {error.problem}", where=where, allowed=_FORM) from error
    except (KeyError, TypeError) as error:
        raise ClaimError("a line is not a claim", where=where, allowed=_FORM) from error
    if not isinstance(text, str):
        raise ClaimError("the text of a claim is no text", where=where, found=repr(text)[:40], allowed=_FORM)
    return name, text


def _answer(text: str, record: Record, find: Find) -> dict[str, Any]:
    """The likeliest reading in the form of a gold file, and its verdict; where it cannot be checked, why."""
    try:
        reading = read(text, find=find)[0]
    except VallaError as error:
        return {"reading": None, "verdict": None, "error": str(error)}
    try:
        verdict = check(reading, record, details=False)
    except VallaError as error:
        return {"reading": gold(reading), "verdict": None, "error": str(error)}
    return {"reading": gold(verdict.reading), "verdict": str(verdict.outcome), "because": verdict.because}


def check_batch(claims: Iterable[tuple[Any, str]], record: Record) -> Iterator[dict[str, Any]]:
    """Check claims one after the other.

    Args:
        claims: ids and texts.
        record: what is known; one opened in memory is several times faster here.

    Yields:
        For each claim its id, the reading with actors as Correlates of War codes and the period in years, and the verdict.
    """
    find = finder(record.people)
    for name, text in claims:
        yield {"id": name, **_answer(text, record, find)}
