"""The whole datasets, where the measuring data is at hand, against a plain walk over their rows."""

import csv
import gzip
from collections import defaultdict

from valla.actors.catalogue import catalogue
from valla.days import year_of
from valla.record.loader import load
from valla.record.mapping_files import read_mapping

ALLIANCES = {
    "atop_defense": "defense",
    "atop_offense": "offense",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}
ALONE = {"2": "threat", "3": "display", "5": "war"}
JOINT = {"2": "joint", "3": "joint", "5": "joint-war"}
NAMED = {"14": "occupation", "16": "attack", "18": "declaration"}


def _alliances(row):
    if "275" in (row["ccode1"], row["ccode2"]) and int(row["year"]) > 1868:
        return
    for column, kind in ALLIANCES.items():
        if row[column] == "1":
            yield f"alliance.{kind}", True, ""


def _dispute_kind(row, opponents):
    deathless = (row["fatality1"], row["fatality2"]) == ("0", "0")
    if row["dispnum"] == "614" and row["hiact1"] == "18":
        return "joint-force"
    if row["hostlev1"] == "4" and len(opponents) == 1 and not (deathless and row["hiact1"] == "16"):
        return NAMED.get(row["hiact1"], "incident" if deathless else "force")
    if row["hostlev1"] == "4" and len(opponents) == 1:
        return "incident"
    if row["hostlev1"] == "4":
        return "joint" if deathless and row["hiact1"] not in {*NAMED, "19"} else "joint-force"
    return (ALONE if len(opponents) == 1 else JOINT).get(row["hostlev1"])


def _runs(years):
    ordered = sorted(years)
    start = ordered[0]
    for year, following in zip(ordered, [*ordered[1:], None], strict=True):
        if following != year + 1:
            yield start, year
            start = following


def _walked(path, kinds_of):
    """Every act as actor, target, kind, mutual, first and last year, found without the loader."""
    years = defaultdict(set)
    for row, sides in _rows(path):
        for kind, mutual, unit in kinds_of(row):
            years[(*(sorted(sides) if mutual else sides), kind, mutual, unit)].add(int(row["year"]))
    return sorted((*key[:4], first, last) for key, found in years.items() for first, last in _runs(found))


def _rows(path):
    known = catalogue()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row, tuple(known.by_cow(int(row[name])).id for name in ("ccode1", "ccode2"))


def _read(act):
    first, _, last = act["date"].partition("/")
    return (*(act[name] for name in ("actor", "target", "kind", "mutual")), int(first), int(last or first))


def test_alliances_give_what_a_walk_over_their_rows_gives(shared):
    """Each act and no other, with ids that are unique; only Hesse, which the list of states ends in 1867, is set aside from 1869 on."""
    path = shared / "data" / "record" / "atop_alliance.csv.gz"
    result = load(read_mapping("atop").mapping, path)
    ids = result.acts["id"].to_pylist()

    assert _walked(path, _alliances) == sorted(_read(act) for act in result.acts.to_pylist())
    assert (len(ids), {"275"}) == (len(set(ids)), set(result.aside["found"].to_pylist()))


def _fought(pairs, row):
    """Whether a row's two certainly fought in its year: by the table, or, without one, nothing is known here."""
    sides = {row["ccode1"], row["ccode2"]}
    return any(pair.sides == sides and pair.in_year(int(row["year"])) for pair in pairs)


def test_wars_give_what_a_walk_over_their_rows_gives(shared):
    """Each pair of a war fought or stood on different sides, as the table of pairs says; whoever attacked began the war, on its first day."""
    path = shared / "data" / "record" / "cow_war_inter.csv.gz"
    mapping = read_mapping("cow-wars").mapping
    pairs, sides = defaultdict(list), defaultdict(set)
    for pair in mapping.pairs.listed:
        pairs[pair.unit].append(pair)
    for row, states in _rows(path):
        sides[row["warnum"]] |= set(states)
    expected = set()
    for row, states in _rows(path):
        unit = row["warnum"]
        fought = _fought(pairs[unit], row) if unit in pairs else len(sides[unit]) == 2
        expected.add((*sorted(states), "war" if fought else "war.sides", unit))
    result = load(mapping, path)
    acts = result.acts.to_pylist()
    found = {
        (*sorted((act["actor"], act["target"])), act["kind"], act["locator"].split()[1].rstrip(",")) for act in acts
    }

    assert expected == {key for key in found if key[2] != "attack"}
    assert 0 == result.aside.num_rows
    begins = {(pair.unit, pair.first) for pair in mapping.pairs.listed if pair.opening}
    for act in acts:
        unit = act["locator"].split()[1].rstrip(",")
        if act["kind"] == "attack" and unit in pairs:
            assert (unit, act["date"]) in begins or len(act["date"]) == 4


def test_the_disputes_give_what_a_walk_over_their_rows_gives(shared):
    """Each side's highest action once for each opponent, of a kind by the number of opponents, on a day that its years allow."""
    path = shared / "data" / "record" / "cow_mid_ddydisps.csv.gz"
    opponents, years = defaultdict(set), defaultdict(set)
    for row, _ in _rows(path):
        opponents[row["dispnum"], row["ccode1"]].add(row["ccode2"])
    for row, sides in _rows(path):
        kind = _dispute_kind(row, opponents[row["dispnum"], row["ccode1"]])
        if kind:
            locator = f"dispute {row['dispnum']}, {row['ccode1']}-{row['ccode2']}"
            years[*sides, f"dispute.{kind}", locator].add(int(row["year"]))
    acts = load(read_mapping("cow-disputes").mapping, path).acts.to_pylist()
    found = {tuple(act[name] for name in ("actor", "target", "kind", "locator")): act for act in acts}

    assert (len(acts), sorted(years)) == (len(found), sorted(found))
    for key, act in found.items():
        assert year_of(act["begin_min"]) <= min(years[key])
        assert max(years[key]) <= year_of(act["end_max"])


def test_all_icews_labels_are_known(shared):
    """Of the events of a year every label is in the list, with a kind or knowingly without; rows and reasons add up."""
    for part in ("test", "valid"):
        result = load(read_mapping("icews").mapping, shared / "data" / "icews" / f"icews_2014_{part}.tsv")

        assert "the event is unknown" not in result.reasons()
        assert result.rows == result.acts.num_rows + result.aside.num_rows
        assert 0 < result.acts.num_rows
