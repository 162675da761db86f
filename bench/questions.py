"""The questions that are timed, each in four forms: as a reading, as the best SQL written by hand, and as pandas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from valla.claims.kinds import relation
from valla.claims.model import Reading
from valla.claims.serial import from_json
from valla.dates import day_number

__all__ = ["QUESTIONS", "Question"]

BEGIN, END = day_number(1920), day_number(1939, 12, 31)
SUBJECT, OBJECT = "russia", "finland"
LATEST, EARLIEST = "least(begin_max, end_max)", "greatest(end_min, begin_min)"
POSSIBLE = f"begin_min <= {END} AND end_max >= {BEGIN}"
CERTAIN = f"{LATEST} <= {END} AND {EARLIEST} >= {BEGIN}"


@dataclass(frozen=True)
class Question:
    """A question in its forms.

    Args:
        name: of the quantifier and relation.
        reading: what Valla is asked.
        sql: the same by hand: it gives what is needed to decide, and the acts that decide it.
        pandas: the same with plain pandas on a frame of all acts.
    """

    name: str
    reading: Reading
    sql: str
    pandas: Callable[[Any], Any]


def _kinds(kinds: frozenset[str]) -> str:
    return "kind IN (" + ", ".join(f"'{kind}'" for kind in sorted(kinds)) + ")"


def _pair(kinds: frozenset[str], *, symmetric: bool) -> str:
    """The acts of the pair, each direction by itself: the form that DuckDB answers fastest."""
    back = "" if symmetric else " AND mutual"
    where = f"{_kinds(kinds)} AND {POSSIBLE}"
    return (
        f"(SELECT * FROM acts WHERE actor = '{SUBJECT}' AND target = '{OBJECT}' AND {where} UNION ALL "
        f"SELECT * FROM acts WHERE actor = '{OBJECT}' AND target = '{SUBJECT}'{back} AND {where})"
    )


def _toward(kinds: frozenset[str], *, symmetric: bool) -> str:
    back = "" if symmetric else " AND mutual"
    where = f"{_kinds(kinds)} AND {POSSIBLE}"
    return (
        f"(SELECT actor AS side, * FROM acts WHERE target = '{OBJECT}' AND {where} UNION ALL "
        f"SELECT target AS side, * FROM acts WHERE actor = '{OBJECT}'{back} AND {where})"
    )


def _frame_pair(frame: Any, kinds: frozenset[str], *, symmetric: bool) -> Any:
    forward = (frame["actor"] == SUBJECT) & (frame["target"] == OBJECT)
    backward = (frame["target"] == SUBJECT) & (frame["actor"] == OBJECT) & (symmetric | frame["mutual"])
    return frame[
        (forward | backward) & frame["kind"].isin(kinds) & (frame["begin_min"] <= END) & (frame["end_max"] >= BEGIN)
    ]


def _frame_certain(frame: Any) -> Any:
    latest = frame[["begin_max", "end_max"]].min(axis=1)
    earliest = frame[["end_min", "begin_min"]].max(axis=1)
    return frame[(latest <= END) & (earliest >= BEGIN)]


def _frame_toward(frame: Any, kinds: frozenset[str], *, symmetric: bool) -> Any:
    near = frame[frame["kind"].isin(kinds) & (frame["begin_min"] <= END) & (frame["end_max"] >= BEGIN)]
    forward = near[near["target"] == OBJECT]
    backward = near[(near["actor"] == OBJECT) & (symmetric | near["mutual"])]
    import pandas as pd

    return pd.concat([forward.assign(side=forward["actor"]), backward.assign(side=backward["target"])])


def _reading(quantifier: str, name: str) -> Reading:
    return from_json(
        {"quantifier": quantifier, "relation": name, "subjects": [SUBJECT], "objects": [OBJECT], "period": "1920/1939"}
    )


def _occurrence(quantifier: str, name: str) -> Question:
    kinds, symmetric = relation(name).realised | relation(name).may, relation(name).symmetric
    return Question(
        f"{quantifier} {name}",
        _reading(quantifier, name),
        f"SELECT *, ({CERTAIN}) AS certain FROM {_pair(kinds, symmetric=symmetric)} ORDER BY begin_min",
        lambda frame: _frame_certain(_frame_pair(frame, kinds, symmetric=symmetric)),
    )


def _always_conduct(name: str) -> Question:
    kinds = relation(name).contradicted | relation(name).realised
    return Question(
        f"always {name}",
        _reading("always", name),
        f"SELECT *, ({CERTAIN}) AS certain FROM {_pair(kinds, symmetric=True)} ORDER BY begin_min",
        lambda frame: _frame_certain(_frame_pair(frame, kinds, symmetric=True)),
    )


def _always_state(name: str) -> Question:
    kinds = relation(name).realised
    gaps = (
        f"SELECT *, begin_min - max(end_max) OVER (ORDER BY begin_min ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gap "
        f"FROM {_pair(kinds, symmetric=True)} ORDER BY begin_min"
    )

    def by_pandas(frame: Any) -> Any:
        found = _frame_pair(frame, kinds, symmetric=True).sort_values("begin_min")
        return found.assign(gap=found["begin_min"] - found["end_max"].cummax().shift())

    return Question(f"always {name}", _reading("always", name), gaps, by_pandas)


def _first(name: str) -> Question:
    kinds, symmetric = relation(name).realised | relation(name).may, relation(name).symmetric
    sql = (
        f"WITH near AS MATERIALIZED {_toward(kinds, symmetric=symmetric)}, "
        f"own AS (SELECT min(greatest(begin_min, {BEGIN})) AS first FROM near WHERE side = '{SUBJECT}' AND {LATEST} >= {BEGIN}) "
        f"SELECT near.* FROM near, own WHERE side <> '{SUBJECT}' AND begin_min >= {BEGIN} AND {LATEST} < own.first ORDER BY begin_min"
    )

    def by_pandas(frame: Any) -> Any:
        near = _frame_toward(frame, kinds, symmetric=symmetric)
        own = near[near["side"] == SUBJECT]["begin_min"].clip(lower=BEGIN).min()
        return near[(near["side"] != SUBJECT) & (near["begin_min"] >= BEGIN) & (near["begin_max"] < own)]

    return Question(f"first {name}", _reading("first", name), sql, by_pandas)


def _only(name: str) -> Question:
    kinds, symmetric = relation(name).realised | relation(name).may, relation(name).symmetric
    sql = f"SELECT *, ({CERTAIN}) AS certain FROM {_toward(kinds, symmetric=symmetric)} ORDER BY begin_min"
    return Question(
        f"only {name}",
        _reading("only", name),
        sql,
        lambda frame: _frame_certain(_frame_toward(frame, kinds, symmetric=symmetric)),
    )


QUESTIONS = (
    _occurrence("exists", "attacked"),
    _occurrence("never", "war"),
    _always_conduct("opposed"),
    _always_state("allied"),
    _first("nonaggression"),
    _only("attacked"),
)
"""Each quantifier at least once."""
