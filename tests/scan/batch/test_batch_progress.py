"""A bar where somebody watches."""

import io
import sys
import threading
from collections.abc import Callable

import pytest
from batch_fakes import plan, texts

from valla.scan.batch.progress import Bar, Quiet, watched
from valla.scan.batch.scanning import sightings_in


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture
def opened(monkeypatch) -> Callable[[], Terminal]:
    """Hand out what puts a terminal in the place of standard error; pytest would undo it before the test."""

    def open_terminal() -> Terminal:
        made = Terminal()
        monkeypatch.setattr(sys, "stderr", made)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "100")
        return made

    return open_terminal


def test_there_is_a_bar_only_on_a_terminal(opened, monkeypatch):
    """And only where it is wanted."""
    terminal = opened()
    assert isinstance(watched(), Bar)
    assert isinstance(watched(quiet=True), Quiet)

    monkeypatch.setattr(sys, "stderr", io.StringIO())

    assert isinstance(watched(), Quiet)
    assert terminal.getvalue() == ""


def test_the_bar_tells_share_rate_and_time_left(opened):
    """Half of it is half of the bytes."""
    terminal = opened()
    bar = Bar()
    bar.begin(2_000)
    bar.advance(1_000, 3_000_000)

    assert "50%" in terminal.getvalue()
    assert "3.0 million characters" in terminal.getvalue()
    assert "a second" in terminal.getvalue()

    bar.end()


def test_lines_stand_above_the_bar_as_they_are(opened):
    """Brackets are no markup, and nothing is wrapped."""
    terminal = opened()
    bar = Bar()
    bar.begin(10, 5)
    bar.tell("[red]" + "x" * 200)
    bar.end()
    bar.tell("after")

    assert "[red]" + "x" * 200 in terminal.getvalue()
    assert terminal.getvalue().endswith("after\n")


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize("workers", [1, 2])
def test_no_thread_draws_it_and_it_ends_full(workers, opened, monkeypatch):
    """A process that is forked beside a thread may hang; in the end every byte is read, whatever befell the texts."""
    terminal = opened()
    bar, shares = Bar(), []
    advance = bar.advance

    def noted(size: float, characters: int) -> None:
        advance(size, characters)
        shares.append(bar._bar.tasks[0].percentage)

    monkeypatch.setattr(bar, "advance", noted)
    units = [*texts(20), texts(1)[0].__class__("broken", "RAISE and more")]
    for _ in sightings_in(plan(units, workers), tell=lambda _: None, progress=bar):
        assert threading.active_count() == 1

    assert shares[-1] == pytest.approx(100)
    assert terminal.getvalue()


def test_before_it_begins_and_after_it_ends_a_bar_draws_nothing(opened):
    """It says lines only."""
    terminal = opened()
    bar = Bar()
    bar.advance(1, 1)
    bar.end()
    bar.tell("line")
    Quiet().begin(3)

    assert terminal.getvalue() == "line\n"
