"""A record on disk: a folder to which datasets are added, file by file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

from valla.actors.catalogue import Catalogue
from valla.actors.leaders import known_with
from valla.errors import InputError, RecordError
from valla.record.engines import Engine, MemoryEngine, duckdb_engine
from valla.record.files import (
    aside_file_of,
    checked_file,
    file_hash,
    looks_of,
    people_in,
    sweep,
    table_file_of,
    write_whole,
)
from valla.record.leader_mapping import LeaderMapping
from valla.record.leaders import LoadedLeaders, load_leaders, terms_content
from valla.record.limits import LIMITS, Limits
from valla.record.listing import labelled
from valla.record.loader import Loaded, load
from valla.record.lock import held
from valla.record.manifest import Addition, CoverageEntry, Manifest, read_manifest, write_manifest
from valla.record.mapping_files import NamedMapping, fitting, read_mapping
from valla.record.overlap import content, without_known
from valla.record.rows import OtherColumns
from valla.record.store import Record, span_of
from valla.record.table import ARROW_SCHEMA

__all__ = ["Added", "add", "describe", "is_record", "open_folder"]


Content = Loaded | LoadedLeaders
"""What a file holds: acts, or leaders."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a file.

    Args:
        dataset: the dataset's id.
        rows: how many rows the file holds.
        acts: how many acts came of them.
        aside: how many rows were set aside, by reason.
        aside_file: where they are listed with their lines; None where there are none.
        unchanged: whether the record had the file already.
        leaders: how many people came of them, where the file is about leaders.
    """

    dataset: str
    rows: int
    acts: int
    aside: dict[str, int]
    aside_file: Path | None
    unchanged: bool = False
    leaders: int = 0


def is_record(path: Path) -> bool:
    """Whether a path is a record on disk."""
    return (path / "record.json").is_file()


def add(  # noqa: PLR0913  each setting is a parameter
    mapping: str | Path,
    file: Path,
    record: Path,
    *,
    known: Catalogue | None = None,
    patience_seconds: float = 10.0,
    limits: Limits = LIMITS,
) -> Added:
    """Add a dataset's file to a record, which is made if there is none; to add the same file again changes nothing.

    Args:
        mapping: the name of a mapping that comes with Valla, or the path of one.
        file: CSV, TSV or Parquet; text also in gzip or zip.
        record: the record's folder.
        known: the actors; by default Valla's own, and the leaders that the record has.
        patience_seconds: how long to wait for another process that is writing to the record.
        limits: how much of a file is read.

    Raises:
        InputError: if a file cannot be read, is too large or changes meanwhile, or the folder holds something else.
        RecordError: if the mapping, the file's columns or the record are not as they must be.
        BusyError: if another process is writing to the record all that time.
    """
    named = read_mapping(mapping)
    before = looks_of(file, limits)
    digest = file_hash(file)
    manifest = _manifest(record)
    earlier = manifest.of_file(named.mapping.dataset.id, digest)
    if earlier and earlier.mapping_sha256 == named.digest:
        return _unchanged(earlier, record)
    loaded = _loaded(named, file, known or known_with(people_in(record, manifest)), limits)
    if looks_of(file, limits) != before:
        raise InputError("the file changed while it was read", where=str(file), repair="add it when it is finished")
    addition = _addition(named, file, digest, loaded)
    try:
        for name in _folders(loaded):
            (record / name).mkdir(parents=True, exist_ok=True)
        with held(record / ".lock", patience_seconds=patience_seconds):
            return _commit(addition, loaded, record)
    except OSError as error:
        raise InputError(f"the record cannot be written ({error})", where=str(record)) from error


def _folders(loaded: Content) -> tuple[str, ...]:
    return ("acts", "aside", "leaders") if isinstance(loaded, LoadedLeaders) else ("acts", "aside")


def _loaded(named: NamedMapping, file: Path, known: Catalogue, limits: Limits) -> Content:
    try:
        if isinstance(named.mapping, LeaderMapping):
            return load_leaders(named.mapping, file, known, limits)
        return load(named.mapping, file, known, limits)
    except OtherColumns as error:
        near = fitting(error.header, named.mapping.dataset.id)
        if near:
            error.repair = f"the columns look like those of {near}"
        raise


def _manifest(record: Path) -> Manifest:
    """What a record is made of; nothing yet where it is still to be made."""
    if is_record(record):
        return read_manifest(record)
    if record.exists() and (not record.is_dir() or any(not _ours(entry) for entry in record.iterdir())):
        raise InputError("this is no record, and not empty", where=str(record), repair="name a new folder")
    return Manifest()


def _ours(entry: Path) -> bool:
    """Whether an entry of a folder is what another process makes when it begins a record there."""
    return entry.name in {"acts", "aside", "leaders", ".lock"} or entry.name.startswith(".record.json")


def _unchanged(earlier: Addition, record: Path) -> Added:
    aside_file = aside_file_of(record, earlier)
    leaders = earlier.leaders
    return Added(earlier.dataset, earlier.rows, earlier.acts, earlier.aside, aside_file, True, leaders)


def _addition(named: NamedMapping, file: Path, digest: str, loaded: Content) -> Addition:
    return Addition(
        dataset=named.mapping.dataset.id,
        source=asdict(named.mapping.source()),
        file=file.name,
        file_sha256=digest,
        mapping_sha256=named.digest,
        rows=loaded.rows,
        coverage=[CoverageEntry.of(one) for one in loaded.coverage],
        **_figures(loaded),
    )


def _figures(loaded: Content) -> dict[str, Any]:
    """What is counted of the acts or the leaders."""
    if isinstance(loaded, LoadedLeaders):
        return {
            "content": terms_content(loaded.terms),
            "acts": 0,
            "leaders": loaded.leaders,
            "aside": loaded.reasons(),
            "first_day": None,
            "last_day": None,
        }
    acts = loaded.acts
    first, last = span_of(acts) or (None, None)
    return {
        "content": content(acts),
        "acts": acts.num_rows,
        "aside": loaded.reasons(),
        "first_day": first,
        "last_day": last,
    }


def _commit(addition: Addition, loaded: Content, record: Path) -> Added:
    """Write the acts, then the list of files that makes them part of the record; nothing counts before that."""
    sweep(record)
    manifest = read_manifest(record) if is_record(record) else Manifest()
    earlier = manifest.of_file(addition.dataset, addition.file_sha256)
    if earlier and earlier.mapping_sha256 == addition.mapping_sha256:
        return _unchanged(earlier, record)
    kept = [one for one in manifest.additions if one is not earlier]
    new = _new(loaded, [one for one in kept if one.dataset == addition.dataset], addition.stem, record)
    addition = addition.model_copy(update=_figures(new))
    _write_files(addition, new, record)
    write_manifest(record, Manifest(additions=[*kept, addition]))
    if earlier:
        _remove(earlier, record)
    aside_file = aside_file_of(record, addition)
    return Added(addition.dataset, addition.rows, addition.acts, addition.aside, aside_file, leaders=addition.leaders)


def _new(loaded: Content, siblings: list[Addition], stem: str, record: Path) -> Content:
    """What other files of the dataset have not brought yet; of leaders everything, since terms that are said twice are one."""
    if isinstance(loaded, LoadedLeaders):
        return loaded
    return without_known(loaded, [table_file_of(record, one) for one in siblings if not one.leaders], stem)


def _write_files(addition: Addition, loaded: Content, record: Path) -> None:
    table = loaded.terms if isinstance(loaded, LoadedLeaders) else loaded.acts
    write_whole(table_file_of(record, addition), lambda path: pq.write_table(table, path, compression="zstd"))
    aside_file = aside_file_of(record, addition)
    if aside_file:
        write_whole(aside_file, lambda path: pc_csv.write_csv(loaded.aside, path))


def _remove(addition: Addition, record: Path) -> None:
    """Remove the files of what was replaced; a reader that has them open keeps them."""
    for path in (table_file_of(record, addition), aside_file_of(record, addition)):
        if path:
            path.unlink(missing_ok=True)


def open_folder(path: Path, *, in_memory: bool = False) -> Record:
    """Open a record on disk.

    Args:
        path: the record's folder.
        in_memory: look acts up through an index instead of asking DuckDB: faster for many claims.

    Raises:
        InputError: if it is no record.
        RecordError: if it was written by a newer version, or a file of it is missing or broken.
    """
    manifest = read_manifest(path)
    try:
        return _opened(path, manifest, in_memory=in_memory)
    except (RecordError, OSError):
        # between the list and its files a writer may have replaced one
        now = read_manifest(path)
        if now == manifest:
            raise
        return _opened(path, now, in_memory=in_memory)


def _opened(path: Path, manifest: Manifest, *, in_memory: bool) -> Record:
    files = [checked_file(path, one) for one in manifest.additions if not one.leaders]
    sources = {one.dataset: one.cited() for one in manifest.additions}
    coverage = tuple(dict.fromkeys(entry for one in manifest.additions for entry in one.windows()))
    rows = sum(one.acts for one in manifest.additions)
    return Record(
        _engine(files, rows, in_memory=in_memory),
        coverage,
        manifest.fingerprint(),
        sources,
        manifest.span(),
        people_in(path, manifest),
    )


def _engine(files: list[Path], rows: int, *, in_memory: bool) -> Engine:
    if in_memory or not files:
        tables = [pq.read_table(path) for path in files] or [ARROW_SCHEMA.empty_table()]
        table = pa.concat_tables(tables)
        return MemoryEngine(table) if in_memory else duckdb_engine([table])
    return duckdb_engine(files=[str(path) for path in files], rows=rows)


def describe(path: Path) -> Iterator[str]:
    """Say line by line which files a record is made of, and what was set aside and why.

    Raises:
        InputError: if it is no record.
        RecordError: if it was written by a newer version, or is broken.
    """
    for one in read_manifest(path).additions:
        gave = f"{one.leaders} leaders" if one.leaders else f"{one.acts} acts"
        yield ""
        yield from labelled(
            "file", f"{one.file} as {one.dataset}: {one.rows} rows, {gave}, added by version {one.version}"
        )
        yield from labelled("source", one.cited().cited())
        for reason, count in one.aside.items():
            yield from labelled("set aside", f"{count}  {reason}")
        aside_file = aside_file_of(path, one)
        if aside_file:
            yield f"{'listed in':<11}{aside_file}"
