"""What tests of indexes share: a disk that is not waited for."""

import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def no_waiting() -> None:
    """Let no writing wait for the disk: a process that is killed loses nothing by that, and thousands of indexes are written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield
