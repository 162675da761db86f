"""`valla lint`: what a casebook still lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["lint_command"]


def lint_command(
    casebook: Annotated[
        Path | None, typer.Argument(help="The folder of a casebook. Default: the bundled one.", metavar="CASEBOOK")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List each finding, not only how many there are.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Part acts and witnesses of an older casebook; nothing is lost.")
    ] = False,
) -> None:
    """Count what a casebook lacks: locators, sources, dates on which secret acts became known."""
    from valla.casebook.folder import bundled, open_casebook
    from valla.casebook.lint import lint

    folder = casebook or bundled()
    if fix:
        _fix(folder)
    findings = lint(open_casebook(folder))
    for rule, places in findings.items():
        typer.echo(f"{len(places):5d}  {rule}")
        if every:
            for place in places:
                typer.echo(f"         {place}")
    if not findings:
        typer.echo("nothing is missing")


def _fix(folder: Path) -> None:
    from valla.casebook.migration import migrate

    found = migrate(folder)
    if found is None:
        typer.echo("nothing to fix: acts and witnesses stand apart already")
        return
    typer.echo(f"{len(found.acts)} acts and {len(found.witnesses)} witnesses stand apart")
    for joined, act in found.renamed.items():
        typer.echo(f"  {joined} is a witness of {act}")
