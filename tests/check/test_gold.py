"""The claims of the measuring data, read and checked against real datasets, reach the floors."""

import json
import os
import tomllib
from pathlib import Path

import pytest

from valla.check.batch import check_batch
from valla.record.folder import add, open_folder
from valla.record.store import Record

ROOT = Path(__file__).parents[2]
READINGS_FLOOR = 0.95
VERDICTS_FLOOR = 0.97
CHANGES = tomllib.loads((Path(__file__).parent / "gold_changes.toml").read_text(encoding="utf-8"))
"""The answers that the rules of today give otherwise than the measuring data, each with its reason."""

DATASETS = {
    "atop": "atop_alliance.csv.gz",
    "cow-disputes": "cow_mid_ddydisps.csv.gz",
    "cow-wars": "cow_war_inter.csv.gz",
}


def shared_folder() -> Path:
    """Return the folder of measuring data; the tests are skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("VALLA_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the measuring data is not here: set VALLA_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def interstate(tmp_path_factory) -> Path:
    """Hand out a record of alliances, disputes and wars."""
    record = tmp_path_factory.mktemp("records") / "interstate"
    for mapping, file in DATASETS.items():
        add(mapping, shared_folder() / "data" / "record" / file, record)
    return record


@pytest.fixture(scope="session")
def gold() -> dict[str, dict]:
    """Hand out the claims with the readings and verdicts that they should get."""
    lines = (shared_folder() / "eval" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["id"]: _changed(entry) for entry in map(json.loads, lines)}


def _changed(entry: dict) -> dict:
    change = CHANGES.get(entry["id"], {})
    reading = entry["reading"] | {key: change[key] for key in ("quantifier", "relation") if key in change}
    return entry | {"reading": reading, "verdict": change.get("verdict", entry["verdict"])}


@pytest.fixture(scope="session")
def answers(interstate, gold) -> dict[str, dict]:
    """Hand out what Valla makes of the claims."""
    record: Record = open_folder(interstate, in_memory=True)
    claims = ((name, entry["text"]) for name, entry in gold.items())
    return {answer["id"]: answer for answer in check_batch(claims, record)}


def same_reading(wanted: dict, got: dict | None) -> bool:
    """Whether a reading is the wanted one; a side of the period that the text does not name is not compared."""
    if got is None:
        return False
    words = all(wanted[key] == got[key] for key in ("quantifier", "relation"))
    actors = all(sorted(wanted[side] or []) == sorted(got[side] or []) for side in ("subjects", "objects"))
    sides = zip(wanted["period"].split("/"), got["period"].split("/"), strict=True)
    return words and actors and all(one in {"..", other} for one, other in sides)


def test_every_change_of_an_answer_has_a_reason_and_is_one(gold):
    """No change stands for a claim that is not there, or without saying why."""
    assert set(CHANGES) <= set(gold)
    assert all(change["reason"] and set(change) - {"reason"} for change in CHANGES.values())


def test_every_claim_gets_one_answer(gold, answers):
    """None is passed over, and none answered twice."""
    assert list(gold) == list(answers)


def test_the_readings_reach_their_floor(gold, answers):
    """The floor is never lowered in silence: those that fail are named."""
    wrong = [name for name, entry in gold.items() if not same_reading(entry["reading"], answers[name]["reading"])]

    assert 1 - len(wrong) / len(gold) >= READINGS_FLOOR, wrong


def test_the_verdicts_reach_their_floor(gold, answers):
    """The floor is never lowered in silence: those that fail are named."""
    wrong = [name for name, entry in gold.items() if entry["verdict"] != answers[name]["verdict"]]

    assert 1 - len(wrong) / len(gold) >= VERDICTS_FLOOR, wrong


def test_duckdb_comes_to_the_same_verdicts_as_memory(interstate, gold, answers):
    """How the acts are looked up does not matter to what they say."""
    some = list(gold)[::4]
    found = check_batch(((name, gold[name]["text"]) for name in some), open_folder(interstate))

    assert [answers[name] for name in some] == list(found)
