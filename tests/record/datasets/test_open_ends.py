"""Ends that had not come when the data end."""

import pytest

from valla.dates import OPEN_END, parse
from valla.errors import RecordError
from valla.record.loader import load
from valla.record.mapping_files import read_mapping

MAPPING = """
dataset = { id = "alliances", title = "Alliances" }
actors = { by = "name" }
columns = { actor = ["a"], target = ["b"], begin = ["begin"], end = ["end"] }
[ends]
open = [""]
until = "2012"
[[act]]
kind = "alliance.defense"
mutual = true
"""


@pytest.fixture
def mapping(tmp_path):
    """A mapping of alliances that were in force when the data end where the end is empty."""
    path = tmp_path / "alliances.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def bounds(mapping, tmp_path):
    """Text and bounds of the ends of alliances."""

    def run(*rows):
        (tmp_path / "a.csv").write_text("\n".join(["a,b,begin,end", *rows, ""]), encoding="utf-8")
        acts = load(read_mapping(mapping).mapping, tmp_path / "a.csv").acts.to_pylist()
        return {act["target"]: (act["date"], act["end_min"], act["end_max"]) for act in acts}

    return run


def test_what_had_not_ended_lasted_at_least_to_the_last_day_of_the_data(bounds):
    """An empty end is open, but not before the end of 2012; a missing value of another form is unknown, a year a year."""
    last, first_of_1991 = parse("2012").end_max, parse("1991").begin_min

    assert {
        "turkey": ("1952-02-18/..", last, OPEN_END),
        "spain": ("2013/..", parse("2013").begin_min, OPEN_END),
        "poland": ("1955/", None, None),
        "romania": ("1955/1991", first_of_1991, parse("1991").end_max),
    } == bounds("Greece,Turkey,1952-02-18,", "Greece,Spain,2013,", "Greece,Poland,1955,NA", "Greece,Romania,1955,1991")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('until = "2012"', 'until = "lately"'), "'lately' is not a date"),
        (('until = "2012"', 'until = "../.."'), "no last day is known"),
        (('begin = ["begin"], end = ["end"]', 'date = ["begin"]'), "lacks 'end'"),
        (("open =", "opened ="), "unknown key 'ends.opened'"),
    ],
)
def test_a_mapping_with_odd_ends_is_refused(mapping, change, message):
    """The last day must be one, and there must be a column of ends."""
    mapping.write_text(MAPPING.replace(*change), encoding="utf-8")

    with pytest.raises(RecordError, match=message):
        read_mapping(mapping)
