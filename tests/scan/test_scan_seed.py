"""Scans of real texts: the manuscript that the project grew from, and speeches about something else."""

import random
from pathlib import Path

import pytest
from scan_samples import block

from valla.casebook.folder import bundled, open_casebook
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build
from valla.scan.library.casebooks import from_casebook
from valla.scan.model import Decision
from valla.scan.scanner import Scanner
from valla.scan.text import spans

MOST_IN_TEN_THOUSAND = 1.0
"""So many confirmed sightings in 10,000 sentences of speeches that are not about the claims are tolerated."""


@pytest.fixture(scope="module")
def myths(static: StaticEncoder) -> Scanner:
    """Hand out a scanner of the bundled casebook."""
    return Scanner(build(from_casebook(open_casebook(bundled())), [static]))


@pytest.fixture
def manuscript(shared: Path) -> str:
    """Hand out the text of the manuscript."""
    (path,) = sorted((shared / "seeds").glob("*.txt"))
    return path.read_text(encoding="utf-8")


def test_the_manuscript_tells_its_myth_three_times(manuscript: str, myths: Scanner) -> None:
    """Title, voicing and essence are confirmed, though their words are not those of the casebook."""
    found = [one for one in myths.scan_blocks([block(manuscript)]) if one.decision is Decision.CONFIRM]
    lines = [line.strip() for line in manuscript.splitlines() if line.strip()]
    essence = lines[lines.index("The Essence of the Myth") + 1]

    assert [one.quotation for one in found if one.dossier == 2] == [lines[0], lines[3], essence]
    assert all(manuscript[one.start : one.end] == one.quotation for one in found)


def test_the_facts_of_the_manuscript_repeat_no_myth(manuscript: str, myths: Scanner) -> None:
    """What stands below the facts' heading is about the same actors and is not confirmed."""
    facts = manuscript[manuscript.index("Fast Facts") :]

    assert [one.quotation for one in myths.scan_blocks([block(facts)]) if one.decision is Decision.CONFIRM] == []


def test_speeches_about_something_else_have_almost_no_sightings(shared: Path, myths: Scanner) -> None:
    """In a sample of speeches of the General Debate there is hardly one that is confirmed."""
    parquet = pytest.importorskip("pyarrow.parquet")
    texts = parquet.read_table(shared / "data" / "ungd" / "ungd.parquet")
    sample = random.Random(1440).sample(texts.column("text").to_pylist(), 150)
    found = myths.scan_blocks([block(text) for text in sample])
    number = sum(len(spans(text)) for text in sample)

    assert sum(one.decision is Decision.CONFIRM for one in found) / number * 10_000 <= MOST_IN_TEN_THOUSAND
