"""The claim that a title makes, written as a plain sentence."""

from __future__ import annotations

import re
from collections import Counter

from valla.dossier.manuscript.casing import cased
from valla.dossier.manuscript.lexicon import table, words
from valla.dossier.manuscript.quotation import quotation
from valla.dossier.manuscript.sentences import tokens

__all__ = ["claim", "denies", "language"]

_ARTICLE = re.compile(r"\b(an?)(\s+)([“\"‘']?)([^\W\d_]+)", re.IGNORECASE)
_SOUNDS_OPEN = re.compile(r"^(?:[aio]|e(?!u)|u(?!n[iay]|se|s[ua]|k|t[eio])|hour|honou?r|honest|heir)", re.IGNORECASE)
_SOUNDS_SHUT = re.compile(r"^one\b|^once\b|^eu", re.IGNORECASE)
_VERB = re.compile(r"^[a-z]{3,}(?:ed|es|s)$")
_QUESTION = (
    "was",
    "were",
    "is",
    "are",
    "did",
    "does",
    "do",
    "had",
    "has",
    "have",
    "why",
    "how",
    "who",
    "what",
    "when",
    "where",
)


def language(text: str) -> str:
    """Return the tag of the language that a text is most likely in; English where nothing tells.

    Args:
        text: any stretch of prose.
    """
    counts = Counter(tokens(text))
    scores = {tag: sum(counts[word] for word in known) for tag, known in table("sentences", "language").items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] else "en"


def _articles(text: str) -> str:
    """A sentence with `a` and `an` set right."""

    def right(found: re.Match[str]) -> str:
        article, space, mark, word = found.groups()
        if word.isupper() and len(word) > 1:
            return found.group()
        shut = _SOUNDS_SHUT.match(word) or not _SOUNDS_OPEN.match(word)
        letter = article[0]
        return f"{letter if shut else letter + 'n'}{space}{mark}{word}"

    return _ARTICLE.sub(right, text)


def _says_something(text: str) -> bool:
    """Whether a title has a verb after its first word: `The Myth of the Great Victory` claims nothing."""
    found = tokens(text)
    first = found[0] if found else ""
    if first in _QUESTION or text.rstrip().endswith("?"):
        return False
    known = words("sentences", "verbs", "finite")
    return any(word in known or (_VERB.match(word) and not word.endswith(("ss", "us", "is"))) for word in found[1:])


def claim(title: str, body: str, tag: str) -> str:
    """Return the claim that a title makes, or nothing where it makes none.

    Args:
        title: as its author wrote it.
        body: the prose, which shows what words have capitals of their own.
        tag: the language; the capitals and articles are mended in English only.

    Returns:
        One sentence, without quotation marks around it; empty where the title is a question or has no verb.
    """
    quoted = quotation(title.strip("*_ "))
    bare = (quoted.text if quoted and not quoted.rest else title).strip("*_ ").rstrip(".!… ")
    if not bare or bare.endswith("?"):
        return ""
    if tag != "en":
        return f"{bare}."
    if not _says_something(bare):
        return ""
    text = _articles(cased(bare, body))
    first = next((at for at, char in enumerate(text) if char.isalnum()), 0)
    return f"{text[:first]}{text[first].upper()}{text[first + 1 :]}."


def denies(essence: str, title: str) -> bool:
    """Whether an essence states the denial of the myth: it calls it untrue, or says not where the title does not.

    Args:
        essence: the myth in one sentence.
        title: the chapter's.
    """
    phrases = "|".join(f"(?:{phrase})" for phrase in table("sentences", "denial")["phrases"])
    if re.search(phrases, essence, re.IGNORECASE):
        return not re.search(phrases, title, re.IGNORECASE)
    said, named = set(tokens(essence)), set(tokens(title))
    negations = words("sentences", "denial", "negations")
    one, two = (
        bool(each & negations) or "n't" in text or "n’t" in text for each, text in ((said, essence), (named, title))
    )
    content = {word for word in named if len(word) > 3} - negations
    shared = len(content & said) / len(content) if content else 0.0
    return one and not two and shared >= 0.75
