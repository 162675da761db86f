"""The rerank model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import MODEL

from valla.errors import InputError
from valla.scan.pairs.features import FEATURES
from valla.scan.pairs.model import MANY_CLAIMS, Curve, Rerank, kind_of, load

KINDS = ("static", "neural")


@pytest.mark.parametrize("kind", KINDS)
def test_the_bundled_model_fits_the_features(kind: str) -> None:
    """There is a weight for each, and in running text a pair is less probable."""
    model = load(kind)

    assert len(model.weights) == len(FEATURES)
    assert model.in_list.scale > 0
    assert model.in_text.scale > 0
    assert model.in_list.share > 0
    assert model.in_text.at(0) < 0.5


@given(score=st.floats(-1e6, 1e6), more=st.floats(0, 1e6))
def test_a_higher_score_is_never_less_probable(score: float, more: float) -> None:
    """The curve rises, and never leaves the scale however far out a score is."""
    for model in (MODEL, *map(load, KINDS)):
        for curve in (model.in_list, model.alone, model.in_text):
            low, high = (curve.at(one) for one in (score, score + more))

            assert 0 <= low <= high <= 1


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=20))
def test_a_list_is_as_probable_in_any_order(scores: list[float]) -> None:
    """And the best of it is the most probable."""
    for model in (MODEL, *map(load, KINDS)):
        listed = model.listed(scores, MANY_CLAIMS)

        assert sorted(listed) == pytest.approx(sorted(model.listed(scores[::-1], MANY_CLAIMS)), abs=2e-4)
        assert listed[scores.index(max(scores))] == max(listed)


def test_a_claim_that_stands_out_from_its_list_is_more_probable() -> None:
    """The same score, beside others as good and alone."""
    for kind in KINDS:
        model = load(kind)

        assert model.listed([0.0], MANY_CLAIMS)[0] > model.listed([0.0, 0.0, 0.0], MANY_CLAIMS)[0]
        assert model.listed([0.0], 5) == [model.listed([0.0, 0.0], 5)[0]]
    assert load(KINDS[0]).listed([], MANY_CLAIMS) == []


@given(row=st.lists(st.floats(-10, 10), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_the_score_is_a_weighted_sum(row: list[float]) -> None:
    """With no weights it is the bias alone."""
    empty = Rerank((0.0,) * len(FEATURES), 0.25, 0.0, *[Curve(1, 0, 0)] * 3)
    expected = MODEL.bias + sum(weight * value for weight, value in zip(MODEL.weights, row, strict=True))

    assert empty.score(row) == 0.25
    assert MODEL.score(row) == pytest.approx(expected)


def test_a_row_of_another_length_is_refused() -> None:
    """Features and weights belong together."""
    with pytest.raises(ValueError, match=r"zip\(\)"):
        MODEL.score([1.0])


def test_the_middle_of_the_curve_is_one_half() -> None:
    """Where the odds are even."""
    assert Curve(2, 0, -3).at(1.5) == 0.5
    assert Curve(2, 1, -3).at(2, -1) == 0.5


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
