"""Which columns of a table hold the id, the claim, its context and its voicings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valla.errors import InputError
from valla.scan.tables.columns import listed

__all__ = ["CONTEXT_NAMES", "ID_NAMES", "TEXT_NAMES", "VOICING_NAMES", "ColumnError", "Columns", "guessed"]

ID_NAMES = ("id", "claim_id", "vclaim_id", "fact_check_id", "uid", "uuid", "")
"""The columns that are taken for the id where none is named, the first that is there."""

TEXT_NAMES = (
    ("claim", "vclaim", "claim_text", "claim_reviewed", "claimreviewed", "statement", "myth"),
    ("text",),
    ("title", "headline"),
)
"""The columns that are taken for the claim where none is named: of the first group of which one is there."""

CONTEXT_NAMES = ("title", "subtitle", "headline", "context", "essence", "summary", "description")
"""The columns that are taken for context where no column at all is named."""

VOICING_NAMES = ("voicing", "voicings")
"""The columns that are taken for voicings where no column at all is named."""


class ColumnError(InputError):
    """A table cannot be read as a library unless a column is named.

    Args:
        problem: what is wrong.
        option: the option of `valla index` and `valla find` that names it.
        where: the file.
        found: what was found there.
        allowed: what is allowed there.
        repair: what to do about it.
    """

    def __init__(  # noqa: PLR0913  the parts of a message
        self,
        problem: str,
        *,
        option: str,
        where: str | None = None,
        found: str | None = None,
        allowed: str | None = None,
        repair: str | None = None,
    ) -> None:
        super().__init__(problem, where=where, found=found, allowed=allowed, repair=repair)
        self.option = option


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of claims, by name, or by position counted from 1.

    Args:
        id: what tells the claims apart; None to guess, and to count the rows where no column looks like it.
        text: the claim in one plain sentence; None to guess.
        context: what is said about it.
        voicings: the claim as it was told elsewhere; a JSON list in a cell is several.
    """

    id: str | None = None
    text: str | None = None
    context: tuple[str, ...] = ()
    voicings: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is named, each once."""
        own = (name for name in (self.id, self.text) if name is not None)
        return tuple(dict.fromkeys((*own, *self.context, *self.voicings)))


def guessed(columns: Columns | None, names: Sequence[str], where: str) -> Columns:
    """Return the columns with those that were not named filled in, by their usual names in capitals or not.

    Args:
        columns: those that were named; None for none at all.
        names: those that the table has.
        where: the table, for messages.

    Raises:
        ColumnError: if none or several look like the claim.
    """
    known = columns or Columns()
    text = _text(names, where) if known.text is None else known.text
    ids = _those(ID_NAMES, names)
    chosen = known.id if known.id is not None else next((name for name in ids if name != text), None)
    if columns is not None:
        return Columns(chosen, text, known.context, known.voicings)
    context = tuple(name for name in _those(CONTEXT_NAMES, names) if name not in {text, chosen})
    return Columns(chosen, text, context, _those(VOICING_NAMES, names))


def _those(usual: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for wanted in usual for name in names if name.strip().casefold() == wanted)


def _text(names: Sequence[str], where: str) -> str:
    found = next((those for group in TEXT_NAMES if (those := _those(group, names))), ())
    if len(found) == 1:
        return found[0]
    problem = "several columns may hold the claim" if found else "no column looks like the claim"
    raise ColumnError(
        problem,
        option="--text",
        where=where,
        found=listed(found) if found else None,
        allowed=listed(names) or "a table with columns",
        repair="name it: --text COLUMN",
    )
