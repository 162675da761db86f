"""A text cut into words once, and what stands beside a name in it."""

from __future__ import annotations

from dataclasses import dataclass

from valla.actors.lexicon import lexicon
from valla.actors.model import NameRole
from valla.actors.words import WORD, begins_large, joint

__all__ = ["Passage", "before_hyphen", "cut", "disarmed", "silent", "stranger"]

_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014")
_MOST_WORDS_BESIDE = 2
_NOBODY: frozenset[NameRole] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its words.

    Args:
        text: the text.
        spans: where each word begins and ends.
        words: the words.
    """

    text: str
    spans: list[tuple[int, int]]
    words: list[str]

    def between(self, place: int) -> str:
        """Return the characters between a word and the next."""
        return self.text[self.spans[place][1] : self.spans[place + 1][0]]

    def joined(self, place: int) -> bool:
        """Whether a word and the next stand side by side, with a blank or hyphen between them."""
        return 0 <= place < len(self.words) - 1 and joint(self.between(place)) == " "

    def run(self, start: int, count: int) -> str:
        """Return so many words from a place on, in small letters; empty where they do not stand side by side."""
        if start < 0 or start + count > len(self.words):
            return ""
        if not all(self.joined(at) for at in range(start, start + count - 1)):
            return ""
        return " ".join(self.words[start : start + count]).lower()


def cut(text: str) -> Passage:
    """Cut a text into words."""
    spans, words = [], []
    for match in WORD.finditer(text):
        spans.append(match.span())
        words.append(match.group())
    return Passage(text, spans, words)


def before_hyphen(place: int, passage: Passage) -> bool:
    """Whether a hyphen and a capitalised word follow, as after `Franco` in `Franco-Belgian` but not in `Franco-era`."""
    if place + 1 >= len(passage.words):
        return False
    return passage.between(place) in _HYPHENS and begins_large(passage.words[place + 1])


def silent(place: int, passage: Passage) -> bool:
    """Whether a word is no name where it stands: part of a handle, or a plain word in a text all in capitals."""
    start = passage.spans[place][0]
    if start and passage.text[start - 1] == "@":
        return True
    shouted = passage.words[place] in lexicon().shouted and passage.text.isupper()
    return shouted and place > 0 and passage.words[place - 1] != "THE"


def _left(place: int, passage: Passage) -> set[str]:
    """The one and the two words before a place, an article left out."""
    if not passage.joined(place - 1):
        return set()
    article = passage.words[place - 1].lower() == "the"
    sizes = range(1, _MOST_WORDS_BESIDE + 1)
    return {passage.run(place - size - article, size + article).removesuffix(" the") for size in sizes}


def _right(last: int, passage: Passage) -> set[str]:
    """The one and the two words after a place."""
    if not passage.joined(last):
        return set()
    return {passage.run(last + 1, size) for size in range(1, _MOST_WORDS_BESIDE + 1)}


def disarmed(place: int, count: int, roles: frozenset[NameRole], passage: Passage) -> frozenset[NameRole]:
    """Return the roles in which a name cannot stand here: a capital as the place of a treaty, a demonym as a language.

    Args:
        place: the name's first word.
        count: how many words it has.
        roles: the roles that it may have.
        passage: the text.
    """
    book = lexicon()
    if roles.isdisjoint(book.before) and roles.isdisjoint(book.after):
        return _NOBODY
    left, right = _left(place, passage), _right(place + count - 1, passage)
    before = {role for role, words in book.before.items() if not words.isdisjoint(left)}
    return frozenset(before | {role for role, words in book.after.items() if not words.isdisjoint(right)})


def stranger(place: int, count: int, roles: frozenset[NameRole], passage: Passage) -> bool:
    """Whether a surname follows a first name that its bearer does not have, as in `Madison Wilson`; a title is no first name."""
    if count > 1 or NameRole.LEADER not in roles or not passage.joined(place - 1):
        return False
    word = passage.words[place - 1]
    known = word.lower() in lexicon().titles or bool(lexicon().beginning(word))
    return begins_large(word) and not word.isupper() and passage.between(place - 1).isspace() and not known
