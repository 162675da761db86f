"""Which rows are which acts: the rules of a mapping as Ibis expressions over rows."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Sequence
from typing import Any

from valla.record.dating import first_day
from valla.record.mapping import BOUNDS, ActRule
from valla.record.marks import as_said
from valla.record.pairs import PAIR_DAYS

__all__ = ["KEYS", "SIDES", "matched", "undecided"]

KEYS = ("actor", "target", "kind", "mutual", "channel", "unit", "named")
"""What rows must share to be one act. `unit` is what the rule joins by, or the name of an event, and then `named` is true."""

SIDES = ("actor", "target", "actor_code", "target_code")
_OTHER_SIDE = {"actor": "target", "target": "actor", "actor_code": "target_code", "target_code": "actor_code"}


def _texts(values: list[str | int]) -> list[str]:
    return [str(value) for value in values]


def _condition(rows: Any, rule: ActRule) -> Any:
    """Whether a row is such an act; null where a value that decides it is unknown."""
    import ibis

    parts = [rows[name].isin(_texts(allowed)) for name, allowed in rule.when.items()]
    parts += [~ibis.coalesce(rows[name].isin(_texts(barred)), False) for name, barred in rule.unless.items()]
    return functools.reduce(operator.and_, parts) if parts else ibis.literal(True)


def undecided(rows: Any, rules: Sequence[ActRule], unknown: Sequence[str]) -> Iterator[Any]:
    """Find the rows of which a rule cannot tell: they are neither acts nor the absence of acts.

    Args:
        rows: an Ibis table of rows.
        rules: the rules.
        unknown: the columns in which something is unknown.

    Yields:
        For each such column a table of `row`, `reason` and `found`.
    """
    import ibis

    for name in unknown:
        open_questions = [_condition(rows, rule).isnull() for rule in rules if name in rule.when]
        if open_questions:
            found = rows.filter(rows[name].isnull() & functools.reduce(operator.or_, open_questions))
            yield found.select("row", reason=ibis.literal(f"{name!r} is unknown"), found=ibis.literal(""))


def matched(rows: Any, rules: Sequence[ActRule], carried: Sequence[str]) -> Any:
    """Return the acts row by row, not yet joined.

    Args:
        rows: an Ibis table of rows.
        rules: the rules, at least one.
        carried: columns to keep beside those that every act has.
    """
    import ibis

    parts = [_of_rule(rows, rule, carried) for rule in rules]
    return ibis.union(*parts, distinct=False) if len(parts) > 1 else parts[0]


def _of_rule(rows: Any, rule: ActRule, carried: Sequence[str]) -> Any:
    import ibis

    kept = rows.filter(_condition(rows, rule))
    turned = kept["actor"] > kept["target"] if rule.mutual else ibis.literal(rule.reverse)
    named = "unit_id" in rows.columns and not rule.by
    return kept.select(
        "row",
        *(["year"] if "year" in rows.columns else ["date", *BOUNDS]),
        *(name for name in PAIR_DAYS if name in rows.columns),
        **(_edges(kept) if rule.once else {}),
        **{as_said(name): kept[name] for name in carried},
        **{side: ibis.ifelse(turned, kept[_OTHER_SIDE[side]], kept[side]) for side in SIDES},
        turned=turned,
        kind=kept[f"kind_{rule.codes}"] if rule.codes else ibis.literal(rule.kind),
        mutual=ibis.literal(rule.mutual),
        channel=ibis.literal(rule.channel),
        unit=kept["unit_id"] if named else _unit(kept, rule.by),
        named=ibis.literal(named),
    )


def _edges(rows: Any) -> dict[str, Any]:
    """Between which days that lies of which a row speaks: in its year, if nothing else is known."""
    import ibis

    year = rows["year"]
    edges = {"earliest": first_day(year), "latest": first_day(year + 1) - 1}
    return {name: ibis.coalesce(rows[name], day) if name in rows.columns else day for name, day in edges.items()}


def _unit(rows: Any, by: Sequence[str]) -> Any:
    """The values of some columns as one text."""
    import ibis

    parts = [ibis.coalesce(rows[name], "") for name in by]
    return functools.reduce(lambda one, other: one + "-" + other, parts) if parts else ibis.literal("")
