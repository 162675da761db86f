"""A dataset of leaders declared: which columns say who led which state, and when."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from valla.errors import nearest
from valla.record.mapping import DatasetHead, Layout
from valla.record.mapping_parts import Scalar
from valla.record.sources import Source

__all__ = ["LeaderMapping", "Leaders"]

_NEEDED = ("state", "name", "begin", "end")
_ALLOWED = (*_NEEDED, "person")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Leaders(_Strict):
    """How the cells name states.

    Args:
        by: `gw` (Gleditsch and Ward's codes), `cow` (Correlates of War codes), `name`, or `id` (our own).
    """

    by: Literal["gw", "cow", "name", "id"]


class LeaderMapping(_Strict):
    """A dataset of leaders: one row a term in office.

    Its columns are `state`, `name`, `begin` and `end`, and, where the dataset has one, `person`: its own id of the leader. Without that,
    the terms of one name in one state are one person's.
    """

    dataset: DatasetHead
    leaders: Leaders
    missing: list[str] = ["", "NA", "N/A", "NaN", "."]
    dates: list[str] = []
    form: Literal["csv", "tsv", "parquet"] = "csv"
    header: bool = True
    width: list[int] = []
    columns: dict[str, list[Scalar]] = {}
    layout: list[Layout] = []

    @model_validator(mode="after")
    def _complete(self) -> LeaderMapping:
        if not self.columns and not self.layout:
            raise ValueError("no columns are named")
        for layout in self.layouts():
            for name in layout.columns:
                if name not in _ALLOWED:
                    near = nearest(name, _ALLOWED)
                    meant = f"; is {near!r} meant?" if near else f"; allowed: {', '.join(_ALLOWED)}"
                    raise ValueError(f"[columns] has {name!r}, which leaders have not{meant}")
            for name in _NEEDED:
                if name not in layout.columns:
                    raise ValueError(f"[columns] lacks {name!r}")
        return self

    def layouts(self) -> tuple[Layout, ...]:
        """Return every way in which the dataset is distributed."""
        if not self.columns:
            return tuple(self.layout)
        return (Layout(form=self.form, header=self.header, width=self.width, columns=self.columns), *self.layout)

    def source(self) -> Source:
        """Return the dataset as a source."""
        return self.dataset.source()
