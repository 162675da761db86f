"""The rerank model."""

from decimal import Decimal, localcontext
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import MODEL

from valla.errors import InputError
from valla.scan.pairs.features import FEATURES
from valla.scan.pairs.model import Curve, Rerank, kind_of, load, standings

KINDS = ("static", "neural")
SIZES = st.sampled_from([1, 10, 300, 1_000, 5_000, 10_000, 1_000_000])


@pytest.mark.parametrize("kind", KINDS)
def test_the_bundled_model_fits_the_features(kind: str) -> None:
    """There is a weight for each, in running text a pair is less probable, and no curve turns the order of a list."""
    model = load(kind)

    assert len(model.weights) == len(FEATURES)
    assert model.in_text.scale > 0
    assert model.in_text.at(0) < 0.5
    for curve in (model.many, model.few):
        assert curve.scale + curve.standing > 0
        assert curve.standing > 0
        assert curve.first >= 0


@given(score=st.floats(-1e6, 1e6), more=st.floats(0, 1e6))
def test_a_higher_score_is_never_less_probable(score: float, more: float) -> None:
    """The curve rises, and never leaves the scale however far out a score is."""
    for model in (MODEL, *map(load, KINDS)):
        low, high = (model.in_text.at(one) for one in (score, score + more))

        assert 0 <= low <= high <= 1


@given(scores=st.lists(st.floats(-60, 60), min_size=1, max_size=20), claims=SIZES)
def test_a_list_is_as_probable_in_any_order(scores: list[float], claims: int) -> None:
    """And of two claims that with the higher score is never the less probable."""
    for model in (MODEL, *map(load, KINDS)):
        listed = model.listed(scores, claims)
        ranked = [probability for _, probability in sorted(zip(scores, listed, strict=True))]

        assert listed == pytest.approx(model.listed(scores[::-1], claims)[::-1], abs=2e-4)
        assert all(one <= other + 1e-4 for one, other in pairwise(ranked))


@given(scores=st.lists(st.floats(-60, 60), min_size=1, max_size=8), others=st.floats(-60, 60))
def test_standing_is_the_log_odds_of_a_share(scores: list[float], others: float) -> None:
    """Of the powers of all scores, in as many digits as it takes."""
    with localcontext() as precise:
        precise.prec = 120
        powers = [Decimal(score).exp() for score in (*scores, others)]
        expected = [float((power / (sum(powers) - power)).ln()) for power in powers[:-1]]

    assert standings(scores, others) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("claims", [5, 2_000, 100_000])
def test_a_claim_that_stands_out_from_its_list_is_more_probable(claims: int) -> None:
    """The same score, with nothing beside it and beside others as good."""
    for kind in KINDS:
        model = load(kind)

        assert model.listed([0.0], claims)[0] > model.listed([0.0, 0.0, 0.0], claims)[0]
        assert model.listed([], claims) == []


@given(scores=st.lists(st.floats(-60, 60), min_size=1, max_size=20), claims=st.integers(100, 50_000))
def test_one_claim_more_in_the_library_hardly_matters(scores: list[float], claims: int) -> None:
    """There is no size at which the probabilities jump."""
    for kind in KINDS:
        assert load(kind).listed(scores, claims) == pytest.approx(load(kind).listed(scores, claims + 1), abs=0.01)


@given(row=st.lists(st.floats(-10, 10), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_the_score_is_a_weighted_sum(row: list[float]) -> None:
    """With no weights it is the bias alone."""
    empty = Rerank((0.0,) * len(FEATURES), 0.25, 0.0, *[Curve(1, 0, 0, 0)] * 3)
    expected = MODEL.bias + sum(weight * value for weight, value in zip(MODEL.weights, row, strict=True))

    assert empty.score(row) == 0.25
    assert MODEL.score(row) == pytest.approx(expected)


def test_a_row_of_another_length_is_refused() -> None:
    """Features and weights belong together."""
    with pytest.raises(ValueError, match=r"zip\(\)"):
        MODEL.score([1.0])


def test_the_middle_of_the_curve_is_one_half() -> None:
    """Where the odds are even."""
    assert Curve(2, 0, 0, -3).at(1.5) == 0.5
    assert Curve(2, 1, 0, -3).odds(2, -1) == 0
    assert Curve(2, 1, 4, -3).odds(2, -1, is_first=True) == 4


@pytest.mark.parametrize(
    ("name", "kind"), [("static-256-00ff", "static"), ("neural-minilm-384-00ff", "neural"), ("toy", "toy")]
)
def test_the_kind_of_an_encoder_is_the_head_of_its_name(name: str, kind: str) -> None:
    """What follows tells one table from another."""
    assert kind_of(name) == kind


def test_an_encoder_of_a_kind_without_a_model_is_refused() -> None:
    """In one line that names the kinds there are."""
    with pytest.raises(InputError, match="found 'toy'; allowed: static or neural"):
        load("toy")
