"""Names in a text to actors, and a name that somebody typed to one actor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from valla.actors.catalogue import catalogue
from valla.actors.lexicon import Entry, Form, lexicon
from valla.actors.model import Actor, Candidate, Mention, Name, NameRole
from valla.actors.passage import Passage, before_hyphen, cut, disarmed, silent, stranger
from valla.actors.ranking import Weighed, faint, rank
from valla.actors.words import folded, joint, suits
from valla.days import Window
from valla.errors import ActorError, nearest

__all__ = ["mentions", "resolve"]

_EQUAL = 0.01  # scores nearer than this share are a tie


def _stands(entry: Entry, place: int, passage: Passage) -> bool:
    """Whether an entry's words and joints stand at a place; its first word is known to."""
    if place + len(entry.words) > len(passage.words):
        return False
    return all(
        folded(passage.words[place + at + 1]) == entry.words[at + 1] and joint(passage.between(place + at)) == wanted
        for at, wanted in enumerate(entry.joints)
    )


def _fits(form: Form, place: int, passage: Passage) -> bool:
    """Whether a form's capitals fit; a shield holds for its own letters only, since `Male` is no accent short of `Malé`."""
    pairs = tuple(zip(passage.words[place : place + len(form.words)], form.words, strict=True))
    if not form.names and any(word.casefold() != own.casefold() for word, own in pairs):
        return False
    if form.combining and not before_hyphen(place, passage):
        return False
    return all(suits(word, own) for word, own in pairs)


def _at(place: int, passage: Passage) -> tuple[Entry, tuple[Form, ...]] | None:
    """The longest entry that stands at a place, with those of its forms that fit; a shield or a combining form drives out the others."""
    for entry in lexicon().beginning(passage.words[place]):
        if _stands(entry, place, passage):
            found = tuple(form for form in entry.forms if _fits(form, place, passage))
            if found:
                strict = tuple(form for form in found if form.combining or not form.names)
                return entry, strict or found
    return None


def _allowed(name: Name, barred: frozenset[NameRole], strange: bool, on: Window | None) -> bool:
    if strange and name.role is NameRole.LEADER and name.weight < 1:
        return False
    return name.role not in barred and not faint(name, on)


@lru_cache(maxsize=65_536)
def _ranked(
    numbers: tuple[int, ...], barred: frozenset[NameRole], strange: bool, on: Window | None
) -> tuple[Candidate, ...]:
    forms = lexicon().forms
    rows = (name for number in numbers for name in forms[number].names)
    names = [name for name in rows if _allowed(name, barred, strange, on)]
    return tuple(weighed.candidate for weighed in rank(names, on))


def _mention(place: int, forms: tuple[Form, ...], passage: Passage, on: Window | None) -> Mention | None:
    count = len(forms[0].words)
    roles = frozenset[NameRole]().union(*(form.roles for form in forms))
    barred, strange = disarmed(place, count, roles, passage), stranger(place, count, roles, passage)
    candidates = _ranked(tuple(form.number for form in forms), barred, strange, on)
    if not candidates:
        return None
    start, end = passage.spans[place][0], passage.spans[place + count - 1][1]
    end += any(form.dotted for form in forms) and passage.text.startswith(".", end)
    return Mention(start, end, passage.text[start:end], candidates)


def _found(text: str, on: Window | None) -> Iterator[Mention]:
    passage = cut(text)
    place = 0
    while place < len(passage.words):
        found = None if silent(place, passage) else _at(place, passage)
        mention = _mention(place, found[1], passage, on) if found else None
        if mention:
            yield mention
        place += len(found[0].words) if found else 1


def mentions(text: str, *, on: Window | None = None) -> tuple[Mention, ...]:
    """Find the actors that a text names.

    The longest name wins, names do not overlap, and no name is found inside a longer word. A capital after a preposition of place, or in the
    name of a treaty, is a place and no actor.

    Args:
        text: the text.
        on: the days that it is about, by which dated names are weighed; None where it does not say.

    Returns:
        The mentions in the order of the text; their offsets point into it.
    """
    return tuple(_found(text, on))


def _names(text: str) -> list[Name]:
    """The rows of a whole text that is a name, an article left out; where capitals do not fit, without regard to them."""
    passage = cut(text)
    article = passage.run(0, 1) == "the"
    for start in range(min(1 + article, len(passage.words))):
        standing = [entry for entry in lexicon().beginning(passage.words[start]) if _whole(entry, start, passage)]
        forms = [form for entry in standing for form in entry.forms if form.names]
        forms = [form for form in forms if form.combining == text.endswith("-")] or forms
        fitting = [form for form in forms if form.combining or _fits(form, start, passage)] or forms
        if fitting:
            return [name for form in fitting for name in form.names]
    return []


def _whole(entry: Entry, start: int, passage: Passage) -> bool:
    return start + len(entry.words) == len(passage.words) and _stands(entry, start, passage)


def _by_code(text: str) -> Actor | None:
    book = catalogue()
    if text in book.actors:
        return book.actors[text]
    return book.by_cow(int(text)) if text.isascii() and text.isdigit() else None


def _coded(actor: Actor, text: str) -> Candidate:
    return Candidate(actor, Name(text, actor.id, NameRole.NAME), f"{text} is the id or code of {actor.phrase}")


def _unknown(text: str) -> ActorError:
    texts = {name.text.casefold(): name.text for name in catalogue().names}
    near = nearest(text, texts)
    return ActorError(f"no actor is called {text!r}", repair=f"did you mean {texts[near]!r}?" if near else None)


def _decided(text: str, ranked: tuple[Weighed, ...]) -> Candidate:
    """The likeliest candidate, unless others are as likely."""
    equal = [one.candidate for one in ranked if one.score >= ranked[0].score * (1 - _EQUAL)]
    if len(equal) == 1:
        return equal[0]
    raise ActorError(f"{text} may be {' or '.join(one.actor.phrase for one in equal)}", repair="say which")


def resolve(name: str, *, on: Window | None = None) -> Candidate:
    """Return the actor that a name, an id, a Correlates of War code or an abbreviation of that list stands for.

    Args:
        name: `Soviet Union`, `ussr`, `365` or `RUS`.
        on: the days in question, by which dated names are weighed; None where unknown.

    Raises:
        ActorError: if nobody is so called, or several actors are equally likely.
    """
    text = " ".join(name.split())
    coded = _by_code(text)
    if coded:
        return _coded(coded, text)
    ranked = rank(_names(text), on)
    if ranked:
        return _decided(text, ranked)
    if text in catalogue().abbreviations:
        return _coded(catalogue().actor(catalogue().abbreviations[text]), text)
    raise _unknown(text)
