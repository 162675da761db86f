"""How alike a passage and a claim are, as numbers."""

import math
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import CLAIMS, LIBRARY, OTHERS, REPETITIONS, SENTENCES, TEXTS

from valla.scan.encoders.static import StaticEncoder
from valla.scan.find import parts_of
from valla.scan.index.build import build
from valla.scan.index.model import Index
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.pairs.features import FEATURES, MOST_SHARED, Claims, evened, features
from valla.scan.pairs.told import tell

ROOT = Path(__file__).parents[3]
SHARES = (
    "text_covered",
    "wording_covered",
    "claim_covered",
    "passage_covered",
    "both_covered",
    "wording_alike",
    "twos",
    "names",
)
"""Features that are shares of a weight."""

BOUNDED = (*SHARES, "shared", "letters", "letters_wording", "numbers", "numbers_missing")
"""Features between 0 and 1."""


@pytest.fixture(scope="module")
def claims(small_index: Index) -> Claims:
    """Hand out the claims of the small library, made ready."""
    return Claims(small_index)


def found(claims: Claims, static: StaticEncoder, number: int, *parts: str) -> Mapping[str, float]:
    """Return the features of a passage, followed by its parts, beside a claim."""
    meaning = claims.meaning(number, static.encode(parts), static.name)
    row = features(tell([parts[0]], claims.weighing), claims.told(number), meaning)
    return dict(zip(FEATURES, row, strict=True))


def test_every_feature_has_a_name_of_its_own() -> None:
    """Weights are stored by name."""
    assert len(set(FEATURES)) == len(FEATURES)


@given(text=TEXTS | SENTENCES, data=st.data())
def test_features_are_finite_and_on_their_scale(
    claims: Claims, static: StaticEncoder, text: str, data: st.DataObject
) -> None:
    """Whatever the passage is: there is a number for each name, and shares lie between 0 and 1."""
    number = data.draw(st.integers(0, len(CLAIMS) - 1))
    row = found(claims, static, number, *parts_of(text))

    assert all(math.isfinite(value) for value in row.values())
    assert all(-1e-9 <= row[name] <= 1 + 1e-9 for name in BOUNDED)
    assert all(abs(row[name]) <= 1.02 for name in FEATURES if name.startswith("meaning"))
    assert row["meaning_text"] <= row["meaning_best"] <= row["meaning_part"] + 1e-9


@given(wordings=st.lists(TEXTS | st.sampled_from(["the", "7", "€"]), min_size=1, max_size=3), text=TEXTS)
def test_any_claim_can_be_compared(static: StaticEncoder, wordings: list[str], text: str) -> None:
    """Claims without a single word, of numbers or of signs too."""
    claim = LibraryClaim("a", wordings[0], tuple(wordings[1:]))
    if claim.wordings:
        claims = Claims(build(Library((claim,)), [static]))

        assert all(math.isfinite(value) for value in found(claims, static, 0, text).values())


@pytest.mark.parametrize("number", range(len(CLAIMS)))
def test_a_wording_is_wholly_like_itself(claims: Claims, static: StaticEncoder, number: int) -> None:
    """It shares all that it has, letter by letter, and means the same."""
    for wording in CLAIMS[number].wordings:
        row = found(claims, static, number, wording)

        assert row["wording_alike"] == pytest.approx(1)
        assert row["letters_wording"] == pytest.approx(1)
        assert row["meaning_best"] == pytest.approx(1, abs=0.02)
        assert row["passage_covered"] == pytest.approx(1)
        assert row["numbers_missing"] == 0 or wording != CLAIMS[number].text


def test_nothing_in_common_is_zero(claims: Claims, static: StaticEncoder) -> None:
    """What counts shared words is nothing where none is shared."""
    row = found(claims, static, 3, "Nobody spoke in Parliament on Tuesday.")
    lexical = FEATURES[: FEATURES.index("wording_alike") + 1]

    assert {name for name in (*lexical, "twos", "names") if row[name]} == set()


@given(texts=st.lists(SENTENCES, min_size=2, max_size=2))
def test_likeness_is_the_same_both_ways(static: StaticEncoder, texts: list[str]) -> None:
    """What two texts have in common does not depend on which is the claim."""
    one, other = texts
    if not one.strip() or not other.strip():
        return
    library = Library((LibraryClaim("a", one), LibraryClaim("b", other)))
    claims = Claims(build(library, [static]))
    there, back = found(claims, static, 1, one), found(claims, static, 0, other)

    for name in (
        "both_covered",
        "wording_alike",
        "shared",
        "rarest_shared",
        "letters",
        "letters_wording",
        "meaning_text",
    ):
        assert there[name] == pytest.approx(back[name]), name


def test_numbers_of_the_claim_are_looked_for(claims: Claims, static: StaticEncoder) -> None:
    """Another year is another story."""
    same = found(claims, static, 1, "Monks built it in 1204.")
    other = found(claims, static, 1, "Monks built it in 1304.")

    assert (same["numbers_missing"], other["numbers_missing"]) == (0, 1)
    assert same["numbers"] > other["numbers"] == 0


def test_names_of_the_claim_are_looked_for(claims: Claims, static: StaticEncoder) -> None:
    """A word with a capital that its place does not explain is a name."""
    assert found(claims, static, 2, "The mayor of Osterbruck spoke.")["names"] > 0.5
    assert found(claims, static, 2, "The mayor of Kettlemouth spoke.")["names"] == 0


def test_more_shared_terms_than_some_count_no_more(claims: Claims, static: StaticEncoder) -> None:
    """From so many on it is a repetition anyway."""
    assert found(claims, static, 2, " ".join(CLAIMS[2].wordings))["shared"] == 1
    assert found(claims, static, 0, "lemon juice")["shared"] == 2 / MOST_SHARED


@given(text=SENTENCES, other=st.sampled_from(OTHERS))
def test_remembering_claims_changes_nothing(small_index: Index, static: StaticEncoder, text: str, other: str) -> None:
    """A claim that was forgotten is made ready again, the same."""
    forgetful, fresh = Claims(small_index, remembered=1), Claims(small_index)
    for number in range(len(CLAIMS)):
        found(forgetful, static, number, other)

    assert [found(forgetful, static, number, text) for number in range(len(CLAIMS))] == [
        found(fresh, static, number, text) for number in range(len(CLAIMS))
    ]


PROGRAM = """
import sys
from scan_samples import LIBRARY, MODEL, OTHERS, REPETITIONS, block
from valla.scan.encoders.static import load
from valla.scan.find import Finder
from valla.scan.index.build import build
from valla.scan.pairs.told import tell
from valla.scan.scanner import Scanner
static = load()
index = build(LIBRARY, [static])
texts = [*REPETITIONS, *OTHERS]
rows = Finder(index, static, MODEL)
for text in texts:
    print([row for _, row, _ in rows.pairs(tell([text], rows.claims.weighing), static.encode([text]))])
    print([(match.claim.id, match.probability, match.wording) for match in rows.find(text)])
print([sighting.as_data() for sighting in Scanner(index, model=MODEL).scan_blocks([block(text) for text in texts])])
"""


def test_the_order_of_sets_in_memory_changes_nothing() -> None:
    """Another seed for the hashes of texts gives the same features, probabilities and sightings, to the last digit."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests" / "scan")])
    told = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "1440")
    ]

    assert told[0] == told[1]
    assert len(told[0].splitlines()) == 2 * (len(REPETITIONS) + len(OTHERS)) + 1
    assert all(claim.id in told[0] for claim in LIBRARY.claims)


@given(cosine=st.floats(-1, 1), unrelated=st.floats(-0.5, 0.95), usual=st.floats(-0.5, 0.95))
def test_cosines_are_brought_to_the_scale_of_the_training(cosine: float, unrelated: float, usual: float) -> None:
    """What is the same stays the same, what has nothing in common comes out as there, and the order is kept."""
    found = evened(np.array([1.0, unrelated, cosine]), unrelated, usual)

    assert found[0] == pytest.approx(1)
    assert found[1] == pytest.approx(usual, abs=0.03)
    assert (found[2] - found[1]) * (cosine - unrelated) >= 0
    assert evened(np.array([cosine]), unrelated, None).tolist() == [cosine]
