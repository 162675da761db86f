"""`valla scan`: where a casebook's myths are repeated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["scan_command"]


def scan_command(
    files: Annotated[list[Path], typer.Argument(help="Text files to scan.", metavar="FILE", show_default=False)],
    library: Annotated[
        Path | None, typer.Option("--library", "-l", help="A casebook. Default: the bundled one.", metavar="CASEBOOK")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Find the sentences that repeat a myth of a casebook, with their exact place in the text."""
    from valla.casebook.folder import bundled, open_casebook
    from valla.scan.library import from_casebook
    from valla.scan.scanner import scan_files

    found = list(scan_files(files, from_casebook(open_casebook(library or bundled()))))
    for sighting in found:
        if as_json:
            typer.echo(json.dumps(sighting.as_data(), ensure_ascii=False))
        else:
            where = f"{sighting.file}:{sighting.start}-{sighting.end}"
            typer.echo(
                f"{where}  myth {sighting.dossier}  {sighting.score:.2f} {sighting.decision}  {' '.join(sighting.text.split())}"
            )
    if not as_json:
        typer.echo(
            f"{len(found)} sighting{'' if len(found) == 1 else 's'} in {len(files)} file{'' if len(files) == 1 else 's'}",
            err=True,
        )
