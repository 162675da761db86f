"""What the tests of documents share: reading a folder of files, with what was told of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from valla.scan.documents.model import Block, Problem
from valla.scan.documents.options import Options
from valla.scan.documents.reading import blocks

Read = Callable[..., tuple[list[Block], list[Problem]]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Hand out what reads paths and returns the blocks and the problems."""

    def read_all(*paths: Path | str, options: Options | None = None) -> tuple[list[Block], list[Problem]]:
        problems: list[Problem] = []
        found = list(blocks(map(Path, paths), options or Options(), problems.append))
        return found, problems

    return read_all
