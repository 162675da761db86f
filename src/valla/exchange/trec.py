"""The forms of shared tasks in retrieval: queries, runs and judgements, as TREC and the CLEF CheckThat! labs have them.

- queries: TSV of id and text, a row in each line, cells in quotation marks as in CSV where they are whole, else as they stand;
- a run: `query Q0 claim rank score tag` in each line, between tabs, as CheckThat!'s format checker wants it; spaces are read as well;
- judgements (qrels): `query 0 claim relevance`, between tabs or spaces.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path

from valla.errors import InputError
from valla.exchange.measures import Evaluation, Qrels, Run, evaluate
from valla.files import write_whole
from valla.scan.tables.delimited import Cells, Delimited
from valla.scan.tables.limits import LIMITS
from valla.scan.tables.lines import lines_of
from valla.scan.tables.model import Form
from valla.scan.tables.source import opened

__all__ = [
    "Evaluation",
    "Qrels",
    "Query",
    "Run",
    "check_word",
    "evaluate",
    "read_qrels",
    "read_queries",
    "read_run",
    "write_run",
]

_QUERY = ("id", "text")
_RUN = ("query", "Q0", "claim", "rank", "score", "tag")
_QRELS = ("query", "0", "claim", "relevance")
_RANK = re.compile(r"[0-9]{1,9}")
_SCORE = re.compile(r"[-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]++)?")
_RELEVANCE = re.compile(r"-?[0-9]{1,8}")
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Query:
    """A text to find the claim of.

    Args:
        id: unique among the queries.
        text: what is asked for.
    """

    id: str
    text: str


def read_queries(path: Path, *, header: bool = False) -> tuple[Query, ...]:
    """Read queries: a TSV of two columns, id and text.

    Tweets are full of quotation marks. Those around a text are taken off and those doubled in it made single, as the files of CheckThat! need
    it; where that does not work out the line is taken as it stands. A text goes on over lines without a tab alone, which are no queries.

    Args:
        path: the file.
        header: whether its first row names the columns.

    Raises:
        InputError: if it cannot be read, a row is not of two cells, an id is empty, has a space or is given twice, or there is none.
    """
    found: dict[str, Query] = {}
    with opened(path, Form.TSV) as (_, stream):
        lines = lines_of(stream, str(path), LIMITS)
        read = Delimited(lines, "\t", LIMITS.max_row_bytes, apart=True).rows(len(_QUERY))
        for row in islice(read, int(header), None):
            where = f"{path}:{row.line}"
            query = _query(row, where)
            if query.id in found:
                raise InputError(f"two queries have the id {query.id!r}", where=where, repair="give each its own")
            found[query.id] = query
    if not found:
        raise InputError("there are no queries", where=str(path))
    return tuple(found.values())


def _query(row: Cells, where: str) -> Query:
    if row.told:
        raise InputError("the line is no query", where=where, found=row.told, allowed="an id, a tab and a text")
    query_id, text = (cell.strip() for cell in row.cells)
    if not query_id:
        raise InputError("the query has no id", where=where, repair="a row of names is passed over with --header")
    return Query(check_word(query_id, "the id of the query", where), text)


def check_word(text: str, what: str, where: str) -> str:
    """Return a text that can stand between the blanks of a run.

    Args:
        text: an id or a tag.
        what: what it is, as it is told of.
        where: the file that it stands in.

    Raises:
        InputError: if it is empty, holds a space or half of a character.
    """
    if len(text.split()) != 1 or text.strip() != text:
        raise InputError(
            f"{what} must be one word", where=where, found=repr(text), repair="replace its blanks" if text else None
        )
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise InputError(
            f"{what} cannot be written", where=where, found=f"half of a character in {text!r}", allowed="text in UTF-8"
        )
    return text


def write_run(path: Path, ranked: Run, tag: str) -> None:
    """Write a run, whole or not at all.

    Scorers go by the score alone and put equal ones in an order of their own. So scores are written to twelve digits, without an exponent as
    CheckThat!'s checker asks, and one that would be written like the one before by one step less: that the order is found that is meant.

    Args:
        path: the file; one that is there is replaced.
        ranked: for each query the claims with their scores, best first.
        tag: what made the run.

    Raises:
        InputError: if an id or the tag is empty or has a space, a score is no number or rises, or the file cannot be written.
    """
    check_word(tag, "the tag of the run", str(path))
    lines = [line for query, found in ranked.items() for line in _ranking(query, found, tag, str(path))]
    write_whole(path, "".join(lines))


def _ranking(query: str, found: Mapping[str, float], tag: str, where: str) -> Iterator[str]:
    check_word(query, "the id of the query", where)
    step = _step(found.values())
    before, below = math.inf, Decimal("inf")
    for rank, (claim, score) in enumerate(found.items(), start=1):
        check_word(claim, "the id of the claim", where)
        if not math.isfinite(score) or score > before:
            problem = "a score must be a number, and no greater than the one before"
            raise InputError(problem, where=where, found=f"{score} for {claim!r}, query {query!r}")
        before, below = score, min(_rounded(score, step), below - step)
        yield f"{query}\tQ0\t{claim}\t{rank}\t{below:f}\t{tag}\n"


def _step(scores: Collection[float]) -> Decimal:
    """Return the place of the twelfth digit of the greatest score: readers that are off by the last digit of a double still tell two apart."""
    greatest = max((abs(score) for score in scores if math.isfinite(score)), default=0.0)
    digits = math.floor(math.log10(greatest)) if greatest else 0
    return Decimal(1).scaleb(max(digits, 0) - _DIGITS + 1)


def _rounded(score: float, step: Decimal) -> Decimal:
    return (Decimal(float(score)) / step).to_integral_value() * step


def read_run(path: Path) -> dict[str, dict[str, float]]:
    """Read a run: for each query the claims with their scores, in the order of the file.

    Args:
        path: the file.

    Raises:
        InputError: if it cannot be read, a line is not of six words, a rank or score is no number, or a claim is given twice for a query.
    """
    found: dict[str, dict[str, float]] = {}
    for words, where in _lines(path, _RUN):
        query, _, claim, rank, score, _ = words
        if not _RANK.fullmatch(rank):
            raise InputError("the rank is no whole number", where=where, found=repr(rank), allowed="0, 1 ...")
        claims = found.setdefault(query, {})
        if claim in claims:
            raise InputError(f"the claim {claim!r} is given twice for the query {query!r}", where=where)
        claims[claim] = _number(score, where)
    return found


def _number(text: str, where: str) -> float:
    found = float(text) if _SCORE.fullmatch(text) else math.nan
    if not math.isfinite(found):
        raise InputError("the score is no number", where=where, found=repr(text), allowed="such as 12, 0.5, 1e-3")
    return found


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgements: for each query the claims with their relevance; one that is given twice alike counts once.

    Args:
        path: the file.

    Raises:
        InputError: if it cannot be read, a line is not of four words, a relevance is no whole number, two contradict each other, or there is none.
    """
    found: dict[str, dict[str, int]] = {}
    for words, where in _lines(path, _QRELS):
        query, _, claim, text = words
        if not _RELEVANCE.fullmatch(text):
            raise InputError("the relevance is no whole number", where=where, found=repr(text), allowed="0, 1 ...")
        if found.setdefault(query, {}).setdefault(claim, int(text)) != int(text):
            raise InputError(f"the claim {claim!r} is judged in two ways for the query {query!r}", where=where)
    if not found:
        raise InputError("there are no judgements", where=str(path))
    return found


def _lines(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[list[str], str]]:
    """Yield the words of each line that has any, with its place."""
    with opened(path, Form.TSV) as (_, stream):
        for line in lines_of(stream, str(path), LIMITS):
            where = f"{path}:{line.number}"
            if line.told:
                raise InputError(line.told, where=where)
            words = line.text.split()
            if words and len(words) != len(columns):
                raise InputError(
                    "the line has the wrong number of words",
                    where=where,
                    found=str(len(words)),
                    allowed=" ".join(columns),
                )
            if words:
                yield words, where
