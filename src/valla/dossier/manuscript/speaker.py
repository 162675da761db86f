"""Who speaks in a quotation, from the sentence that leads to it or the line that follows it."""

from __future__ import annotations

import re
from functools import cache

from valla.dossier.manuscript.lexicon import pattern, words
from valla.dossier.manuscript.sentences import sentences, tokens

__all__ = ["attribution", "introduced"]

_BRACKETS = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_WORD = re.compile(r"\d+|(?:[^\W\d_]\.)+|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")


@cache
def _speech() -> re.Pattern[str]:
    verbs = "|".join(sorted(words("sentences", "verbs", "speech"), key=len, reverse=True))
    return re.compile(rf"\b(?:{verbs})\b")


def _office(word: str) -> bool:
    bare = word.casefold().rstrip(".")
    return bare in words("names", "name", "offices") or bare in words("sentences", "words", "calendar")


def _runs(text: str) -> list[tuple[str, str]]:
    """The runs of capitalised words, particles within, each with the word that stands before it."""
    found: list[tuple[str, str]] = []
    run: list[str] = []
    before, last = "", ""
    ends_at = 0
    for match in _WORD.finditer(text):
        word = match.group()
        apart = bool(run) and text[ends_at : match.start()].strip(". ") != ""
        inside = word[0].isupper() or (bool(run) and word in words("names", "name", "particles"))
        if run and (apart or not inside):
            found.append((before, " ".join(run)))
            run = []
        if inside:
            before = last if not run else before
            run.append(word)
        last, ends_at = word.casefold(), match.end()
    return [*found, (before, " ".join(run))] if run else found


def _begins(word: str) -> bool:
    """Whether a word has its capital from the start of a sentence: an article, a preposition, an adverb."""
    known = words("sentences", "words", "fresh") | words("sentences", "words", "adverbs")
    return word.casefold() in known or word.endswith("ly")


def _person(run: str) -> str:
    """A run of capitalised words without the offices and articles before the name."""
    parts = run.split()
    while parts and (_office(parts[0]) or _begins(parts[0])):
        parts.pop(0)
    while parts and parts[-1] in words("names", "name", "particles"):
        parts.pop()
    return _POSSESSIVE.sub("", " ".join(parts))


def _governed(before: str) -> bool:
    """Whether a preposition stands before a name, so that it is not the one who speaks."""
    return before in words("sentences", "words", "prepositions")


def _named(text: str) -> list[tuple[str, str]]:
    """Names in a clause, each with the word before it, articles looked through."""
    found: list[tuple[str, str]] = []
    for before, run in _runs(text):
        name = _person(run)
        if name and not any(word.casefold() in words("names", "name", "never") for word in name.split()):
            found.append((_before_article(text, run, before), name))
    return found


def _before_article(text: str, run: str, before: str) -> str:
    if before not in {"the", "a", "an", "his", "her", "their"}:
        return before
    ahead = tokens(text[: text.find(run)])
    return ahead[-2] if len(ahead) > 1 else ""


def _adverbial(segment: str) -> bool:
    first = tokens(segment)[:1]
    return not first or first[0] in words("sentences", "words", "prepositions") or not segment.strip()[0].isalpha()


def _is_whole_name(segment: str, name: str) -> bool:
    """Whether a segment is a name and nothing else, offices aside."""
    particles = words("names", "name", "particles")
    return (
        bool(name) and not _adverbial(segment) and all(word[0].isupper() or word in particles for word in name.split())
    )


def _subject(clause: str) -> str:
    """The name that a clause before a verb of speech is about."""
    segments = [part for part in clause.split(",") if part.strip()]
    whole = [name for part in segments if _is_whole_name(part, name := _person(part))]
    return whole[0] if whole else _likely(clause, segments) or _first_free(segments)


def _likely(clause: str, segments: list[str]) -> str:
    """The last free name of the first segment that has one, those in front of the others, which are read backwards."""
    for segment in [part for part in segments if not _adverbial(part)] + segments[::-1]:
        free = _free_names(segment)
        # A lone word in front has its capital from the start of the sentence, as far as anybody can tell.
        sure = [name for name in free if " " in name or not clause.lstrip().startswith(name)]
        if sure or (free and segment is segments[-1]):
            return (sure or free)[-1]
    return ""


def _first_free(segments: list[str]) -> str:
    return next((name for part in segments if not _adverbial(part) for name in _free_names(part)), "")


def _free_names(segment: str) -> list[str]:
    """The names in a segment that no preposition governs and that own nothing in it."""
    return [name for before, name in _named(segment) if not _governed(before) and not _owns(segment, name)]


def _owns(segment: str, name: str) -> bool:
    return bool(re.search(rf"{re.escape(name)}['’ʼ]s?\s", segment))


def _after(text: str) -> str:
    """The name that follows at once: `as wrote A. Writer`, `in the words of A. Writer`."""
    found = _named(re.split(r"[,:;]", text.strip())[0])
    return found[0][1] if found and (not _governed(found[0][0])) else ""


def _apposed(clause: str) -> str:
    """The one name between commas that says who an office is: `The minister of the coast, Ann Reed, sent a letter`."""
    found = [name for part in clause.split(",")[1:-1] if _is_whole_name(part, name := _person(part))]
    return found[0] if len(found) == 1 else ""


def _without_aside(sentence: str) -> str:
    """A sentence without the aside after its subject that says who reports it: `Reed, according to Kern, said`."""
    known = pattern("sentences", "verbs", "attributed").pattern
    found = re.match(rf"([^,]+), (?:{known})\b[^,]*, ?", sentence, re.IGNORECASE)
    aside = found and _is_whole_name(found[1], _person(found[1]))
    return f"{found[1]} {sentence[found.end() :]}" if found and aside else sentence


def _together(clause: str, name: str) -> str:
    """A name with the one that stands before it, where two speak: `Reed and Kern`."""
    joins = "|".join(re.escape(word) for word in words("names", "name", "conjunctions"))
    found = re.search(rf"((?:[^\W\d_a-z][\w.'’-]*\s+)+)({joins})\s+{re.escape(name)}\s*$", clause)
    other = _person(found[1].strip()) if found else ""
    before = tokens(clause[: found.start()])[-1:] if found else []
    if not found or not other or _governed("".join(before)) or other.casefold() in words("names", "name", "never"):
        return name
    return f"{other} {found[2]} {name}"


def introduced(text: str) -> str:
    """Return who is quoted after a paragraph, or nothing where it does not name anybody.

    Args:
        text: the paragraph before the quotation: `In May 1920 the envoy A. Writer (a poet) told the court:`.
    """
    last = _without_aside(_BRACKETS.sub("", sentences(text)[-1] if text.strip() else "").rstrip(" :"))
    attributed = pattern("sentences", "verbs", "attributed").search(last)
    if attributed:
        found = _named(last[attributed.end() :])
        if found:
            return found[0][1]
    verbs = list(_speech().finditer(last))
    for verb in reversed(verbs):
        name = _subject(last[: verb.start()]) or _after(last[verb.end() :])
        if name:
            return _together(last[: verb.start()], name)
    if verbs:
        return ""
    return _subject(last) if len(_named(last)) == 1 else _apposed(last)


def attribution(text: str) -> tuple[str, str]:
    """Return the speaker and the source that a line after a quotation names.

    Args:
        text: `— A. Writer, letter of 1920`, `(A. Writer)`.
    """
    bare = text.strip().lstrip("—–―-, ").strip()
    if bare.startswith("(") and bare.rstrip(".").endswith(")"):
        bare = bare.rstrip(".")[1:-1].strip()
    speaker, _, source = bare.partition(",")
    return speaker.strip().rstrip("."), source.strip()
