"""How documents are read: what can be set, and what a file can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valla.scan.tables.limits import LIMITS, Limits

__all__ = ["STANDARD_INPUT", "SUFFIXES", "Form", "Options"]

STANDARD_INPUT = "-"
"""The path that means what is piped in."""


class Form(StrEnum):
    """How a document, or a file of many, is written."""

    TEXT = "text"
    HTML = "html"
    XHTML = "xhtml"
    MARKDOWN = "markdown"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    PARQUET = "parquet"


SUFFIXES: dict[str, Form] = {
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.XHTML,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".csv": Form.CSV,
    ".tsv": Form.TSV,
    ".tab": Form.TSV,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".parquet": Form.PARQUET,
    ".pq": Form.PARQUET,
}
"""What a file is by its suffix, before `.gz` where it has that."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be set for reading documents.

    Args:
        text: the column that holds the texts of a table, by name or position; guessed by its name if None.
        id: the column that holds the ids of its documents; guessed by its name if None, and where there is none a document is
            called by the number of its row (of JSON lines: of its line).
        form: what standard input is, and each file whose suffix says nothing.
        block_chars: a longer document is read in blocks of at most so many characters.
        unit_bytes: a file that can be is split into units of work of about so many bytes.
        unpacked_ratio: a packed file may unpack to so many times its size, once that is more than `unpacked_bytes`.
        unpacked_bytes: so much may be unpacked from a file however small it is.
        limits: how long a row of a table may be.
    """

    text: str | None = None
    id: str | None = None
    form: Form = Form.TEXT
    block_chars: int = 1_000_000
    unit_bytes: int = 8_000_000
    unpacked_ratio: int = 200
    unpacked_bytes: int = 64_000_000
    limits: Limits = LIMITS
