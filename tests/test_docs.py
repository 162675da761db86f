"""The documents cannot rot: what exists is documented, and what they show runs."""

import re
import runpy
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from valla.casebook.lint import RULES
from valla.claims.kinds import kinds, relations
from valla.claims.model import Quantifier
from valla.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
REFERENCE = ROOT / "docs" / "reference.md"
MAKER = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))
COMMANDS = dict(MAKER["commands"]())
EXAMPLES = re.findall(r"^\$ valla (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
GIVEN = {"manuscript.txt", "lecture.txt", "claims.jsonl", "atop_alliance.csv.gz", "interstate"}
"""Files and folders that the examples of the README name and a reader would have."""


def told() -> str:
    """Return all that is written for a reader."""
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def test_the_reference_is_up_to_date():
    """`python docs/make_reference.py` would change nothing."""
    assert MAKER["text"]() == REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named_outside_the_reference(name):
    """A reader meets each verb in the README or a page."""
    pages = [page for page in PAGES if page != REFERENCE]

    assert any(name in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("word", [*kinds(), *relations(), *Quantifier, *RULES])
def test_the_vocabulary_is_documented(word):
    """Kinds, relations, quantifiers and lint rules stand in the reference."""
    assert word in REFERENCE.read_text(encoding="utf-8")


def test_every_link_between_pages_leads_somewhere():
    """A relative link names a file that is there."""
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_column_kind_and_option_that_is_shown_exists():
    """Options in the pages are options of a command."""
    options = set(
        re.findall(r"--[a-z][a-z-]+", "\n".join("\n".join(MAKER["_command_part"](*one)) for one in COMMANDS.items()))
    )
    options |= {"--help", "--version"}

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", told())) <= options


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Hand out a folder with what the examples of the README take for granted."""
    shutil.copytree(ROOT / "casebooks", tmp_path / "casebooks")
    shutil.copy(ROOT / "docs" / "examples" / "lecture.txt", tmp_path / "lecture.txt")
    (tmp_path / "manuscript.txt").write_text(
        "Myth 9\n\nPoland never signed a pact.\n\nIt did in 1934.\n", encoding="utf-8"
    )
    (tmp_path / "claims.jsonl").write_text('{"id": 1, "text": "Germany never attacked Poland"}\n', encoding="utf-8")
    shutil.copytree(ROOT / "casebooks" / "interwar", tmp_path / "interstate")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_readme_run(example, monkeypatch, capsys):
    """Each exits with 0 and prints something; those that need a file from elsewhere are passed over, visibly."""
    args = shlex.split(example)
    if any(arg.endswith(".gz") for arg in args):
        pytest.skip("needs a dataset that is not part of Valla")
    monkeypatch.setattr(sys, "argv", ["valla", *args])
    with pytest.raises(SystemExit) as left:
        main()
    told = capsys.readouterr()

    assert not left.value.code, told.err
    assert told.out or told.err


def test_the_readme_shows_enough():
    """The pattern that finds the examples finds them."""
    assert len(EXAMPLES) >= 8
