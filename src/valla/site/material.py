"""What a site is made from: a casebook as the site sees it, whatever class it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from valla.check.model import Verdict
from valla.dossier.model import Dossier
from valla.record.schema import Act
from valla.record.sources import Source
from valla.site.pages import SiteInfo
from valla.site.words import Names

__all__ = ["CasebookLike", "Material", "myth_path", "myth_url"]


class CasebookLike(Protocol):
    """A casebook: its dossiers, its sources, and how its site presents itself."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def description(self) -> str:
        """One or two sentences on what it holds."""

    @property
    def language(self) -> str:
        """BCP 47 tag of its texts."""

    @property
    def licence(self) -> str:
        """The licence of its texts."""

    @property
    def publisher_name(self) -> str:
        """Who publishes it."""

    @property
    def publisher_url(self) -> str:
        """Their home page."""

    @property
    def base_url(self) -> str:
        """Where the site will stand."""

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """The myths."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """Its own record."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources by key."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that pages are composed from.

    Args:
        casebook: the casebook.
        verdicts: what the record says of each dossier, by its number.
        info: what every page shows.
        names: the name that an actor went by in a stretch of days, by its id.
        picture: the address of a picture, from the root of the site, by its path; empty where there is none.
    """

    casebook: CasebookLike
    verdicts: Mapping[int, Verdict]
    info: SiteInfo
    names: Names
    picture: Callable[[str], str]

    def verdict(self, dossier: Dossier) -> Verdict | None:
        """Return the verdict on a dossier, if there is one."""
        return self.verdicts.get(dossier.number) if dossier.number is not None else None


def myth_path(number: int) -> str:
    """Return the file of a myth within the site: it never changes."""
    return f"myth/{number}/index.html"


def myth_url(info: SiteInfo, number: int) -> str:
    """Return the permanent address of a myth, from the root where the base is not known."""
    return f"{info.base_url or '/'}myth/{number}/"
