"""From a library to its index."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from valla.scan.analysis import Analysis, share_of_writing
from valla.scan.encoders.model import Encoder, Vectors
from valla.scan.index.method import WRITING_CLAIMS, method_of
from valla.scan.index.model import Index, Rows
from valla.scan.library.model import Library

__all__ = ["WRITING_CLAIMS", "build", "fingerprint_of"]


def fingerprint_of(library: Library, language: str, encoders: Iterable[Encoder]) -> str:
    """Return what tells one index from another: the claims, the language, the encoders, and how it is worked out.

    Args:
        library: the claims.
        language: of their words.
        encoders: whose vectors the index holds.

    Raises:
        InputError: if there is no such language.
    """
    told = "\n".join(
        [library.fingerprint, method_of(language), language, *sorted(encoder.name for encoder in encoders)]
    )
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _weights(terms: Sequence[str], claim_terms: Sequence[frozenset[str]], language: str) -> NDArray[np.float32]:
    """Return the inverse document frequency of each term, with writing at large as some claims more.

    K. Spärck Jones, "A statistical interpretation of term specificity" (1972), with a Dirichlet prior from `data/frequency.tsv`.
    """
    counts = dict.fromkeys(terms, 0)
    for found in claim_terms:
        for term in found:
            counts[term] += 1
    expected = np.array([share_of_writing(term, language) for term in terms]) * WRITING_CLAIMS
    counted = np.fromiter(counts.values(), np.float64, len(terms))
    shares = (counted + expected) / (len(claim_terms) + WRITING_CLAIMS)
    weights: NDArray[np.float32] = -np.log(shares).astype(np.float32)
    return weights


def build(library: Library, encoders: Sequence[Encoder], *, language: str = "en", known: Index | None = None) -> Index:
    """Make the index of a library.

    Args:
        library: the claims; any number of them.
        encoders: whose vectors the index is to hold.
        language: of the claims' words, as a BCP 47 tag.
        known: an index of much the same claims: vectors of wordings that it has are taken from it, not made again.

    Returns:
        The index; the same whether or not `known` was given.
    """
    analysis = Analysis(language)
    claims = library.claims
    wordings = [wording for claim in claims for wording in claim.wordings]
    owners = np.repeat(np.arange(len(claims), dtype=np.int32), [len(claim.wordings) for claim in claims])
    told = [analysis.terms(wording) for wording in wordings]
    claim_terms: list[set[str]] = [set() for _ in claims]
    for owner, found in zip(owners, told, strict=True):
        claim_terms[owner].update(found)
    terms = sorted(set().union(*claim_terms))
    numbers = dict(zip(terms, range(len(terms)), strict=True))
    return Index(
        claims=claims,
        language=language,
        fingerprint=fingerprint_of(library, language, encoders),
        terms=terms,
        weights=_weights(terms, [frozenset(found) for found in claim_terms], language),
        wording_claims=owners,
        wording_terms=Rows.of([[numbers[term] for term in found] for found in told]),
        vectors={encoder.name: _vectors(wordings, encoder, known) for encoder in encoders},
    )


def _vectors(wordings: Sequence[str], encoder: Encoder, known: Index | None) -> Vectors:
    """Return a row for each wording, made only where it is not known."""
    old = known.vectors.get(encoder.name) if known else None
    places: Mapping[str, int] = {}
    if known and old is not None and old.shape[1] == encoder.dimensions:
        places = {wording: place for place, wording in enumerate(known.wordings)}
    vectors = np.zeros((len(wordings), encoder.dimensions), np.int8)
    new = [number for number, wording in enumerate(wordings) if wording not in places]
    kept = [number for number, wording in enumerate(wordings) if wording in places]
    if old is not None and kept:
        vectors[kept] = old[[places[wordings[number]] for number in kept]]
    if new:
        vectors[new] = encoder.encode([wordings[number] for number in new])
    return vectors
