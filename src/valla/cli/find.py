"""`valla find`: the known claims that are nearest to a text, or to each of many."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from valla.cli.index import (
    ContextOption,
    EncoderOption,
    IdOption,
    ModelOption,
    TextOption,
    VoicingsOption,
    columns_of,
    encoders_of,
    read_library,
)
from valla.cli.inputs import refuse_replacing
from valla.cli.printing import json_told, shown
from valla.errors import InputError
from valla.files import probe, standard_input

if TYPE_CHECKING:
    from valla.exchange.trec import Query
    from valla.scan.find import Finder, Match
    from valla.scan.library.columns import Columns

__all__ = ["find_command"]

MAX_TEXT_BYTES = 1_000_000
MAX_TOP = 1000
LEAST_SHOWN = 0.005
"""Where not even the first claim is so probable, only data show them."""


def find_command(  # noqa: PLR0913, PLR0917  each option of the command is a parameter
    text: Annotated[
        str | None, typer.Argument(help="A short text; - reads standard input.", metavar="TEXT", show_default=False)
    ] = None,
    library: Annotated[
        Path | None,
        typer.Option(
            "--library", "-l", help="A library or its index. Default: the bundled casebook.", metavar="LIBRARY"
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", help="How many claims to list.", metavar="NUMBER")] = 5,
    queries: Annotated[
        Path | None,
        typer.Option(
            "--queries",
            help="Find for many texts: a TSV of id and text. Of a text only the first 5,000 characters count.",
            metavar="FILE",
        ),
    ] = None,
    header: Annotated[bool, typer.Option("--header", help="With --queries: pass over the first row.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="With --queries: the run to write.", metavar="RUN")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the claims as data.")] = False,
    encoder: EncoderOption = "static",
    model: ModelOption = None,
    claim_id: IdOption = None,
    claim: TextOption = None,
    context: ContextOption = None,
    voicings: VoicingsOption = None,
) -> None:
    """List the known claims that are nearest to a text, each with the probability that the text is about it."""
    _refuse_what_does_not_fit(text, queries, output, header=header, as_json=as_json)
    if not 1 <= top <= MAX_TOP:
        raise InputError("so many claims cannot be listed", where="--top", found=str(top), allowed=f"1 to {MAX_TOP}")
    asked = _text(text) if text is not None else ""
    if output is not None:
        refuse_replacing(output, "the queries", [queries])
        refuse_replacing(output, "the library", [library])
        refuse_replacing(output, "the model", [model])
        probe(output, may_be_stream=True)
    many = _queries(queries, header=header)
    columns = columns_of(claim_id, claim, context, voicings)
    finder = _finder(library, columns, encoder, model)
    if output is not None:
        _write_run(finder, many, top, output, tag=f"valla-{encoder}")
        return
    found = _as_rows(finder.find(asked, top=top))
    typer.echo(json_told(found) if as_json else "\n".join(_lines(found)))


def _refuse_what_does_not_fit(
    text: str | None, queries: Path | None, output: Path | None, *, header: bool, as_json: bool
) -> None:
    if (text is None) == (queries is None):
        problem = "TEXT and --queries are both given" if text is not None else "there is nothing to look for"
        raise InputError(problem, allowed="one of TEXT, --queries", repair="valla find 'Poland never signed a pact'")
    if queries is not None and output is None:
        raise InputError("the run has no place", repair="name it: -o RUN")
    unfit = {"--header": header, "--output": output is not None} if queries is None else {"--json": as_json}
    for name in (name for name, given in unfit.items() if given):
        raise InputError(f"{name} does not go with {'--queries' if queries else 'TEXT'}", repair=f"leave {name} out")


def _text(given: str) -> str:
    """The text itself, or what standard input holds; a long one is no text to look for, but one to look into."""
    from valla.scan.find import MAX_QUERY_CHARS

    if given != "-":
        text = given
        if _is_file(given):
            typer.echo(f"valla: {given} is looked for as a text; to look into the file: valla scan {given}", err=True)
    else:
        data = standard_input().read(MAX_TEXT_BYTES + 1)
        if len(data) > MAX_TEXT_BYTES:
            raise InputError(
                "the text is too long", where="standard input", allowed=f"at most {MAX_TEXT_BYTES:,} bytes"
            )
        text = data.decode("utf-8-sig", "replace")
    if not text.strip():
        raise InputError("there is nothing to look for", found="an empty text")
    if len(text.strip()) > MAX_QUERY_CHARS:
        raise InputError(
            "the text is too long to be looked for: that is a document",
            found=f"{len(text):,} characters",
            allowed=f"at most {MAX_QUERY_CHARS:,}",
            repair="valla scan it",
        )
    return text


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or with a sign that none has
        return False


def _finder(library: Path | None, columns: Columns | None, encoder: str, model: Path | None) -> Finder:
    """A search in an index that is there, or in one that is kept in the user's cache."""
    from valla.casebook.folder import bundled
    from valla.scan.find import Finder
    from valla.scan.index.cached import Source, kept
    from valla.scan.index.folder import is_index, open_index

    encoders = encoders_of(encoder, model)
    path = library or bundled()
    with ExitStack() as used:
        if not is_index(path):
            source = Source(path, f"{encoder} {model} {columns!r}" if columns else f"{encoder} {model}")
            index = open_index(used.enter_context(kept(read_library(path, columns), encoders, source)))
        elif columns is not None:
            raise InputError("an index has no columns", where=str(path), repair="leave --id, --text and the like out")
        else:
            index = open_index(path)
        index.check_encoder(encoders[-1])
        return Finder(index, encoders[-1])


def _queries(path: Path | None, *, header: bool) -> Sequence[Query]:
    from valla.exchange.trec import read_queries

    return read_queries(path, header=header) if path is not None else ()


def _write_run(finder: Finder, queries: Sequence[Query], top: int, output: Path, tag: str) -> None:
    from valla.exchange.trec import check_word, write_run

    for claim in finder.index.claims:
        check_word(claim.id, "the id of a claim", "the library")
    run = _run(finder, queries, top)
    write_run(output, run, tag=tag)
    empty = sum(not found for found in run.values())
    told = f"; {empty} of {len(run)} queries found nothing" if empty else ""
    typer.echo(f"wrote {output}{told}", err=True)


def _run(finder: Finder, queries: Sequence[Query], top: int) -> dict[str, dict[str, float]]:
    found = finder.find_many([query.text for query in queries], top=top)
    return {query.id: _scores(matches) for query, matches in zip(queries, found, strict=True)}


def _scores(matches: Sequence[Match]) -> dict[str, float]:
    """The probabilities by claim; none above the one before, since a run is read by its scores alone."""
    falling = accumulate((match.probability for match in matches), min)
    return dict(zip((match.claim.id for match in matches), falling, strict=True))


def _as_rows(found: Sequence[Match]) -> list[dict[str, Any]]:
    return [
        {
            "rank": rank,
            "probability": round(match.probability, 4),
            "id": match.claim.id,
            "claim": match.claim.text,
            "wording": match.wording,
            "dossier": match.claim.number,
        }
        for rank, match in enumerate(found, start=1)
    ]


def _lines(found: Sequence[dict[str, Any]]) -> list[str]:
    if not found or found[0]["probability"] < LEAST_SHOWN:
        return ["no claim of the library is near"]
    return list(map(_line, found))


def _line(row: dict[str, Any]) -> str:
    return shown(f"{row['rank']:>3}  {row['probability']:.2f}  {row['id']}  {' '.join(row['claim'].split())}")
