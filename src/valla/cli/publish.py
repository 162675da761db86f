"""`valla publish`: a casebook to a site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["publish_command"]


def publish_command(
    casebook: Annotated[Path, typer.Argument(help="The folder of a casebook.", metavar="CASEBOOK", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to write the site to.", metavar="FOLDER")
    ] = Path("site"),
) -> None:
    """Check every myth of a casebook and write its site: plain HTML that needs no server."""
    from valla.casebook.folder import open_casebook
    from valla.site.publish import publish

    site = publish(open_casebook(casebook), output)
    for warning in site.warnings:
        # what is merely recommended for search engines is no fault of the site
        if ": ClaimReview: " not in warning:
            typer.echo(warning, err=True)
    typer.echo(f"wrote {len(site.pages)} pages; open {output / 'index.html'}")
