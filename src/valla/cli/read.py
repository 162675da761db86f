"""`valla read`: a claim to its readings."""

from __future__ import annotations

from typing import Annotated

import typer

from valla.cli.printing import json_told

__all__ = ["read_command"]


def read_command(
    claim: Annotated[str, typer.Argument(help="The claim, in English.", metavar="CLAIM", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the readings as data.")] = False,
) -> None:
    """Show how a claim is read: quantifier, relation, actors, period, and each assumption."""
    from valla.check.report import reading_line
    from valla.claims.reading import read
    from valla.claims.serial import to_json

    readings = read(claim)
    if as_json:
        typer.echo(json_told([to_json(reading) for reading in readings]))
        return
    for number, reading in enumerate(readings, start=1):
        typer.echo(f"{number}. {reading_line(reading)}  ({reading.score:.2f})")
        for assumption in reading.assumptions:
            typer.echo(f"   - {assumption}")
