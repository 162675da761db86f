"""A dataset declared: which columns hold what, which rows are which kinds of act, and where the dataset is complete.

Mappings are read from TOML files (mapping_files.py); here is what they may say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from valla.claims.kinds import kinds
from valla.dates import Window, parse
from valla.errors import DateError, nearest
from valla.record.codes import code_lists
from valla.record.mapping_parts import Condition, Count, Duration, Ends, Pairs, Scalar
from valla.record.pairs import PAIR_COLUMNS
from valla.record.participants import NEEDED, PAIRED
from valla.record.schema import Coverage
from valla.record.sources import Source

__all__ = [
    "BOUNDS",
    "TEXTS",
    "ActRule",
    "Actors",
    "CoverageRule",
    "DatasetHead",
    "Layout",
    "Mapping",
]

TEXTS = ("place", "summary", "quote")
"""Columns of acts that a mapping may fill from columns of the same name, where rows are not joined."""

BOUNDS = ("begin_min", "begin_max", "end_min", "end_max")
"""The columns of the bounds of a date."""

_RESERVED = frozenset(
    [
        "row",
        "actor_code",
        "target_code",
        "actor_state",
        "target_state",
        "unit_id",
        "earliest",
        "latest",
        *BOUNDS,
        *PAIR_COLUMNS,
    ]
    + [f"kind_{name}" for name in code_lists()]
)
"""Columns that the loader adds to those of a dataset."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatasetHead(_Strict):
    """What the dataset is called and who made it."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)
    title: str = Field(min_length=1)
    authors: list[str] = []
    container: str = ""
    publisher: str = ""
    volume: str = ""
    year: str = ""
    url: str = ""
    note: str = ""

    def source(self) -> Source:
        """Return the dataset as a source that acts can name."""
        return Source(
            key=self.id,
            title=self.title,
            type="dataset",
            authors=tuple(self.authors),
            container=self.container,
            publisher=self.publisher,
            volume=self.volume,
            year=self.year,
            url=self.url,
            note=self.note,
        )


class Actors(_Strict):
    """How the cells name actors.

    Args:
        by: `cow` (Correlates of War codes), `gw` (those of Gleditsch and Ward), `iso3` (also the CAMEO codes of countries), `name`, `id`
            (our own), or `sector` (`Ministry (Japan)`: a part of a state, with the state in brackets).
        whole: the sectors whose deeds are the state's; those of all others are set aside.
        early: whether a code also stands for a state before the list of states counts it, as in a dataset that begins earlier.
    """

    by: Literal["cow", "gw", "iso3", "name", "id", "sector"]
    whole: list[str] = []
    early: bool = False


class ActRule(_Strict):
    """Which rows are which kind of act.

    Args:
        kind: the kind; empty where the column `event` is looked up in a list of codes.
        codes: the list of codes in `datasets/` that turns `event` into a kind.
        when: for each column the values that it must have.
        unless: for each column the values that it must not have.
        mutual: whether both sides did it; one act is made of the rows of both directions.
        reverse: whether the row's target did it to the row's actor.
        join: whether the rows of consecutive years are one act.
        once: whether it was done once, on a day that is not said, in one of the years of all rows that share `by`.
        by: columns that rows must share to be joined: the number of a war.
        channel: whether it was done openly.
    """

    kind: str = ""
    codes: str = ""
    when: Condition = {}
    unless: Condition = {}
    mutual: bool = False
    reverse: bool = False
    join: bool = True
    once: bool = False
    by: list[str] = []
    channel: Literal["open", "secret", "unknown"] = "open"

    @field_validator("kind")
    @classmethod
    def _known(cls, name: str) -> str:
        if name and name not in kinds():
            raise ValueError(f"no kind of act is called {name!r}{_meant(name, kinds())}")
        return name

    @field_validator("codes")
    @classmethod
    def _listed(cls, name: str) -> str:
        if name and name not in code_lists():
            raise ValueError(f"there is no list of codes {name!r}, but {', '.join(code_lists())}")
        return name

    @model_validator(mode="after")
    def _one_of_two(self) -> ActRule:
        if bool(self.kind) == bool(self.codes):
            raise ValueError("an act needs either `kind` or `codes`")
        return self

    def columns(self) -> Iterator[str]:
        """Name the columns that the rule looks at."""
        yield from self.when
        yield from self.unless
        yield from self.by
        if self.codes:
            yield "event"


class CoverageRule(_Strict):
    """Where the dataset is complete.

    Args:
        kinds: kinds of act, `group.*` for all of a group.
        begin: EDTF.
        end: EDTF.
        days: instead of both: the column whose first and last day in the file are meant.
        among: `state system`: complete between members of the Correlates of War state system alone, in the years of their membership.
        threshold: what an act must reach to be recorded, in words; silence below it proves nothing.
    """

    kinds: list[str] = Field(min_length=1)
    begin: str = ""
    end: str = ""
    days: str = ""
    among: Literal["", "state system"] = ""
    threshold: str = Field(default="", max_length=200)

    @field_validator("kinds")
    @classmethod
    def _known(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            if not _expanded(pattern):
                raise ValueError(f"no kind of act is called {pattern!r}{_meant(pattern, kinds())}")
        return patterns

    @model_validator(mode="after")
    def _one_of_two(self) -> CoverageRule:
        if bool(self.days) == bool(self.begin and self.end):
            raise ValueError("coverage needs either `begin` and `end`, or `days`")
        if not self.days:
            try:
                parse(f"{self.begin}/{self.end}")
            except DateError as error:
                raise ValueError(str(error)) from error
        return self

    def expanded(self) -> frozenset[str]:
        """Return the ids of the kinds."""
        return frozenset(name for pattern in self.kinds for name in _expanded(pattern))


class Layout(_Strict):
    """One way in which the dataset is distributed.

    Args:
        form: csv, tsv (tabs, no quotation marks) or parquet.
        header: whether the first row names the columns.
        width: without a header: how many columns there are, one number for each edition.
        columns: for each column of ours the names it may have there, or its position, counted from 1.
        optional: likewise for columns that a file may lack; then nothing is known of them.
        act: the acts, where they differ from those of the mapping.
        participants: whether a row is a participant, to be paired with those of other sides of the same `unit`.
    """

    form: Literal["csv", "tsv", "parquet"] = "csv"
    header: bool = True
    width: list[int] = []
    columns: dict[str, list[Scalar]]
    optional: dict[str, list[Scalar]] = {}
    act: list[ActRule] = []
    participants: bool = False

    @model_validator(mode="after")
    def _positions(self) -> Layout:
        for name in self.columns.keys() & self.optional.keys():
            raise ValueError(f"the column {name!r} is both needed and optional")
        for name, places in self.spots().items():
            if not places:
                raise ValueError(f"the column {name!r} has no name")
            if not self.header and not all(isinstance(place, int) and place > 0 for place in places):
                raise ValueError(f"the column {name!r} needs a position, counted from 1, since there is no header")
        if not self.header and not self.width:
            raise ValueError("a table without a header needs `width`: how many columns it has")
        return self

    def spots(self) -> dict[str, list[Scalar]]:
        """Return where each column may be, needed or not."""
        return {**self.columns, **self.optional}


class Mapping(_Strict):
    """A dataset declared.

    Args:
        turn: the columns that a row shares with that of the same two sides in the other direction. A row that has none in the file is
            read from the other side too: what is called `other_x` is then `x`.
        count: columns that say whether rows that belong together have `one` value of a column or `several`.
        together: columns that are 1 where several columns are known to have certain values, and 0 elsewhere.
        duration: when that began of which rows of several years speak, and how long it lasted.
        ends: which ends had not come when the data end.
        pairs: the table of those who certainly fought each other. It adds two columns: `confirmed`, 1 where they did in the row's year, and
            `opening`, 1 where the whole began with them.
    """

    dataset: DatasetHead
    locator: str = ""
    missing: list[str] = ["", "NA", "N/A", "NaN", ".", "-9", "-8"]
    dates: list[str] = []
    form: Literal["csv", "tsv", "parquet"] = "csv"
    header: bool = True
    width: list[int] = []
    columns: dict[str, list[Scalar]] = {}
    optional: dict[str, list[Scalar]] = {}
    values: Condition = {}
    turn: list[str] = []
    count: dict[str, Count] = {}
    together: dict[str, Condition] = {}
    duration: Duration | None = None
    ends: Ends | None = None
    pairs: Pairs | None = None
    actors: Actors
    act: list[ActRule] = Field(min_length=1)
    coverage: list[CoverageRule] = []
    layout: list[Layout] = []

    @model_validator(mode="after")
    def _complete(self) -> Mapping:
        if not self.columns and not self.layout:
            raise ValueError("no columns are named")
        for layout in self.layouts():
            _check_columns(layout, self)
        columns = {name for layout in self.layouts() for name in layout.spots()}
        if self.ends:
            _require(["end"], columns)
        if self.duration:
            # where a layout lacks them, years are all that is known
            _require(self.duration.columns(), columns)
        for name in self.values:
            if name not in columns:
                raise ValueError(f"[values] speaks of {name!r}, which [columns] lacks{_meant(name, columns)}")
        return self

    def layouts(self) -> tuple[Layout, ...]:
        """Return every way in which the dataset is distributed, with its acts."""
        own = Layout(form=self.form, header=self.header, width=self.width, columns=self.columns, optional=self.optional)
        return tuple(
            layout if layout.act else layout.model_copy(update={"act": self.act})
            for layout in [*([own] if self.columns else []), *self.layout]
        )

    def derived(self) -> dict[str, list[str]]:
        """Return the columns that are worked out, each with those that it is worked out of."""
        return {
            **{name: list(count.columns()) for name, count in self.count.items()},
            **{name: list(condition) for name, condition in self.together.items()},
        }

    def added(self) -> list[str]:
        """Name the columns that rules may look at beside those of the file."""
        return [*self.derived(), *(PAIR_COLUMNS[:2] if self.pairs else ())]

    def source(self) -> Source:
        """Return the dataset as a source that acts can name."""
        return self.dataset.source()

    def windows(self, days: dict[str, Window]) -> tuple[Coverage, ...]:
        """Return where the dataset is complete.

        Args:
            days: the first and last day of a file, by column.
        """
        return tuple(
            Coverage(
                self.dataset.id,
                rule.expanded(),
                days[rule.days] if rule.days else parse(f"{rule.begin}/{rule.end}").extent,
                among_states=rule.among == "state system",
                threshold=rule.threshold,
            )
            for rule in self.coverage
            if not rule.days or rule.days in days
        )


def _expanded(pattern: str) -> list[str]:
    return [name for name in kinds() if name == pattern or (pattern.endswith(".*") and name.startswith(pattern[:-1]))]


def _check_columns(layout: Layout, mapping: Mapping) -> None:
    """Refuse a layout that lacks a column on which something depends."""
    derived = mapping.derived()
    for name in [*layout.spots(), *derived]:
        if name in _RESERVED or (name in derived and name in layout.spots()):
            raise ValueError(f"[columns] cannot have {name!r}, a name that is in use; give the column another")
    given: Iterable[str] = layout.spots()
    if layout.participants:
        _require(NEEDED, layout.columns)
        given = PAIRED
    if not ("year" in given or "date" in given or ("begin" in given and "end" in given)):
        raise ValueError("[columns] needs `year`, `date`, or `begin` and `end`")
    _require(["actor", "target", *sorted(_worked_with(mapping))], given)
    rules = layout.act or mapping.act
    _require(sorted({name for rule in rules for name in rule.columns()}), [*given, *mapping.added()])


def _worked_with(mapping: Mapping) -> set[str]:
    """The columns on which something depends in all layouts."""
    fields = {name for _, name, _, _ in Formatter().parse(mapping.locator) if name} - {"first", "last"}
    days = {rule.days for rule in mapping.coverage if rule.days}
    unit = {mapping.pairs.unit} if mapping.pairs else set()
    return fields | days | unit | set(mapping.turn) | {name for found in mapping.derived().values() for name in found}


def _require(needed: Iterable[str], given: Iterable[str]) -> None:
    for name in needed:
        if name not in given:
            raise ValueError(f"[columns] lacks {name!r}{_meant(name, given)}")


def _meant(name: str, given: Iterable[str]) -> str:
    near = nearest(name, given)
    return f"; is {near!r} meant?" if near else ""
