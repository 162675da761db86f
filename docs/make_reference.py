"""Writes `reference.md` from the data and the commands: `python docs/make_reference.py`."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import typer

from valla.casebook.lint import RULES
from valla.claims.kinds import Kind, Relation, kinds, relations
from valla.claims.model import Quantifier
from valla.cli.app import app
from valla.record.schema import EDITED

PAGE = Path(__file__).with_name("reference.md")
QUANTIFIERS = {
    Quantifier.ALWAYS: "on every day of the period, or without anything that contradicts it",
    Quantifier.NEVER: "on no day of the period",
    Quantifier.FIRST: "nobody did it earlier",
    Quantifier.ONLY: "nobody else did it",
    Quantifier.EXISTS: "at least once",
}


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table, line by line."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _kind_row(kind: Kind) -> tuple[str, ...]:
    return f"`{kind.id}`", kind.label, kind.tenor, kind.mode, "agreement" if kind.agreement else "", kind.form


def _several(names: Iterable[str]) -> str:
    """Kinds by their ids; all of one tenor, or of one group, as that."""
    given = set(names)
    for tenor in ("cooperative", "adverse"):
        for weighty in (False, True):
            group = {kind.id for kind in kinds().values() if kind.tenor == tenor and (kind.weighty or not weighty)}
            if given == group:
                return f"every {tenor} kind{' that is material or an agreement' if weighty else ''}"
    return ", ".join(f"`{name}`" for name in sorted({_group(name, given) for name in given}))


def _group(name: str, given: set[str]) -> str:
    """The group of a kind as `group.*` where all of the group is given, else the kind."""
    stem = name.partition(".")[0] + "."
    whole = {one for one in kinds() if one.startswith(stem)}
    return f"{stem}*" if len(whole) > 1 and whole <= given else name


def _relation_row(relation: Relation) -> tuple[str, ...]:
    form = ", ".join(word for word, there in (("state", relation.state), ("symmetric", relation.symmetric)) if there)
    sides = (relation.realised, relation.may, relation.contradicted, relation.measured)
    return f"`{relation.id}`", relation.label, *(_several(side) for side in sides), form


def _metavar(name: str, option: Any) -> str:
    return name if option.metavar is None else f"{name} {option.metavar}"


def _options(command: Any) -> Iterator[tuple[str, ...]]:
    """The arguments and options of a command, from the annotations of its function."""
    for name, parameter in inspect.signature(command, eval_str=True).parameters.items():
        option = parameter.annotation.__metadata__[0]
        if isinstance(option, typer.models.ArgumentInfo):
            yield option.metavar or name.upper(), option.help or ""
        else:
            # in an annotation Typer keeps the first name where a default would stand
            first = (option.default,) if isinstance(option.default, str) else ()
            names = (*first, *(option.param_decls or ())) or (f"--{name}",)
            yield _metavar(", ".join(names), option), option.help or ""


def commands(of: typer.Typer = app, before: str = "valla") -> Iterator[tuple[str, Any]]:
    """Yield every command with its function."""
    for one in of.registered_commands:
        yield f"{before} {one.name}", one.callback
    for group in of.registered_groups:
        if group.typer_instance is not None:
            yield from commands(group.typer_instance, f"{before} {group.name}")


def _command_part(name: str, command: Any) -> Iterator[str]:
    yield from ("", f"### {name}", "", inspect.getdoc(command) or "", "")
    yield from table(
        ("argument or option", "what it is"), ((f"`{option}`", told) for option, told in _options(command))
    )


def _dataset_rows() -> Iterator[tuple[str, ...]]:
    """The mappings that come with Valla."""
    for file in sorted(files("valla.record.datasets").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            dataset = tomllib.loads(file.read_text(encoding="utf-8"))["dataset"]
            yield f"`{dataset['id']}`", dataset["title"], f"<{dataset['url']}>" if "url" in dataset else ""


def lines() -> Iterator[str]:
    """Yield the page, line by line."""
    yield from (
        "# Reference",
        "",
        "Written by `docs/make_reference.py` from the data and the commands; do not edit it.",
        "",
    )
    yield from ("## Quantifiers", "")
    yield from table(
        ("quantifier", "what a claim with it says"), ((f"`{one}`", QUANTIFIERS[one]) for one in Quantifier)
    )
    yield from ("", "## Relations", "")
    head = ("relation", "in words", "realised by", "may be realised by", "contradicted by", "measured by", "form")
    yield from table(head, (_relation_row(one) for one in relations().values()))
    yield from ("", "## Kinds of act", "")
    head = ("kind", "in words", "tenor", "mode", "binds", "form")
    yield from table(head, (_kind_row(one) for one in kinds().values()))
    yield from ("", "## Datasets", "", "The mappings that `valla record add` knows by name.", "")
    yield from table(("mapping", "dataset", "address"), _dataset_rows())
    yield from ("", "## Columns of `acts.csv`", "", ", ".join(f"`{column}`" for column in EDITED), "")
    yield from ("## What `valla lint` reports", "", *(f"- {rule}" for rule in RULES), "", "## Commands")
    for name, command in commands():
        yield from _command_part(name, command)


def text() -> str:
    """Return the page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
