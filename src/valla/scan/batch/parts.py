"""The parts of a result on disk: one for each task, a line of JSON for each sighting, and a note beside it that it is finished.

A part is written beside its place and renamed, and its note after it: whoever finds the note finds the whole part.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from valla.errors import InputError
from valla.files import sync_folder
from valla.plain_data import parse_json
from valla.scan.batch.model import Summary, Task
from valla.scan.documents.model import Problem
from valla.scan.model import Decision, Sighting, Stance

__all__ = ["MAX_TOLD", "PartWriter", "Parts", "UnwritableError", "as_line", "as_row", "finished", "from_line"]

MAX_TOLD = 1_000
"""So many problems of one part are told one by one; of the others, how many there are."""

_encoded = json.JSONEncoder(ensure_ascii=True, check_circular=False).encode


class UnwritableError(InputError):
    """A part cannot be written: the disk is full, or the folder is gone."""


def as_row(sighting: Sighting) -> dict[str, Any]:
    """Return a sighting as data, always with the same keys in the same order, and plain numbers.

    Args:
        sighting: what was found.
    """
    return {
        "document": sighting.document,
        "claim": sighting.claim,
        "dossier": None if sighting.dossier is None else int(sighting.dossier),
        "start": int(sighting.start),
        "end": int(sighting.end),
        "quotation": sighting.quotation,
        "prefix": sighting.prefix,
        "suffix": sighting.suffix,
        "probability": float(sighting.probability),
        "decision": str(sighting.decision),
        "stance": str(sighting.stance),
        "wording": sighting.wording,
    }


def as_line(sighting: Sighting) -> bytes:
    """Return a sighting as a line of JSON in ASCII: so a lone surrogate, which UTF-8 cannot hold, survives.

    Args:
        sighting: what was found.
    """
    return (_encoded(as_row(sighting)) + "\n").encode("ascii")


def from_line(line: bytes) -> Sighting:
    """Return the sighting that a line holds.

    Args:
        line: a line of JSON, as `as_line` makes it.
    """
    row = parse_json(line)
    return Sighting(**row | {"decision": Decision(row["decision"]), "stance": Stance(row["stance"])})


class PartWriter:
    """Writes the part of a task, sightings as they come; what was begun and not finished is not there.

    Args:
        folder: where the parts are.
        task: whose part it is.
    """

    def __init__(self, folder: Path, task: Task) -> None:
        self._place = folder / task.lines
        self._note = folder / task.note
        self._beside = folder / f"{task.key}.{os.getpid()}.tmp"
        self._file: IO[bytes] | None = None
        self._counted = Summary()

    def __enter__(self) -> Self:
        return self

    def add(self, sightings: Iterable[Sighting]) -> None:
        """Append sightings.

        Raises:
            UnwritableError: if they cannot be written.
        """
        listed = list(sightings)
        confirmed = sum(one.decision is Decision.CONFIRM for one in listed)
        self._counted += Summary(confirmed=confirmed, suggested=len(listed) - confirmed)
        try:
            if listed and self._file is None:
                self._file = self._beside.open("wb")
            if self._file is not None:
                self._file.writelines(map(as_line, listed))
        except OSError as error:
            raise _unwritable(self._place, error) from error

    def finish(self, read: Summary, problems: list[Problem]) -> Summary:
        """Put the part in its place, and its note beside it.

        Args:
            read: how many documents and characters were read.
            problems: what could not be read.

        Returns:
            The summary of the task.

        Raises:
            UnwritableError: if it cannot be written.
        """
        summary = self._counted + read + Summary(troubled=len(problems))
        note = {"summary": asdict(summary), "problems": [(one.document, one.told) for one in problems[:MAX_TOLD]]}
        try:
            if self._file is not None:
                self._placed(self._file, self._place)
            file = self._beside.open("wb")
            file.write(json.dumps(note).encode("ascii"))
            self._placed(file, self._note)
            sync_folder(self._note.parent)
        except OSError as error:
            raise _unwritable(self._place, error) from error
        self._file = None
        return summary

    def _placed(self, file: IO[bytes], place: Path) -> None:
        """Put what was written on the disk itself, then under its name."""
        with file:
            file.flush()
            os.fsync(file.fileno())
        self._beside.replace(place)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):  # what it still holds is not wanted
                self._file.close()
            self._beside.unlink(missing_ok=True)


def _unwritable(place: Path, error: OSError) -> UnwritableError:
    return UnwritableError(
        f"the result cannot be written: {error.strerror or error}",
        where=str(place),
        repair="make room, and run it again",
    )


def finished(folder: Path, task: Task) -> Summary | None:
    """Return the summary of a task whose part is there.

    Args:
        folder: where the parts are.
        task: the task.

    Returns:
        None where its part is not finished.
    """
    try:
        note = parse_json((folder / task.note).read_bytes())
        return Summary(**note["summary"])
    except (OSError, InputError, TypeError, KeyError):
        return None  # a note that is not as we write it is none: the task is done again


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a result, in the order of the texts.

    Args:
        folder: where they are.
        tasks: those that are finished, in order.
        summary: of all of them.
    """

    folder: Path
    tasks: tuple[Task, ...]
    summary: Summary

    def files(self) -> Iterator[Path]:
        """Yield the files; a task without sightings has none."""
        for task in self.tasks:
            path = self.folder / task.lines
            if path.exists():
                yield path

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of all, each with its line feed."""
        for path in self.files():
            with path.open("rb") as file:
                yield from file

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the sightings of all as data."""
        return map(parse_json, self.lines())

    def sightings(self) -> Iterator[Sighting]:
        """Yield the sightings of all."""
        return map(from_line, self.lines())

    def problems(self) -> Iterator[Problem]:
        """Yield what could not be read."""
        for task in self.tasks:
            note = parse_json((self.folder / task.note).read_bytes())
            yield from (Problem(document, told) for document, told in note["problems"])
            untold = note["summary"]["troubled"] - len(note["problems"])
            if untold:
                yield Problem(task.document, f"and {untold:,} more of the same files")

    def remove(self) -> None:
        """Delete them."""
        for task in self.tasks:
            for name in (task.lines, task.note):
                (self.folder / name).unlink(missing_ok=True)
