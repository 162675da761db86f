"""JSON-LD as found in the wild: names with or without a prefix, values plain, in objects or in lists.

JSON-LD 1.1, https://www.w3.org/TR/json-ld11/: only what needs no context to be fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["Node", "nodes", "texts", "types", "values"]

Node = dict[str, Any]
"""An object of JSON-LD."""

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SPACE = re.compile(r"\s+")
_NO_TYPES: frozenset[str] = frozenset()


def nodes(data: Any) -> Iterator[Node]:
    """Yield every object within data, outer ones first, in the order of the text, however deep they lie.

    Args:
        data: anything that JSON can say.
    """
    waiting = [data]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(reversed(list(found.values())))
        elif isinstance(found, list):
            waiting.extend(reversed(found))


def types(node: Node) -> frozenset[str]:
    """Return the types of an object, without their prefix.

    Args:
        node: an object.
    """
    found = node.get("@type", node.get("type"))
    if found is None:
        return _NO_TYPES
    listed = found if isinstance(found, list) else [found]
    return frozenset(_bare(name) for name in listed if isinstance(name, str))


def values(node: Node, name: str) -> list[Any]:
    """Return the values of a property, those of a list one by one.

    Args:
        node: an object.
        name: of the property, without a prefix.
    """
    found = node.get(name)
    if found is None:
        found = next((value for key, value in node.items() if key[-len(name) :] == name and _bare(key) == name), None)
    if isinstance(found, dict) and isinstance(found.get("@list"), list):
        found = found["@list"]
    return found if isinstance(found, list) else [] if found is None else [found]


def texts(node: Node, name: str) -> Iterator[str]:
    """Yield the texts of a property: entities decoded, tags taken out, white space made single; empty ones are left out.

    Args:
        node: an object.
        name: of the property, without a prefix.
    """
    for value in values(node, name):
        found = value.get("@value", value.get("@id")) if isinstance(value, dict) else value
        if isinstance(found, str) and (text := _clean(found)):
            yield text


def _clean(text: str) -> str:
    """Decode entities twice, as many systems encode them twice."""
    plain = _TAG.sub(" ", html.unescape(html.unescape(text))) if "&" in text or "<" in text else text
    return _SPACE.sub(" ", plain).strip()


def _bare(name: str) -> str:
    """Return a name without its prefix: `schema:Claim` and `http://schema.org/Claim` are `Claim`."""
    return re.split(r"[/#:]", name)[-1]
