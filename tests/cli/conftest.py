"""What the tests of the commands share: a way to run them, and a small casebook to break."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from valla.cli import main

ACTS = """\
id,actor,target,kind,mutual,date,channel,known_from,place,summary,source,locator,quote,reason
pact-1934,germany,poland,alliance.nonaggression,true,1934-01-26/1939-04-28,open,,,A pact was signed.,white-book,,,
talks-1935,germany,poland,negotiation,false,1935-01,secret,1949,,"A hunt, and talk.",white-book,p. 3,,
attack-1939,germany,poland,attack,false,1939-09-01,open,,,The attack began.,white-book,,,
"""
HEAD = """\
id = "small"
title = "A small casebook"

[[coverage]]
kinds = ["alliance.*", "war"]
actors = ["germany", "poland"]
begin = "1933"
end = "1939"
"""
SOURCES = """\
white-book:
  title: A White Book
  year: 1940
"""
DOSSIER = """\
---
number: 1
title: Poland never made a pact with Germany
claim: Poland never had a non-aggression pact with Germany between 1933 and 1939.
language: en
status: draft
---

## Essence

Poland never signed anything with Germany.

## Fast facts

It [did](#act-pact-1934) [@white-book].
"""


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def valla(capsys, monkeypatch) -> Run:
    """Hand out a function that runs a command in this process, as `python -m valla` would."""

    def run(*args: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["valla", *map(str, args)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        return Ran(int(left.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def refused(valla) -> Callable[..., str]:
    """Hand out a function that runs a command which must be refused, and returns the one line that says why."""

    def run(*args: object) -> str:
        ran = valla(*args)

        assert ran.code == 2, ran
        assert not ran.out
        assert ran.err.startswith("valla: ")
        assert ran.err.count("\n") == 1, ran.err
        assert "Traceback" not in ran.err
        return ran.err

    return run


@pytest.fixture
def casebook(tmp_path) -> Path:
    """Hand out a small casebook that is as it must be."""
    folder = tmp_path / "small"
    (folder / "dossiers").mkdir(parents=True)
    for name, text in (
        ("casebook.toml", HEAD),
        ("acts.csv", ACTS),
        ("sources.yaml", SOURCES),
        ("dossiers/1.md", DOSSIER),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder
