"""ClaimReview as a library: a claim in each review.

https://schema.org/ClaimReview. A feed is a https://schema.org/DataFeed, whose items hold reviews, as the fact-check feeds of Data Commons do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from valla.scan.library.gathering import Entry, Opened, gathered
from valla.scan.library.jsonld import Node, nodes, texts, types, values
from valla.scan.library.model import LibraryClaim

__all__ = ["from_reviews", "reviews_in"]

_NAMES = ("name", "headline", "alternativeHeadline", "description")
_SPACE = re.compile(r"\s")


def reviews_in(data: Any) -> list[LibraryClaim]:
    """Return the claims that are reviewed anywhere within data; a review without a claim has an empty text, one without address an empty id.

    Args:
        data: JSON-LD: a review, a list, a graph, a feed.
    """
    found = list(nodes(data))
    named = {node["@id"]: node for node in found if len(node) > 1 and isinstance(node.get("@id"), str)}
    return [_claim(node, named) for node in found if "ClaimReview" in types(node)]


def _claim(review: Node, named: dict[str, Node]) -> LibraryClaim:
    items = list(_nodes(review, "itemReviewed", named))
    claims = [item for item in items if "Claim" in types(item)]
    wordings = [*texts(review, "claimReviewed")] or [text for item in claims for text in texts(item, "text")]
    wordings = wordings or [text for item in claims for text in texts(item, "name")]
    verdicts = {
        text.casefold()
        for rating in _nodes(review, "reviewRating", named)
        for name in ("alternateName", "name", "ratingValue", "ratingExplanation")
        for text in texts(rating, name)
    }
    context = (text for name in _NAMES for text in texts(review, name))
    text, *others = dict.fromkeys(wordings) or [""]
    return LibraryClaim(
        _SPACE.sub("%20", next((address for name in ("url", "@id") for address in texts(review, name)), "")),
        text,
        tuple(told for told in dict.fromkeys(context) if told.casefold() not in {*verdicts, text.casefold()}),
        tuple(dict.fromkeys(told for told in (*others, *_voicings(items, claims, named)) if told != text)),
    )


def _voicings(items: list[Node], claims: list[Node], named: dict[str, Node]) -> Iterator[str]:
    """Yield the claim as it is told in the works that it appears in; the item itself may be such a work, as it was before 2018."""
    works = [item for item in items if item not in claims]
    for claim in claims:
        yield from texts(claim, "text")
        works += [work for name in ("firstAppearance", "appearance") for work in _nodes(claim, name, named)]
    for work in works:
        yield from texts(work, "text")


def _nodes(node: Node, name: str, named: dict[str, Node]) -> Iterator[Node]:
    """Yield the objects of a property, those that are only referred to from where they stand."""
    for value in values(node, name):
        if isinstance(value, dict):
            known = named.get(value["@id"]) if isinstance(value.get("@id"), str) else None
            yield value if known is None else known


def from_reviews(claims: Iterable[LibraryClaim], problems: list[str], where: str) -> Opened:
    """Make a library of reviews: one that says the same as another is left out, and one of several at an address gets a number.

    Args:
        claims: as `reviews_in` finds them.
        problems: what was told while reading them.
        where: the file, for messages.

    Raises:
        InputError: if there is none.
    """
    seen: dict[str, dict[LibraryClaim, None]] = {}
    entries: list[Entry] = []
    taken: set[str] = set()
    alike = shared = 0
    for place, claim in enumerate(claims, start=1):
        there = seen.setdefault(claim.id, {}) if claim.text else {}
        if claim.id and claim in there:
            alike += 1
            continue
        there[claim] = None
        shared += bool(claim.id and len(there) > 1)
        own = _free(claim.id or f"claim-{place}", len(there) if claim.id else 1, taken)
        entries.append(Entry(LibraryClaim(own, claim.text, claim.context, claim.voicings), place))
    return gathered(entries, [*problems, *_told(alike, shared, where)], where, "review")


def _free(wanted: str, number: int, taken: set[str]) -> str:
    found = wanted if number == 1 else f"{wanted}#{number}"
    while found in taken:
        found += "'"
    taken.add(found)
    return found


def _told(alike: int, shared: int, where: str) -> Iterator[str]:
    if alike:
        yield f"{where}: reviews that say the same as another at their address were left out: {alike:,}"
    if shared:
        yield f"{where}: reviews that share their address with another have #2 and so on in their id: {shared:,}"
