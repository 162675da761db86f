"""Who signed a post, beside a claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import TEXTS

from valla.scan.encoders.static import load
from valla.scan.index.build import build
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.pairs.signed import SIGNED_FEATURES, UNSIGNED, Signed, signed_features
from valla.scan.pairs.told import Told, tell
from valla.scan.pairs.weighing import Weighing
from valla.scan.posts import signature

POST = "Bread is dear — Ada Miller (@ada) March 3, 2019"


@pytest.fixture(scope="module")
def weighing() -> Weighing:
    """Hand out the weights of a small library."""
    return Weighing(build(Library((LibraryClaim("a", "Ada Miller said that bread is dear."),)), [load()]))


def told(text: str, weighing: Weighing) -> Told:
    """Return a claim made ready."""
    return tell([text], weighing)


def test_a_text_without_a_signature_has_zeros_throughout(weighing: Weighing) -> None:
    """A sentence of a text is neither nearer nor farther for it."""
    found = signed_features(UNSIGNED, told("In March 2019 Ada Miller said it.", weighing))

    assert [0.0] * len(SIGNED_FEATURES) == found


@pytest.mark.parametrize(
    ("claim", "fits"),
    [
        ("In March 2019 Ada Miller said it.", (1, 1, 0, 1)),
        ("Miller said it in April 2019.", (0, 1, 0, 0)),
        ("Ada Miller said it in March 2017.", (1, 0, 1, 0)),
        ("Nobody said it.", (0, 0, 0, 0)),
        ("It happened in 1066.", (0, 0, 0, 0)),
    ],
)
def test_author_and_month_count_where_the_claim_names_them(
    claim: str, fits: tuple[int, int, int, int], weighing: Weighing
) -> None:
    """Years long before any post are no dates of posts."""
    found = dict(
        zip(SIGNED_FEATURES, signed_features(Signed.of(signature(POST), weighing), told(claim, weighing)), strict=True)
    )

    assert fits == tuple(found[name] for name in SIGNED_FEATURES[1:])
    assert (found["author"] > 0) == ("Miller" in claim)


@given(claim=TEXTS | st.sampled_from(["²⁰²⁰", "٢٠٢٠", "2020 1999 99999"]), post=TEXTS)
def test_any_claim_can_be_compared_with_any_signature(weighing: Weighing, claim: str, post: str) -> None:
    """Every number lies between 0 and 1."""
    by = Signed.of(signature(f"{post} — Ada Miller (@ada) March 3, 2020"), weighing)

    assert all(0 <= value <= 1 for value in signed_features(by, told(claim, weighing)))
