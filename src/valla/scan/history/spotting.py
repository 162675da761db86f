"""Where a text names an actor: the one thing that a scan asks of the actors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from valla.scan.history.lexicon import ACTOR

__all__ = ["NamedActors", "Shape", "Spot", "Spotter", "capitalised"]


class Shape(IntEnum):
    """The capitals of a word; one of a name may stand for it in a text only in its own shape or a larger one."""

    SMALL = 0
    LARGE = 1
    CAPITALS = 2

    @classmethod
    def of(cls, word: str) -> Shape:
        """Return the shape of a word."""
        if word.isupper():
            return cls.CAPITALS
        return cls.LARGE if word[:1].isupper() else cls.SMALL


def capitalised(text: str) -> str:
    """Return a text without any capital with one to each word, where that keeps its offsets: posts are often written so."""
    titled = text.title() if text.islower() else text
    return titled if len(titled) == len(text) else text


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of text that names an actor.

    Args:
        start: offset of its first character.
        end: offset after its last character.
        terms: whom it may stand for, as terms: `@germany`.
    """

    start: int
    end: int
    terms: tuple[str, ...]


class Spotter(Protocol):
    """Finds the names of actors."""

    def spots(self, text: str) -> Sequence[Spot]:
        """Return the stretches of a text that name an actor, in order; they do not overlap.

        Each word of a name stands there as `names` has it, or with more capitals.
        """

    def names(self) -> Iterable[tuple[str, str]]:
        """Return every name that `spots` may find, with a term that it may stand for."""


@dataclass(frozen=True)
class NamedActors:
    """A spotter over a given list of names, for tests and for libraries with actors of their own.

    Args:
        actors: names by actor id, as in `{"germany": ["Germany", "Berlin"]}`.
    """

    actors: Mapping[str, Sequence[str]]
    _terms: dict[str, tuple[str, ...]] = field(init=False, repr=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        terms: dict[str, tuple[str, ...]] = {}
        for name, term in self.names():
            terms[name] = (*terms.get(name, ()), term)
        longest = sorted(terms, key=len, reverse=True)
        object.__setattr__(self, "_terms", terms)
        object.__setattr__(self, "_pattern", re.compile(rf"\b(?:{'|'.join(map(re.escape, longest)) or '(?!)'})\b"))

    def spots(self, text: str) -> Sequence[Spot]:
        """Return the stretches of a text that name an actor, longest names first."""
        return [Spot(found.start(), found.end(), self._terms[found.group()]) for found in self._pattern.finditer(text)]

    def names(self) -> Iterable[tuple[str, str]]:
        """Return every name with its term."""
        return [(name, ACTOR + actor) for actor, names in self.actors.items() for name in names]
