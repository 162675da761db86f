"""Indexes of any small library, and whether two of them are the same."""

import numpy as np
from hypothesis import strategies as st
from scan_samples import ODDITIES, REPETITIONS

from valla.scan.index.model import Index
from valla.scan.library.model import Library, LibraryClaim

WORDINGS = st.one_of(
    st.sampled_from(["", " ", "the of and", *REPETITIONS, *ODDITIES]),
    st.text(max_size=20),
    st.text(st.characters(), max_size=8),
)
MANY_WORDINGS = st.lists(WORDINGS, max_size=3).map(tuple)


@st.composite
def libraries(draw: st.DrawFn, max_claims: int = 6) -> Library:
    """Draw a library: claims without words, with the same wordings, with any characters in them and in their ids."""
    ids = draw(st.lists(st.text(max_size=5), max_size=max_claims, unique=True))
    numbers = st.none() | st.integers(0, 99)
    return Library(
        tuple(LibraryClaim(one, draw(WORDINGS), draw(MANY_WORDINGS), draw(MANY_WORDINGS), draw(numbers)) for one in ids)
    )


def contents(index: Index) -> dict[str, object]:
    """Return all that an index holds, as values that can be compared."""
    return {
        "claims": tuple(index.claims),
        "language": index.language,
        "fingerprint": index.fingerprint,
        "terms": list(index.terms),
        "weights": np.asarray(index.weights).tolist(),
        "wording_claims": np.asarray(index.wording_claims).tolist(),
        "wording_terms": [index.wording_terms[number].tolist() for number in range(len(index.wording_terms))],
        "vectors": {name: rows.tolist() for name, rows in index.vectors.items()},
        "types": [
            str(array.dtype)
            for array in (index.weights, index.wording_claims, index.wording_terms.starts, index.wording_terms.values)
        ],
    }
