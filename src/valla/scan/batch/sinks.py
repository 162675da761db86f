"""Where sightings go: JSON Lines or Parquet, each made of the parts when all of them are there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from valla.errors import InputError, nearest
from valla.files import writing
from valla.scan.batch.arrow import ROW_GROUP, arrow_schema, batched, record_batch
from valla.scan.batch.parts import Parts

__all__ = ["JsonLines", "ParquetTable", "Sink", "sink_for", "write_sinks"]


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
    """A Parquet file with the columns of `valla.scan.batch.arrow.COLUMNS`.

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
