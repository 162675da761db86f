"""What a post of a social network has around its text: links, handles, hashtags, the signature of a quoted post."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["NO_SIGNATURE", "Signature", "bare", "signature"]

_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+")
_SIGNATURE = re.compile(r"\s?[—–-]{1,3}\s([^—–\n@]{1,80})\(@\w{1,40}\)(?:\s(\w{3,9}) \d{1,2}, (\d{4}))?\s*$")
_TAG = re.compile(r"[#@](\w+)")
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|_")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a quoted post, and when.

    Args:
        name: as it stands there; empty where there is no signature.
        month: in small letters; empty where there is no date.
        year: its four digits; empty where there is no date.
    """

    name: str = ""
    month: str = ""
    year: str = ""


NO_SIGNATURE = Signature()
"""That of a text which has none."""


def signature(text: str) -> Signature:
    """Return the signature of a quoted post.

    Args:
        text: with its signature, as it was found.
    """
    found = _SIGNATURE.search(_LINK.sub(" ", text))
    return Signature(found[1].strip(), (found[2] or "").lower(), found[3] or "") if found else NO_SIGNATURE


def bare(text: str) -> str:
    """Return the text of a post without its links and signature, hashtags and handles parted into words.

    Args:
        text: any short text; one that is no post stays as it is, but for white space.
    """
    without = _SIGNATURE.sub(" ", _LINK.sub(" ", text))
    parted = _TAG.sub(lambda found: f" {_JOINT.sub(' ', found[1])} ", without)
    return " ".join(parted.split())
