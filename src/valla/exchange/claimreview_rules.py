"""Whether a ClaimReview keeps Google's rules: one small check a rule.

Rules: https://developers.google.com/search/docs/appearance/structured-data/factcheck.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

__all__ = ["problems"]

_SHOWN_LETTERS = 75
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?")


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]


def _host(url: Any) -> str:
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def _kin(host: str, page_host: str) -> bool:
    return host == page_host or host.endswith(f".{page_host}")


def _type(review: dict[str, Any], _: str) -> Iterator[str]:
    if "schema.org" not in str(review.get("@context", "")):
        yield "required: @context must be https://schema.org"
    if review.get("@type") != "ClaimReview":
        yield "required: @type must be ClaimReview"


def _claim_reviewed(review: dict[str, Any], _: str) -> Iterator[str]:
    text = review.get("claimReviewed")
    if not isinstance(text, str) or not text.strip():
        yield "required: claimReviewed is missing"
        return
    if len(text) > _SHOWN_LETTERS:
        yield f"advised: claimReviewed has {len(text)} characters; {_SHOWN_LETTERS} are shown: write a shorter claim"
    word = str(_rating(review).get("alternateName", ""))
    if word and re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
        yield f"advised: claimReviewed should not hold the rating {word!r}"


def _rating(review: dict[str, Any]) -> dict[str, Any]:
    rating = review.get("reviewRating")
    return rating if isinstance(rating, dict) else {}


_NUMBERS = ("worstRating", "ratingValue", "bestRating")


def _rated(review: dict[str, Any], _: str) -> Iterator[str]:
    rating = _rating(review)
    if not rating:
        yield "required: reviewRating is missing"
        return
    if not str(rating.get("alternateName") or rating.get("name") or "").strip():
        yield "required: reviewRating.alternateName is missing"
    for name in _NUMBERS:
        yield from _whole_number(name, rating.get(name))
    yield from _in_order(*(number if isinstance(number, int) else None for number in map(rating.get, _NUMBERS)))


def _whole_number(name: str, number: Any) -> Iterator[str]:
    if number is None:
        yield f"recommended: reviewRating.{name} is missing"
    elif isinstance(number, bool) or not isinstance(number, int):
        yield f"advised: reviewRating.{name} must be a whole number, found {number!r}"


def _in_order(worst: int | None, value: int | None, best: int | None) -> Iterator[str]:
    if worst is None:
        return
    if worst < 1:
        yield f"required: reviewRating.worstRating must be at least 1, found {worst}"
    if best is None:
        return
    if best <= worst:
        yield f"required: reviewRating.bestRating must be greater than worstRating, found {best} and {worst}"
    if value is not None and not worst <= value <= best:
        yield f"required: reviewRating.ratingValue must be from {worst} to {best}, found {value}"


def _url(review: dict[str, Any], page_url: str) -> Iterator[str]:
    url = review.get("url")
    if not url:
        yield "required: url is missing"
    elif not _host(url):
        yield f"required: url must be a full http address, found {url!r}: set the casebook's base_url"
    elif not _kin(_host(url), _host(page_url)):
        yield f"required: url must be on the page's own domain {_host(page_url)!r}, found {_host(url)!r}"


def _reviewer(review: dict[str, Any], _: str) -> Iterator[str]:
    authors = _rows(review.get("author"))
    if not authors:
        yield "recommended: author is missing: set the casebook's publisher"
    for author in authors:
        if not isinstance(author, dict) or author.get("@type") not in {"Organization", "Person"}:
            yield "required: author must be an Organization or a Person"
        elif not (author.get("name") or author.get("url")):
            yield "required: author must have a name or a url"


def _claim(review: dict[str, Any]) -> dict[str, Any]:
    claim = review.get("itemReviewed")
    return claim if isinstance(claim, dict) else {}


def _item(review: dict[str, Any], _: str) -> Iterator[str]:
    claim = _claim(review)
    if claim.get("@type") != "Claim":
        yield "recommended: itemReviewed is missing or is no Claim"
        return
    said = claim.get("datePublished")
    if not said:
        yield "recommended: itemReviewed.datePublished is missing: give a voicing its date"
    elif not _DATE.fullmatch(str(said)):
        yield f"required: itemReviewed.datePublished must be an ISO 8601 date, found {said!r}"


def _claimants(review: dict[str, Any], _: str) -> Iterator[str]:
    authors = _rows(_claim(review).get("author"))
    reviewers = {author.get("name") for author in _rows(review.get("author")) if isinstance(author, dict)}
    if not authors:
        yield "recommended: itemReviewed.author is missing: say who voiced the claim"
    for author in authors:
        if not isinstance(author, dict) or author.get("@type") not in {"Organization", "Person"}:
            yield "required: itemReviewed.author must be an Organization or a Person"
        elif not author.get("name"):
            yield "required: itemReviewed.author must have a name"
        elif author["name"] in reviewers:
            yield f"required: the claim must come from somebody else than the reviewer, found {author['name']!r}"


def _appearances(review: dict[str, Any], page_url: str) -> Iterator[str]:
    claim = _claim(review)
    found = _rows(claim.get("appearance")) + _rows(claim.get("firstAppearance"))
    if not found:
        yield "recommended: itemReviewed.appearance is missing: give a voicing its source"
    for row in found:
        url = row.get("url") if isinstance(row, dict) else row
        if isinstance(row, dict) and not (url or row.get("name")):
            yield "required: an appearance must have a url or a name"
        elif url and not _host(url):
            yield f"required: the url of an appearance must be a full http address, found {url!r}"
        elif url and _host(page_url) and _kin(_host(url), _host(page_url)):
            yield f"required: an appearance must be outside the reviewer's own site, found {url!r}"


_RULES: tuple[Callable[[dict[str, Any], str], Iterator[str]], ...] = (
    _type,
    _claim_reviewed,
    _rated,
    _url,
    _reviewer,
    _item,
    _claimants,
    _appearances,
)


def problems(review: dict[str, Any], page_url: str) -> tuple[str, ...]:
    """Return each rule that a ClaimReview does not keep, as a line that begins with `required`, `recommended` or `advised`.

    Args:
        review: the ClaimReview as JSON-LD.
        page_url: the full address of the page that carries it.
    """
    return tuple(line for rule in _RULES for line in rule(review, page_url))
