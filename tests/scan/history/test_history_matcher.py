"""Claims about who did what to whom, told in other words."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.history.matcher import FLOOR, MOST_CLAIMS, SHORT_FLOOR, HistoryMatcher
from valla.scan.history.spotting import NamedActors, Spot
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.text import MAX_SENTENCE_CHARS, Sentence, sentences

MYTH = "The USSR was a steadfast enemy of Nazism."
OTHER = """Bread and its making

Nobody knows who baked the first loaf. Flour and water ferment by themselves where wild yeast settles on the dough,
and whoever left a bowl standing overnight may have been surprised in the morning. Ovens of clay were always common in
villages; the lords held the mill, and the millers were never loved. Wars ruined the harvest, treaties between towns fixed the
price of grain, and in bad years the poor fought for what was left.

A good crust needs steam. Put a pan of water under the loaf, keep the door shut for ten minutes, then let the heat do its
work. The oldest bakers' guilds were founded in the twelfth century. They opposed every newcomer, and some were at odds with
the brewers from the very beginning.
"""
SETTING = st.sampled_from(
    [
        "Bread was dear.",
        "A. B. Smith left.",
        "It rained…",
        "\n\n",
        "\r\n",
        "- item\n",
        "“Why?” he said.",
        "A Heading\n\n",
    ]
)


def told(matcher: HistoryMatcher, text: str) -> dict[tuple[int, int], float]:
    """Return the scores of a text, by the start of the sentence and the number of the claim."""
    return matcher.match(sentences(text))


@given(before=st.lists(SETTING).map(" ".join), after=st.lists(SETTING).map(" ".join))
def test_a_repetition_is_told_wherever_it_stands(matcher: HistoryMatcher, before: str, after: str) -> None:
    """It is known by the start of its sentence."""
    assert told(matcher, f"{before} \n\n{MYTH}\n\n {after}") == {(len(before) + 3, 0): 1.0}


@given(st.text())
def test_any_text_can_be_matched(matcher: HistoryMatcher, text: str) -> None:
    """What is told is told by a sentence of the text, and no score leaves the scale."""
    starts = {sentence.start for sentence in sentences(text)}
    for (start, number), score in told(matcher, text).items():
        assert start in starts
        assert number in matcher.claims
        assert FLOOR <= score <= 1


def test_every_wording_about_actors_is_told_by_itself(library: Library, matcher: HistoryMatcher) -> None:
    """A wording with actors and a relation repeats its claim in full."""
    for number in matcher.claims:
        for wording in library.claims[number].wordings:
            assert told(matcher, wording) == {(0, number): pytest.approx(1)}


def test_a_claim_without_two_actors_and_a_relation_is_left_to_others(library: Library, matcher: HistoryMatcher) -> None:
    """What the Munich agreement started is no matter of who did what to whom."""
    assert {library.claims[number].id for number in matcher.claims} == {"myth-2", "myth-3", "myth-4", "myth-6"}


def test_a_page_about_something_else_tells_nothing(matcher: HistoryMatcher) -> None:
    """Sweeping words without the actors are nobody's myth."""
    assert told(matcher, OTHER) == {}


@pytest.mark.parametrize(
    "text",
    [
        "In 1922 Germany and the Soviet Union signed a treaty.",
        "German pilots were trained in the Soviet Union, always in secret.",
        "The Soviet Union and Germany signed a trade agreement and a pact of non-aggression.",
        "Hitler attacked the Soviet Union in June 1941.",
        "The Soviet Union attacked Finland in November 1939.",
        "France was Poland’s ally and declared war on Germany.",
    ],
)
def test_facts_about_the_same_actors_are_no_repetition(matcher: HistoryMatcher, text: str) -> None:
    """What the record says of the actors is not what the myth says."""
    assert told(matcher, text) == {}


def test_a_rebuttal_tells_the_claim_too(matcher: HistoryMatcher) -> None:
    """What it does with the claim is another stage's to say."""
    assert (0, 0) in told(matcher, "It is a myth that Stalin was always an enemy of Hitler.")


@pytest.mark.parametrize("texts", [(), ("Germany", ""), ("The price of bread fell.",)])
def test_a_library_of_topics_tells_nothing(spotter: NamedActors, texts: tuple[str, ...]) -> None:
    """Where no claim names two actors and a relation there is nothing to match."""
    claims = [LibraryClaim(str(number), text) for number, text in enumerate(texts)]
    matcher = HistoryMatcher(claims, spotter)

    assert matcher.claims == frozenset()
    assert told(matcher, "Germany and Germany again. The price of bread fell.") == {}


def test_a_short_wording_must_be_said_nearly_whole(spotter: NamedActors) -> None:
    """Chance brings the terms of a short wording together more easily."""
    matcher = HistoryMatcher([LibraryClaim("c", "Poland was an ally of Germany.")], spotter)
    whole = "Poland was Germany’s ally."
    loose = "Poland, a country of rivers, lakes, forests and long winters, was an ally that Germany courted."

    assert told(matcher, whole)[0, 0] >= SHORT_FLOOR
    assert told(matcher, loose) == {}


def test_sentences_may_be_numbered_as_one_likes(matcher: HistoryMatcher) -> None:
    """A sentence is known by its start, whatever that counts."""
    numbered = [Sentence(number, number, text) for number, text in enumerate(["Bread was dear.", MYTH, MYTH])]

    assert set(matcher.match(numbered)) == {(1, 0), (2, 0)}


def test_what_is_told_depends_on_no_other_sentence(matcher: HistoryMatcher) -> None:
    """A sentence alone gives what it gives among others."""
    texts = [MYTH, "Finland attacked the Soviet Union.", "France never betrayed Poland.", *OTHER.split(". ")]
    numbered = [Sentence(number, number, text) for number, text in enumerate(texts)]
    alone: dict[tuple[int, int], float] = {}
    for sentence in numbered:
        alone |= matcher.match([sentence])

    assert matcher.match(numbered) == alone


def test_a_very_large_library_is_no_list_of_claims_about_history(spotter: NamedActors) -> None:
    """Its sentences are not read for actors at all."""
    claims = [LibraryClaim(str(number), "Finland attacked the Soviet Union.") for number in range(MOST_CLAIMS + 1)]

    assert HistoryMatcher(claims, spotter).claims == frozenset()


class Noting:
    """A spotter that notes how long the texts are that it reads."""

    def __init__(self, spotter: NamedActors) -> None:
        self.lengths: list[int] = []
        self.names = spotter.names
        self._spotter = spotter

    def spots(self, text: str) -> Sequence[Spot]:
        """Find the names of actors in a text."""
        self.lengths.append(len(text))
        return self._spotter.spots(text)


def test_what_is_longer_than_any_sentence_is_not_read(spotter: NamedActors) -> None:
    """It could not be told by one, and a claim as long as a book would take as long to read."""
    book = "Finland attacked the Soviet Union, and " * 50_000
    claims = [LibraryClaim("book", book), LibraryClaim("c", "Finland attacked the Soviet Union.", (book,), (book,))]
    noting = Noting(spotter)
    matcher = HistoryMatcher(claims, noting)

    assert 0 < max(noting.lengths) <= MAX_SENTENCE_CHARS
    assert told(matcher, "Finland attacked the Soviet Union.") == {(0, 1): pytest.approx(1)}
