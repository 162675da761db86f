"""The catalogue's actors in a scan."""

import pytest

from valla.scan.history.actors import KnownActors
from valla.scan.history.matcher import HistoryMatcher
from valla.scan.library.model import LibraryClaim
from valla.scan.text import sentences

CLAIM = LibraryClaim("m", "The Soviet Union was always an opponent of Nazi Germany.")


@pytest.fixture(scope="module")
def matcher() -> HistoryMatcher:
    """Hand out a matcher for one claim, with the actors of the catalogue."""
    return HistoryMatcher((CLAIM,))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Nazi Germany", ["@germany"]),
        ("the Third Reich", ["@germany"]),
        ("Stalin and Hitler", ["@russia", "@germany"]),
        ("the German Democratic Republic", ["@east-germany"]),
        ("the Munich agreement", []),
    ],
)
def test_actors_count_as_their_state(text: str, terms: list[str]) -> None:
    """Regimes and leaders are their state's; a place in the name of a treaty is nobody."""
    assert [spot.terms[0] for spot in KnownActors().spots(text)] == terms


def test_offsets_of_spots_point_into_the_text() -> None:
    """A spot is where its name stands."""
    text = "When Stalin met Ribbentrop"

    assert [text[spot.start : spot.end] for spot in KnownActors().spots(text)] == ["Stalin", "Ribbentrop"]


@pytest.mark.parametrize(
    "text",
    [
        "Moscow never ceased to fight Hitlerism.",
        "The U.S.S.R. was from the very beginning an adversary of the Third Reich.",
        "stalin was always an enemy of hitler.",
        "STALIN WAS ALWAYS AN ENEMY OF HITLER.",
        "No one doubts it: Stalin’s state was a principled antagonist of Nazism.",
    ],
)
def test_a_repetition_in_other_words_is_sighted(matcher: HistoryMatcher, text: str) -> None:
    """By default actors are those of the catalogue, however the text is written."""
    assert list(matcher.match(sentences(text))) == [(0, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "The German Democratic Republic and the Soviet Union always opposed rearmament.",
        "Russia and Germany have always been at odds over the tariff on rye.",
        "The Soviet Union opposed Nazi Germany in Spain.",
    ],
)
def test_what_is_said_of_others_or_only_once_is_not_told(matcher: HistoryMatcher, text: str) -> None:
    """Other actors, another matter or a single occasion do not make the myth."""
    assert matcher.match(sentences(text)) == {}
