"""Units are scanned by several processes as by one, and what befalls one befalls no other."""

import multiprocessing

import pytest
from batch_fakes import FakeFactory, FakeReader, FakeUnit, plan, texts
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError, VallaError
from valla.scan.batch import pool, run
from valla.scan.batch.model import Job, Summary, Task
from valla.scan.batch.parts import Parts, as_line
from valla.scan.batch.pool import Pool, context, cores
from valla.scan.batch.run import tasks
from valla.scan.batch.scanning import Plan, sightings_in
from valla.scan.documents.model import Problem
from valla.scan.model import Stance


class Told:
    """Takes what a scan tells."""

    def __init__(self):
        self.problems: list[Problem] = []
        self.summary = Summary()

    def done(self, summary: Summary) -> None:
        """Keep the summary."""
        self.summary = summary


def lines(scanned: Plan, told: Told | None = None) -> list[bytes]:
    """Return the sightings of a plan."""
    kept = told or Told()
    return [as_line(one) for one in sightings_in(scanned, tell=kept.problems.append, done=kept.done)]


@pytest.fixture
def spawned(monkeypatch):
    """Start processes anew rather than forking."""
    monkeypatch.setattr(pool, "threading", type("Threads", (), {"active_count": staticmethod(lambda: 2)}))


@given(st.lists(st.integers(0, 3_000_000)))
def test_tasks_hold_each_unit_once_and_in_order(sizes):
    """Nothing is lost, keys sort as the units do, and no task goes on beyond its limit."""
    units = [FakeUnit(str(number), given=size) for number, size in enumerate(sizes)]
    made = list(tasks(units))

    assert units == [unit for task in made for unit in task.units]
    assert [task.key for task in made] == sorted(task.key for task in made)
    assert all(sum(unit.bytes for unit in task.units[:-1]) < run.TASK_BYTES for task in made)
    assert all(task.units == tuple(units[task.first : task.last + 1]) for task in made)


def test_many_small_units_make_several_tasks():
    """Files without text weigh nothing, and still do not all go into one."""
    assert [len(task.units) for task in tasks([FakeUnit(str(number)) for number in range(2_500)])] == [1000, 1000, 500]


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize("workers", [2, 3])
def test_several_processes_find_what_one_does_in_the_same_order(workers):
    """Whatever is finished first, the order is that of the texts."""
    units = texts(40)

    assert lines(plan(units, 1)) == lines(plan(units, workers))


@pytest.mark.usefixtures("small_tasks", "spawned")
def test_processes_that_are_started_anew_find_the_same():
    """Where a fork is not safe, everything travels by pickle."""
    assert context().get_start_method() == "spawn"
    assert lines(plan(texts(10), 1)) == lines(plan(texts(10), 2))


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize("workers", [1, 2])
def test_what_came_of_it_is_counted(workers):
    """Documents, characters, sightings and problems add up."""
    units = [*texts(9), FakeUnit("bad one"), FakeUnit("empty")]
    told = Told()
    found = lines(plan(units, workers), told)

    assert told.problems == [Problem("bad one", "it is bad")]
    assert len(found) == told.summary.sightings
    assert told.summary.documents == 10
    assert told.summary.characters == sum(len(unit.text) for unit in units)
    assert told.summary.troubled == 1


def test_a_document_in_several_blocks_counts_once():
    """It is the one with offset 0 that counts."""
    told = Told()
    list(sightings_in(Plan(texts(3), FakeReader(50), FakeFactory(), workers=1), tell=print, done=told.done))

    assert told.summary.documents == 3


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("KILL", "killed by SIGKILL (out of memory?)"),
        ("LEAVE", "ended with code 3"),
        ("RAISE", "a fault of Valla itself: ValueError: broken by a text"),
        ("MEMORY", "not enough memory"),
    ],
)
def test_a_text_that_breaks_the_matcher_is_named_and_the_others_are_scanned(word, said):
    """Also those that were in the same task."""
    units = texts(20)
    broken = [*units[:7], FakeUnit("the killer", f"myth {word} myth"), *units[7:]]
    told = Told()
    found = lines(plan(broken, 2), told)

    assert lines(plan(units)) == found
    assert [problem.document for problem in told.problems] == ["the killer"]
    assert said in told.problems[0].told
    assert "\n" not in told.problems[0].told
    assert told.summary.troubled == 1


@pytest.mark.parametrize(
    ("workers", "word", "said"),
    [
        (1, "RAISE", "ValueError"),
        (1, "MEMORY", "memory"),
        (2, "RAISE", "ValueError"),
        (2, "KILL", "SIGKILL"),
        (2, "LEAVE", "code 3"),
    ],
)
def test_one_bad_document_of_a_file_costs_no_other(workers, word, said):
    """Before it and after it everything is found, and it is named, not the file."""
    told = Told()
    found = lines(plan([FakeUnit("table", f"myth\fmyth {word}\fa myth\f{word}\fthe myth")], workers), told)

    assert found == lines(plan([FakeUnit("table", "myth\f\fa myth\f\fthe myth")]))
    assert [problem.document for problem in told.problems] == ["table#1", "table#3"]
    assert all(said in problem.told for problem in told.problems)
    assert told.summary.troubled == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_read_before_a_reader_fails_is_kept(workers):
    """And its fault is told of the file."""
    told = Told()
    found = lines(plan([FakeUnit("table", "myth\fa myth\f?"), FakeUnit("b", "myth")], workers), told)

    assert len(found) == 3
    assert told.problems == [Problem("table", "a fault of Valla itself: OSError: the rest is damaged")]


def test_a_file_that_kills_without_end_is_given_up():
    """Each of its documents would need a process."""
    told = Told()
    found = lines(plan([FakeUnit("table", "\f".join(["KILL"] * 20)), FakeUnit("b", "myth")], 2), told)

    assert len(found) == 1
    assert [problem.document for problem in told.problems] == ["table"]


@pytest.mark.usefixtures("small_tasks")
def test_a_process_that_is_killed_from_outside_costs_nothing():
    """Its task is done again, and the text is not to blame."""
    units = texts(20)
    told = Told()
    found = sightings_in(plan(units, 2, delay=0.002), tell=told.problems.append)
    first = next(found)
    victims = multiprocessing.active_children()
    for victim in victims:
        victim.kill()

    assert victims
    assert lines(plan(units)) == [as_line(first), *map(as_line, found)]
    assert told.problems == []


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize("workers", [1, 2])
def test_where_no_matcher_can_be_made_its_own_error_is_raised(workers):
    """It is not a problem of any text."""
    with pytest.raises(InputError, match="index: the index is damaged"):
        lines(plan(texts(9), workers, fault="refuse"))


def test_a_factory_that_fails_or_kills_ends_the_run():
    """It would fail on every text."""
    with pytest.raises(RuntimeError, match="ValueError: what is this"):
        lines(plan(texts(9), 2, fault="raise"))
    with pytest.raises(
        VallaError, match="scanning cannot start: the process that opened the library ended with code 9"
    ):
        lines(plan(texts(9), 2, fault="die"))


def test_only_the_stances_that_are_asked_for_are_kept():
    """The others are not counted either."""
    told = Told()
    asked = Plan(texts(9), FakeReader(), FakeFactory(), frozenset({Stance.REBUTS}), workers=1)
    found = list(sightings_in(asked, tell=print, done=told.done))

    assert {one.stance for one in found} == {Stance.REBUTS}
    assert told.summary.sightings == len(found) > 0


@pytest.mark.usefixtures("small_tasks")
def test_whoever_stops_listening_leaves_no_process_behind():
    """A generator that is closed ends its workers."""
    found = sightings_in(plan(texts(40), 2, delay=0.01), tell=print)
    next(found)
    found.close()

    assert multiprocessing.active_children() == []


def test_a_pool_starts_no_more_workers_than_there_are_tasks(tmp_path):
    """One is started when there is something for it."""
    with Pool(Job(FakeReader(), FakeFactory(), tmp_path), 8) as made:
        assert not made.busy
        assert made.free
        assert multiprocessing.active_children() == []
    assert cores() >= 1


def test_no_text_makes_no_sighting():
    """There is nothing to do."""
    assert lines(plan([], 2)) == []


def test_the_parts_of_a_task_without_sightings_take_no_file(tmp_path):
    """Its note is enough."""
    assert list(Parts(tmp_path, (Task(0, (FakeUnit("a"),)),), Summary()).files()) == []
