"""The numbered list of sources of one page, in the order in which they are first cited."""

from __future__ import annotations

import re
from collections.abc import Mapping

from valla.record.sources import Source
from valla.site.pages import SourceRow

__all__ = ["References", "anchor", "web_url"]

_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
_WEB = ("http://", "https://")


def anchor(prefix: str, name: str) -> str:
    """Return an id for an element: the prefix and as much of the name as an address can hold."""
    return f"{prefix}-{_UNFIT.sub('-', name).strip('-') or 'x'}"


def web_url(url: str) -> str:
    """Return an address of the web as it is; of anything else, nothing, since it is not to be linked to."""
    return url if url.startswith(_WEB) else ""


class References:
    """Numbers sources as they are cited.

    Args:
        sources: the casebook's sources by key.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._rows: dict[str, SourceRow] = {}

    def knows(self, key: str) -> bool:
        """Whether the casebook lists such a source."""
        return key in self._sources

    def cite(self, key: str) -> SourceRow:
        """Return the entry of a source, numbered at its first citation; one that is not listed is shown by its key."""
        if key not in self._rows:
            number = len(self._rows) + 1
            source = self._sources.get(key)
            url = web_url(source.url) if source else ""
            text = source.cited() if source else key
            # the number keeps ids apart that the clean-up would make equal
            name = anchor(f"source-{number}", key)
            self._rows[key] = SourceRow(
                number, name, text, url, source.note if source else "", listed=source is not None
            )
        return self._rows[key]

    @property
    def rows(self) -> tuple[SourceRow, ...]:
        """The entries so far, by number."""
        return tuple(self._rows.values())
