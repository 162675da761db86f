"""How indexes are worked out, in one digest: an index that was worked out otherwise holds terms that no text has."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

import Stemmer

from valla.scan.analysis import RAREST
from valla.scan.words import primary, stemmer, words

__all__ = ["VERSION", "WRITING_CLAIMS", "method_of"]

VERSION = 1
"""To be raised when words, their terms or their weights are worked out otherwise than before, and no data or number below tells."""

WRITING_CLAIMS = 8_000
"""Writing at large counts as so many claims more, so that a term is weighed rightly in a library of five as in one of 10,000."""

_TABLES = ("frequency.tsv", "stop.txt")
_STOP_WORDS = "stopwordsiso"
_PROBE = "They've signed Poland's 1934 non-aggression pacts, caf\u00e9-cre\u0301me \u2019n\u2019 Stra\u00dfen: \u6f22\u5b57 \U0001f600."


@cache
def method_of(language: str) -> str:
    """Return the digest of how an index is worked out: word lists, numbers, stemmers, and how words are told apart.

    Args:
        language: of its words, as a BCP 47 tag.

    Raises:
        InputError: if it is no tag.
    """
    stem = stemmer(language)
    told = [
        VERSION,
        WRITING_CLAIMS,
        RAREST,
        [hashlib.sha256(files("valla.scan").joinpath("data", name).read_bytes()).hexdigest() for name in _TABLES],
        Stemmer.version(),
        "" if primary(language) == "en" else _stop_words(),
        [stem(word) for word in words(_PROBE)],
    ]
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()


def _stop_words() -> str:
    """The version of the list of words that languages other than English have; its digest would cost a tenth of a second."""
    try:
        return version(_STOP_WORDS)
    except PackageNotFoundError:
        return ""
