"""Which columns of a table hold the texts of its documents, and their ids."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from valla.errors import InputError
from valla.scan.documents.options import Options
from valla.scan.tables.columns import listed, place_of

__all__ = ["ID_NAMES", "TEXT_NAMES", "Columns", "columns_of"]

TEXT_NAMES = (
    "text", "fulltext", "full_text", "content", "body", "articlebody", "article_body", "article", "speech", "transcript", "statement",
    "message", "post", "tweet", "tweet_text", "tweet_content", "headline", "quote", "claim", "vclaim", "title", "description",
)  # fmt: skip
"""What a column of texts is called, the likeliest first; its case does not count."""

ID_NAMES = ("id", "doc_id", "docid", "document_id", "doc_no", "uid", "uuid", "_id")
"""What a column of ids is called, the likeliest first."""


_SHOWN_CHARS = 200


class Columns(NamedTuple):
    """The columns of a table that matter.

    Args:
        id: that of the ids; empty where there is none.
        text: that of the texts.
    """

    id: str
    text: str

    @property
    def asked(self) -> tuple[str, ...]:
        """Both, or the one that there is."""
        return tuple(dict.fromkeys(name for name in self if name))


def columns_of(names: Sequence[str], options: Options, where: str, texts: Sequence[str] | None = None) -> Columns:
    """Return the columns that are meant, or those that look as if they were.

    Args:
        names: those of the table.
        options: what was asked for.
        where: the file, for messages.
        texts: those that can hold text; all if None.

    Raises:
        InputError: if one that was asked for is not there, or none looks like texts.
    """
    likely = names if texts is None else texts
    only = likely[0] if len(likely) == 1 else ""
    text = _asked(options.text, names, where) or _likeliest(TEXT_NAMES, likely) or only
    if not text:
        raise InputError(
            "no column is called as texts are",
            where=where,
            found=textwrap.shorten(listed(names), _SHOWN_CHARS, placeholder=" ...") or "no columns",
            repair="name the column of the texts",
        )
    return Columns(_asked(options.id, names, where) or _likeliest(ID_NAMES, names), text)


def _asked(name: str | None, names: Sequence[str], where: str) -> str:
    return "" if name is None else names[place_of(name, names, where)]


def _likeliest(known: Sequence[str], names: Sequence[str]) -> str:
    by_name = {name.strip().casefold(): name for name in reversed(names)}
    return next((by_name[name] for name in known if name in by_name), "")
