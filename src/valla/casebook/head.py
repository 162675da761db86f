"""The head of a casebook, `casebook.toml`: title, publisher, address, licence, and where its record is complete."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from valla.actors.catalogue import catalogue
from valla.claims.kinds import kinds
from valla.dates import parse
from valla.errors import CasebookError, InputError, VallaError, nearest
from valla.files import read_text
from valla.plain_data import parse_toml
from valla.record.schema import Coverage

__all__ = ["HEAD", "MAX_HEAD_BYTES", "Head", "coverage_of", "read_head"]

HEAD = "casebook.toml"
"""The file that makes a folder a casebook."""

MAX_HEAD_BYTES = 1_000_000
"""A longer head is refused."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Publisher(_Strict):
    name: str
    url: str = ""


class _Window(_Strict):
    kinds: list[str]
    begin: str
    end: str
    actors: list[str] | Literal["all"] = "all"
    note: str = ""


class Head(_Strict):
    """What `casebook.toml` may say."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    description: str = ""
    language: str = "en"
    licence: str = ""
    base_url: str = ""
    publisher: _Publisher = _Publisher(name="")
    coverage: list[_Window] = Field(default_factory=list)


def read_head(path: Path) -> Head:
    """Read the head of a casebook.

    Raises:
        InputError: if the folder is none, or has no head that can be read.
        CasebookError: if the head is broken; it names the key.
    """
    if not path.exists():
        raise InputError("no such folder", where=str(path), repair="name the folder of a casebook")
    if not path.is_dir():
        raise InputError(
            "a casebook is a folder", where=str(path), found="a file", repair="name the folder that it is in"
        )
    file = path / HEAD
    if not file.is_file():
        raise InputError(f"the folder has no {HEAD}", where=str(path), repair="name the folder of a casebook")
    text = read_text(file, "head of the casebook", MAX_HEAD_BYTES)
    try:
        return Head.model_validate(parse_toml(text))
    except InputError as error:
        raise CasebookError(
            f"the head cannot be read: {error.problem}", where=str(file), allowed=error.allowed, repair="mend it there"
        ) from error
    except ValidationError as error:
        raise _head_fault(error, file) from error


def _head_fault(error: ValidationError, file: Path) -> CasebookError:
    faults = error.errors()
    # a mistyped key shows as one too many and one missing: the first of these says more
    fault = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    key = ".".join(str(part) for part in fault["loc"])
    allowed = list(Head.model_fields)
    near = nearest(str(fault["loc"][-1]), allowed) if fault["type"] == "extra_forbidden" else None
    return CasebookError(
        f"the key {key!r}: {fault['msg'].lower()}",
        where=str(file),
        allowed=", ".join(allowed),
        repair=f"did you mean {near!r}?" if near else None,
    )


def coverage_of(head: Head, file: Path) -> tuple[Coverage, ...]:
    """Return the windows in which a casebook claims to be complete.

    Raises:
        CasebookError: if a window names an unknown kind or actor, or a date that is none.
    """
    return tuple(_coverage(window, head.id, file) for window in head.coverage)


def _coverage(window: _Window, dataset: str, file: Path) -> Coverage:
    try:
        span = parse(f"{window.begin}/{window.end}")
        actors = None if window.actors == "all" else frozenset(catalogue().state_of(name).id for name in window.actors)
    except VallaError as error:
        raise CasebookError(f"coverage: {error}", where=str(file)) from error
    return Coverage(dataset, frozenset(_kinds(window.kinds, file)), span.extent, actors)


def _kinds(patterns: Iterable[str], file: Path) -> Iterable[str]:
    for pattern in patterns:
        stem = pattern.removesuffix("*")
        found = [name for name in kinds() if name == pattern or (stem != pattern and name.startswith(stem))]
        if not found:
            near = nearest(pattern, kinds())
            repair = f"did you mean {near!r}?" if near else None
            raise CasebookError(f"coverage: no kind of act is called {pattern!r}", where=str(file), repair=repair)
        yield from found
