"""The YAML head of a dossier: parted from the body, read as plain data, written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from valla.errors import CasebookError
from valla.plain_yaml import Plain, load

__all__ = ["dumped", "loaded", "parted"]

_BREAKS = re.compile("[\n\r\x85\u2028\u2029]")
_BREAK = "\n---\n"
_FIRST_LINE = 2


class _Dumper(yaml.SafeDumper):
    """Writes plain data with lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        return super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Unquoted and single-quoted, the line breaks of Unicode would be folded into spaces.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _BREAKS.search(text) else None)


_Dumper.add_representer(str, _represented)


def parted(text: str, where: str) -> tuple[str, str, int]:
    """Return the head of a dossier, its body, and the line on which the body begins.

    Args:
        text: the whole file.
        where: its name.

    Raises:
        CasebookError: if the file does not begin with a head between two lines of `---`.
    """
    whole = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not whole.startswith("---\n"):
        found = repr(whole.split("\n", 1)[0][:40])
        raise CasebookError(
            "a dossier begins with a YAML head", where=f"{where}:1", found=found, allowed="a line of ---"
        )
    end = whole.find(_BREAK, 3)
    if end < 0 and whole.endswith("\n---"):
        return whole[4 : len(whole) - 3], "", whole.count("\n") + 1
    if end < 0:
        raise CasebookError("the YAML head does not end", where=where, allowed="a line of --- after the head")
    return whole[4 : end + 1], whole[end + len(_BREAK) :], whole.count("\n", 0, end) + 3


def loaded(text: str, where: str) -> Plain:
    """Return the keys of a head.

    Args:
        text: the YAML between the lines of `---`.
        where: the file's name.

    Raises:
        CasebookError: if it is not YAML, not a mapping of keys, holds a key twice or an alias, or is nested too deep.
    """
    return load(text, where, what="head", first=_FIRST_LINE)


def dumped(values: Mapping[str, Any]) -> str:
    """Return keys and values as YAML, in the order given.

    Args:
        values: plain data.
    """
    return yaml.dump(
        dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False
    )
