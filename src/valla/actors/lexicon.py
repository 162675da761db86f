"""Names by their first word, so that a text is compared only with the names that may begin where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from valla.actors.catalogue import catalogue
from valla.actors.model import Name, NameRole
from valla.actors.tables import Shield, read_shields
from valla.actors.words import WORD, folded, joint

__all__ = ["Entry", "Form", "Lexicon", "lexicon"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, and whose name it is.

    Args:
        number: its place in the lexicon; the ranking of its names is remembered under it.
        words: its words as written.
        names: the names so written; none for a shield, a phrase that names nobody.
        combining: whether it only stands before a hyphen: `Franco-`.
        dotted: whether it ends with a full stop: `U.S.`.
        roles: the roles of its names.
    """

    number: int
    words: tuple[str, ...]
    names: tuple[Name, ...]
    combining: bool
    dotted: bool
    roles: frozenset[NameRole]


@dataclass(frozen=True, slots=True)
class Entry:
    """The forms that are alike but for capitals and diacritics.

    Args:
        words: their words, folded.
        joints: what stands between the words.
        forms: the forms.
    """

    words: tuple[str, ...]
    joints: tuple[str, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that a text may be compared with.

    Args:
        forms: every form, by its number.
        entries: the entries that begin with a folded word, longest first.
        before: for a role, the words that disarm a name when they stand before it.
        after: for a role, the words that do so when they follow.
        shouted: abbreviations that are words too, when a text is all in capitals.
        titles: words that may stand, capitalised, before the surname of a person without being his first name.
    """

    forms: tuple[Form, ...]
    entries: dict[str, tuple[Entry, ...]]
    before: dict[NameRole, frozenset[str]]
    after: dict[NameRole, frozenset[str]]
    shouted: frozenset[str]
    titles: frozenset[str]

    def beginning(self, word: str) -> tuple[Entry, ...]:
        """Return the entries that may begin with a word of a text, longest first."""
        return _beginning(word)


def _cut(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name and the joints between them."""
    found = list(WORD.finditer(text))
    between = (joint(text[left.end() : right.start()]) for left, right in pairwise(found))
    return tuple(match.group() for match in found), tuple(between)


def _by_text(names: tuple[Name, ...], shields: tuple[Shield, ...]) -> dict[str, list[Name]]:
    texts: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        texts[name.text].append(name)
    for shield in shields:
        if shield.rule == "phrase":
            texts.setdefault(shield.text, [])
    return texts


def _beside(shields: tuple[Shield, ...], rule: str) -> dict[NameRole, frozenset[str]]:
    roles = {NameRole(shield.role) for shield in shields if shield.rule == rule}
    return {role: frozenset(one.text for one in shields if one.rule == rule and one.role == role) for role in roles}


def _texts(shields: tuple[Shield, ...], rule: str) -> frozenset[str]:
    return frozenset(shield.text for shield in shields if shield.rule == rule)


def _grouped(forms: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Form]]) -> dict[str, tuple[Entry, ...]]:
    firsts: dict[str, list[Entry]] = defaultdict(list)
    for (words, joints), alike in forms.items():
        firsts[words[0]].append(Entry(words, joints, tuple(alike)))
    return {word: tuple(sorted(found, key=lambda entry: -len(entry.words))) for word, found in firsts.items()}


def _forms(texts: dict[str, list[Name]]) -> Iterator[tuple[tuple[str, ...], Form]]:
    for number, (text, names) in enumerate(texts.items()):
        words, joints = _cut(text)
        roles = frozenset(name.role for name in names)
        yield joints, Form(number, words, tuple(names), text.endswith("-"), text.endswith("."), roles)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the catalogue's names and the shields, made once."""
    shields = read_shields()
    forms: list[Form] = []
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Form]] = defaultdict(list)
    for joints, form in _forms(_by_text(catalogue().names, shields)):
        forms.append(form)
        alike[tuple(folded(word) for word in form.words), joints].append(form)
    return Lexicon(
        forms=tuple(forms),
        entries=_grouped(alike),
        before=_beside(shields, "before"),
        after=_beside(shields, "after"),
        shouted=_texts(shields, "shout"),
        titles=_texts(shields, "title"),
    )


@lru_cache(maxsize=65_536)
def _beginning(word: str) -> tuple[Entry, ...]:
    return lexicon().entries.get(folded(word), ())
