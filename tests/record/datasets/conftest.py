"""Small files in the form of the datasets, made up for the tests."""

from pathlib import Path

import pytest

from valla.record.loader import load
from valla.record.mapping_files import read_mapping


@pytest.fixture
def loaded(tmp_path):
    """Load lines under a mapping, as from a file."""

    def run(mapping, *lines, name="table.csv", newline="\n"):
        path: Path = tmp_path / name
        path.write_bytes(newline.join([*lines, ""]).encode())
        return load(read_mapping(mapping).mapping, path)

    return run


@pytest.fixture
def said(loaded):
    """The acts of lines as tuples of actor, target, kind and date."""

    def run(mapping, *lines, **options):
        rows = loaded(mapping, *lines, **options).acts.to_pylist()
        return [(row["actor"], row["target"], row["kind"], row["date"]) for row in rows]

    return run
