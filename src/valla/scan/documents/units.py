"""A unit of work: documents, or a part of one, that can be read by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from valla.scan.documents.options import Form

__all__ = ["Unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What one reader reads, whichever others do with the rest of the file.

    Args:
        path: the file; `-` is standard input.
        document: the id of its document, or what the ids of its documents begin with.
        form: how it is written.
        bytes: about how much work it is, for a progress bar; 0 where nobody knows.
        start: where it begins: a byte of a text or of JSON lines, a row of the group of a Parquet file.
        end: where it ends, likewise; None for the end of the file.
        group: the row group of a Parquet file.
        offset: how many characters of the document, or rows of the file, come before it.
        line: how many line feeds of the file come before it.
        before: what stands directly before it in the document, at most 32 characters.
        id: the column of the ids, where it is known already; empty where there is none.
        text: the column of the texts, where it is known already.
        problem: why there is nothing to read; empty where there is.
    """

    path: str
    document: str
    form: Form = Form.TEXT
    bytes: int = 0
    start: int = 0
    end: int | None = None
    group: int = 0
    offset: int = 0
    line: int = 0
    before: str = ""
    id: str | None = None
    text: str | None = None
    problem: str = ""
