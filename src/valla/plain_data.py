"""JSON and TOML as plain data: whatever is wrong with a text is one error, and what was read holds no surprise for what comes after.

Python's own parsers end in a RecursionError where a text is nested deep, and in a plain ValueError at a number of thousands of digits.
What they let pass may still be nested so deep, or be a number so long, that it cannot be shown: this is refused here too.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from valla.errors import InputError

__all__ = ["MAX_LEVELS", "parse_json", "parse_toml"]

MAX_LEVELS = 100
"""What is nested deeper is refused: the parsers of different versions of Python bear between some hundred levels and any number."""

_STRICT, _LENIENT = json.JSONDecoder(), json.JSONDecoder(strict=False)
_MAX_BITS = 64
"""TOML promises whole numbers of so many, with their sign (TOML 1.0, "Integer")."""

_HOLDERS = (dict, list)
_NAME = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?:^[ \t]*+\[*+|[{{,])[ \t]*+(?:{_NAME}\.[ \t]*+){{{MAX_LEVELS}}}", re.MULTILINE)
"""A key of so many parts: it nests as deep, and reading it takes the square of their number."""


def parse_json(text: str | bytes, *, strict: bool = True) -> Any:
    """Return what a text of JSON says.

    Args:
        text: JSON; bytes are UTF-8.
        strict: whether control characters in its strings must be escaped.

    Raises:
        InputError: if it is no JSON, is nested too deep, or holds a number of thousands of digits.
    """
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8")
        found = (_STRICT if strict else _LENIENT).decode(plain)
    except json.JSONDecodeError as error:
        place = (
            f"line {error.lineno}, character {error.colno}"
            if "\n" in error.doc.rstrip()
            else f"character {error.colno}"
        )
        raise InputError(f"no JSON: {error.msg.removesuffix(' at')} at {place}") from error
    except UnicodeDecodeError as error:
        raise InputError("no JSON: it is not text in UTF-8") from error
    except RecursionError as error:
        raise _too_deep("JSON") from error
    except ValueError as error:
        most = f"at most {sys.get_int_max_str_digits():,}"
        raise InputError("the JSON holds a number of too many digits", allowed=most) from error
    # with fewer brackets it cannot be deep, and most texts have few
    if plain.count("[") + plain.count("{") > MAX_LEVELS:
        _refuse_deep(found, "JSON")
    return found


def parse_toml(text: str) -> dict[str, Any]:
    """Return what a text of TOML says.

    Args:
        text: TOML.

    Raises:
        InputError: if it is no TOML, is nested too deep, or holds a whole number beyond 64 bits.
    """
    if _LONG_KEY.search(text):
        raise _too_deep("TOML")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"no TOML: {error}") from error
    except RecursionError as error:
        raise _too_deep("TOML") from error
    except ValueError as error:
        raise _too_large() from error
    _refuse_deep(found, "TOML")
    if any(isinstance(value, int) and not -(2**63) <= value < 2**63 for value in _values(found)):
        raise _too_large()
    return found


def _too_deep(form: str) -> InputError:
    return InputError(f"the {form} is nested too deep", allowed=f"at most {MAX_LEVELS} levels")


def _too_large() -> InputError:
    return InputError("the TOML holds a number that is too large", allowed=f"at most {_MAX_BITS} bits")


def _refuse_deep(data: Any, form: str) -> None:
    level = [data] if isinstance(data, _HOLDERS) else []
    for _ in range(MAX_LEVELS):
        level = [child for holder in level for child in _held(holder) if isinstance(child, _HOLDERS)]
        if not level:
            return
    raise _too_deep(form)


def _held(holder: Any) -> Iterable[Any]:
    return holder.values() if isinstance(holder, dict) else holder


def _values(data: Any) -> Iterator[Any]:
    """Yield all values, however deep they lie."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, _HOLDERS):
            waiting.extend(_held(value))
