"""What the suite over the engines asks: drawn acts, drawn selections, the rule in plain Python, and the gaps that are known."""

from collections.abc import Mapping
from typing import Any, TypeVar

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from valla.dates import Window
from valla.record.query import Selection
from valla.record.table import ARROW_SCHEMA

GAPS: dict[str, str] = {}
"""Where Spark does not do what DuckDB does, and why that is let stand: at present nowhere that is known."""

Drawn = TypeVar("Drawn")

NAMES = (
    "a",
    "b",
    "c",
    "A",
    "o'neill",
    'the "d"',
    "back\\slash",
    "per%cent_",
    "côte d’or",
    "日本",
    "x\ty",
    "${user.name}",
    "?",
    ":x",
    "",
)
KINDS = ("war", "attack", "alliance.defense", "trade", "it's")
CHANNELS = ("open", "secret", "unknown")
DAYS = st.none() | st.integers(-60, 60) | st.sampled_from([-(2**31), 2**31 - 1])
TEXTS = (
    st.none() | st.sampled_from(["", "1922-04-16", "'quoted'", "NaN", "null", "two\nlines", "😀", "\\n"]) | st.text()
)


def gap(name: str, gaps: Mapping[str, str] = GAPS) -> pytest.MarkDecorator:
    """Mark what an engine is known not to do: the test fails once it does it, so that no gap outlives itself."""
    reason = gaps.get(name, "").strip()
    if not reason:
        raise ValueError(f"the gap {name!r} has no reason")
    return pytest.mark.xfail(reason=reason, strict=True)


def drawn(strategy: st.SearchStrategy[Drawn], number: int) -> list[Drawn]:
    """Draw as many values, the same ones on every run: an engine that takes a second for each cannot be handed thousands."""
    found: list[Drawn] = []

    @seed(1440)
    @settings(max_examples=number, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(value: Drawn) -> None:
        found.append(value)

    collect()
    return found


def row(**fixed: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Draw the columns of an act, but for its id."""
    texts = dict.fromkeys(("date", "known_from", "place", "summary", "source", "locator", "quote", "reason"), TEXTS)
    days = dict.fromkeys(("begin_min", "begin_max", "end_min", "end_max", "known_min", "known_max"), DAYS)
    return st.fixed_dictionaries(
        {
            "actor": st.sampled_from(NAMES),
            "target": st.sampled_from(NAMES),
            "kind": st.sampled_from(KINDS),
            "channel": st.sampled_from(CHANNELS),
            "mutual": st.booleans(),
            "dataset": st.sampled_from(["d1", "d2"]),
            "dataset_row": st.integers(-(2**63), 2**63 - 1),
            **texts,
            **days,
        }
        | fixed
    )


def table_of_drawn(number: int) -> pa.Table:
    """Return a table of as many drawn acts, each with an id of its own."""
    rows = drawn(row(), number)
    return pa.Table.from_pylist([{"id": f"act-{n}", **one} for n, one in enumerate(rows)], schema=ARROW_SCHEMA)


def parties() -> st.SearchStrategy[frozenset[str] | None]:
    """Draw nobody in particular, nobody at all, one, or several; one of them may be unknown to the record."""
    return st.none() | st.frozensets(st.sampled_from([*NAMES, "nobody"]), max_size=4)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Draw what is asked for."""
    secret, open_ = draw(st.sampled_from([(True, True), (True, True), (True, False), (False, True)]))
    return Selection(
        kinds=draw(st.none() | st.frozensets(st.sampled_from([*KINDS, "unheard of"]), max_size=4)),
        subjects=draw(parties()),
        objects=draw(parties()),
        symmetric=draw(st.booleans()),
        window=Window(draw(DAYS), draw(DAYS)),
        secret=secret,
        open=open_,
    )


def wanted(act: Mapping[str, Any], selection: Selection) -> bool:
    """Whether a selection asks for an act: the rule without any query."""
    ways = [(act["actor"], act["target"])]
    if selection.symmetric or act["mutual"]:
        ways.append((act["target"], act["actor"]))
    allowed = {"unknown"} | ({"open"} if selection.open else set()) | ({"secret"} if selection.secret else set())
    return (
        any(_among(one, selection.subjects) and _among(other, selection.objects) for one, other in ways)
        and _among(act["kind"], selection.kinds)
        and _not_after(act["begin_min"], selection.window.end)
        and _not_after(selection.window.begin, act["end_max"])
        and act["channel"] in allowed
    )


def _among(value: str, allowed: frozenset[str] | None) -> bool:
    return allowed is None or value in allowed


def _not_after(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one <= other
