"""`valla record`: look into a record, and add datasets to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from valla.record.schema import Act

__all__ = ["app"]

_WIDEST_DATE = 22
"""As wide as two days and a mark: `1939-08-23/1941-06-22?`."""

app = typer.Typer(help="Look into a record, and add datasets to it.", no_args_is_help=True, rich_markup_mode=None)


@app.command("add", short_help="Add a dataset to a record.")
def add_command(
    mapping: Annotated[
        str,
        typer.Argument(
            help="A mapping: a built-in name, as in atop, or a .toml file.", metavar="MAPPING", show_default=False
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(
            help="The dataset: CSV, TSV or Parquet; text also in gzip or zip.", metavar="FILE", show_default=False
        ),
    ],
    to: Annotated[
        Path, typer.Option("--to", help="The record; made if there is none.", metavar="FOLDER", show_default=False)
    ],
) -> None:
    """Add a dataset's file to a record; adding the same file again changes nothing."""
    from valla.record.folder import add
    from valla.record.limits import limits_from

    added = add(mapping, file, to, limits=limits_from())
    if added.unchanged:
        typer.echo(f"{to} has this file already; nothing was changed")
        return
    gave = f"{added.leaders} leaders" if added.leaders else f"{added.acts} acts"
    typer.echo(f"{added.rows} rows gave {gave} ({added.dataset})")
    for reason, count in added.aside.items():
        typer.echo(f"set aside: {count} {'row' if count == 1 else 'rows'}: {reason}", err=True)
    if added.aside_file:
        typer.echo(f"listed in {added.aside_file}", err=True)


@app.command("acts")
def acts_command(
    record: Annotated[
        Path | None, typer.Argument(help="A casebook or a record. Default: the bundled casebook.", metavar="FOLDER")
    ] = None,
    between: Annotated[tuple[str, str] | None, typer.Option("--between", help="Two actors.", metavar="A B")] = None,
    period: Annotated[str, typer.Option("--period", help="EDTF, as in 1922/1941.", metavar="DATE")] = "../..",
) -> None:
    """List acts, in order of time."""
    from valla.cli.inputs import open_record
    from valla.record.listing import acts_between

    found = acts_between(open_record([record] if record else None), between, period)
    width = min(max((len(act.when.text) for act in found), default=0), _WIDEST_DATE)
    for act in found:
        typer.echo(_line(act, width))
    if not found:
        typer.echo("no acts", err=True)


def _line(act: Act, width: int) -> str:
    """An act with its witnesses; the dates of all lines are equally wide."""
    from valla.check.report import act_line, cited

    date = act.when.text
    sources = "; ".join(cited(witness, {}) for witness in act.witnesses if witness.source) or "no source"
    told = [f"{date:<{width}}{act_line(act)[len(date) :]}", act.channel if act.channel != "open" else "", act.summary]
    return f"{' · '.join(part for part in told if part)}  [{sources}]"


@app.command("info", short_help="Say what a record holds.")
def info_command(
    record: Annotated[
        Path | None, typer.Argument(help="A casebook or a record. Default: the bundled casebook.", metavar="FOLDER")
    ] = None,
) -> None:
    """Say what a record holds: acts, kinds, actors, coverage, sources."""
    from valla.cli.inputs import open_record
    from valla.record.folder import describe, is_record
    from valla.record.listing import info

    for line in info(open_record([record] if record else None)):
        typer.echo(line)
    if record and is_record(record):
        for line in describe(record):
            typer.echo(line)
