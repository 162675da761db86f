"""The command `valla` and its verbs."""

from __future__ import annotations

from typing import Annotated

import typer

from valla.cli import check, evaluate, find, importing, index, lint, publish, read, record, scan
from valla.version import VERSION

__all__ = ["app"]

app = typer.Typer(
    name="valla",
    help="Read a sweeping claim about the past, check it against a dated, sourced record, find where it is repeated, publish the answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"valla {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Take the options that belong to no verb."""


app.command("import", short_help="Turn a manuscript into a dossier.")(importing.import_command)
app.command("read", short_help="Show how a claim is read.")(read.read_command)
app.command("check", short_help="Check a claim against a record.")(check.check_command)
app.command("index", short_help="Make a library ready to be searched.")(index.index_command)
app.command("find", short_help="List the known claims nearest to a text.")(find.find_command)
app.command("eval", short_help="Tell how good a run is.")(evaluate.eval_command)
app.command("scan", short_help="Find where the claims of a library are repeated.")(scan.scan_command)
app.command("publish", short_help="Write the site of a casebook.")(publish.publish_command)
app.command("lint", short_help="Count what a casebook still lacks.")(lint.lint_command)
app.add_typer(record.app, name="record")
