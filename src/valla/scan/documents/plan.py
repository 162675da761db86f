"""What is to be read, as units of work in a fixed order, before anything of it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from valla.errors import InputError
from valla.scan.documents.characters import READ_BYTES, Characters
from valla.scan.documents.cutting import CONTEXT_CHARS, place_to_cut
from valla.scan.documents.faults import FAULTS, told
from valla.scan.documents.options import STANDARD_INPUT, SUFFIXES, Form, Options
from valla.scan.documents.parquet import parquet_units
from valla.scan.documents.paths import Found, files_of
from valla.scan.documents.rows import columns_in
from valla.scan.documents.streams import is_packed, opened
from valla.scan.documents.units import Unit

__all__ = ["form_of", "plan", "units"]

_WORTH_SPLITTING = 2
"""A file is split that is as long as so many units."""


def units(paths: Iterable[Path], options: Options) -> list[Unit]:
    """Return the units of work that some paths amount to: the same for the same files, in the same order.

    Each can be read by itself, in any process (but standard input only where it is piped in). Files are units, with these exceptions,
    which are split: row groups of Parquet, and long files of JSON lines and of text. These two are run through for that, once, fast.

    Args:
        paths: files, folders and `-`.
        options: how to read them.
    """
    return list(plan(paths, options))


def plan(paths: Iterable[Path], options: Options) -> Iterator[Unit]:
    """Yield what `units` returns, one by one, for folders of millions of files.

    Args:
        paths: files, folders and `-`.
        options: how to read them.
    """
    for found in files_of(paths):
        document = found.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if found.problem:
            yield Unit(found.path, document, problem=found.problem)
            continue
        try:
            yield from _units_of(found, document, form_of(found.path, options), options)
        except FAULTS as error:
            yield Unit(found.path, document, problem=told(error))


def form_of(path: str, options: Options) -> Form:
    """Return how a file is written, by its suffix.

    Args:
        path: the file.
        options: how one is written whose suffix says nothing.
    """
    name = path.rpartition("/")[2].lower().removesuffix(".gz")
    return options.form if path == STANDARD_INPUT else SUFFIXES.get(Path(name).suffix, options.form)


def _units_of(found: Found, document: str, form: Form, options: Options) -> Iterator[Unit]:
    if form is Form.PARQUET:
        yield from parquet_units(found.path, document, options)
    elif found.bytes < _WORTH_SPLITTING * options.unit_bytes or form not in _SPLIT or is_packed(found.path):
        yield Unit(found.path, document, form, found.bytes)
    else:
        yield from _SPLIT[form](found.path, document, options)


def _units_of_text(path: str, document: str, options: Options) -> Iterator[Unit]:
    """Yield stretches of a text, cut where a block could be; what is no text is left for the reader to tell."""
    start = offset = line = 0
    before = ""
    with opened(path, options) as file:
        characters = Characters(file)
        count = 0
        try:
            for text in characters:
                count += len(text)
                if characters.bytes - start < options.unit_bytes:
                    continue
                place = place_to_cut(text, 0, len(text))
                end = characters.bytes - len(text[place:].encode("utf-8"))
                yield Unit(path, document, Form.TEXT, end - start, start, end, 0, offset, line, before)
                start, offset = end, count - len(text) + place
                line, before = characters.lines - text.count("\n", place), text[max(0, place - CONTEXT_CHARS) : place]
        except InputError:
            pass
    yield Unit(path, document, Form.TEXT, max(0, characters.bytes - start), start, None, 0, offset, line, before)


def _units_of_lines(path: str, document: str, options: Options) -> Iterator[Unit]:
    """Yield stretches of whole lines."""
    columns = columns_in(path, options)
    start = line = place = lines = 0
    with opened(path, options) as file:
        while data := file.read(READ_BYTES):
            cut = data.find(b"\n") if place - start >= options.unit_bytes else -1
            if cut >= 0:
                end = place + cut + 1
                yield Unit(
                    path, document, Form.JSONL, end - start, start, end, line=line, id=columns.id, text=columns.text
                )
                start, line = end, lines + 1
            place += len(data)
            lines += data.count(b"\n")
    yield Unit(path, document, Form.JSONL, place - start, start, None, line=line, id=columns.id, text=columns.text)


_SPLIT = {Form.TEXT: _units_of_text, Form.JSONL: _units_of_lines}
