"""Casebooks on disk: what opening takes for granted, and what lint counts."""

import shutil
from pathlib import Path

import pytest

from valla.casebook.folder import bundled, open_casebook
from valla.casebook.lint import RULES, lint
from valla.casebook.records import open_records
from valla.errors import CasebookError, InputError, RecordError
from valla.record.query import EVERYTHING
from valla.record.schema import Witness
from valla.record.table import acts_of

HEAD = 'id = "made-up"\ntitle = "Made up"\n'
CLAIM = "Poland never attacked Germany."
ACTS = "id,actor,target,kind,date,channel,known_from,summary,reason"
COLUMNS = "id,actor,target,kind,date,channel,known_from,summary,source,locator,reason"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Hand out a casebook that has nothing but a head."""
    (tmp_path / "casebook.toml").write_text(HEAD, encoding="utf-8")
    return tmp_path


def write(folder: Path, *rows: str) -> None:
    """Write acts."""
    (folder / "acts.csv").write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")


def dossier(folder: Path, number: object, body: str = "## Fast facts\n\nFacts.\n", **head: str) -> None:
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
    assert lint(casebook) == {"parts of the casebook that are empty": ("no acts", "no sources", "no dossiers")}


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


def acts(folder: Path, *rows: str) -> None:
    """Write acts, of which the first has a witness."""
    (folder / "acts.csv").write_text("\n".join([ACTS, *rows]) + "\n", encoding="utf-8")
    first = rows[0].partition(",")[0]
    (folder / "witnesses.csv").write_text(f"act,source,locator\n{first},key,p. 1\n", encoding="utf-8")


def witnessed(folder: Path, row: str) -> None:
    """Write one act, and a row of a witness."""
    acts(folder, "a,germany,poland,war,1939,open,,s,")
    (folder / "witnesses.csv").write_text(f"act,source,locator,says\n{row}\n", encoding="utf-8")


def emptied(folder: Path, name: str) -> None:
    """Delete a part of the casebook."""
    if (folder / name).is_dir():
        shutil.rmtree(folder / name)
    else:
        (folder / name).unlink()


FAULTS = {
    "parts of the casebook that are empty": lambda folder: emptied(folder, "dossiers"),
    "sheets of acts that still carry sources: `valla lint --fix` parts them": lambda folder: (
        emptied(folder, "witnesses.csv"),
        write(folder, "a,germany,poland,war,1939,open,,s,key,p. 1,"),
    ),
    "acts without a source": lambda folder: witnessed(folder, "a,,p. 1,"),
    "acts whose source has no locator": lambda folder: witnessed(folder, "a,key,,"),
    "acts without a summary": lambda folder: acts(folder, "a,germany,poland,war,1939,open,,,"),
    "acts that name a source that is not in sources.yaml": lambda folder: witnessed(
        folder, "a,key,p. 1,\na,gone,p. 2,disputes\na,gone,p. 3,"
    ),
    "sources that rest on one that is not in sources.yaml": lambda folder: (folder / "sources.yaml").write_text(
        "key: {title: A Book, rests_on: [gone, key]}\n", encoding="utf-8"
    ),
    "secret acts without the date on which they became known": lambda folder: acts(
        folder, "a,germany,poland,war,1939,secret,,s,"
    ),
    "acts that became known before they began": lambda folder: acts(
        folder, "a,germany,poland,war,1939-09-01,secret,1939-08,s,"
    ),
    "open acts that are said to have become known later: an open act is known from the day it began": lambda folder: (
        acts(folder, "a,germany,poland,war,1939-09-01,open,1946,s,")
    ),
    "acts that began before their actor existed": lambda folder: acts(
        folder, "a,germany,ussr,treaty,1922-04-16,open,,s,"
    ),
    "doubtful dates without a reason": lambda folder: acts(folder, "a,germany,poland,war,1939?,open,,s,"),
    "citations of a source that is not in sources.yaml": lambda folder: dossier(
        folder, 2, "## Essence\n\nE.\n\n## Fast facts\n\nIt was so [@gone, p. 3].\n", claim=CLAIM
    ),
    "links to an act that is not in acts.csv": lambda folder: dossier(
        folder, 2, "## Essence\n\nE.\n\n## Fast facts\n\nIt [was](#act-gone).\n", claim=CLAIM
    ),
    "dossiers without a number": lambda folder: dossier(folder, "", "## Essence\n\nE.\n", claim=CLAIM),
    "dossiers without an essence": lambda folder: dossier(folder, 2, claim=CLAIM),
    "dossiers without a claim that could be checked": lambda folder: dossier(folder, 2, "## Essence\n\nE.\n"),
    "dossiers whose claim cannot be read": lambda folder: dossier(
        folder, 2, "## Essence\n\nE.\n", claim="Poland betrayed the moon."
    ),
    "readings that are not what the claim says, without a reading_note that says who set them and why": lambda folder: (
        dossier(
            folder,
            2,
            "## Essence\n\nE.\n",
            claim="The Soviet Union was always an opponent of Nazi Germany.",
            reading="{quantifier: always, relation: opposed, subjects: [ussr], objects: [germany], period: 1922/1941}",
        )
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_finds_its_fault_and_no_other(rule, folder):
    """In a casebook in which nothing else is missing, one planted fault for each rule is found by it, once."""
    (folder / "sources.yaml").write_text("key: {title: A Book}\n", encoding="utf-8")
    acts(folder, "a,germany,poland,war,1939,open,,s,")
    dossier(folder, 1, "## Essence\n\nE.\n", claim=CLAIM)
    assert not lint(open_casebook(folder))

    FAULTS[rule](folder)
    found = lint(open_casebook(folder))

    assert list(found) == [rule]
    assert len(found[rule]) == 1


def test_a_fault_of_an_act_is_named_with_its_row(folder):
    """And with what there is to know of it."""
    acts(folder, "a,germany,poland,war,1939,open,,s,", "b,ussr,nazi-germany,treaty,1922-04-16,open,,s,")

    assert lint(open_casebook(folder))["acts that began before their actor existed"] == (
        "acts.csv, row 3: b: ussr exists from 1922-12-30",
        "acts.csv, row 3: b: nazi-germany exists from 1933-01-30",
    )


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("subjects: [ussr], objects: [nazi-germany], period: 1933-01-30/1945-05-08", ""),
        ("subjects: [russia], objects: [germany], period: 1933-01-30/1945-05-08", ""),
        ("subjects: [russia], objects: [germany], period: 1922/1941", "period"),
        ("subjects: [russia], objects: [poland], period: 1933/1945, channel: secret", "objects, period, channel"),
    ],
)
@pytest.mark.parametrize("note", ["", "The editors, since the myth is told of these years."])
def test_a_reading_says_what_its_claim_says_or_who_set_it_and_why(folder, head, found, note):
    """Whose acts count is compared, not by which of its names a state goes."""
    told = {"reading_note": note} if note else {}
    reading = f"{{quantifier: always, relation: opposed, {head}}}"
    dossier(folder, 1, claim="The Soviet Union was always an opponent of Nazi Germany.", reading=reading, **told)
    rule = "readings that are not what the claim says, without a reading_note that says who set them and why"
    expected = () if note or not found else (f"dossier 1: {found}",)

    assert lint(open_casebook(folder)).get(rule, ()) == expected


def test_a_reading_whose_claim_says_nothing_is_all_its_editors(folder):
    """There is nothing to compare it with."""
    reading = "{quantifier: always, relation: opposed, subjects: [ussr], objects: [germany]}"
    dossier(folder, 1, claim="Poland betrayed the moon.", reading=reading)
    rule = "readings that are not what the claim says, without a reading_note that says who set them and why"

    assert lint(open_casebook(folder))[rule] == ("dossier 1: claim",)


@pytest.mark.parametrize("name", ["acts.csv", "witnesses.csv", "sources.yaml", "dossiers"])
def test_a_link_that_leads_nowhere_is_no_absent_file(folder, name):
    """It is named, whichever part of the casebook it is."""
    (folder / name).symlink_to(folder / "gone")
    with pytest.raises(InputError, match=f"{name}: the link leads nowhere"):
        open_casebook(folder)


@pytest.mark.parametrize("cited", ["[see @gone]", "[@key; @gone, p. 3]", "[@gone.b]"])
@pytest.mark.parametrize("section", ["Fast facts", "Detailed facts", "Conclusion"])
def test_a_citation_is_looked_up_wherever_the_page_shows_one(cited, section, folder):
    """Whatever stands before the key, and whichever key of several it is."""
    (folder / "sources.yaml").write_text("key: {title: A Book}\n", encoding="utf-8")
    acts(folder, "a,germany,poland,war,1939,open,,s,")
    dossier(folder, 1, f"## Essence\n\nE.\n\n## {section}\n\nIt was so {cited}.\n", claim=CLAIM)
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


def test_records_taken_together_keep_every_witness(folder, tmp_path_factory):
    """An act keeps those who support and who dispute it, and each changes the fingerprint."""
    acts(folder, "a,germany,poland,war,1939-09-01,open,,s,")
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(folder, other, dirs_exist_ok=True)
    (other / "casebook.toml").write_text(HEAD.replace("made-up", "other"), encoding="utf-8")
    before = open_records([folder, other]).fingerprint
    (other / "witnesses.csv").write_text("act,source,says,note\na,key,,\na,two,disputes,Why\n", encoding="utf-8")
    together = open_records([folder, other])

    assert {act.dataset: act.witnesses for act in acts_of(together.engine.fetch(EVERYTHING))} == {
        "made-up": (Witness("key", "p. 1"),),
        "other": (Witness("key"), Witness("two", says="disputes", note="Why")),
    }
    assert together.fingerprint != before


@pytest.mark.parametrize("row", ["b,key,p. 1,", "A,key,p. 1,"])
def test_a_witness_of_an_act_that_is_not_there_is_refused(folder, row):
    """It is named, and the act that was meant where one is near."""
    witnessed(folder, row)
    with pytest.raises(RecordError, match=r"witnesses\.csv: a witness reports the act '\w', which acts\.csv lacks"):
        open_casebook(folder)


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
