"""What several tests need: the folder of measuring data, and a quick and a thorough Hypothesis profile."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

settings.register_profile(
    "quick", max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile("thorough", max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("VALLA_HYPOTHESIS", "quick"))


def shared_folder() -> Path:
    """Return the folder of measuring data; the test is skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("VALLA_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the measuring data is not here: set VALLA_SHARED to its folder")
    return folder


@pytest.fixture
def shared() -> Path:
    """Hand a test the folder of measuring data."""
    return shared_folder()
