"""Where sightings go: JSON Lines or Parquet, each made of the parts when all of them are there."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from valla.errors import InputError, nearest
from valla.files import writing
from valla.scan.batch.parts import Parts

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "COLUMNS",
    "ROW_GROUP",
    "JsonLines",
    "ParquetTable",
    "Sink",
    "arrow_schema",
    "record_batch",
    "sink_for",
    "write_sinks",
]

ROW_GROUP = 20_000
"""A row group of a Parquet file has so many sightings: a few megabytes, which is what is held in memory."""

COLUMNS: Mapping[str, str] = {
    "document": "string",
    "claim": "string",
    "dossier": "int32",
    "start": "int64",
    "end": "int64",
    "quotation": "string",
    "prefix": "string",
    "suffix": "string",
    "probability": "float64",
    "decision": "string",
    "stance": "string",
    "wording": "string",
}
"""The columns of a table of sightings with their Arrow types; only `dossier` may be null."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Sink(Protocol):
    """A file that sightings are written to."""

    @property
    def path(self) -> Path:
        """Its place."""

    def write(self, parts: Parts, file: IO[bytes]) -> None:
        """Write all of it; the same parts make the same bytes."""


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One JSON object a line, in ASCII, keys in the order of a sighting's fields.

    Args:
        path: its place.
    """

    path: Path

    def write(self, parts: Parts, file: IO[bytes]) -> None:
        """Put the parts one after the other."""
        for part in parts.files():
            with part.open("rb") as lines:
                shutil.copyfileobj(lines, file)


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A Parquet file with the columns of `COLUMNS`.

    Parquet holds UTF-8, which has no lone surrogates: each becomes U+FFFD. A character stays a character, so offsets stay right.

    Args:
        path: its place.
    """

    path: Path

    def write(self, parts: Parts, file: IO[bytes]) -> None:
        """Write a row group at a time."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        with pq.ParquetWriter(file, arrow_schema(), compression="zstd") as writer:
            for rows in batched(parts.rows(), ROW_GROUP):
                writer.write_table(pa.Table.from_batches([record_batch(rows)]))


def batched(rows: Iterable[dict[str, Any]], length: int) -> Iterator[list[dict[str, Any]]]:
    """Yield lists of so many rows; the last may have fewer."""
    left = iter(rows)
    while group := list(itertools.islice(left, length)):
        yield group


def arrow_schema() -> pa.Schema:
    """Return the schema of a table of sightings."""
    import pyarrow as pa

    return pa.schema(
        [pa.field(name, pa.type_for_alias(kind), nullable=name == "dossier") for name, kind in COLUMNS.items()]
    )


def record_batch(rows: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """Return sightings as an Arrow batch.

    Args:
        rows: the sightings as data.
    """
    import pyarrow as pa

    columns = [[_storable(row[name]) for row in rows] for name in COLUMNS]
    schema = arrow_schema()
    return pa.record_batch(
        [pa.array(one, field.type) for one, field in zip(columns, schema, strict=True)], schema=schema
    )


def _storable(value: Any) -> Any:
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) and not value.isascii() else value


_SUFFIXES: Mapping[str, type[JsonLines | ParquetTable]] = {
    ".jsonl": JsonLines,
    ".ndjson": JsonLines,
    ".parquet": ParquetTable,
}


def sink_for(path: Path) -> Sink:
    """Return the sink for a file, by its suffix.

    Args:
        path: the file.

    Raises:
        InputError: if there is none for such files.
    """
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        near = nearest(path.suffix, _SUFFIXES)
        raise InputError(
            "sightings are not written to such a file",
            where=str(path),
            found=path.suffix or "no suffix",
            allowed=", ".join(_SUFFIXES),
            repair=f"did you mean {path.with_suffix(near)}" if near else None,
        )
    return kind(path)


def write_sinks(sinks: Sequence[Sink], parts: Parts) -> None:
    """Write files, and put none in its place before all of them are whole.

    Args:
        sinks: the files.
        parts: what to write.

    Raises:
        InputError: if one cannot be written.
    """
    with writing([sink.path for sink in sinks]) as files:
        for sink, file in zip(sinks, files, strict=True):
            sink.write(parts, file)
