"""The vocabulary of claims: every phrase with the part that it plays, read from `data/words.toml` and `data/verbs.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from valla.claims.inflection import plural, verb_forms

__all__ = ["Cue", "Entry", "Vocabulary", "table", "vocabulary"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that names a relation.

    Args:
        relation: the id of the relation.
        form: `verb`, `person`, `event` or `state`.
        tense: of a verb: `base`, `present`, `past` or `ing`; of a noun `one` or `many`.
        peace: whether it says that the relation does not hold.
        verb: the infinitive of a verb.
        mutual: whether two sides do it together, though the relation has a direction.
        topic: whether an agreement's topic stands without its head ("non-aggression" of "non-aggression and neutrality pact").
    """

    relation: str
    form: str
    tense: str = ""
    peace: bool = False
    verb: str = ""
    mutual: bool = False
    topic: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One part that a phrase may play: a sign of `data/words.toml`, or a relation's cue, or a verb that carries one."""

    sign: str
    cue: Cue | None = None
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every phrase by its words.

    Args:
        phrases: the parts that each phrase may play.
        longest: the most words that a phrase beginning with this word has.
        also: what else each relation's words may mean.
        light: the verbs that carry each relation's nouns.
    """

    phrases: dict[tuple[str, ...], tuple[Entry, ...]]
    longest: dict[str, int]
    also: dict[str, tuple[str, ...]]
    light: dict[str, frozenset[str]]


@cache
def table(name: str) -> dict[str, Any]:
    """Return one of the data files."""
    return tomllib.loads(files("valla.claims").joinpath("data", name).read_text(encoding="utf-8"))


def _irregular() -> dict[str, list[str]]:
    known: dict[str, list[str]] = table("verbs.toml")["irregular"]
    return known


def _forms(phrase: str) -> Iterator[tuple[str, str]]:
    """The forms of a phrase of `words.toml`: one marked with * is a verb in all its forms."""
    if not phrase.endswith("*"):
        yield phrase, ""
        return
    yield from verb_forms(phrase[:-1], _irregular())


def _signs() -> Iterator[tuple[str, Entry]]:
    known = table("words.toml")
    lists = {**known["signs"], **{name: known[name]["words"] for name in ("changing", "hedges", "modals", "metonyms")}}
    for sign, phrases in lists.items():
        for phrase in phrases:
            for form, _ in _forms(phrase):
                yield form, Entry(sign, lemma=phrase.rstrip("*"))


def _verbs(relation: str, row: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for verb in row.get("verbs", []):
        for form, tense in verb_forms(verb, _irregular()):
            yield (
                form,
                Entry("cue", Cue(relation, "verb", tense, verb=verb, mutual=verb in row.get("mutual", [])), verb),
            )


def _nouns(relation: str, phrases: Iterable[str], form: str, mutual: Sequence[str] = ()) -> Iterator[tuple[str, Entry]]:
    for phrase in phrases:
        together = phrase in mutual
        yield phrase, Entry("cue", Cue(relation, form, "one", mutual=together), phrase)
        if not phrase.endswith("s"):
            yield plural(phrase), Entry("cue", Cue(relation, form, "many", mutual=together), phrase)


def _states(relation: str, row: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for phrase in row.get("states", []):
        yield phrase, Entry("cue", Cue(relation, "state", mutual=phrase in row.get("mutual", [])), phrase)
    for phrase in row.get("peace", []):
        yield phrase, Entry("cue", Cue(relation, "state", peace=True), phrase)


def _light(row: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for verb in [*row.get("light", []), *row.get("starts", []), *row.get("keeps", []), *row.get("declares", [])]:
        for form, _ in verb_forms(verb, _irregular()):
            yield form, Entry("light", lemma=verb)


def _agreements() -> Iterator[tuple[str, Entry]]:
    known = table("verbs.toml")["agreement"]
    for head in known["heads"]:
        for relation, topics in known["topics"].items():
            for topic in topics:
                yield from _nouns(relation, [f"{topic} {head}"], "event")
                for link in ("of", "on", "for", "of mutual"):
                    yield f"{head} {link} {topic}", Entry("cue", Cue(relation, "event", "one"), head)
                    yield f"{plural(head)} {link} {topic}", Entry("cue", Cue(relation, "event", "many"), head)
    for relation, topics in known["topics"].items():
        for topic in topics:
            yield topic, Entry("topic", Cue(relation, "event", "one", topic=True), topic)
    yield from _nouns("pact", known["bare"], "event")


def _entries() -> Iterator[tuple[str, Entry]]:
    for relation, row in table("verbs.toml")["relation"].items():
        yield from _verbs(relation, row)
        yield from _nouns(relation, row.get("persons", []), "person")
        yield from _nouns(relation, row.get("events", []), "event", row.get("mutual", []))
        yield from _states(relation, row)
        for phrase in row.get("mass", []):
            yield phrase, Entry("cue", Cue(relation, "event", "one"), phrase)
        yield from _light(row)
    yield from _agreements()
    yield from _signs()


def _lights() -> dict[str, frozenset[str]]:
    rows = table("verbs.toml")["relation"]
    own = {name: frozenset(row.get("light", [])) for name, row in rows.items()}
    # one signs and breaks every agreement by the same verbs as an alliance
    return {name: verbs or own["allied"] for name, verbs in own.items()}


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, built once."""
    phrases: dict[tuple[str, ...], dict[Entry, None]] = {}
    for phrase, entry in _entries():
        phrases.setdefault(tuple(re.findall(r"[^\W_]+|'[^\W_]+|&", phrase)), {})[entry] = None
    longest: dict[str, int] = {}
    for key in phrases:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Vocabulary(
        phrases={key: tuple(entries) for key, entries in phrases.items()},
        longest=longest,
        also={name: tuple(row.get("also", [])) for name, row in table("verbs.toml")["relation"].items()},
        light=_lights(),
    )
