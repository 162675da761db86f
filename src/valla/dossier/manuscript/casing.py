"""The capitals that a title keeps when it is written as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from valla.actors.catalogue import catalogue
from valla.actors.model import NameRole
from valla.actors.resolve import mentions
from valla.dossier.manuscript.lexicon import table, words

__all__ = ["cased"]

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"(?:['’ʼ]s|(?<=s)['’ʼ])$", re.IGNORECASE)
_PARTS = re.compile(r"([-'’ʼ])")
_ENDING = re.compile(
    r"(?:less|ful|ous|ive|able|ible|ment|tion|sion|ness|ity|ly|ed|ing|ent|ant|ism|ists?|ers?|al|ence|ance)$"
)
_SWEEPING = frozenset(
    {"always", "never", "first", "only", "ever", "all", "every", "any", "nobody", "everybody", "nothing"}
)
_PLACES = frozenset({NameRole.NAME, NameRole.FORMER, NameRole.DEMONYM, NameRole.CAPITAL})
_TITLED = 0.6
_STEM = 6
_SHORT = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """What a body shows of its words.

    Args:
        small: the words that it writes small.
        great: those that it writes with a capital amid sentences, by their small letters.
        first: those that it only begins sentences with.
        pairs: those with capitals that stand side by side.
        shouted: whether the title is in capitals throughout.
    """

    small: frozenset[str]
    great: dict[str, str]
    first: dict[str, str]
    pairs: frozenset[tuple[str, str]]
    shouted: bool


def _known(title: str, body: str) -> _Known:
    inside = re.findall(r"(?<=[\w,;] )[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*", body)
    every = _WORD.findall(body)
    great = {_base(word).casefold(): _base(word) for word in inside if not word.islower()}
    first = {_base(word).casefold(): _base(word) for word in every if word[0].isupper() and not word.endswith("s")}
    return _Known(
        frozenset(word for word in every if word.islower()), great, first, _paired(body), shouted=title.isupper()
    )


def _paired(body: str) -> frozenset[tuple[str, str]]:
    found = re.findall(r"(?=\b([^\W\d_a-z][\w’'-]*) ([^\W\d_a-z][\w’'-]*))", body)
    return frozenset((one.casefold(), two.casefold()) for one, two in found if one[0].isupper() and two[0].isupper())


def _base(word: str) -> str:
    return _POSSESSIVE.sub("", word)


@cache
def _names() -> dict[tuple[str, ...], str]:
    """The names that keep their capitals wherever they stand, by their words in small letters."""
    listed = [name.text for name in catalogue().names if name.role in _PLACES and name.language == "en"]
    own = [*table("proper", "proper")["phrases"], *table("proper", "proper")["words"]]
    return {tuple(word.casefold() for word in _WORD.findall(text)): text for text in [*listed, *own]}


@cache
def _longest() -> int:
    return max(map(len, _names()))


def _listed(lows: Sequence[str], at: int) -> str:
    """The longest listed name that stands at a place; empty where none does."""
    lengths = range(min(_longest(), len(lows) - at), 0, -1)
    return next((name for n in lengths if (name := _names().get(tuple(lows[at : at + n]), ""))), "")


def _spelled(title: str, found: Sequence[re.Match[str]]) -> dict[int, str]:
    """The words of a title that belong to a name that is known, by their places, as the name spells them."""
    lows = [_base(each.group()).casefold() for each in found]
    spelled: dict[int, str] = {}
    for mention in mentions(title):
        inside = [at for at, each in enumerate(found) if mention.start <= each.start() < mention.end]
        spelled.update(zip(inside, _WORD.findall(mention.candidates[0].name.text), strict=False))
    for at in range(len(lows)):
        name = _listed(lows, at) if at not in spelled or len(lows[at]) > 1 else ""
        spelled.update(zip(range(at, len(lows)), _WORD.findall(name), strict=False))
    return {at: word for at, word in spelled.items() if word.casefold() == lows[at]}


def _grammatical(word: str) -> bool:
    grammar = ("words", "dangling"), ("words", "fresh"), ("words", "adverbs"), ("verbs", "finite"), ("verbs", "past")
    return word in _SWEEPING or any(word in words("sentences", *key) for key in grammar)


def _common(word: str) -> bool:
    """Whether a word is no name, going by itself: a word of grammar, a verb, or a word with a common ending."""
    return bool(_ENDING.search(word)) or _grammatical(word)


def _derived(low: str, known: _Known) -> bool:
    """Whether a word is made of a name that the body holds: `Volhynian` of `Volhynia`."""
    stems = {word[:_STEM] for word in known.great if word not in known.small}
    ends_so = low.endswith(tuple(table("proper", "proper")["derived"]))
    return ends_so and len(low) > _STEM and low[:_STEM] in stems and low not in known.small


def _shown(low: str, known: _Known, *, paired: bool) -> str:
    """A word as the body writes it, where the body shows that it is a name; else empty."""
    if low in known.great and not _grammatical(low) and (low not in known.small or (paired and not _common(low))):
        return known.great[low]
    if low in known.first and low not in known.small and not _common(low):
        return known.first[low]
    return low.capitalize() if _derived(low, known) else ""


def _single(word: str, known: _Known, *, paired: bool) -> str:
    """A word without hyphen or possessive ending, as a sentence would write it."""
    low = word.casefold()
    if low == "i" or (not known.shouted and len(word) > 1 and word[1:] != word[1:].lower()):
        return word
    if low in words("proper", "proper", "months"):
        return low.capitalize()
    return _shown(low, known, paired=paired) or _names().get((low,), "") or low


def _beside_number(title: str, found: re.Match[str]) -> bool:
    return bool(re.match(r"\s+\d", title[found.end() :]) or re.search(r"\d\s+$", title[: found.start()]))


def _plain(title: str, found: re.Match[str], known: _Known, *, paired: bool) -> str:
    word = _base(found.group())
    low = word.casefold()
    if low in words("proper", "proper", "dated") and _beside_number(title, found):
        return low.capitalize()
    if low in known.great and low not in known.small and not _grammatical(low):
        return known.great[low] if known.shouted else word
    return "".join(_single(part, known, paired=paired) if part else "" for part in _PARTS.split(word))


def _unsure(low: str, before: str, known: _Known) -> bool:
    """Whether a name of one word may be a plain word where it stands."""
    plain = low in known.small and low not in known.great
    return plain or (low in words("proper", "proper", "articled") and before != "the")


def _sentence_words(title: str, found: Sequence[re.Match[str]], known: _Known) -> Iterator[str]:
    spelled, lows = _spelled(title, found), [each.group().casefold() for each in found]
    kept = {low for pair in set(pairwise(lows)) & known.pairs for low in pair}
    for at, each in enumerate(found):
        alone = at in spelled and at - 1 not in spelled and at + 1 not in spelled
        if at in spelled and not (alone and _unsure(lows[at], lows[at - 1] if at else "", known)):
            word = spelled[at]
        elif at in spelled:
            word = lows[at]
        else:
            word = _plain(title, each, known, paired=lows[at] in kept)
        yield word + each.group()[len(_base(each.group())) :].lower()


def _titled(found: Sequence[str]) -> bool:
    """Whether most words have capitals, or most of the longer ones, one among them that no sentence would give any."""
    great, long = [word for word in found if word[0].isupper()], [word for word in found if len(word) > _SHORT]
    if len(great) > _TITLED * len(found):
        return True
    common = any(_common(word.casefold()) and len(word) > _SHORT for word in great if word != found[0])
    return common and sum(word[0].isupper() for word in long) > _TITLED * len(long)


def cased(title: str, body: str) -> str:
    """Return a title of which most words have capitals as a sentence would write it; another as it is.

    Names of actors and places keep their capitals, and what the body writes with one amid sentences; all else is small.

    Args:
        title: as its author wrote it.
        body: the prose, which shows what words have capitals of their own.
    """
    found = list(_WORD.finditer(title))
    if not _titled([each.group() for each in found]):
        return title
    parts, end = list[str](), 0
    for each, word in zip(found, _sentence_words(title, found, _known(title, body)), strict=True):
        parts.extend([title[end : each.start()], word])
        end = each.end()
    return "".join([*parts, title[end:]])
