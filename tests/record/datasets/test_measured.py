"""The whole datasets, where the measuring data is at hand, against a plain walk over their rows."""

import csv
import gzip
from collections import defaultdict

import pytest

from valla.actors.catalogue import catalogue
from valla.record.loader import load
from valla.record.mapping_files import read_mapping

ALLIANCES = {
    "atop_defense": "defense",
    "atop_offense": "offense",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}
LEVELS = {"2": "dispute.threat", "3": "dispute.display", "5": "dispute.war"}
ACTIONS = {"14": "occupation", "16": "attack"}


def _alliances(row):
    for column, kind in ALLIANCES.items():
        if row[column] == "1":
            yield f"alliance.{kind}", True, ""


def _disputes(row):
    kind = LEVELS.get(row["hostlev1"])
    if row["hostlev1"] == "4":
        kind = ACTIONS.get(row["hiact1"], "dispute.force")
    if kind:
        yield kind, False, row["dispnum"]


def _wars(row):
    if row["cowinterongoing"] == "1":
        yield "war", True, row["warnum"]
    if (row["cowinteronset"], row["initiator1"], row["initiator2"]) == ("1", "1", "0"):
        yield "attack", False, f"{row['warnum']}, {row['year']}"


def _runs(years):
    ordered = sorted(years)
    start = ordered[0]
    for year, following in zip(ordered, [*ordered[1:], None], strict=True):
        if following != year + 1:
            yield start, year
            start = following


def _walked(path, kinds_of):
    """Every act as actor, target, kind, mutual, first and last year, found without the loader."""
    known = catalogue()
    years = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sides = tuple(known.by_cow(int(row[name])).id for name in ("ccode1", "ccode2"))
            for kind, mutual, unit in kinds_of(row):
                years[(*(sorted(sides) if mutual else sides), kind, mutual, unit)].add(int(row["year"]))
    return sorted((*key[:4], first, last) for key, found in years.items() for first, last in _runs(found))


def _read(act):
    first, _, last = act["date"].partition("/")
    return (*(act[name] for name in ("actor", "target", "kind", "mutual")), int(first), int(last or first))


@pytest.mark.parametrize(
    ("mapping", "file", "kinds_of"),
    [
        ("atop", "atop_alliance", _alliances),
        ("cow-disputes", "cow_mid_ddydisps", _disputes),
        ("cow-wars", "cow_war_inter", _wars),
    ],
)
def test_a_whole_dataset_gives_what_a_walk_over_its_rows_gives(shared, mapping, file, kinds_of):
    """Each act of each dataset, and no other, with ids that are unique and no row set aside."""
    path = shared / "data" / "record" / f"{file}.csv.gz"
    result = load(read_mapping(mapping).mapping, path)
    ids = result.acts["id"].to_pylist()

    assert _walked(path, kinds_of) == sorted(_read(act) for act in result.acts.to_pylist())
    assert (len(ids), 0) == (len(set(ids)), result.aside.num_rows)


def test_all_icews_labels_are_known(shared):
    """Of the events of a year every label is in the list, with a kind or knowingly without; rows and reasons add up."""
    for part in ("test", "valid"):
        result = load(read_mapping("icews").mapping, shared / "data" / "icews" / f"icews_2014_{part}.tsv")

        assert "the event is unknown" not in result.reasons()
        assert result.rows == result.acts.num_rows + result.aside.num_rows
        assert 0 < result.acts.num_rows
