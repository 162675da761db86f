"""`valla import`: a manuscript to a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["import_command"]


def import_command(
    file: Annotated[Path, typer.Argument(help="The manuscript: .txt or .md.", metavar="FILE", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to write the dossier to.", metavar="FOLDER")
    ] = Path(),
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a dossier that was edited since.")] = False,
) -> None:
    """Turn a manuscript into a dossier, and write beside it what became of each of its lines."""
    from valla.dossier.manuscript.importer import import_manuscript, write

    imported = import_manuscript(file)
    for path in write(imported, output, replace=replace):
        typer.echo(f"wrote {path}")
    unplaced = [placement for placement in imported.placements if placement.role == "unplaced"]
    for placement in unplaced:
        typer.echo(f"unplaced: line {placement.line}: {placement.text}", err=True)
    for warning in imported.dossier.warnings:
        typer.echo(f"warning: {warning}", err=True)
