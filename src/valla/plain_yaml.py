"""YAML as plain data: dates left as text, no key twice, no aliases, every fault with its line."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import yaml

from valla.errors import CasebookError

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # PyYAML was built without libyaml: ten times slower, otherwise alike
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

__all__ = ["MAX_DEPTH", "Plain", "load"]

MAX_DEPTH = 50
"""A text that is nested deeper is refused."""

_BEGINS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


@dataclass(frozen=True, slots=True)
class Plain:
    """Keys and values, read.

    Args:
        values: the keys and their values.
        lines: the line of the file on which each key stands, by its path: `voicings`, `voicings.0.text`.
    """

    values: dict[str, Any]
    lines: Mapping[str, int]


class _Loader(_Base):
    """Reads plain data only; of unquoted words, nothing but whole numbers, decimals, true, false and null is special.

    YAML's core schema, less what history writes otherwise: a date stays text, and so do `no`, `010` and `12:30`.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  as in the base class


_SPECIAL = (
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]{0,17})$", list("-0123456789")),
    ("tag:yaml.org,2002:float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?$", list("-0123456789")),
)
for _tag, _form, _first in _SPECIAL:
    _Loader.add_implicit_resolver(_tag, re.compile(_form), _first)


class _Mark(Protocol):
    """A place in a YAML text, as either of its parsers notes it."""

    line: int


@dataclass(frozen=True, slots=True)
class _Text:
    """What is read, for messages.

    Args:
        what: what it is: `head`, `list of sources`.
        where: the file's name.
        first: the line of the file on which the YAML begins.
    """

    what: str
    where: str
    first: int

    def line(self, mark: _Mark | None) -> str:
        return f"{self.where}:{mark.line + self.first}" if mark else self.where


def _check(text: str, read: _Text) -> None:
    """Refuse aliases, which can make a small file a huge one, and deep nesting, which the next step could not bear."""
    try:
        _check_events(text, read)
    except yaml.MarkedYAMLError as error:
        # The parser reads ahead, and has a limit to nesting of its own since libyaml 0.2.6: what lies before its fault comes first.
        if error.problem_mark:
            with contextlib.suppress(yaml.YAMLError):
                _check_events(text[: error.problem_mark.index], read)
        raise


def _check_events(text: str, read: _Text) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, _BEGINS) - isinstance(event, _ENDS)
        if depth > MAX_DEPTH:
            raise CasebookError(f"the {read.what} is nested too deep", where=read.line(event.start_mark))
        if isinstance(event, yaml.AliasEvent):
            raise CasebookError(
                f"an alias stands in the {read.what}",
                where=read.line(event.start_mark),
                found=f"*{event.anchor}",
                repair="write the value out",
            )


def _walk(node: yaml.Node, path: tuple[str, ...], lines: dict[str, int], read: _Text) -> None:
    """Note the line of each key; refuse a key that comes twice."""
    if isinstance(node, yaml.MappingNode):
        taken: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in taken:
                raise CasebookError(
                    f"the key {name!r} comes twice", where=read.line(key.start_mark), repair="keep one of them"
                )
            taken.add(name)
            _note(key, value, (*path, name), lines, read)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note(value, value, (*path, str(index)), lines, read)


def _note(key: yaml.Node, value: yaml.Node, path: tuple[str, ...], lines: dict[str, int], read: _Text) -> None:
    lines.setdefault(".".join(path), key.start_mark.line + read.first)
    _walk(value, path, lines, read)


def _constructed(text: str, read: _Text) -> tuple[Any, dict[str, int]]:
    _check(text, read)
    loader, lines = _Loader(text), dict[str, int]()
    try:
        node = loader.get_single_node()
        if node is None:
            return None, lines
        _walk(node, (), lines, read)
        return loader.construct_document(node), lines
    finally:
        loader.dispose()


def load(text: str, where: str, *, what: str, first: int = 1) -> Plain:
    """Return the keys and values of a YAML text.

    Args:
        text: the YAML.
        where: the file's name.
        what: what the text is, for messages: `head`, `list of sources`.
        first: the line of the file on which the text begins.

    Raises:
        CasebookError: if it is not YAML, not a mapping of keys, holds a key twice or an alias, or is nested too deep.
    """
    read = _Text(what, where, first)
    try:
        values, lines = _constructed(text, read)
    except yaml.MarkedYAMLError as error:
        raise CasebookError(
            f"the {what} is not YAML",
            where=read.line(error.problem_mark or error.context_mark),
            found=error.problem,
            repair="put values with colons, brackets or quotation marks into quotes",
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise CasebookError(f"the {what} is not YAML", where=where, found=str(error).split("\n", 1)[0]) from error
    if not isinstance(values, dict):
        found = type(values).__name__ if values is not None else "nothing"
        raise CasebookError(
            f"the {what} is no list of keys", where=read.line(None), found=found, allowed="key: value, a line each"
        )
    return Plain(values, lines)
