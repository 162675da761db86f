"""Every engine hands out the same acts: those that a filter written here in plain Python keeps."""

import os
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valla.dates import Span, Window, day_number
from valla.record import engines
from valla.record.engines import DuckEngine, Engine, IbisEngine, MemoryEngine, duckdb_engine
from valla.record.query import EVERYTHING, Selection, filled, shape_of
from valla.record.schema import COLUMNS, Act
from valla.record.table import acts_of, table_of

SNAPSHOTS = Path(__file__).parent / "snapshots"
ODD = (
    "a",
    "b",
    "a'; drop table acts; --",
    "''",
    '"',
    "\\",
    "Þórr ☭",
    "⦃0000⦄",
    "⦃subject 0000⦄",
    "1987654321",
    "'1987654322'",
    "%",
    "{}",
    "$1",
    "?",
    ":a",
    "--",
    "/*",
    "new\nline",
    "",
)
"""Ids that would break a query put together carelessly."""

KINDS = ("war", "treaty", "alliance.defense", "trade")
DAYS = st.none() | st.integers(-5, 5)

ids = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
windows = st.builds(Window, DAYS, DAYS)


@st.composite
def several_acts(draw: st.DrawFn) -> list[Act]:
    """Draw acts between few actors, with bounds that may be unknown."""
    names = st.sampled_from(draw(st.lists(ids, min_size=2, max_size=5, unique=True)))
    return [
        Act(
            id=f"act-{number}",
            actor=draw(names),
            target=draw(names),
            kind=draw(st.sampled_from(KINDS)),
            mutual=draw(st.booleans()),
            when=Span("drawn", draw(DAYS), draw(DAYS), draw(DAYS), draw(DAYS)),
            channel=draw(st.sampled_from(["open", "secret", "unknown"])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


@st.composite
def selections(draw: st.DrawFn, acts: list[Act]) -> Selection:
    """Draw a selection that mostly asks for actors of the acts."""
    known = st.sampled_from([name for act in acts for name in (act.actor, act.target)] or ["a"])
    side = st.none() | st.frozensets(known | ids, max_size=3)
    return Selection(
        kinds=draw(st.none() | st.frozensets(st.sampled_from(KINDS), max_size=3)),
        subjects=draw(side),
        objects=draw(side),
        symmetric=draw(st.booleans()),
        window=draw(windows),
        secret=draw(st.booleans()),
        open=draw(st.booleans()),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Act], list[Selection]]:
    """Draw acts, and several questions about them, so that templates are used again."""
    acts = draw(several_acts())
    return acts, draw(st.lists(selections(acts), min_size=1, max_size=5))


def meant(one: str, other: str, asked: Selection) -> bool:
    """Whether an act of these two sides is of the sides that are asked for."""
    return (asked.subjects is None or one in asked.subjects) and (asked.objects is None or other in asked.objects)


def wanted(act: Act, asked: Selection) -> bool:
    """Whether an act is asked for, in plain Python."""
    if asked.kinds is not None and act.kind not in asked.kinds:
        return False
    if (act.channel == "open" and not asked.open) or (act.channel == "secret" and not asked.secret):
        return False
    begin, end = act.when.begin_min, act.when.end_max
    if asked.window.end is not None and begin is not None and begin > asked.window.end:
        return False
    if asked.window.begin is not None and end is not None and end < asked.window.begin:
        return False
    turned = (asked.symmetric or act.mutual) and meant(act.target, act.actor, asked)
    return meant(act.actor, act.target, asked) or turned


def handed_out(engine: Engine, asked: Selection) -> list[str]:
    """Return the ids of the acts that an engine hands out."""
    found = engine.fetch(asked)

    assert found.column_names == list(COLUMNS)
    return sorted(found["id"].to_pylist())


def in_ibis(table: pa.Table) -> IbisEngine:
    """Return the engine that any backend of Ibis has, over DuckDB."""
    return IbisEngine(ibis.duckdb.connect().create_table("acts", ibis.memtable(table)))


def check_all(engine: Engine, acts: list[Act], questions: list[Selection]) -> None:
    """Ask an engine every question, and compare with the plain filter."""
    for asked in questions:
        assert sorted(act.id for act in acts if wanted(act, asked)) == handed_out(engine, asked)


@given(cases())
def test_memory_hands_out_what_a_plain_filter_keeps(case):
    """The index in memory answers as the filter does, whatever the ids."""
    acts, questions = case
    check_all(MemoryEngine(table_of(acts)), acts, questions)


@given(cases())
def test_duckdb_hands_out_what_a_plain_filter_keeps(case):
    """Queries made from templates answer as the filter does, whatever stands in the blanks."""
    acts, questions = case
    check_all(duckdb_engine([table_of(acts)]), acts, questions)


@given(cases())
def test_any_ibis_backend_hands_out_what_a_plain_filter_keeps(case):
    """The expression itself, without templates, answers as the filter does."""
    acts, questions = case
    check_all(in_ibis(table_of(acts)), acts, questions)


@pytest.mark.parametrize("rows", [0, engines._IN_MEMORY_ROWS + 1], ids=["copied", "on disk"])
@settings(max_examples=20)
@given(case=cases(), cut=st.integers(0, 8))
def test_parquet_files_hand_out_what_a_plain_filter_keeps(rows, case, cut, tmp_path_factory):
    """Acts on disk answer alike, in one file or several, copied into memory or left where they are."""
    acts, questions = case
    folder = tmp_path_factory.mktemp("files")
    for number, part in enumerate((acts[:cut], acts[cut:])):
        pq.write_table(table_of(part), folder / f"{number}.parquet")
    files = sorted(str(file) for file in folder.iterdir())
    check_all(duckdb_engine(files=files, rows=rows), acts, questions)


@pytest.mark.parametrize("name", ["o'brien", "two words", "[a]", "star*", "what?", "{x}", "ü☭"])
def test_a_folder_of_any_name_can_hold_parquet_files(name, tmp_path):
    """A path is a path, not a pattern that other folders fit, and not a piece of a query."""
    for folder, act in ((name, "one"), ("a", "other"), ("starry", "other"), ("whatx", "other"), ("x", "other")):
        (tmp_path / folder).mkdir()
        table = table_of([Act(act, "a", "b", "war", True, Span("1900", 1, 1, 1, 1))])
        pq.write_table(table, tmp_path / folder / "acts.parquet")

    assert handed_out(duckdb_engine(files=[str(tmp_path / name / "acts.parquet")]), EVERYTHING) == ["one"]


@given(several_acts())
def test_engines_name_the_same_actors(acts):
    """Everybody who acts or is acted upon is named, and nobody else."""
    table = table_of(acts)
    named = frozenset(name for act in acts for name in (act.actor, act.target))

    assert named == MemoryEngine(table).names() == duckdb_engine([table]).names() == in_ibis(table).names()


@given(several_acts())
def test_an_act_comes_back_as_it_went_in(acts):
    """Nothing is lost on the way through DuckDB: texts, bounds, channel."""
    found = acts_of(duckdb_engine([table_of(acts)]).fetch(EVERYTHING))

    assert sorted(acts, key=lambda act: act.id) == sorted(found, key=lambda act: act.id)


PERIOD = Window(day_number(1933), day_number(1945, 12, 31))
A, B = frozenset(["russia"]), frozenset(["germany"])
SHAPES = {
    "pair": Selection(frozenset(["war", "treaty"]), A, B, symmetric=True, window=PERIOD),
    "directed-pair": Selection(frozenset(["attack"]), A, B, symmetric=False, window=PERIOD),
    "everybody-toward-one": Selection(frozenset(["treaty"]), None, B, symmetric=True, window=PERIOD),
    "one-toward-everybody": Selection(frozenset(["treaty"]), A, None, symmetric=False, window=PERIOD),
    "several": Selection(frozenset(["war"]), A | {"poland"}, B | {"italy"}, symmetric=True, window=PERIOD),
    "shared": Selection(frozenset(["war"]), A | B, B | {"italy"}, symmetric=True, window=PERIOD),
    "open-only": Selection(None, A, B, symmetric=True, window=PERIOD, secret=False),
    "secret-only": Selection(None, A, B, symmetric=True, window=PERIOD, open=False),
    "until": Selection(None, A, B, symmetric=True, window=Window(None, PERIOD.end)),
    "since": Selection(None, A, B, symmetric=True, window=Window(PERIOD.begin, None)),
    "everything": EVERYTHING,
}


@pytest.fixture(scope="module")
def empty() -> DuckEngine:
    """Hand out an engine without acts, to see its queries."""
    return duckdb_engine([table_of([])])


@pytest.mark.parametrize("name", SHAPES)
def test_the_query_of_each_shape_is_the_one_that_was_reviewed(name, empty):
    """The SQL stands in `snapshots/`; VALLA_SNAPSHOTS=write writes it anew."""
    file = SNAPSHOTS / f"{name}.sql"
    sql = empty.fetch_sql(SHAPES[name]) + "\n"
    if os.environ.get("VALLA_SNAPSHOTS") == "write":
        file.write_text(sql, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == sql


def test_what_is_run_is_what_is_shown(empty):
    """A template filled in is the very query that `--sql` prints."""
    for asked in SHAPES.values():
        run = filled(empty.fetch_sql(shape_of(asked)), asked)

        assert sorted(run.split()) == sorted(empty.fetch_sql(asked).split())


def test_memory_shows_the_query_that_asks_the_same():
    """The index answers without SQL; what it shows is what DuckDB would run."""
    asked = Selection(frozenset({"war"}), frozenset({"a"}), frozenset({"b"}), symmetric=True, window=Window(1, 9))
    memory, duckdb = MemoryEngine(table_of([])), duckdb_engine([table_of([])])

    assert memory.fetch_sql(asked) == duckdb.fetch_sql(asked)
