"""Heavy libraries that come with the extra `neural`, asked for by name where they are used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from valla.errors import MissingExtra

__all__ = ["library"]


def library(name: str) -> Any:
    """Return a library of the extra `neural`.

    Args:
        name: the module to import.

    Raises:
        MissingExtra: if it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise MissingExtra(
            f"the neural encoder needs {package!r}", found=str(error), repair="pip install 'valla[neural]'"
        ) from error
