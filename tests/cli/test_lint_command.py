"""`valla lint`: what is missing is counted, and an older casebook is migrated where that is asked for."""

import shutil

import pytest
from typer.testing import CliRunner

from valla.casebook.folder import bundled, open_casebook
from valla.cli.app import app

FORMER = (
    "id,actor,target,kind,mutual,date,channel,summary,source,locator\n"
    "w,germany,poland,war,true,1939-09-01,open,War.,one,p. 1\n"
    "w-b,germany,poland,war,true,1939-09-01,open,They fought.,two,\n"
)


@pytest.fixture
def folder(tmp_path):
    """Hand out an older casebook in which one act has two rows."""
    (tmp_path / "casebook.toml").write_text('id = "made-up"\ntitle = "Made up"\n', encoding="utf-8")
    (tmp_path / "acts.csv").write_text(FORMER, encoding="utf-8")
    return tmp_path


def lint(*args):
    """What the command prints."""
    found = CliRunner().invoke(app, ["lint", *map(str, args)])

    assert found.exit_code == 0
    return found.stdout


def test_an_empty_casebook_does_not_lack_nothing(tmp_path):
    """What it has none of is named."""
    (tmp_path / "casebook.toml").write_text('id = "made-up"\ntitle = "Made up"\n', encoding="utf-8")
    told = lint(tmp_path, "--all")

    assert "nothing is missing" not in told
    assert [line.strip() for line in told.splitlines()[1:]] == ["no acts", "no sources", "no dossiers"]


def test_the_older_form_is_named_and_left_alone(folder):
    """Nothing is written unless that is asked for."""
    assert "`valla lint --fix` parts them" in lint(folder)
    assert (folder / "acts.csv").read_text(encoding="utf-8") == FORMER


def test_fix_migrates_and_says_what_became_of_rows(folder):
    """Then there is nothing left to fix."""
    told = lint(folder, "--fix")

    assert told.startswith("1 acts and 2 witnesses stand apart\n  w-b is a witness of w\n")
    assert "`valla lint --fix` parts them" not in told
    assert [witness.source for witness in open_casebook(folder).acts[0].witnesses] == ["one", "two"]
    assert lint(folder, "--fix").startswith("nothing to fix")


def test_fix_leaves_a_casebook_of_today_as_it_is(tmp_path):
    """Byte by byte."""
    copy = tmp_path / "copy"
    shutil.copytree(bundled(), copy)
    before = {path: path.read_bytes() for path in copy.rglob("*.*") if path.is_file()}
    lint(copy, "--fix")

    assert before == {path: path.read_bytes() for path in copy.rglob("*.*") if path.is_file()}


def test_a_sheet_that_is_broken_is_refused_in_one_line(folder, refused):
    """And nothing is migrated of it."""
    (folder / "acts.csv").write_text(FORMER.replace("1939-09-01", "yesterday"), encoding="utf-8")

    assert "acts.csv, row 2: date: 'yesterday' is not a date" in refused("lint", "--fix", folder)
    assert not (folder / "witnesses.csv").exists()
