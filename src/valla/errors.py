"""The exception tree: one base class, one line of text, exit code 2.

VallaError
├── InputError       a file or folder cannot be used as asked
├── DateError        a text is not an EDTF date, or its bounds contradict each other
├── ActorError       a name belongs to nobody, or to several
├── ClaimError       a claim cannot be read, or a reading cannot be checked
├── RecordError      a record, an act or a mapping is not as it must be
│   └── BusyError    another process is writing to the record
├── CasebookError    a casebook or dossier is not as it must be
└── MissingExtra     a heavy optional dependency is not installed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "ActorError",
    "BusyError",
    "CasebookError",
    "ClaimError",
    "DateError",
    "InputError",
    "MissingExtra",
    "RecordError",
    "VallaError",
    "nearest",
]


class VallaError(Exception):
    """Something in the input that the user can mend.

    Args:
        problem: what is wrong, naming the thing.
        where: the file, line or row where it is wrong.
        found: what was found there.
        allowed: what is allowed there.
        repair: what to do about it.
    """

    exit_code = 2

    def __init__(
        self,
        problem: str,
        *,
        where: str | None = None,
        found: str | None = None,
        allowed: str | None = None,
        repair: str | None = None,
    ) -> None:
        self.problem = problem
        self.where = where
        self.found = found
        self.allowed = allowed
        self.repair = repair
        super().__init__(problem)

    def __str__(self) -> str:
        parts = [
            f"{self.where}: {self.problem}" if self.where else self.problem,
            f"found {self.found}" if self.found else "",
            f"allowed: {self.allowed}" if self.allowed else "",
            self.repair or "",
        ]
        return " ".join("; ".join(part for part in parts if part).split())


class InputError(VallaError):
    """A file or folder cannot be used as asked."""


class DateError(VallaError):
    """A text is not an EDTF date, or its bounds contradict each other."""


class ActorError(VallaError):
    """A name belongs to nobody, or to several."""


class ClaimError(VallaError):
    """A claim cannot be read, or a reading cannot be checked."""


class RecordError(VallaError):
    """A record, an act or a mapping is not as it must be."""


class BusyError(RecordError):
    """Another process is writing to the record."""


class CasebookError(VallaError):
    """A casebook or dossier is not as it must be."""


class MissingExtra(VallaError):  # noqa: N818  the name says what happened
    """A heavy optional dependency is not installed."""


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that looks most like a mistyped one.

    Args:
        word: what was typed.
        allowed: the words that would do.

    Returns:
        The nearest allowed word, or None where none is close.
    """
    found = difflib.get_close_matches(word.casefold(), list(allowed), n=1, cutoff=0.6)
    return found[0] if found else None
