"""A small world for scans: a few actors with their names, and a library of claims in our own words."""

import pytest

from valla.scan.history.index import Index, build
from valla.scan.history.matcher import HistoryMatcher
from valla.scan.history.spotting import NamedActors
from valla.scan.library.model import Library, LibraryClaim

NAMES = {
    "germany": ["Germany", "German", "Germans", "Nazi Germany", "Berlin", "Hitler", "Third Reich"],
    "russia": ["Soviet Union", "USSR", "U.S.S.R.", "Soviet", "Soviets", "Russia", "Russian", "Moscow", "Stalin"],
    "poland": ["Poland", "Polish", "Poles", "Warsaw"],
    "france": ["France", "French", "Paris"],
    "united-kingdom": ["United Kingdom", "Britain", "British", "London"],
    "finland": ["Finland", "Finnish", "Helsinki"],
}
CLAIMS = (
    LibraryClaim(
        "myth-2",
        "The Soviet Union was always an opponent of Nazi Germany.",
        voicings=("The Soviet Union fought fascism from the beginning and without pause.",),
        number=2,
    ),
    LibraryClaim("myth-3", "Poland was the first country to sign a pact with Hitler.", number=3),
    LibraryClaim("myth-4", "Finland attacked the Soviet Union.", number=4),
    LibraryClaim("myth-5", "The Munich agreement started the Second World War.", number=5),
    LibraryClaim("myth-6", "France never betrayed Poland.", number=6),
)


@pytest.fixture(scope="session")
def spotter() -> NamedActors:
    """Hand out a spotter that knows six states."""
    return NamedActors(NAMES)


@pytest.fixture(scope="session")
def library() -> Library:
    """Hand out a library of five claims."""
    return Library(CLAIMS)


@pytest.fixture(scope="session")
def index(library: Library, spotter: NamedActors) -> Index:
    """Hand out the index of the library."""
    return build(library, spotter)


@pytest.fixture(scope="session")
def matcher(library: Library, spotter: NamedActors) -> HistoryMatcher:
    """Hand out the matcher for the library."""
    return HistoryMatcher(library.claims, spotter)
