"""Words to terms."""

import pytest

from valla.scan.history.lexicon import frequencies, lexicon


@pytest.mark.parametrize(
    "words",
    [
        ("opponent", "enemy", "adversary", "foe", "antagonist", "opposed", "fought"),
        ("always", "consistent", "implacable", "steadfast", "invariably"),
        ("collaborated", "cooperation", "friendship"),
        ("invaded", "invasion", "attack", "aggressor"),
    ],
)
def test_synonyms_share_a_term(words: tuple[str, ...]) -> None:
    """Words that say the same are one concept."""
    shared = set(lexicon().terms(words[0]))
    for word in words[1:]:
        shared &= set(lexicon().terms(word))

    assert shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resolute", "resolution"),
        ("principled", "principles"),
        ("continuously", "continue"),
        ("accords", "according"),
        ("responsible", "response"),
    ],
)
def test_a_stem_in_common_is_no_synonym(one: str, other: str) -> None:
    """Words that count only in their exact form do not draw in others of the same stem."""
    assert not set(lexicon().terms(one)) & set(lexicon().terms(other))


def test_inflected_forms_share_a_stem() -> None:
    """A word that is no concept is its stem."""
    assert lexicon().terms("credits") == lexicon().terms("credit") == ("credit",)


def test_stop_words_are_no_terms() -> None:
    """Function words and single letters say nothing."""
    assert [lexicon().terms(word) for word in ("the", "which", "s")] == [(), (), ()]


def test_every_opposite_is_a_concept_and_points_back() -> None:
    """Opposites come in pairs, narrower concepts through the wider one that they imply."""
    concepts = lexicon().concepts
    for concept in concepts.values():
        if concept.opposite:
            assert concepts[concept.opposite].opposite in {concept.term, concept.implies}


def test_what_is_implied_is_a_concept() -> None:
    """An ally is one who cooperates; one who cooperates need not be an ally."""
    concepts = lexicon().concepts

    assert {concept.implies for concept in concepts.values() if concept.implies} <= set(concepts)
    assert "~cooperated" in lexicon().widened(["~allied"])
    assert "~allied" not in lexicon().widened(["~cooperated"])


def test_every_concept_has_a_known_group() -> None:
    """A group decides the weight, so none may be misspelt."""
    assert {concept.group for concept in lexicon().concepts.values()} == {"relation", "quantifier", "topic"}


def test_common_words_weigh_less() -> None:
    """The table of frequencies ranks words as one would."""
    rarity = lexicon().rarity

    assert rarity["nation"] < rarity["war"] < rarity["pact"] < lexicon().rarest


def test_frequencies_fall_with_the_count_and_leave_out_the_rare() -> None:
    """The more sentences have a stem, the less it weighs; below the least count it is left out."""
    table = frequencies({"often": 500, "seldom": 10, "once": 1}, 1000, 5)

    assert list(table) == ["often", "seldom"]
    assert 0 < table["often"] < table["seldom"]
