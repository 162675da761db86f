"""`valla index`: a library to its index; and how other commands come by one."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valla.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from valla.scan.encoders.model import Encoder
    from valla.scan.index.model import Index
    from valla.scan.library.columns import Columns
    from valla.scan.library.model import Library

__all__ = [
    "ContextOption",
    "EncoderOption",
    "IdOption",
    "LanguageOption",
    "ModelOption",
    "TextOption",
    "VoicingsOption",
    "columns_of",
    "encoders_of",
    "index_command",
    "read_library",
]

IdOption = Annotated[
    str | None, typer.Option("--id", help="The column of the ids. Default: by its name.", metavar="COLUMN")
]
TextOption = Annotated[
    str | None, typer.Option("--text", help="The column of the claims. Default: by its name.", metavar="COLUMN")
]
ContextOption = Annotated[
    str | None,
    typer.Option("--context", help="Columns that say more of a claim, between commas.", metavar="COLUMN,..."),
]
VoicingsOption = Annotated[
    str | None,
    typer.Option("--voicings", help="Columns of the claim as it was told elsewhere.", metavar="COLUMN,..."),
]
LanguageOption = Annotated[str, typer.Option("--language", help="The language of the claims.", metavar="TAG")]
EncoderOption = Annotated[
    str,
    typer.Option(
        "--encoder", help="What compares meanings; neural needs the extra of that name.", metavar="static|neural"
    ),
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", help="With neural: a sentence-transformers model, a folder or a name.", metavar="MODEL"),
]


def index_command(  # noqa: PLR0913, PLR0917  each option of the command is a parameter
    library: Annotated[
        Path,
        typer.Argument(
            help="A casebook, a ClaimReview page or feed, or a table of claims.", metavar="LIBRARY", show_default=False
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write the index to.", metavar="FOLDER")],
    claim_id: IdOption = None,
    text: TextOption = None,
    context: ContextOption = None,
    voicings: VoicingsOption = None,
    language: LanguageOption = "en",
    encoder: EncoderOption = "static",
    model: ModelOption = None,
) -> None:
    """Work out once what a search needs to know of a library; with claims added, the vectors of the others are kept."""
    from valla.scan.index.build import build
    from valla.scan.index.folder import write_index
    from valla.scan.index.place import check_place
    from valla.scan.words import LANGUAGES, primary

    _refuse_replacing(output, {"the library": library, "the model": model})
    check_place(output)
    start = time.perf_counter()
    claims = read_library(library, columns_of(claim_id, text, context, voicings))
    encoders = encoders_of(encoder, model)
    known = _known(output)
    index = build(claims, encoders, language=language, known=known)
    write_index(index, output)
    kept = _kept(index, known, encoders)
    told = f"{len(index.claims):,} claims, {len(index.wordings):,} wordings: {kept:,} reused"
    typer.echo(f"{told}, {len(index.wordings) - kept:,} built; {time.perf_counter() - start:.1f} seconds")
    if primary(language) not in LANGUAGES:
        typer.echo(f"valla: there is no stemmer for {language!r}: words are compared whole", err=True)


def _refuse_replacing(folder: Path, sources: Mapping[str, Path | None]) -> None:
    """Refuse a folder that holds what the index is made of: all of it is replaced."""
    place = folder.resolve()
    for what, source in sources.items():
        if source is not None and source.exists() and source.resolve().is_relative_to(place):
            raise InputError(f"the index would replace {what}", where=str(folder), repair="name another folder")


def _known(folder: Path) -> Index | None:
    """The index that is there already; one that is damaged or of another format is made anew."""
    from valla.scan.index.folder import is_index, open_index

    if not is_index(folder):
        return None
    try:
        index = open_index(folder)
        has_words = any(index.wordings)  # its claims are read only now, and may be what is damaged
    except InputError as error:
        typer.echo(f"valla: {error.problem}; it is made anew", err=True)
        return None
    return index if has_words else None


def _kept(index: Index, known: Index | None, encoders: Sequence[Encoder]) -> int:
    if known is None or any(encoder.name not in known.vectors for encoder in encoders):
        return 0
    old = set(known.wordings)
    return sum(wording in old for wording in index.wordings)


def columns_of(claim_id: str | None, text: str | None, context: str | None, voicings: str | None) -> Columns | None:
    """Return the columns that options name; None where they name none."""
    from valla.scan.library.columns import Columns

    if claim_id is text is context is voicings is None:
        return None
    return Columns(claim_id, text, _listed(context), _listed(voicings))


def _listed(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (names or "").split(",") if name.strip())


def read_library(path: Path, columns: Columns | None) -> Library:
    """Read a library and say on standard error what of it was left out."""
    from valla.scan.index.place import HEAD, is_index, is_left_of_index
    from valla.scan.library.opening import open_library

    if is_index(path):
        raise InputError("this is an index already", where=str(path), repair="name the library that it was made of")
    if is_left_of_index(path):
        told, repair = f"this looks like an index without its head, {HEAD}", "make it again with valla index"
        raise InputError(told, where=str(path), repair=repair)
    opened = open_library(path, columns=columns)
    for problem in opened.problems:
        typer.echo(f"valla: {problem}", err=True)
    return opened.library


def encoders_of(name: str, model: Path | None) -> list[Encoder]:
    """Return the encoders whose vectors an index needs: the static one goes before every other."""
    from valla.scan.encoders.choice import encoder_of
    from valla.scan.encoders.static import load

    asked = encoder_of(name, model, threads=os.cpu_count() or 1)
    return [load()] if name == "static" else [load(), asked]
