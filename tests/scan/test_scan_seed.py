"""Scans of real texts: the manuscript that the project grew from, and speeches about something else."""

import random
from pathlib import Path

import pytest

from valla.casebook.folder import bundled, open_casebook
from valla.scan.actors import KnownActors
from valla.scan.index import build
from valla.scan.library import Library, from_casebook
from valla.scan.scanner import Scanner, scan_text
from valla.scan.text import sentences

MOST_IN_TEN_THOUSAND = 1.0
"""So many sightings in 10,000 sentences of speeches that are not about the claims are tolerated."""


@pytest.fixture(scope="module")
def myths() -> Library:
    """Hand out the library of the bundled casebook."""
    return from_casebook(open_casebook(bundled()))


@pytest.fixture
def manuscript(shared: Path) -> str:
    """Hand out the text of the manuscript."""
    (path,) = sorted((shared / "seeds").glob("*.txt"))
    return path.read_text(encoding="utf-8")


def test_the_manuscript_tells_its_myth_three_times(manuscript: str, myths: Library) -> None:
    """Title, voicing and essence are sighted, though their words are not those of the casebook."""
    found = [sighting for sighting in scan_text(manuscript, myths) if sighting.dossier == 2]
    lines = [line.strip() for line in manuscript.splitlines() if line.strip()]
    essence = lines[lines.index("The Essence of the Myth") + 1]

    assert [sighting.text for sighting in found] == [lines[0], lines[3], essence]
    assert all(manuscript[sighting.start : sighting.end] == sighting.text for sighting in found)


def test_the_facts_of_the_manuscript_repeat_no_myth(manuscript: str, myths: Library) -> None:
    """What stands below the facts' heading is about the same actors and is not sighted."""
    facts = manuscript[manuscript.index("Fast Facts") :]

    assert scan_text(facts, myths) == ()


def test_speeches_about_something_else_have_almost_no_sightings(shared: Path, myths: Library) -> None:
    """In a sample of speeches of the General Debate there is hardly one."""
    parquet = pytest.importorskip("pyarrow.parquet")
    texts = parquet.read_table(shared / "data" / "ungd" / "ungd.parquet")
    sample = random.Random(1440).sample(texts.column("text").to_pylist(), 150)
    scanner = Scanner(build(myths, KnownActors()))
    found = [sighting for text in sample for sighting in scanner.scan(text)]
    number = sum(1 for text in sample for _ in sentences(text))

    assert len(found) / number * 10_000 <= MOST_IN_TEN_THOUSAND
