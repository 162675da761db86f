"""Mappings on disk: those that come with Valla have names (`atop`), one of the user's own is a path."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from valla.errors import InputError, RecordError, nearest
from valla.files import read_text
from valla.plain_data import parse_toml
from valla.record.leader_mapping import LeaderMapping, Leaders
from valla.record.mapping import Actors, ActRule, CoverageRule, DatasetHead, Layout, Mapping
from valla.record.mapping_parts import Count, Duration, Ends, Pairs, ReadPairs
from valla.record.pairs import read_pairs
from valla.record.rows import columns_found

__all__ = ["NamedMapping", "built_in", "fitting", "read_mapping"]


_MAX_BYTES = 1_000_000
"""A longer mapping is refused."""

_NEAR = 0.8
"""The share of a mapping's columns that a file must have to look like its dataset."""


@dataclass(frozen=True, slots=True)
class NamedMapping:
    """A mapping and the hash of its text.

    Args:
        mapping: the mapping.
        digest: changes when the text does.
    """

    mapping: Mapping | LeaderMapping
    digest: str


def built_in() -> tuple[str, ...]:
    """Return the names of the mappings that come with Valla."""
    return tuple(sorted(_built_in_texts()))


def _datasets() -> Traversable:
    return files("valla.record").joinpath("datasets")


def _built_in_texts() -> dict[str, str]:
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in _datasets().iterdir()
        if entry.name.endswith(".toml")
    }


def read_mapping(name: str | Path) -> NamedMapping:
    """Read a mapping by its name, or from a file.

    Args:
        name: the name of one that comes with Valla, or a path.

    Raises:
        InputError: if there is no mapping of that name and no such file, or it cannot be read.
        RecordError: if it is no TOML, or a key or value is not as it must be; it names the nearest allowed key.
    """
    built = _built_in_texts()
    if str(name) in built:
        return _parsed(built[str(name)], f"mapping {name}", _datasets())
    path = Path(name)
    if not path.is_file():
        near = nearest(str(name), built)
        raise InputError(
            f"no mapping is called {str(name)!r}, and there is no such file",
            allowed=f"{', '.join(sorted(built))}, or the path of a TOML file",
            repair=f"did you mean {near!r}?" if near else None,
        )
    return _parsed(read_text(path, "mapping", _MAX_BYTES), str(path), path.parent)


def fitting(header: Sequence[str], tried: str) -> str | None:
    """Return the built-in mapping whose columns a file has, most of them if not all; None where none comes near.

    Args:
        header: the columns of the file.
        tried: the id of the dataset whose mapping does not fit.
    """
    shares = {}
    for name, text in _built_in_texts().items():
        mapping = _parsed(text, name, _datasets()).mapping
        found = max(columns_found(layout, header) for layout in mapping.layouts())
        if mapping.dataset.id != tried and found >= _NEAR:
            # of two that fit alike the one that asks for more columns says more
            shares[name] = (found, max(len(layout.columns) for layout in mapping.layouts()))
    return max(sorted(shares), key=lambda name: shares[name]) if shares else None


def _parsed(text: str, where: str, beside: Traversable) -> NamedMapping:
    """Read a mapping and the tables that it names, which lie beside it."""
    try:
        loaded = parse_toml(text)
    except InputError as error:
        problem = f"the mapping cannot be read: {error.problem}"
        raise RecordError(problem, where=where, allowed=error.allowed) from error
    try:
        mapping = _model(loaded).model_validate(loaded)
    except ValidationError as error:
        # an unknown key comes first: it is most often why another is missing
        details = sorted(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden")
        raise _fault(details[0], where, _model(loaded)) from error
    if isinstance(mapping, Mapping) and mapping.pairs:
        table = _text_beside(beside, mapping.pairs.file, where)
        pairs = ReadPairs(**mapping.pairs.model_dump(), listed=read_pairs(table, mapping.pairs.file))
        mapping, text = mapping.model_copy(update={"pairs": pairs}), text + table
    return NamedMapping(mapping, hashlib.sha256(text.encode()).hexdigest())


def _text_beside(folder: Traversable, name: str, where: str) -> str:
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the table of pairs {name!r} cannot be read ({error})",
            where=where,
            allowed="CSV in UTF-8, beside the mapping",
        ) from error


def _model(loaded: dict[str, Any]) -> type[Mapping | LeaderMapping]:
    """Acts, or leaders where the mapping speaks of them."""
    return LeaderMapping if "leaders" in loaded else Mapping


def _fault(detail: ErrorDetails, where: str, whole: type[BaseModel]) -> RecordError:
    """Say the first thing that is wrong with a mapping."""
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        allowed = _keys_at(detail["loc"][:-1], whole)
        near = nearest(str(detail["loc"][-1]), allowed)
        return RecordError(
            f"unknown key {place!r}",
            where=where,
            allowed=", ".join(allowed),
            repair=f"did you mean {near!r}?" if near else None,
        )
    if detail["type"] == "missing":
        return RecordError(f"the key {place!r} is missing", where=where)
    message = detail["msg"].removeprefix("Value error, ")
    found = None if detail["type"] == "value_error" else _shown(detail["input"])
    return RecordError(f"{place}: {message}" if place else message, where=where, found=found)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"


def _keys_at(place: tuple[int | str, ...], whole: type[BaseModel]) -> list[str]:
    """The keys that a table of the mapping may have."""
    model = whole
    tables: dict[str, type[BaseModel]] = {
        "dataset": DatasetHead,
        "actors": Actors,
        "act": ActRule,
        "coverage": CoverageRule,
        "layout": Layout,
        "leaders": Leaders,
        "duration": Duration,
        "ends": Ends,
        "pairs": Pairs,
        "count": Count,
    }
    for part in place:
        model = tables.get(str(part), model)
    return list(model.model_fields)
