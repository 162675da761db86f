"""Documents, from whatever they are stored in, as blocks of text.

    for block in blocks([Path("speeches.parquet"), Path("pages")], Options(), problems.append):
        ...

A document is a file of text, HTML or Markdown, or a row of a table (CSV, TSV, JSON lines, Parquet); all but Parquet may be packed with
gzip. Offsets count the characters of the document decoded as UTF-8, with nothing removed and nothing changed: byte order mark, line
ends and zero characters count; of a row, those of its text. What cannot be read is told, in a line, and the rest is read all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from valla.scan.documents.characters import Characters
from valla.scan.documents.cutting import CONTEXT_CHARS, Around, Piece, cut
from valla.scan.documents.faults import FAULTS, told
from valla.scan.documents.html import blanked_html
from valla.scan.documents.markdown import blanked_markdown
from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Form, Options
from valla.scan.documents.parquet import parquet_blocks
from valla.scan.documents.plan import plan
from valla.scan.documents.rows import row_blocks
from valla.scan.documents.streams import opened, stretch
from valla.scan.documents.units import Unit

__all__ = ["blocks", "unit_blocks"]

Tell = Callable[[Problem], None]

_MOST_BYTES = 4
"""A character has no more bytes than that in UTF-8."""


def blocks(paths: Iterable[Path], options: Options, problems: Tell) -> Iterator[Block]:
    """Yield the blocks of all documents, in the order of the paths.

    Args:
        paths: files, folders and `-`.
        options: how to read them.
        problems: is told of each document that cannot be read, or in part only.
    """
    for unit in plan(paths, options):
        yield from unit_blocks(unit, options, problems)


def unit_blocks(unit: Unit, options: Options, problems: Tell) -> Iterator[Block]:
    """Yield the blocks of a unit of work: the same, whichever others have been read.

    Args:
        unit: from `units`, with the same options.
        options: how to read it.
        problems: is told of each document that cannot be read, or in part only.
    """
    if unit.problem:
        problems(Problem(unit.document, unit.problem))
        return
    last: Block | None = None
    try:
        for last in _READERS[unit.form](unit, options, problems):
            yield last
    except FAULTS as error:
        problems(Problem(unit.document, told(error) + _as_far_as(unit, last)))


def _as_far_as(unit: Unit, last: Block | None) -> str:
    """Say what was read of a document before it broke."""
    if last is None:
        return ""
    if last.document != unit.document:
        return f"; read as far as {last.document}"
    return f"; read up to the character {last.offset + len(last.text):,}"


def _texts(unit: Unit, options: Options, _: Tell) -> Iterator[Block]:
    return _of_file(unit, options, lambda texts: ((text, text) for text in texts))


def _html(unit: Unit, options: Options, _: Tell) -> Iterator[Block]:
    return _of_file(unit, options, lambda texts: blanked_html(texts, xml=unit.form is Form.XHTML))


def _markdown(unit: Unit, options: Options, _: Tell) -> Iterator[Block]:
    return _of_file(unit, options, blanked_markdown)


def _of_file(unit: Unit, options: Options, blanked: Callable[[Iterable[str]], Iterator[Piece]]) -> Iterator[Block]:
    with opened(unit.path, options) as file:
        characters = Characters(stretch(file, unit.start, unit.end), unit.start, unit.line)
        around = Around(unit.offset, unit.before, _after(unit, options))
        yield from cut(unit.document, blanked(characters), options.block_chars, around)


def _after(unit: Unit, options: Options) -> str:
    """Return what stands directly after a part of a file."""
    if unit.end is None:
        return ""
    with opened(unit.path, options) as file:
        data = stretch(file, unit.end, None).read(CONTEXT_CHARS * _MOST_BYTES)
    return data.decode("utf-8", "ignore")[:CONTEXT_CHARS]


_READERS: dict[Form, Callable[[Unit, Options, Tell], Iterator[Block]]] = {
    Form.TEXT: _texts,
    Form.HTML: _html,
    Form.XHTML: _html,
    Form.MARKDOWN: _markdown,
    Form.CSV: row_blocks,
    Form.TSV: row_blocks,
    Form.JSONL: row_blocks,
    Form.PARQUET: parquet_blocks,
}
