"""The shared tasks that the benches measure on: claims, queries and what is relevant, from the folder of measuring data."""

from __future__ import annotations

import csv
import difflib
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["SHARED", "Fact", "Task", "bare", "checkthat2020", "checkthat2022", "proxy2020"]

SHARED = Path(os.environ.get("VALLA_SHARED", Path(__file__).parents[2] / "shared"))
NEAR = 0.9
"""Two titles so alike, as `difflib` measures it, are taken for one: editors mend a word or a comma after a year or two."""

_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S*")
_SIGNATURE = re.compile(r"\s+[—–-]{1,2} [^—–]{1,80}\(@\w+\)[^()]{0,40}$")


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim that somebody checked.

    Args:
        id: as the shared task numbers it.
        text: the claim.
        context: its title and, where there is one, its subtitle.
    """

    id: str
    text: str
    context: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The claim and what is said about it, as one text: what the peers index."""
        return " ".join((self.text, *self.context))


@dataclass(frozen=True, slots=True)
class Task:
    """A split of a shared task.

    Args:
        name: what it is.
        facts: the claims to choose from.
        queries: the tweets by id.
        relevant: for each tweet the claims that it is about.
    """

    name: str
    facts: tuple[Fact, ...]
    queries: dict[str, str]
    relevant: dict[str, frozenset[str]]


def bare(tweet: str) -> str:
    """Return a tweet without its links and the line of its author and date: what the peers are asked."""
    return _SIGNATURE.sub("", " ".join(_LINK.sub(" ", tweet).split())) or tweet


def checkthat2020(split: str = "dev", folder: Path = SHARED / "data") -> Task:
    """Read CheckThat! 2020, task 2.

    Args:
        split: `train` or `dev`.
        folder: where `checkthat2020` lies.
    """
    home = folder / "checkthat2020"
    facts = tuple(
        Fact(key, claim, (title,)) for key, claim, title in _rows(home / "verified_claims.docs.tsv", header=True)
    )
    queries = dict(_rows(home / split / "tweets.queries.tsv", header=True))
    return Task(f"checkthat2020 {split}", facts, queries, _relevant(home / split / "tweet-vclaim-pairs.qrels"))


def checkthat2022(split: str = "dev", folder: Path = SHARED / "data") -> Task:
    """Read CheckThat! 2022, task 2A, English.

    Args:
        split: `train` or `dev`; the queries of both stand in one file, the judgements tell them apart.
        folder: where `checkthat2022` lies.
    """
    home = folder / "checkthat2022"
    rows = map(json.loads, (home / "vclaims.jsonl").read_text(encoding="utf-8").splitlines())
    facts = tuple(Fact(row["vclaim_id"], row["vclaim"], (row["title"], row["subtitle"])) for row in rows)
    relevant = _relevant(home / f"CT2022-Task2A-EN-{split.title()}_QRELs.tsv")
    queries = dict(_rows(home / "CT2022-Task2A-EN-Train-Dev_Queries.tsv", header=False))
    return Task(f"checkthat2022 {split}", facts, {key: queries[key] for key in relevant}, relevant)


def proxy2020(folder: Path = SHARED / "data") -> Task:
    """Build a stand-in for the test set of 2020: the 2022 dev tweets, which were in it, asked of the library of 2020.

    What is relevant is carried over by the texts of claims and titles; a tweet whose claim has no counterpart is left out.

    Args:
        folder: where both tasks lie.
    """
    asked, known = checkthat2022("dev", folder), checkthat2020("dev", folder)
    counterparts = _counterparts(asked, known.facts)
    relevant = {
        query: frozenset(found)
        for query, wanted in asked.relevant.items()
        if (found := {counterparts[one] for one in wanted if one in counterparts})
    }
    name = f"2020 test, by proxy ({len(relevant)} of {len(asked.queries)})"
    return replace(known, name=name, queries={key: asked.queries[key] for key in relevant}, relevant=relevant)


def _rows(path: Path, *, header: bool) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        if header:
            next(rows)
        yield from rows


def _relevant(path: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for query, _, claim, grade in map(str.split, path.read_text(encoding="utf-8").splitlines()):
        if int(grade) > 0:
            found.setdefault(query, set()).add(claim)
    return {query: frozenset(claims) for query, claims in found.items()}


def _counterparts(asked: Task, facts: tuple[Fact, ...]) -> dict[str, str]:
    """For each claim that is asked for the id of the same claim among others: equal texts first, then titles that are nearly so."""
    by_text = {_letters(text): fact.id for fact in reversed(facts) for text in (*fact.context[:1], fact.text)}
    titles = {_letters(fact.context[0]): fact.id for fact in facts}
    wanted = set().union(*asked.relevant.values())
    found: dict[str, str] = {}
    for fact in asked.facts:
        if fact.id in wanted:
            texts = [_letters(text) for text in (fact.text, fact.context[0])]
            same = next((by_text[text] for text in texts if text in by_text), None) or _nearest(texts, by_text, titles)
            if same is not None:
                found[fact.id] = same
    return found


def _nearest(texts: list[str], by_text: dict[str, str], titles: dict[str, str]) -> str | None:
    for text, known in zip(texts, (by_text, titles), strict=True):
        near = difflib.get_close_matches(text, known, n=1, cutoff=NEAR)
        if near:
            return known[near[0]]
    return None


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
