"""Casebooks on disk.

casebook.toml      title, publisher, address, licence, and the windows in which the record is complete
acts.csv           the record: one act a row
witnesses.csv      which source reports which act
sources.yaml       what acts and dossiers cite
dossiers/*.md      the myths
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from valla.actors.catalogue import catalogue
from valla.casebook.head import HEAD, coverage_of, read_head
from valla.casebook.model import Casebook
from valla.dossier.markdown import read
from valla.dossier.model import Dossier
from valla.errors import CasebookError, InputError, RecordError, VallaError, nearest
from valla.files import read_text
from valla.record.schema import Act
from valla.record.sheet import is_former, read_sheet, read_witnesses
from valla.record.sources import read_sources

__all__ = ["MAX_DOSSIER_BYTES", "bundled", "open_casebook"]

MAX_DOSSIER_BYTES = 5_000_000
"""A longer dossier is refused."""


def bundled(name: str = "interwar") -> Path:
    """Return the folder of a casebook that comes with Valla.

    Raises:
        InputError: if there is none of that name.
    """
    here = Path(__file__).parents[1]
    for folder in (here / "casebooks" / name, here.parents[1] / "casebooks" / name):
        if (folder / HEAD).is_file():
            return folder
    raise InputError(f"no casebook called {name!r} comes with Valla", repair="name the folder of a casebook")


def open_casebook(path: Path) -> Casebook:
    """Open a casebook.

    Raises:
        InputError: if the folder or a file in it cannot be read.
        CasebookError: if its head, a dossier or a source is not as it must be.
        RecordError: if an act is not.
    """
    head = read_head(path)
    acts = _acts(path, head.id)
    dossiers = _dossiers(path / "dossiers")
    return Casebook(
        path=path,
        **{name: getattr(head, name) for name in ("id", "title", "description", "language", "licence", "base_url")},
        publisher_name=head.publisher.name,
        publisher_url=head.publisher.url,
        dossiers=dossiers,
        acts=acts,
        coverage=coverage_of(head, path / HEAD),
        sources=read_sources(path / "sources.yaml") if _there(path / "sources.yaml") else {},
        former=bool(acts) and is_former(path / "acts.csv"),
    )


def _acts(path: Path, dataset: str) -> tuple[Act, ...]:
    """The acts with their witnesses."""
    sheet, witnesses = path / "acts.csv", path / "witnesses.csv"
    said = read_witnesses(witnesses) if _there(witnesses) else {}
    acts = read_sheet(sheet, dataset, said) if _there(sheet) else ()
    _refuse_unknown_actors(acts, sheet)
    known = {act.id for act in acts}
    stray = next((name for name in said if name not in known), None)
    if stray is not None:
        near = nearest(stray, known)
        raise RecordError(
            f"a witness reports the act {stray!r}, which acts.csv lacks",
            where=str(witnesses),
            repair=f"did you mean {near!r}?" if near else "add the act, or delete the row",
        )
    return acts


def _there(path: Path) -> bool:
    """Whether a part of a casebook is there; a link that leads nowhere is no absent part."""
    if path.is_symlink() and not path.exists():
        raise InputError("the link leads nowhere", where=str(path), repair="mend it, or delete it")
    return path.exists()


def _refuse_unknown_actors(acts: Iterable[Act], sheet: Path) -> None:
    for act in acts:
        for name in (act.actor, act.target):
            try:
                catalogue().actor(name)
            except VallaError as error:
                where = f"{sheet}, row {act.dataset_row}"
                raise RecordError(error.problem, where=where, allowed=error.allowed, repair=error.repair) from error


def _dossiers(folder: Path) -> tuple[Dossier, ...]:
    files = sorted(folder.glob("*.md")) if _there(folder) else []
    found: dict[int | None, Path] = {}
    dossiers = []
    for file in files:
        dossier = read(read_text(file, "dossier", MAX_DOSSIER_BYTES), str(file))
        if dossier.number is not None and dossier.number in found:
            other = found[dossier.number].name
            raise CasebookError(
                f"the number {dossier.number} is given twice", where=str(file), found=f"also in {other}"
            )
        found[dossier.number] = file
        dossiers.append(dossier)
    return tuple(sorted(dossiers, key=lambda dossier: (dossier.number is None, dossier.number or 0, dossier.title)))
