"""docs/records.md: what it says is so."""

import re
from pathlib import Path

import pytest

from valla.record.folder import add, open_folder
from valla.record.limits import Limits
from valla.record.manifest import FORMAT
from valla.record.mapping import ActRule, DatasetHead, Mapping
from valla.record.mapping_files import built_in, read_mapping
from valla.record.query import EVERYTHING

DOC = (Path(__file__).parents[2] / "docs" / "records.md").read_text(encoding="utf-8")
ROWS = {match[1]: match[0] for match in re.finditer(r"^\| `([a-z0-9-]+)` \|.*$", DOC, re.MULTILINE)}


def _block(language):
    return re.search(rf"```{language}\n(.*?)```", DOC, re.DOTALL)[1]


@pytest.mark.parametrize("name", built_in())
def test_every_built_in_mapping_can_be_read_and_has_a_row(name):
    """A mapping that comes with Valla is in order, and the table names it with its coverage and columns."""
    mapping = read_mapping(name).mapping

    assert name in ROWS
    for rule in getattr(mapping, "coverage", []):
        assert rule.days or f"{rule.begin}/{rule.end}" in ROWS[name]
    # of each column of the first layout that has a header at least one name is given
    first = next((layout for layout in mapping.layouts() if layout.header), None)
    if first and name not in {"gml-disputes", "icews"}:
        for spots in first.columns.values():
            assert any(f"`{spot}`" in ROWS[name] for spot in spots), spots


def test_the_example_runs_as_told(tmp_path):
    """The table and the mapping of the text give two acts and two rows that are set aside for the reasons told."""
    for name, language in (("treaties.csv", "csv"), ("treaties.toml", "toml")):
        (tmp_path / name).write_text(_block(language), encoding="utf-8")
    added = add(tmp_path / "treaties.toml", tmp_path / "treaties.csv", tmp_path / "record")
    acts = open_folder(tmp_path / "record").engine.fetch(EVERYTHING).to_pylist()

    assert (4, 2) == (added.rows, added.acts)
    assert {
        "the target: nobody is known by that name": 1,
        "the date is unknown or no date": 1,
    } == added.aside
    assert {("treaty", "1922-04-16", "no. 1"), ("treaty", "1926-04-24", "no. 2")} == {
        (act["kind"], act["date"], act["locator"]) for act in acts
    }


def test_every_key_of_a_mapping_is_named():
    """No key is left out of the reference."""
    for model in (Mapping, DatasetHead, ActRule):
        for key in model.model_fields:
            assert re.search(rf"`\[*{key}\b", DOC), key


@pytest.mark.parametrize(("name", "default"), Limits().as_settings())
def test_every_limit_is_named_with_its_default(name, default):
    """The table of limits is that of the code."""
    assert f"| `{name}` | {default:,} |" in DOC


def test_the_format_is_named():
    """The number of the layout is the one in use."""
    assert f"now {FORMAT}." in DOC
