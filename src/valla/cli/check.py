"""`valla check`: a claim to a verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valla.cli.inputs import RecordOption, open_record, read_text, reading_from, refuse_replacing, write_whole
from valla.cli.printing import json_told
from valla.errors import ClaimError, VallaError
from valla.files import probe

if TYPE_CHECKING:
    from valla.check.model import Verdict
    from valla.claims.model import Reading
    from valla.record.store import Record

__all__ = ["check_command"]


def check_command(  # noqa: PLR0913, PLR0917  each option of the command is a parameter
    claim: Annotated[
        str | None, typer.Argument(help="The claim, in English.", metavar="CLAIM", show_default=False)
    ] = None,
    record: RecordOption = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help='Check many claims: a file of lines {"id", "text"}.', metavar="FILE")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Check every sweeping claim of a text.", metavar="FILE")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="With --batch: the file to write.", metavar="FILE")
    ] = None,
    reading: Annotated[
        str | None,
        typer.Option("--reading", help="A reading as JSON, or a file of it, instead of a claim.", metavar="JSON"),
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", help="Count only open, or only secret, acts.", metavar="open|secret")
    ] = None,
    known_by: Annotated[
        str | None, typer.Option("--known-by", help="Count only what was public on that day.", metavar="DATE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as data.")] = False,
    svg: Annotated[Path | None, typer.Option("--svg", help="Write the timeline to this file.", metavar="FILE")] = None,
    engine: Annotated[
        str | None,
        typer.Option("--engine", help="Where the queries run: duckdb, spark, or an Ibis address.", metavar="URL"),
    ] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Print the queries that were run.")] = False,
) -> None:
    """Check a claim against a record: the verdict, the acts that decide it, phases, what would overturn it."""
    _refuse_what_does_not_fit(
        {"a claim": claim, "--reading": reading, "--batch": batch, "--file": file},
        {"--channel": channel, "--known-by": known_by, "--svg": svg, "--sql": sql or None, "--engine": engine},
        output,
    )
    for result in (output, svg):
        if result is not None:
            refuse_replacing(result, "the claims", [batch])
            refuse_replacing(result, "the record", record or [])
            probe(result, may_be_stream=True)
    if batch is not None:
        _batch(batch, output, record)
        return
    if file is not None:
        _file(file, record, as_json=as_json)
        return
    opened = open_record(record, engine=engine)
    readings = _readings(claim, reading, opened, (channel, known_by))
    verdict = _check(readings[0], opened, sql=sql)
    others = _others(readings[1:], opened)
    if svg:
        from valla.check.timeline import timeline

        write_whole(svg, timeline(verdict))
    _tell(verdict, others, opened, as_json=as_json, sql=sql)


def _refuse_what_does_not_fit(asked: dict[str, object], single: dict[str, object], output: Path | None) -> None:
    """Refuse none or several things to check, and options that would be passed over in silence."""
    named = [name for name, value in asked.items() if value is not None]
    if len(named) != 1:
        problem = f"{' and '.join(named)} are given" if named else "nothing to check"
        raise ClaimError(
            problem, allowed=f"one of {', '.join(asked)}", repair="valla check 'Germany never attacked Sweden'"
        )
    unfit = [name for name, value in single.items() if value is not None] if named[0] in {"--batch", "--file"} else []
    if output is not None and named[0] != "--batch":
        unfit.append("--output")
    if unfit:
        raise ClaimError(f"{unfit[0]} does not go with {named[0]}", repair=f"leave {unfit[0]} out")


def _batch(file: Path, output: Path | None, record: list[Path] | None) -> None:
    from valla.check.batch import check_batch, claims_in

    lines = read_text(file).splitlines()
    answers = check_batch(claims_in(lines, str(file)), open_record(record, in_memory=True))
    text = "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_whole(output, text)
        typer.echo(f"wrote {output}", err=True)


def _file(file: Path, record: list[Path] | None, *, as_json: bool) -> None:
    from valla.actors.leaders import finder
    from valla.cli.sweeping import as_lines, as_rows
    from valla.dossier.manuscript.readers import read_manuscript
    from valla.scan.sweeps import sweeps

    opened = open_record(record)
    found = sweeps(read_manuscript(file), find=finder(opened.people))
    rows = as_rows(found, lambda reading: _check(reading, opened))
    for line in (json_told(row, None) for row in rows) if as_json else as_lines(rows, file):
        typer.echo(line)


def _readings(
    claim: str | None, reading: str | None, record: Record, narrower: tuple[str | None, str | None]
) -> list[Reading]:
    from valla.actors.leaders import finder
    from valla.check.options import narrowed
    from valla.claims.reading import read

    found = read(claim, find=finder(record.people)) if claim is not None else (reading_from(reading or ""),)
    return [narrowed(one, *narrower) for one in found]


def _check(reading: Reading, record: Record, *, sql: bool = False) -> Verdict:
    from valla.check.engine import check

    return check(reading, record, sql=sql)


def _others(readings: list[Reading], record: Record) -> list[tuple[Reading, str]]:
    """What the less likely readings would come to; a reading that cannot be checked says why."""
    found = []
    for reading in readings:
        try:
            found.append((reading, str(_check(reading, record).outcome)))
        except VallaError as error:
            found.append((reading, str(error)))
    return found


def _tell(verdict: Verdict, others: list[tuple[Reading, str]], record: Record, *, as_json: bool, sql: bool) -> None:
    from valla.check.report import as_data, as_text, reading_line
    from valla.claims.serial import to_json

    if as_json:
        alternatives = [{"reading": to_json(reading), "verdict": outcome} for reading, outcome in others]
        queries = {"sql": list(verdict.sql)} if sql else {}
        data = {**as_data(verdict), "other_readings": alternatives, **queries}
        typer.echo(json_told(data))
        return
    typer.echo(as_text(verdict, record.sources))
    if others:
        typer.echo("\nIt can also be read")
        for reading, outcome in others:
            typer.echo(f"  {reading_line(reading)}: {outcome}")
    if sql:
        typer.echo("".join(f"\n{query};\n" for query in verdict.sql), nl=False)
