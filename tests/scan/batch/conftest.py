"""Small tasks, so that a few texts make many of them."""

import pytest

from valla.scan.batch import run


@pytest.fixture
def small_tasks(monkeypatch):
    """Make tasks of some two thousand characters: two or three of the fake texts."""
    monkeypatch.setattr(run, "TASK_BYTES", 2_000)
