"""`valla eval`: how good a run is, by the judgements of a shared task."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valla.errors import InputError

if TYPE_CHECKING:
    from valla.exchange.measures import Evaluation

__all__ = ["eval_command"]

_SHOWN = {
    "MAP@1": "map1",
    "MAP@3": "map3",
    "MAP@5": "map5",
    "MRR": "mrr",
    "recall@1": "recall1",
    "recall@5": "recall5",
    "recall@10": "recall10",
}


def eval_command(
    run: Annotated[Path, typer.Argument(help="A run, as find --queries writes it.", metavar="RUN", show_default=False)],
    qrels: Annotated[
        Path,
        typer.Argument(
            help="The judgements: query, 0, claim, relevance in each line.", metavar="QRELS", show_default=False
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print every measure as data.")] = False,
) -> None:
    """Tell how good a run is: average precision, reciprocal rank and recall, means over the judged queries."""
    from dataclasses import asdict

    from valla.exchange.trec import evaluate, read_qrels, read_run

    found = evaluate(read_run(run), read_qrels(qrels))
    if len(found.missing) == found.queries:
        raise InputError("no query of the run is judged", where=str(run), repair=f"are its ids those of {qrels}?")
    typer.echo(json.dumps(asdict(found), indent=2) if as_json else "\n".join(_lines(found)))


def _lines(found: Evaluation) -> list[str]:
    lines = [f"{name:<10}{getattr(found, field):.4f}" for name, field in _SHOWN.items()]
    lines.append(f"{'queries':<10}{found.queries}")
    if found.missing:
        lines.append(f"missing   {len(found.missing)} judged queries are not in the run and count 0")
    if found.unjudged:
        lines.append(f"unjudged  {found.unjudged} queries of the run have no judgement and are left aside")
    return lines
