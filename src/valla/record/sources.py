"""The sources that acts and dossiers name: `sources.yaml` of a casebook."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from valla.errors import CasebookError, nearest
from valla.files import read_text
from valla.plain_yaml import Plain, load

__all__ = ["MAX_SOURCES_BYTES", "Source", "read_sources"]

MAX_SOURCES_BYTES = 5_000_000
"""A longer list of sources is refused: it would hold some ten thousand of them."""

_NAMED = 3
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said.

    Args:
        key: what acts and prose call it.
        title: its title.
        type: book, article, treaty, collection, web, dataset.
        authors: who wrote it.
        editors: who edited it.
        institution: the body that issued it, where no person is named as its author.
        same_as: an address that says who the author or institution is.
        container: the journal or series that it is in.
        publisher: who published it.
        place: where.
        year: when, as printed.
        volume: which volume.
        url: where it can be read.
        note: anything else that helps to find it.
        rests_on: the keys of sources that it rests on, where that is declared; an empty list says that it rests on none.
    """

    key: str
    title: str
    type: str = "book"
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    institution: str = ""
    same_as: str = ""
    container: str = ""
    publisher: str = ""
    place: str = ""
    year: str = ""
    volume: str = ""
    url: str = ""
    note: str = ""
    rests_on: tuple[str, ...] | None = None

    def cited(self) -> str:
        """Return it as one line for a reader; what is not known is left out."""
        authors, editors = _people(self.authors), f"{_people(self.editors)} (ed.)" if self.editors else ""
        container = f"in {self.container}" if self.container else ""
        volume = f"vol. {self.volume}" if self.volume else ""
        imprint = ": ".join(part for part in (self.place, self.publisher) if part)
        parts = [
            authors or self.institution or editors,
            self.title,
            container,
            volume,
            imprint,
            self.year,
        ]
        return ", ".join(part for part in parts if part)


def _people(names: tuple[str, ...]) -> str:
    """Up to three names; of more, the first stands for all."""
    return ", ".join(names) if len(names) <= _NAMED else f"{names[0]} et al."


_FIELDS = tuple(field.name for field in fields(Source) if field.name != "key")
_LISTS = ("authors", "editors", "rests_on")


def read_sources(path: Path) -> dict[str, Source]:
    """Read the sources of a casebook; a casebook without the file has none.

    Raises:
        InputError: if the file cannot be read, is too long or is not UTF-8.
        CasebookError: if it is not plain YAML, holds a key twice, or an entry is not as it must be.
    """
    if not path.exists():
        return {}
    text = read_text(path, "list of sources", MAX_SOURCES_BYTES)
    if not text.strip():
        raise CasebookError("the list of sources is empty", where=str(path), repair="fill it in, or delete the file")
    plain = load(text, str(path), what="list of sources")
    return {str(key): _source(str(key), entry, plain, path) for key, entry in plain.values.items()}


def _source(key: str, entry: Any, plain: Plain, path: Path) -> Source:
    where = f"{path}:{plain.lines[key]}, source {key!r}" if key in plain.lines else f"{path}, source {key!r}"
    if not isinstance(entry, dict) or not entry.get("title"):
        raise CasebookError("a source has no title", where=where, repair="add `title:`")
    for name in entry:
        if name not in _FIELDS:
            near = nearest(str(name), _FIELDS)
            repair = f"did you mean {near!r}?" if near else None
            raise CasebookError(f"unknown field {name!r}", where=where, allowed=", ".join(_FIELDS), repair=repair)
    # of what a source rests on, nothing said is not the same as that it rests on nothing
    said = {name: value for name, value in entry.items() if (name, value) != ("rests_on", None)}
    values: dict[str, Any] = {name: _value(name, value, where) for name, value in said.items()}
    return Source(key=key, **values)


def _value(name: str, value: Any, where: str) -> str | tuple[str, ...]:
    if name not in _LISTS:
        return _text(name, value, where)
    items = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(_text(name, item, where) for item in items)


def _text(name: str, value: Any, where: str) -> str:
    """A text, or a whole number as the text it was. A decimal is refused: `1939.10` would lose its zero."""
    if value is None:
        return ""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    repair = "put it into quotation marks" if isinstance(value, bool | float) else None
    raise CasebookError(
        f"{name}: cannot be this", where=where, found=repr(value)[:_SHOWN], allowed="text", repair=repair
    )
