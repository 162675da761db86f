"""The examples of `docs/finding.md` run, in the order in which a reader meets them."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = re.findall(r"^\$ valla (.+)$", (ROOT / "docs" / "finding.md").read_text(encoding="utf-8"), re.MULTILINE)
GIVEN = {
    "claims.csv": "key,claim,title\na,Poland never signed a pact with Germany.,The pact that was none\n",
    "queries.tsv": "1\tthe pact that Poland never signed\n",
    "qrels.txt": "1\t0\ta\t1\n",
    "speeches.jsonl": '{"id": "one", "text": "Poland never signed a pact with Germany."}\n',
}
"""Files that the examples name and a reader would have."""


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory, monkeypatch):
    """Keep what is made on the way out of the user's cache."""
    monkeypatch.setenv("VALLA_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Hand out a folder with what the examples take for granted."""
    shutil.copytree(ROOT / "casebooks", tmp_path / "casebooks")
    shutil.copy(ROOT / "docs" / "examples" / "lecture.txt", tmp_path / "lecture.txt")
    for name, text in GIVEN.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_run_one_after_the_other(desk, valla):
    """Each exits with 0 and prints something or writes a file."""
    for example in EXAMPLES:
        before = set(desk.iterdir())
        ran = valla(*shlex.split(example))

        assert ran.code == 0, (example, ran)
        assert ran.out or ran.err or set(desk.iterdir()) - before, example


def test_every_verb_of_finding_is_shown():
    """The pattern that finds the examples finds them."""
    assert {example.split()[0] for example in EXAMPLES} == {"index", "find", "eval", "scan"}
