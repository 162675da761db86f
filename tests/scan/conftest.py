"""What tests of the cascade share: the encoder that Valla carries, and a small library with its index."""

import pytest
from scan_samples import LIBRARY

from valla.scan.encoders.static import StaticEncoder, load
from valla.scan.index.build import build
from valla.scan.index.model import Index


@pytest.fixture(scope="session")
def static() -> StaticEncoder:
    """Hand out the static encoder."""
    return load()


@pytest.fixture(scope="session")
def small_index(static: StaticEncoder) -> Index:
    """Hand out the index of the small library."""
    return build(LIBRARY, [static])
