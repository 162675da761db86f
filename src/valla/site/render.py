"""Contexts to text by the templates, and the style sheet under a name that changes with its content."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

__all__ = ["render", "stylesheet", "without_controls"]

_CONTROLS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_controls(text: str) -> str:
    """Return a text without the characters that neither XML nor HTML may hold."""
    return _CONTROLS.sub("", text)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("valla.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, **context: object) -> bytes:
    """Return a template filled in.

    Args:
        template: its file name.
        context: what it is given.
    """
    return without_controls(_environment().get_template(template).render(context)).encode()


@cache
def stylesheet() -> tuple[str, bytes]:
    """Return the path of the style sheet within the site and its bytes."""
    content = files("valla.site").joinpath("static", "site.css").read_bytes()
    return f"static/site.{hashlib.sha256(content).hexdigest()[:10]}.css", content
