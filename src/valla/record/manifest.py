"""`record.json`: which files were added to a record on disk, and what came of them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from valla.dates import Window
from valla.errors import InputError, RecordError
from valla.plain_data import parse_json
from valla.record.schema import Coverage
from valla.record.sources import Source
from valla.version import VERSION

__all__ = ["FORMAT", "Addition", "CoverageEntry", "Manifest", "read_manifest", "write_manifest"]

FORMAT = 3
"""The number of the layout of a record on disk; another is refused. Since 3 acts have titles and any number of witnesses."""

NAME = "record.json"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CoverageEntry(_Strict):
    """Kinds of act and the first and last day between which they are complete, among whom and above what threshold."""

    kinds: list[str]
    begin: int | None
    end: int | None
    among_states: bool = False
    threshold: str = ""

    @classmethod
    def of(cls, window: Coverage) -> CoverageEntry:
        """Return a window in the form in which it is written."""
        return cls(
            kinds=sorted(window.kinds),
            begin=window.window.begin,
            end=window.window.end,
            among_states=window.among_states,
            threshold=window.threshold,
        )


class Addition(_Strict):
    """One file that was added.

    Args:
        dataset: the dataset's id.
        source: the dataset as a source.
        file: the name of the file.
        file_sha256: its hash.
        mapping_sha256: the hash of the mapping's text.
        content: a hash of the acts or terms, which adds up over files.
        rows: how many rows the file held.
        acts: how many acts came of them.
        leaders: how many people, where the file is about leaders.
        aside: how many rows were set aside, by reason.
        coverage: where the dataset claims to be complete.
        first_day: the earliest day of its acts.
        last_day: the latest.
        version: the version of Valla that added it.
    """

    dataset: str
    source: dict[str, Any]
    file: str
    file_sha256: str
    mapping_sha256: str
    content: str
    rows: int
    acts: int
    leaders: int = 0
    aside: dict[str, int]
    coverage: list[CoverageEntry]
    first_day: int | None
    last_day: int | None
    version: str = VERSION

    @property
    def stem(self) -> str:
        """The name of its files in the record, without suffix."""
        both = hashlib.sha256(f"{self.file_sha256}{self.mapping_sha256}".encode()).hexdigest()
        return f"{self.dataset}-{both[:12]}"

    def windows(self) -> tuple[Coverage, ...]:
        """Return where the dataset claims to be complete."""
        return tuple(
            Coverage(
                self.dataset,
                frozenset(entry.kinds),
                Window(entry.begin, entry.end),
                among_states=entry.among_states,
                threshold=entry.threshold,
            )
            for entry in self.coverage
        )

    def cited(self) -> Source:
        """Return the dataset as a source."""
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in self.source.items()
        }
        return Source(**fields)


class Manifest(_Strict):
    """What a record on disk is made of."""

    format: int = FORMAT
    additions: list[Addition] = Field(default_factory=list)

    def of_file(self, dataset: str, file_sha256: str) -> Addition | None:
        """Return the addition of a file under a dataset; None if there is none."""
        same = (one for one in self.additions if (one.dataset, one.file_sha256) == (dataset, file_sha256))
        return next(same, None)

    def fingerprint(self) -> str:
        """Return a hash of acts and coverage that does not depend on the order in which files were added."""
        acts = sum(int(one.content, 16) for one in self.additions) % 2**256
        windows = {json.dumps([one.dataset, entry.model_dump()]) for one in self.additions for entry in one.coverage}
        return hashlib.sha256("\n".join([f"{acts:x}", *sorted(windows)]).encode()).hexdigest()[:16]

    def span(self) -> tuple[int, int] | None:
        """Return the first and last day of all acts; None where there are none."""
        begins = [one.first_day for one in self.additions if one.first_day is not None]
        ends = [one.last_day for one in self.additions if one.last_day is not None]
        return (min(begins), max(ends)) if begins and ends else None


def read_manifest(record: Path) -> Manifest:
    """Read what a record is made of.

    Args:
        record: the record's folder.

    Raises:
        InputError: if it is no record, or cannot be read.
        RecordError: if it was written by a newer version, or is broken.
    """
    path = record / NAME
    try:
        loaded = parse_json(path.read_bytes())
    except FileNotFoundError:
        raise InputError("this is no record: it has no record.json", where=str(record)) from None
    except OSError as error:
        raise InputError(f"the record cannot be read ({error})", where=str(path)) from error
    except InputError as error:
        raise RecordError(
            "the record's list of files is broken", where=str(path), repair="add the files anew"
        ) from error
    return _checked(loaded, path)


def _checked(loaded: Any, path: Path) -> Manifest:
    number = loaded.get("format") if isinstance(loaded, dict) else None
    if isinstance(number, int) and number != FORMAT:
        newer = number > FORMAT
        raise RecordError(
            f"the record was written by {'a newer' if newer else 'an older'} version of Valla",
            where=str(path),
            found=f"format {number}",
            allowed=f"format {FORMAT}",
            repair="update Valla" if newer else "add the files anew to a new folder",
        )
    try:
        return Manifest.model_validate(loaded)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        problem = f"the record's list of files is broken at {place!r}"
        raise RecordError(problem, where=str(path), repair="add the files anew") from error


def write_manifest(record: Path, manifest: Manifest) -> None:
    """Write what a record is made of: beside, then renamed, so that readers see the old or the new."""
    beside = record / f".{NAME}.{os.getpid()}"
    beside.write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    beside.replace(record / NAME)
