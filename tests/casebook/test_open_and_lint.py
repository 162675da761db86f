"""Casebooks on disk: what opening takes for granted, and what lint counts."""

import shutil
from pathlib import Path

import pytest

from valla.casebook.folder import bundled, open_casebook
from valla.casebook.lint import RULES, lint
from valla.casebook.records import open_records
from valla.errors import CasebookError, InputError
from valla.record.query import EVERYTHING

HEAD = 'id = "made-up"\ntitle = "Made up"\n'
COLUMNS = "id,actor,target,kind,date,channel,known_from,summary,source,locator,reason"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Hand out a casebook that has nothing but a head."""
    (tmp_path / "casebook.toml").write_text(HEAD, encoding="utf-8")
    return tmp_path


def write(folder: Path, *rows: str) -> None:
    """Write acts."""
    (folder / "acts.csv").write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")


def dossier(folder: Path, number: int, body: str = "## Fast facts\n\nFacts.\n", **head: str) -> None:
    """Write a dossier."""
    (folder / "dossiers").mkdir(exist_ok=True)
    lines = [f"number: {number}", f"title: Myth {number}", *(f"{key}: {value}" for key, value in head.items())]
    text = "---\n" + "\n".join(lines) + "\n---\n\n" + body
    (folder / "dossiers" / f"{len(list((folder / 'dossiers').iterdir()))}.md").write_text(text, encoding="utf-8")


def test_a_head_is_enough(folder):
    """A casebook without acts, sources or dossiers opens, empty."""
    casebook = open_casebook(folder)

    assert (casebook.acts, casebook.dossiers, casebook.sources, casebook.coverage) == ((), (), {}, ())
    assert not casebook.record().engine.fetch(EVERYTHING).num_rows
    assert not lint(casebook)


def test_two_dossiers_of_one_number_are_refused(folder):
    """A number is permanent, and belongs to one myth."""
    dossier(folder, 3)
    dossier(folder, 3)
    with pytest.raises(CasebookError, match="the number 3 is given twice; found also in"):
        open_casebook(folder)


def test_dossiers_come_in_the_order_of_their_numbers(folder):
    """Whatever their files are called."""
    for number in (10, 2, 7):
        dossier(folder, number)

    assert [one.number for one in open_casebook(folder).dossiers] == [2, 7, 10]
    assert open_casebook(folder).dossier(7).title == "Myth 7"


def test_a_number_that_no_dossier_has_is_refused(folder):
    """The error lists those that there are."""
    dossier(folder, 2)
    with pytest.raises(CasebookError, match="no dossier has the number 9; allowed: 2"):
        open_casebook(folder).dossier(9)


def test_a_group_of_kinds_covers_each_of_them(folder):
    """`alliance.*` stands for the five kinds of alliance."""
    window = '[[coverage]]\nkinds = ["alliance.*"]\nbegin = "1919"\nend = "1939"\n'
    (folder / "casebook.toml").write_text(HEAD + window, encoding="utf-8")
    coverage = open_casebook(folder).coverage[0]

    assert len(coverage.kinds) == 5
    assert coverage.actors is None


FAULTS = {
    "acts without a source": lambda folder: write(folder, "a,germany,poland,war,1939,open,,s,,,"),
    "acts whose source has no locator": lambda folder: write(folder, "a,germany,poland,war,1939,open,,s,key,,"),
    "acts without a summary": lambda folder: write(folder, "a,germany,poland,war,1939,open,,,key,p. 1,"),
    "acts that name a source that is not in sources.yaml": lambda folder: write(
        folder, "a,germany,poland,war,1939,open,,s,gone,p. 1,"
    ),
    "secret acts without the date on which they became known": lambda folder: write(
        folder, "a,germany,poland,war,1939,secret,,s,key,p. 1,"
    ),
    "doubtful dates without a reason": lambda folder: write(folder, "a,germany,poland,war,1939?,open,,s,key,p. 1,"),
    "citations of a source that is not in sources.yaml": lambda folder: dossier(
        folder, 1, "## Essence\n\nE.\n\n## Fast facts\n\nIt was so [@gone, p. 3].\n", claim="X."
    ),
    "links to an act that is not in acts.csv": lambda folder: dossier(
        folder, 1, "## Essence\n\nE.\n\n## Fast facts\n\nIt [was](#act-gone).\n", claim="X."
    ),
    "dossiers without an essence": lambda folder: dossier(folder, 1, claim="X."),
    "dossiers without a claim that could be checked": lambda folder: dossier(folder, 1, "## Essence\n\nE.\n"),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_finds_its_fault_and_no_other(rule, folder):
    """One planted fault for each rule is found by it."""
    (folder / "sources.yaml").write_text("key: {title: A Book}\n", encoding="utf-8")
    FAULTS[rule](folder)
    found = lint(open_casebook(folder))

    assert rule in found
    assert len(found[rule]) == 1
    assert set(found) - {rule} <= {"acts whose source has no locator"}


@pytest.mark.parametrize("cited", ["[see @gone]", "[@key; @gone, p. 3]", "[@gone.b]"])
@pytest.mark.parametrize("section", ["Fast facts", "Detailed facts", "Conclusion"])
def test_a_citation_is_looked_up_wherever_the_page_shows_one(cited, section, folder):
    """Whatever stands before the key, and whichever key of several it is."""
    (folder / "sources.yaml").write_text("key: {title: A Book}\n", encoding="utf-8")
    dossier(folder, 1, f"## Essence\n\nE.\n\n## {section}\n\nIt was so {cited}.\n", claim="X.")
    found = lint(open_casebook(folder))

    assert list(found) == ["citations of a source that is not in sources.yaml"]
    assert len(*found.values()) == 1


@pytest.mark.parametrize("name", ["acts.csv", "sources.yaml", "casebook.toml", "dossiers/1.md"])
def test_a_file_that_is_too_long_is_refused(name, folder):
    """Each has a limit, told in one line with the file."""
    (folder / "dossiers").mkdir()
    with (folder / name).open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(InputError, match=f"{name}: the .* is too long; allowed: at most"):
        open_casebook(folder)


def test_records_taken_together_hold_the_acts_of_all(folder):
    """Coverage, sources and acts add up; the order in which they are named does not matter."""
    write(folder, "a,germany,poland,war,1939-09-01,open,,s,key,p. 1,")
    one, other = open_records([folder, bundled()]), open_records([bundled(), folder])
    alone = open_records([bundled()])

    assert one.fingerprint == other.fingerprint != alone.fingerprint
    assert one.engine.fetch(EVERYTHING).num_rows == alone.engine.fetch(EVERYTHING).num_rows + 1
    assert len(one.coverage) == len(alone.coverage)


def test_what_is_neither_casebook_nor_record_is_refused(tmp_path):
    """An empty folder is neither."""
    with pytest.raises(InputError, match="casebook"):
        open_records([tmp_path])
    with pytest.raises(InputError, match="there is no such folder"):
        open_records([tmp_path / "gone"])


def test_a_copy_of_a_casebook_has_the_same_fingerprint(tmp_path):
    """What a record says, not where it lies, makes its fingerprint."""
    copy = tmp_path / "copy"
    shutil.copytree(bundled(), copy)

    assert open_casebook(copy).record().fingerprint == open_casebook(bundled()).record(in_memory=True).fingerprint
