"""Stage 4 of the cascade: words in common and another meaning."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import OTHERS, REPETITIONS, SENTENCES, sheet_of

import valla.scan.stages.semantic as semantic_module
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build
from valla.scan.index.model import Index
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.scanner import SEMANTIC_FLOOR
from valla.scan.sheet import Sheet
from valla.scan.stages.gate import Gate, Pairs
from valla.scan.stages.semantic import COVERAGE_SHARE, MOST_PAIRS, Semantic

MANY = st.lists(SENTENCES | st.sampled_from([*REPETITIONS, *OTHERS]), max_size=8)


def gated(index: Index, texts: Sequence[str], floor: float = 0.05) -> tuple[Sheet, Pairs]:
    """Return the sentences of texts and the pairs that a wide gate lets through."""
    read = sheet_of(index, texts)
    found = list(Gate(index, floor).open(read.terms)) or [
        Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
    ]
    assert len(found) == 1
    return read, found[0]


def listed(pairs: Pairs) -> list[tuple[int, int, float]]:
    """Return pairs that can be compared."""
    return list(zip(pairs.sentences.tolist(), pairs.wordings.tolist(), pairs.coverage.tolist(), strict=True))


@given(texts=MANY)
def test_what_is_near_enough_is_kept(small_index: Index, static: StaticEncoder, texts: Sequence[str]) -> None:
    """The mean of coverage and cosine decides, pair by pair, and the order stays."""
    read, pairs = gated(small_index, texts)
    rows = static.encode([read.text(number) for number in range(len(read.places))]).astype(int)
    wordings = small_index.vectors[static.name].astype(int)
    nearness = [
        COVERAGE_SHARE * coverage + (1 - COVERAGE_SHARE) * int(rows[sentence] @ wordings[wording]) / 127**2
        for sentence, wording, coverage in listed(pairs)
    ]
    kept = listed(Semantic(small_index, static, SEMANTIC_FLOOR).sift(read, pairs))

    sure = [pair for pair, near in zip(listed(pairs), nearness, strict=True) if near > SEMANTIC_FLOOR + 1e-5]
    possible = [pair for pair, near in zip(listed(pairs), nearness, strict=True) if near > SEMANTIC_FLOOR - 1e-5]
    assert [pair for pair in kept if pair in sure] == sure
    assert [pair for pair in possible if pair in kept] == kept


@given(texts=MANY, at_once=st.integers(1, 9))
def test_it_does_not_matter_how_many_pairs_go_at_once(
    small_index: Index, static: StaticEncoder, texts: Sequence[str], at_once: int
) -> None:
    """Cosines are products of whole numbers: the same in any batch."""
    read, pairs = gated(small_index, texts)
    semantic = Semantic(small_index, static, SEMANTIC_FLOOR)
    whole = listed(semantic.sift(read, pairs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(semantic_module, "_PAIRS_AT_ONCE", at_once)

        assert listed(semantic.sift(read, pairs)) == whole


@given(texts=MANY)
def test_a_higher_floor_keeps_less(small_index: Index, static: StaticEncoder, texts: Sequence[str]) -> None:
    """What passes a high floor passes a low one."""
    read, pairs = gated(small_index, texts)
    low, middle, high = (
        set(listed(Semantic(small_index, static, floor).sift(read, pairs))) for floor in (-1, 0.4, 0.7)
    )

    assert high <= middle <= low == set(listed(pairs))


def test_no_pairs_give_none(small_index: Index, static: StaticEncoder) -> None:
    """Most blocks get no further than the gate."""
    read, pairs = gated(small_index, ["The committee adjourned."])

    assert listed(Semantic(small_index, static, SEMANTIC_FLOOR).sift(read, pairs)) == []


def test_of_claims_that_say_nearly_the_same_the_nearest_are_looked_at(static: StaticEncoder) -> None:
    """A sentence is compared with so many at most, and each sentence with its own."""
    claims = tuple(LibraryClaim(str(n), "Owls bark at the old tower.") for n in range(MOST_PAIRS + 50))
    index = build(Library((*claims, LibraryClaim("fox", "Foxes dance at the new mill."))), [static])
    read, pairs = gated(index, ["Owls bark at the old tower.", "Foxes dance at the new mill."])
    kept = Semantic(index, static, SEMANTIC_FLOOR).sift(read, pairs)

    assert kept.sentences.tolist() == [0] * MOST_PAIRS + [1]
    assert kept.wordings.tolist() == [*range(MOST_PAIRS), len(claims)]
