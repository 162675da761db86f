"""`valla scan`: where the claims of a library are repeated, rebutted or reported."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valla.cli.index import EncoderOption, ModelOption, encoders_of, read_library
from valla.cli.inputs import refuse_replacing
from valla.cli.printing import shown
from valla.errors import InputError
from valla.files import is_same, probe
from valla.scan.documents.options import Form
from valla.scan.model import Settings, Sighting, Stance

if TYPE_CHECKING:
    from collections.abc import Callable

    from valla.scan.batch.model import Factory, Summary
    from valla.scan.batch.progress import Progress
    from valla.scan.batch.request import Request
    from valla.scan.batch.sinks import Sink
    from valla.scan.documents.model import Problem
    from valla.scan.library.model import Library

__all__ = ["human_line", "matcher_for", "scan_command", "told"]

STOPPED = 130
"""The exit code of a scan that Ctrl-C stopped: 128 and the number of the signal, as shells have it."""


def matcher_for(
    library: Path | None, encoder: str, model: Path | None, settings: Settings, used: ExitStack
) -> tuple[Factory, str]:
    """Return what makes the matcher in each process, and the fingerprint of the library and its index.

    Args:
        library: a casebook, any list of claims, or an index; the bundled casebook where it is None.
        encoder: which encoder.
        model: its model, a folder or a name.
        settings: the thresholds.
        used: until it is closed, an index in the user's cache stays there.
    """
    from valla.casebook.folder import bundled
    from valla.scan.index.cached import Source, kept
    from valla.scan.index.folder import is_index, open_index
    from valla.scan.matching import Matching

    folder = path = library or bundled()
    if not is_index(path):
        source = Source(path, f"{encoder} {model}")
        folder = used.enter_context(kept(_library(path), encoders_of(encoder, model), source))
    fingerprint = open_index(folder).fingerprint
    return Matching(folder, encoder, model, settings, fingerprint), fingerprint


def _library(path: Path) -> Library:
    """Read a library; its columns cannot be named here, where --id and --text are those of the texts."""
    from valla.scan.library.columns import ColumnError

    try:
        return read_library(path, None)
    except ColumnError as error:
        made = f"make an index with it: valla index {path} {error.option} COLUMN -o FOLDER, then scan with --library FOLDER"
        raise InputError(
            error.problem, where=error.where, found=error.found, allowed=error.allowed, repair=made
        ) from error


def scan_command(  # noqa: PLR0913, PLR0917  a command has as many options as it has
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Texts, HTML, Markdown, CSV, TSV, JSON lines, Parquet, folders of them, - for standard input.",
            metavar="PATH",
            show_default=False,
        ),
    ],
    library: Annotated[
        Path | None,
        typer.Option(
            "--library", "-l", help="The claims to look for. Default: the bundled casebook.", metavar="LIBRARY"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where the sightings go: .jsonl or .parquet.", metavar="FILE", show_default=False
        ),
    ] = None,
    annotations: Annotated[
        Path | None,
        typer.Option(
            help="Where they go as W3C Web Annotations: .jsonld, or .jsonl for one a line.",
            metavar="FILE",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    workers: Annotated[
        int | None, typer.Option(help="How many processes. Default: as many as cores.", metavar="N", show_default=False)
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option(
            "--id", help="In a table of texts, the column of their ids; not in the library.", metavar="COLUMN"
        ),
    ] = None,
    text_column: Annotated[
        str | None,
        typer.Option(
            "--text", help="In a table of texts, the column that holds them; not in the library.", metavar="COLUMN"
        ),
    ] = None,
    form: Annotated[
        Form,
        typer.Option(
            help=f"What standard input is, and files whose names do not tell: {', '.join(Form)}.", metavar="FORM"
        ),
    ] = Form.TEXT,
    encoder: EncoderOption = "static",
    model: ModelOption = None,
    confirm: Annotated[
        float, typer.Option(help="Probability from which on a sighting is confirmed.", metavar="P")
    ] = Settings().confirm,
    suggest: Annotated[
        float,
        typer.Option(
            help="Probability from which on it is suggested; what is less is left out. A lower one takes longer.",
            metavar="P",
        ),
    ] = Settings().suggest,
    stance: Annotated[
        list[Stance] | None,
        typer.Option(
            help="Keep those alone; may be given several times.", metavar="repeats|rebuts|reports", show_default=False
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No bar and no last line.")] = False,
) -> None:
    """Find the passages that repeat, rebut or report the claims of a library, with their exact place in the texts.

    A scan to a file that is stopped, even killed, goes on where it was when the same command is given again. What cannot be read
    is told in a line and passed over; the exit code is 2 only where nothing could be read.
    """
    from valla.scan.batch.progress import watched
    from valla.scan.batch.request import Request
    from valla.scan.batch.run import TASK_BYTES
    from valla.scan.documents.options import Options

    settings = Settings(confirm, suggest)
    _check(settings, workers, as_json=as_json and bool(out or annotations))
    _refuse_missing(paths)
    sinks = _sinks(out, annotations)
    for sink in sinks:
        _refuse_place(sink.path, paths, library, model)
    # lines on a terminal are progress enough, and a bar would stand among them
    progress = watched(quiet=quiet or not (sinks or not sys.stdout.isatty()))
    with ExitStack() as used:
        factory, fingerprint = matcher_for(library, encoder, model, settings, used)
        request = Request(
            paths=tuple(paths),
            factory=factory,
            library=fingerprint,
            settings=f"{encoder} {model} {settings!r}",
            options=Options(id=id_column, text=text_column, form=form, unit_bytes=TASK_BYTES),
            stances=frozenset(stance or Stance),
            workers=workers,
        )
        begun = time.monotonic()
        summary = _done(request, sinks, progress, as_json=as_json)
    if summary.troubled and not summary.documents:
        raise typer.Exit(InputError.exit_code)
    if not quiet:
        typer.echo(told(summary, time.monotonic() - begun, progress.characters), err=True)


def _done(request: Request, sinks: list[Sink], progress: Progress, *, as_json: bool) -> Summary:
    try:
        return _scanned(request, sinks, progress) if sinks else _printed(request, progress, as_json=as_json)
    except KeyboardInterrupt:
        progress.end()
        again = "; the same command goes on from here" if sinks else ""
        typer.echo(f"valla: stopped{again}", err=True)
        raise typer.Exit(STOPPED) from None


def _check(settings: Settings, workers: int | None, *, as_json: bool) -> None:
    if not 0 <= settings.suggest <= settings.confirm <= 1:
        raise InputError(
            "the thresholds are not in order",
            found=f"--suggest {settings.suggest} --confirm {settings.confirm}",
            allowed="0 <= suggest <= confirm <= 1",
        )
    if workers is not None and workers < 1:
        raise InputError("a scan needs a process", found=f"--workers {workers}", allowed="1 or more")
    if as_json:
        raise InputError(
            "--json prints the sightings, --output and --annotations write them to files", repair="choose one"
        )


def _refuse_missing(paths: list[Path]) -> None:
    """Refuse a scan of nothing that is there, before a library is opened for it."""
    if not any(str(path) == "-" or path.exists() for path in paths):
        raise InputError("there is no such file or folder", where=", ".join(map(str, paths)))


def _sinks(out: Path | None, annotations: Path | None) -> list[Sink]:
    from valla.exchange.annotation import annotation_sink
    from valla.scan.batch.sinks import sink_for

    if out is not None and annotations is not None and is_same(out, annotations):
        raise InputError("sightings and annotations cannot go to one file", where=str(annotations), repair="name two")
    sinks: list[Sink] = [sink_for(out)] if out else []
    return [*sinks, annotation_sink(annotations)] if annotations else sinks


def _refuse_place(result: Path, texts: list[Path], library: Path | None, model: Path | None) -> None:
    """Refuse a result that cannot be written, or replaces what it is made of, before hours are spent on it."""
    refuse_replacing(result, "a text that is to be scanned", [text for text in texts if not text.is_dir()])
    refuse_replacing(result, "the library", [library])
    refuse_replacing(result, "the model", [model])
    probe(result)


def _scanned(request: Request, sinks: list[Sink], progress: Progress) -> Summary:
    from valla.scan.batch.request import scan_paths

    return scan_paths(request, sinks, tell=_teller(progress), progress=progress)


def _printed(request: Request, progress: Progress, *, as_json: bool) -> Summary:
    from valla.scan.batch.model import Summary
    from valla.scan.batch.parts import as_line
    from valla.scan.batch.request import sightings_of

    whole = [Summary()]
    with closing(sightings_of(request, tell=_teller(progress), done=whole.append, progress=progress)) as sightings:
        for sighting in sightings:
            sys.stdout.write(as_line(sighting).decode("ascii") if as_json else f"{human_line(sighting)}\n")
    sys.stdout.flush()
    return whole[-1]


def _teller(progress: Progress) -> Callable[[Problem], None]:
    def tell(problem: Problem) -> None:
        progress.tell(f"valla: {shown(problem.document)}: {shown(problem.told)}")

    return tell


def human_line(sighting: Sighting) -> str:
    """Return a sighting as a line for people.

    Args:
        sighting: what was found.
    """
    where = f"{sighting.document}:{sighting.start}-{sighting.end}"
    verdict = f"{sighting.probability:.2f} {sighting.decision} {sighting.stance}"
    return shown("  ".join((where, sighting.claim, verdict, " ".join(sighting.quotation.split()))))


_WORTH_A_SPEED = 1_000_000


def told(summary: Summary, seconds: float, characters: int) -> str:
    """Return the last line of a scan.

    Args:
        summary: what came of it.
        seconds: how long it took.
        characters: how many were scanned in that time; fewer than in all texts where a scan went on.
    """
    parts = [
        f"{_counted(summary.sightings, 'sighting')} ({summary.confirmed:,} confirmed, {summary.suggested:,} suggested)",
        f"in {_counted(summary.documents, 'document')};",
        f"{_counted(summary.troubled, 'problem')};" if summary.troubled else "",
        f"{seconds:,.1f} s",
    ]
    if characters >= _WORTH_A_SPEED:
        parts[-1] += f", {characters / 1e6 / max(seconds, 1e-3):,.1f} million characters a second"
    return " ".join(filter(None, parts))


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
